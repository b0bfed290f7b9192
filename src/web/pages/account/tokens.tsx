import { useState } from 'react';
import { call } from '../../api.ts';
import { Field, Form } from '../../ui/form.tsx';
import { type PartProps, when } from './parts.ts';

const days = 86_400_000;

/** Tokens for programs, shown once. */
export function Tokens({ account, act, refresh }: PartProps) {
  const [made, setMade] = useState('');
  return (
    <>
      {made ? (
        <p className="notice" role="status">
          Copy it now, it is shown this once:
          <br />
          <code>{made}</code>
        </p>
      ) : null}
      {account.tokens.length === 0 ? (
        <p className="muted">None. A token lets a program of yours read what you may read.</p>
      ) : (
        <ul className="rows">
          {account.tokens.map((token) => (
            <li key={token.id}>
              <span>
                {token.label}
                <span className="muted">
                  {token.readsOnly ? 'reads only' : 'reads and writes'},{' '}
                  {token.expiresAt ? `until ${when(token.expiresAt)}` : 'without an end'}
                </span>
              </span>
              <button
                type="button"
                className="plain"
                onClick={() => void act('/account/tokens/revoke', { id: token.id })}
              >
                Revoke
              </button>
            </li>
          ))}
        </ul>
      )}
      <Form
        isQuiet
        send="Make a token for 90 days"
        onSend={async ({ label, writes }) => {
          const expiresAt = new Date(Date.now() + 90 * days).toISOString();
          const { token } = await call<{ token: string }>('/account/tokens', {
            label,
            expiresAt,
            readsOnly: writes !== 'on',
          });
          setMade(token);
          await refresh();
        }}
      >
        <Field name="label" label="What it is for" />
        <label className="check">
          <input type="checkbox" name="writes" /> It may also write
        </label>
      </Form>
    </>
  );
}
