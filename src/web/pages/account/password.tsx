import { useState } from 'react';
import { call } from '../../api.ts';
import { useTexts } from '../../texts/texts.ts';
import { Field, Form } from '../../ui/form.tsx';

/** A new password; other devices are signed out by it. */
export function Password({ refresh }: { readonly refresh: () => Promise<void> }) {
  const t = useTexts();
  const [round, setRound] = useState(0);
  return (
    <>
      {round > 0 ? (
        <p className="notice" role="status">
          {t('passwordChanged')}
        </p>
      ) : null}
      <Form
        isQuiet
        key={round}
        send={t('changePassword')}
        onSend={async (values) => {
          await call('/account/password', values);
          setRound(round + 1);
          await refresh();
        }}
      >
        <Field
          name="current"
          label={t('presentPassword')}
          type="password"
          autoComplete="current-password"
        />
        <Field
          name="password"
          label={t('newPassword')}
          hint={t('passwordShort')}
          type="password"
          autoComplete="new-password"
        />
      </Form>
    </>
  );
}
