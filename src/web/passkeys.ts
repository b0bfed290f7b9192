import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { call, Refused } from './api.ts';

interface Asked {
  readonly challenge: string;
  readonly question: never;
}

/** The browser's own refusals are its words; ours says what to do. */
async function ask<Answer>(act: () => Promise<Answer>, whatElse: string): Promise<Answer> {
  try {
    return await act();
  } catch {
    throw new Refused({
      status: 0,
      title: whatElse,
    });
  }
}

/**
 * Signs in by a passkey of this device.
 * @param whatElse what to say where none was used
 */
export async function signInByPasskey(whatElse: string): Promise<void> {
  const { challenge, question } = await call<Asked>('/sign-in/passkey/question', {});
  const answer = await ask(() => startAuthentication({ optionsJSON: question }), whatElse);
  await call('/sign-in/passkey', { challenge, answer });
}

/** Makes a passkey on this device and adds it to the account. */
export async function addPasskey(label: string, current: string, whatElse: string): Promise<void> {
  const { challenge, question } = await call<Asked>('/account/passkeys/question', { current });
  const answer = await ask(() => startRegistration({ optionsJSON: question }), whatElse);
  await call('/account/passkeys', { challenge, label, answer });
}
