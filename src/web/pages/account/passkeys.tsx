import { useState } from 'react';
import { call } from '../../api.ts';
import { addPasskey } from '../../passkeys.ts';
import { Field, Form } from '../../ui/form.tsx';
import { type PartProps, when } from './parts.ts';

/** Passkeys of one's own. Each change asks for the present password. */
export function Passkeys({ account, refresh }: Omit<PartProps, 'act'>) {
  const [leaving, setLeaving] = useState<string>();
  return (
    <>
      {account.passkeys.length === 0 ? (
        <p className="muted">
          None yet. A passkey signs you in by the lock of your device, without a password.
        </p>
      ) : (
        <ul className="rows">
          {account.passkeys.map((passkey) => (
            <li key={passkey.id}>
              <span>
                {passkey.label}
                <span className="muted">
                  {passkey.usedAt ? `last used ${when(passkey.usedAt)}` : 'not used yet'}
                </span>
              </span>
              <button type="button" className="plain" onClick={() => setLeaving(passkey.id)}>
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
      {leaving === undefined ? (
        <Form
          isQuiet
          send="Add a passkey"
          onSend={async ({ label, current }) => {
            await addPasskey(label!.trim() || 'This device', current!);
            await refresh();
          }}
        >
          <Field name="label" label="Name of the passkey" placeholder="This device" />
          <Field
            name="current"
            label="Your present password"
            type="password"
            autoComplete="current-password"
          />
        </Form>
      ) : (
        <Form
          isQuiet
          send="Remove the passkey"
          onSend={async (values) => {
            await call('/account/passkeys/remove', { id: leaving, ...values });
            setLeaving(undefined);
            await refresh();
          }}
        >
          <Field
            name="current"
            label="Your present password"
            type="password"
            autoComplete="current-password"
          />
        </Form>
      )}
    </>
  );
}
