import { useEffect, useState } from 'react';
import { call, type Refused } from '../api.ts';
import { Field, Form } from '../ui/form.tsx';
import { Frame } from '../ui/frame.tsx';
import { goToAccount, SecondFactor } from './sign-in.tsx';

interface Read {
  readonly purpose: 'set-up' | 'invitation' | 'reset';
  readonly name: string;
  readonly email: string | null;
}

const titles = {
  'set-up': 'Set up the first administrator',
  invitation: 'Welcome',
  reset: 'A new password',
} as const;

/** What a one-time link opens: choose a password, and be signed in. The secret stands behind `#`. */
export function Link() {
  const [secret] = useState(() => window.location.hash.slice(1));
  const [read, setRead] = useState<Read>();
  const [refusal, setRefusal] = useState<Refused>();
  const [challenge, setChallenge] = useState<string>();
  useEffect(() => {
    call<Read>('/sign-in/link/read', { link: secret }).then(setRead, setRefusal);
  }, [secret]);
  if (challenge !== undefined) return <SecondFactor challenge={challenge} />;
  if (refusal) {
    const isSpent = refusal.status === 410 || refusal.status === 400;
    return (
      <Frame title="This link does not work" isNarrow>
        <p>
          {isSpent
            ? 'It was used already, has expired, or was not copied whole. Ask for a new one.'
            : refusal.message}
        </p>
        <a href="/sign-in">To the sign-in</a>
      </Frame>
    );
  }
  if (!read) return <Frame title="One moment" isNarrow />;
  return (
    <Frame title={titles[read.purpose]} isNarrow>
      {read.purpose === 'set-up' ? null : <p>Good day, {read.name}.</p>}
      <Form
        send={read.purpose === 'reset' ? 'Save and sign in' : 'Begin'}
        onSend={async ({ password, email }) => {
          const step = await call<{ next: string; challenge?: string }>('/sign-in/link', {
            link: secret,
            password,
            ...(read.email === null ? { email } : {}),
          });
          if (step.challenge === undefined) goToAccount();
          else setChallenge(step.challenge);
        }}
      >
        {read.email === null ? (
          <Field name="email" label="E-mail address" type="email" autoComplete="username" />
        ) : (
          <Field
            name="email"
            label="E-mail address"
            type="email"
            autoComplete="username"
            value={read.email}
            readOnly
          />
        )}
        <Field
          name="password"
          label="New password"
          hint="At least 12 characters. A few words that nobody would guess are best."
          type="password"
          autoComplete="new-password"
        />
      </Form>
    </Frame>
  );
}
