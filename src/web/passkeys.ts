import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { call, Refused } from './api.ts';

interface Asked {
  readonly challenge: string;
  readonly question: never;
}

/** The browser's own refusals are its words; ours says what to do. */
async function ask<Answer>(act: () => Promise<Answer>): Promise<Answer> {
  try {
    return await act();
  } catch {
    throw new Refused({
      status: 0,
      title: 'No passkey was used. Please try again, or choose another way.',
    });
  }
}

/** Signs in by a passkey of this device. */
export async function signInByPasskey(): Promise<void> {
  const { challenge, question } = await call<Asked>('/sign-in/passkey/question', {});
  const answer = await ask(() => startAuthentication({ optionsJSON: question }));
  await call('/sign-in/passkey', { challenge, answer });
}

/** Makes a passkey on this device and adds it to the account. */
export async function addPasskey(label: string, current: string): Promise<void> {
  const { challenge, question } = await call<Asked>('/account/passkeys/question', { current });
  const answer = await ask(() => startRegistration({ optionsJSON: question }));
  await call('/account/passkeys', { challenge, label, answer });
}
