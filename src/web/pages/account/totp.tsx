import { useState } from 'react';
import { renderSVG } from 'uqr';
import { call } from '../../api.ts';
import { useTexts } from '../../texts/texts.ts';
import { Field, Form } from '../../ui/form.tsx';
import type { PartProps } from './parts.ts';

/** The authenticator app: set up, confirmed, removed. */
export function Totp({ account, refresh }: Omit<PartProps, 'act'>) {
  const t = useTexts();
  const [begun, setBegun] = useState<{ secret: string; uri: string }>();
  if (account.hasTotp) {
    return (
      <>
        <p>{t('totpInUse')}</p>
        <Form
          isQuiet
          send={t('stopTotp')}
          onSend={async (values) => {
            await call('/account/totp/remove', values);
            setBegun(undefined);
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
      </>
    );
  }
  if (begun) {
    const picture = `data:image/svg+xml,${encodeURIComponent(renderSVG(begun.uri, { border: 4 }))}`;
    return (
      <>
        <p>{t('scanThis')}</p>
        <p>
          <img className="qr" src={picture} alt={t('qrCode')} />
        </p>
        <p className="muted">
          {t('orSecret')} <code>{begun.secret}</code>
        </p>
        <Form
          isQuiet
          send={t('confirmCode')}
          onSend={async (values) => {
            await call('/account/totp/confirm', values);
            await refresh();
          }}
        >
          <Field
            name="code"
            label={t('sixDigits')}
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
      <p className="muted">{t('totpNotInUse')}</p>
      <Form
        isQuiet
        send={t('setUpTotp')}
        onSend={async (values) => setBegun(await call('/account/totp', values))}
      >
        <Field
          name="current"
          label={t('presentPassword')}
          type="password"
          autoComplete="current-password"
        />
      </Form>
    </>
  );
}
