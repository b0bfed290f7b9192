import { useState } from 'react';
import { asSentence, call, Refused } from '../api.ts';
import { signInByPasskey } from '../passkeys.ts';
import { Field, Form } from '../ui/form.tsx';
import { Frame } from '../ui/frame.tsx';
import { useAnswer } from '../ui/use-answer.ts';

type Step = { next: 'done' } | { next: 'second-factor'; challenge: string };
interface Ways {
  readonly provider: string | null;
  readonly canReset: boolean;
  readonly isFresh: boolean;
}

export function goToAccount(): void {
  window.location.assign('/account');
}

/** The way in: address and password, then a code where there is one; or a passkey; or a provider. */
export function SignIn() {
  const { answer: ways } = useAnswer<Ways>('/sign-in');
  const query = new URLSearchParams(window.location.search);
  const [challenge, setChallenge] = useState(query.get('challenge') ?? undefined);
  const [isResetting, setResetting] = useState(false);
  const refused = query.get('refused');
  if (challenge !== undefined) return <SecondFactor challenge={challenge} />;
  if (isResetting) return <Reset leave={() => setResetting(false)} />;
  return (
    <Frame title="Sign in" isNarrow>
      {refused ? (
        <p className="notice bad" role="alert">
          {asSentence(refused)}
        </p>
      ) : null}
      {ways?.isFresh ? (
        <p className="notice">
          Nobody can sign in yet. The link for the first administrator stood in the output when the
          service started.
        </p>
      ) : null}
      <Form
        send="Sign in"
        onSend={async (values) => {
          const step = await call<Step>('/sign-in/password', values);
          if (step.next === 'done') goToAccount();
          else setChallenge(step.challenge);
        }}
      >
        <Field name="email" label="E-mail address" type="email" autoComplete="username" />
        <Field name="password" label="Password" type="password" autoComplete="current-password" />
      </Form>
      {ways?.canReset ? (
        <button type="button" className="plain" onClick={() => setResetting(true)}>
          I do not know my password
        </button>
      ) : null}
      <div className="or">
        <PasskeyButton />
        {ways?.provider ? (
          <a className="button" href="/api/v1/sign-in/provider">
            Continue with {ways.provider}
          </a>
        ) : null}
      </div>
    </Frame>
  );
}

function PasskeyButton() {
  const [fault, setFault] = useState('');
  const go = async () => {
    try {
      await signInByPasskey();
      goToAccount();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setFault(error.message);
    }
  };
  return (
    <>
      <button type="button" onClick={() => void go()}>
        Sign in with a passkey
      </button>
      <div role="alert">{fault ? <p className="notice bad">{fault}</p> : null}</div>
    </>
  );
}

/** The second step after a password or a link. */
export function SecondFactor({ challenge }: { readonly challenge: string }) {
  return (
    <Frame title="One more step" isNarrow>
      <p>Open your authenticator app and type the code that it shows.</p>
      <Form
        send="Continue"
        onSend={async ({ code }) => {
          await call<Step>('/sign-in/code', { challenge, code });
          goToAccount();
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
      <div className="or">
        <PasskeyButton />
      </div>
      <p className="muted">
        Lost your device? An administrator can send you a link that lets you start afresh.
      </p>
    </Frame>
  );
}

function Reset({ leave }: { readonly leave: () => void }) {
  const [isSent, setSent] = useState(false);
  return (
    <Frame title="A new password" isNarrow>
      {isSent ? (
        <p className="notice" role="status">
          If that address has an account, a letter with a link is on its way. The link works for an
          hour.
        </p>
      ) : (
        <Form
          send="Send me a link"
          onSend={async (values) => {
            await call('/sign-in/reset', values);
            setSent(true);
          }}
        >
          <Field name="email" label="E-mail address" type="email" autoComplete="username" />
        </Form>
      )}
      <button type="button" className="plain" onClick={leave}>
        Back to sign in
      </button>
    </Frame>
  );
}
