import { useState } from 'react';
import { call } from '../../api.ts';
import { useTexts } from '../../texts/texts.ts';
import { Field, Form } from '../../ui/form.tsx';
import type { PartProps } from './parts.ts';

const days = 86_400_000;

/** Tokens for programs, shown once. */
export function Tokens({ account, act, refresh }: PartProps) {
  const t = useTexts();
  const [made, setMade] = useState('');
  return (
    <>
      {made ? (
        <p className="notice" role="status">
          {t('copyNow')}
          <br />
          <code>{made}</code>
        </p>
      ) : null}
      {account.tokens.length === 0 ? (
        <p className="muted">{t('noTokens')}</p>
      ) : (
        <ul className="rows">
          {account.tokens.map((token) => (
            <li key={token.id}>
              <span>
                {token.label}
                <span className="muted">
                  {t(token.readsOnly ? 'readsOnly' : 'readsAndWrites')} ·{' '}
                  {token.expiresAt ? t('until', { when: t.here(token.expiresAt) }) : t('noEnd')}
                </span>
              </span>
              <button
                type="button"
                className="plain"
                onClick={() => void act('/account/tokens/revoke', { id: token.id })}
              >
                {t('revoke')}
              </button>
            </li>
          ))}
        </ul>
      )}
      <Form
        isQuiet
        send={t('makeToken')}
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
        <Field name="label" label={t('whatFor')} />
        <label className="check">
          <input type="checkbox" name="writes" /> {t('mayWrite')}
        </label>
      </Form>
    </>
  );
}
