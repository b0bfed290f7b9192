import { useState } from 'react';
import { renderSVG } from 'uqr';
import { call } from '../../api.ts';
import { Field, Form } from '../../ui/form.tsx';
import type { PartProps } from './parts.ts';

/** The authenticator app: set up, confirmed, removed. */
export function Totp({ account, refresh }: Omit<PartProps, 'act'>) {
  const [begun, setBegun] = useState<{ secret: string; uri: string }>();
  if (account.hasTotp) {
    return (
      <>
        <p>In use: after your password you are asked for its code.</p>
        <Form
          isQuiet
          send="Stop using it"
          onSend={async (values) => {
            await call('/account/totp/remove', values);
            setBegun(undefined);
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
      </>
    );
  }
  if (begun) {
    const picture = `data:image/svg+xml,${encodeURIComponent(renderSVG(begun.uri, { border: 2 }))}`;
    return (
      <>
        <p>Scan this with your authenticator app, then type the code that it shows.</p>
        <p>
          <img className="qr" src={picture} alt="QR code of the secret below" />
        </p>
        <p className="muted">
          Or type this secret: <code>{begun.secret}</code>
        </p>
        <Form
          isQuiet
          send="Confirm"
          onSend={async (values) => {
            await call('/account/totp/confirm', values);
            await refresh();
          }}
        >
          <Field
            name="code"
            label="Six-digit code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
          />
        </Form>
      </>
    );
  }
  return (
    <>
      <p className="muted">Not in use. An app on your phone makes a code for every sign-in.</p>
      <Form
        isQuiet
        send="Set it up"
        onSend={async (values) => setBegun(await call('/account/totp', values))}
      >
        <Field
          name="current"
          label="Your present password"
          type="password"
          autoComplete="current-password"
        />
      </Form>
    </>
  );
}
