import { useState } from 'react';
import { call } from '../../api.ts';
import { Field, Form } from '../../ui/form.tsx';

/** A new password; other devices are signed out by it. */
export function Password({ refresh }: { readonly refresh: () => Promise<void> }) {
  const [round, setRound] = useState(0);
  return (
    <>
      {round > 0 ? (
        <p className="notice" role="status">
          Your password is changed. Your other devices are signed out.
        </p>
      ) : null}
      <Form
        isQuiet
        key={round}
        send="Change the password"
        onSend={async (values) => {
          await call('/account/password', values);
          setRound(round + 1);
          await refresh();
        }}
      >
        <Field
          name="current"
          label="Present password"
          type="password"
          autoComplete="current-password"
        />
        <Field
          name="password"
          label="New password"
          hint="At least 12 characters."
          type="password"
          autoComplete="new-password"
        />
      </Form>
    </>
  );
}
