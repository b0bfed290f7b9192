import { useState } from 'react';
import { call, Refused } from '../api.ts';
import { forgetPerson } from '../offline/person.ts';
import { signInByPasskey } from '../passkeys.ts';
import { useTexts } from '../texts/texts.ts';
import { Field, Form } from '../ui/form.tsx';
import { Frame } from '../ui/frame.tsx';
import { refusedInWords } from '../ui/refused.ts';
import { useAnswer } from '../ui/use-answer.ts';

type Step = { next: 'done' } | { next: 'second-factor'; challenge: string };
interface Ways {
  readonly provider: string | null;
  readonly canReset: boolean;
  readonly isFresh: boolean;
}

/** To the pages of one's role. */
export function goHome(): void {
  // Who was here before is not shown to who comes now.
  forgetPerson();
  window.location.assign('/');
}

/** The way in: address and password, then a code where there is one; or a passkey; or a provider. */
export function SignIn() {
  const t = useTexts();
  const { answer: ways } = useAnswer<Ways>('/sign-in');
  const query = new URLSearchParams(window.location.search);
  const [challenge, setChallenge] = useState(query.get('challenge') ?? undefined);
  const [isResetting, setResetting] = useState(false);
  const refused = query.get('refused');
  if (challenge !== undefined) return <SecondFactor challenge={challenge} />;
  if (isResetting) return <Reset leave={() => setResetting(false)} />;
  return (
    <Frame title={t('signInTitle')} isNarrow>
      {refused ? (
        <p className="notice bad" role="alert">
          {t.named(`provider.${refused}`, t('problem.sign-in-refused'))}
        </p>
      ) : null}
      {ways?.isFresh ? <p className="notice">{t('nobodyYet')}</p> : null}
      <Form
        send={t('signInNow')}
        onSend={async (values) => {
          const step = await call<Step>('/sign-in/password', values);
          if (step.next === 'done') goHome();
          else setChallenge(step.challenge);
        }}
      >
        <Field name="email" label={t('email')} type="email" autoComplete="username" />
        <Field
          name="password"
          label={t('password')}
          type="password"
          autoComplete="current-password"
        />
      </Form>
      {ways?.canReset ? (
        <button type="button" className="plain" onClick={() => setResetting(true)}>
          {t('forgotten')}
        </button>
      ) : null}
      <div className="or">
        <PasskeyButton />
        {ways?.provider ? (
          <a className="button" href="/api/v1/sign-in/provider" onClick={forgetPerson}>
            {t('continueWith', { name: ways.provider })}
          </a>
        ) : null}
      </div>
    </Frame>
  );
}

function PasskeyButton() {
  const t = useTexts();
  const [fault, setFault] = useState('');
  const go = async () => {
    try {
      await signInByPasskey(t('noPasskeyUsed'));
      goHome();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setFault(refusedInWords(error, t));
    }
  };
  return (
    <>
      <button type="button" onClick={() => void go()}>
        {t('byPasskey')}
      </button>
      <div role="alert">{fault ? <p className="notice bad">{fault}</p> : null}</div>
    </>
  );
}

/** The second step after a password or a link. */
export function SecondFactor({ challenge }: { readonly challenge: string }) {
  const t = useTexts();
  return (
    <Frame title={t('oneMoreStep')} isNarrow>
      <p>{t('typeCode')}</p>
      <Form
        send={t('continue')}
        onSend={async ({ code }) => {
          await call<Step>('/sign-in/code', { challenge, code });
          goHome();
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
      <div className="or">
        <PasskeyButton />
      </div>
      <p className="muted">{t('lostDevice')}</p>
    </Frame>
  );
}

function Reset({ leave }: { readonly leave: () => void }) {
  const t = useTexts();
  const [isSent, setSent] = useState(false);
  return (
    <Frame title={t('newPasswordTitle')} isNarrow>
      {isSent ? (
        <p className="notice" role="status">
          {t('resetSent')}
        </p>
      ) : (
        <Form
          send={t('sendLink')}
          onSend={async (values) => {
            await call('/sign-in/reset', values);
            setSent(true);
          }}
        >
          <Field name="email" label={t('email')} type="email" autoComplete="username" />
        </Form>
      )}
      <button type="button" className="plain" onClick={leave}>
        {t('backToSignIn')}
      </button>
    </Frame>
  );
}
