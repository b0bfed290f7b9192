import { useEffect, useState } from 'react';
import { call, type Refused } from '../api.ts';
import { useTexts } from '../texts/texts.ts';
import { Field, Form } from '../ui/form.tsx';
import { Frame } from '../ui/frame.tsx';
import { refusedInWords } from '../ui/refused.ts';
import { goHome, SecondFactor } from './sign-in.tsx';

interface Read {
  readonly purpose: 'set-up' | 'invitation' | 'reset';
  readonly name: string;
  readonly email: string | null;
}

/** What a one-time link opens: choose a password, and be signed in. The secret stands behind `#`. */
export function Link() {
  const t = useTexts();
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
      <Frame title={t('linkDead')} isNarrow>
        <p>{isSpent ? t('linkSpent') : refusedInWords(refusal, t)}</p>
        <a href="/sign-in">{t('toSignIn')}</a>
      </Frame>
    );
  }
  if (!read) return <Frame title={t('oneMoment')} isNarrow />;
  return (
    <Frame title={t(`link.${read.purpose}`)} isNarrow>
      {read.purpose === 'set-up' ? null : <p>{t('goodDay', { name: read.name })}</p>}
      <Form
        send={t(read.purpose === 'reset' ? 'saveAndSignIn' : 'begin')}
        onSend={async ({ password, email }) => {
          const step = await call<{ next: string; challenge?: string }>('/sign-in/link', {
            link: secret,
            password,
            ...(read.email === null ? { email } : {}),
          });
          if (step.challenge === undefined) goHome();
          else setChallenge(step.challenge);
        }}
      >
        {read.email === null ? (
          <Field name="email" label={t('email')} type="email" autoComplete="username" />
        ) : (
          <Field
            name="email"
            label={t('email')}
            type="email"
            autoComplete="username"
            value={read.email}
            readOnly
          />
        )}
        <Field
          name="password"
          label={t('newPassword')}
          hint={t('passwordHint')}
          type="password"
          autoComplete="new-password"
        />
      </Form>
    </Frame>
  );
}
