import { useState } from 'react';
import { call } from '../../api.ts';
import { addPasskey } from '../../passkeys.ts';
import { useTexts } from '../../texts/texts.ts';
import { Field, Form } from '../../ui/form.tsx';
import type { PartProps } from './parts.ts';

/** Passkeys of one's own. Each change asks for the present password. */
export function Passkeys({ account, refresh }: Omit<PartProps, 'act'>) {
  const t = useTexts();
  const [leaving, setLeaving] = useState<string>();
  return (
    <>
      {account.passkeys.length === 0 ? (
        <p className="muted">{t('noPasskeys')}</p>
      ) : (
        <ul className="rows">
          {account.passkeys.map((passkey) => (
            <li key={passkey.id}>
              <span>
                {passkey.label}
                <span className="muted">
                  {passkey.usedAt ? t('lastUsed', { when: t.here(passkey.usedAt) }) : t('notUsed')}
                </span>
              </span>
              <button type="button" className="plain" onClick={() => setLeaving(passkey.id)}>
                {t('remove')}
              </button>
            </li>
          ))}
        </ul>
      )}
      {leaving === undefined ? (
        <Form
          isQuiet
          send={t('addPasskey')}
          onSend={async ({ label, current }) => {
            await addPasskey(label!.trim() || t('thisDevice'), current!, t('noPasskeyUsed'));
            await refresh();
          }}
        >
          <Field name="label" label={t('passkeyName')} placeholder={t('thisDevice')} />
          <Field
            name="current"
            label={t('presentPassword')}
            type="password"
            autoComplete="current-password"
          />
        </Form>
      ) : (
        <Form
          isQuiet
          send={t('removePasskey')}
          onSend={async (values) => {
            await call('/account/passkeys/remove', { id: leaving, ...values });
            setLeaving(undefined);
            await refresh();
          }}
        >
          <Field
            name="current"
            label={t('presentPassword')}
            type="password"
            autoComplete="current-password"
          />
        </Form>
      )}
    </>
  );
}
