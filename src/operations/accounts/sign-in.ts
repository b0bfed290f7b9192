import { uuidv7 } from 'uuidv7';
import type { Context } from '../../context.ts';
import { notFound, signInRefused } from '../../contracts/problems.ts';
import {
  endSessions,
  findAccount,
  findChallenge,
  findIdentity,
  findPasskey,
  findPersonAccount,
  forgetAttempts,
  hashSecret,
  insertChallenge,
  insertIdentity,
  knowsDevice,
  listPasskeys,
  sweepSignIns,
  takeChallenge,
  usePasskey,
  useTotpStep,
} from '../../db/accounts.ts';
import type { Transaction } from '../../db/database.ts';
import { findActorBySession } from '../../db/people.ts';
import { askForPasskey, readPasskey } from '../../io/passkeys.ts';
import { fitsPassword } from '../../io/passwords.ts';
import type { Identity } from '../../io/sign-in-provider.ts';
import { stepOfCode } from '../../io/totp.ts';
import {
  atGate,
  beginSession,
  countQuestion,
  countTry,
  recordAtGate,
  type SignedIn,
  type Visitor,
} from './visitor.ts';

/** A sign-in under way waits so long for its second step. */
const challengeMs = 10 * 60_000;

/** Signed in, or the challenge that the second factor answers. */
export type Step = SignedIn | { readonly challenge: string };

/**
 * The first step by address and password. An unknown address takes the same work and gets the same
 * answer as a wrong password.
 *
 * @throws sign-in-refused, too-many-tries
 */
export async function signInByPassword(
  context: Context,
  visitor: Visitor,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<Step> {
  const { found, isKnown } = await atGate(context, async (tx) => {
    await sweepSignIns(tx, context.now());
    const account = await findAccount(tx, email);
    return { found: account, isKnown: await knows(tx, visitor, account?.person.id) };
  });
  const tries = await countTry(context, visitor, email, isKnown);
  const fits = await fitsPassword(found?.account.passwordHash, password);
  if (!found || !fits) {
    throw await refused(context, found?.person.id, 'password');
  }
  return atGate(context, async (tx) => {
    await forgetAttempts(tx, tries);
    return afterFirstFactor(context, tx, visitor, found.person.id, 'password');
  });
}

/** Begins the session, or asks for the second factor where the account has one. */
export async function afterFirstFactor(
  context: Context,
  tx: Transaction,
  visitor: Visitor,
  personId: string,
  method: string,
): Promise<Step> {
  const { account, person } = (await findPersonAccount(tx, personId))!;
  const hasPasskey = (await listPasskeys(tx, personId)).length > 0;
  if (account?.totpConfirmedAt || hasPasskey) {
    const challenge = await beginChallenge(context, tx, 'second-factor', { method }, personId);
    return { challenge };
  }
  return beginSession(context, tx, visitor, person, method);
}

/** The second step by the code of an authenticator app; each code counts once. @throws sign-in-refused, too-many-tries */
export async function signInByCode(
  context: Context,
  visitor: Visitor,
  { challenge, code }: { readonly challenge: string; readonly code: string },
): Promise<SignedIn> {
  const now = context.now();
  const { asked, account, isKnown } = await atGate(context, async (tx) => {
    const row = await findChallenge(tx, challenge, 'second-factor', now);
    const found = row?.personId ? await findPersonAccount(tx, row.personId) : undefined;
    return {
      asked: row,
      account: found?.account,
      isKnown: await knows(tx, visitor, row?.personId ?? undefined),
    };
  });
  if (!asked?.personId || !account?.totpConfirmedAt || !account.totpSecret) {
    throw signInRefused({}, 'this sign-in took too long or has no code to it; please start again');
  }
  const tries = await countTry(context, visitor, `code ${account.email}`, isKnown);
  const step = stepOfCode(context.keys.unseal(account.totpSecret), code, now);
  const personId = asked.personId;
  if (step === undefined) throw await refused(context, personId, 'code');
  return atGate(context, async (tx) => {
    if (!(await useTotpStep(tx, personId, step))) {
      throw signInRefused({}, 'this code was used already; wait for the next one');
    }
    if (!(await takeChallenge(tx, challenge, 'second-factor', now))) throw signInRefused({});
    await forgetAttempts(tx, tries);
    const { person } = (await findPersonAccount(tx, personId))!;
    return beginSession(context, tx, visitor, person, `${asked.content['method']} and code`);
  });
}

/** What the browser's passkeys are asked. */
export async function beginPasskeySignIn(context: Context, visitor: Visitor) {
  const question = await askForPasskey(context.site);
  const id = await atGate(context, async (tx) => {
    await sweepSignIns(tx, context.now());
    await countQuestion(tx, visitor, context.now());
    return beginChallenge(context, tx, 'passkey', { challenge: question.challenge });
  });
  return { challenge: id, question };
}

/** A passkey is both factors at once: the device, and what opens it. @throws sign-in-refused */
export async function signInByPasskey(
  context: Context,
  visitor: Visitor,
  { challenge, answer }: { readonly challenge: string; readonly answer: { readonly id: string } },
): Promise<SignedIn> {
  const now = context.now();
  const { asked, passkey } = await atGate(context, async (tx) => ({
    asked: await takeChallenge(tx, challenge, 'passkey', now),
    passkey: await findPasskey(tx, answer.id),
  }));
  const counter =
    asked && passkey
      ? await readPasskey(context.site, asked.content['challenge']!, passkey, answer)
      : undefined;
  if (!passkey || counter === undefined) throw await refused(context, passkey?.personId, 'passkey');
  return atGate(context, async (tx) => {
    await usePasskey(tx, passkey.id, counter, now);
    const { person } = (await findPersonAccount(tx, passkey.personId))!;
    return beginSession(context, tx, visitor, person, 'passkey');
  });
}

/** Where to send the browser for a sign-in at the provider, and the journey to remember. @throws not-found */
export async function beginProviderSignIn(context: Context) {
  const { address, journey } = await providerOf(context).begin();
  const id = await atGate(context, (tx) => beginChallenge(context, tx, 'provider', { ...journey }));
  return { address, journey: id };
}

/**
 * Comes back from the provider. A person is known by the provider's own id of them; the first time
 * by an address that the provider has verified and that an account here has.
 *
 * @throws sign-in-refused
 */
export async function signInByProvider(
  context: Context,
  visitor: Visitor,
  returned: URL,
  journey: string,
): Promise<Step> {
  const now = context.now();
  const asked = await atGate(context, (tx) => takeChallenge(tx, journey, 'provider', now));
  if (!asked)
    throw signInRefused({ reason: 'late' }, 'this sign-in took too long; please start again');
  const { state, nonce, verifier } = asked.content;
  let identity: Identity;
  try {
    identity = await providerOf(context).finish(returned, {
      state: state!,
      nonce: nonce!,
      verifier: verifier!,
    });
  } catch (error) {
    context.log.warn({ cause: (error as Error).message }, 'a sign-in provider was not believed');
    throw signInRefused(
      { reason: 'unconfirmed' },
      'the sign-in provider did not confirm who you are',
    );
  }
  return atGate(context, async (tx) => {
    const known = await findIdentity(tx, identity.issuer, identity.subject);
    const byAddress =
      known || identity.email === undefined ? undefined : await findAccount(tx, identity.email);
    const personId = known?.personId ?? byAddress?.person.id;
    if (personId === undefined) {
      throw signInRefused(
        { reason: 'uninvited' },
        'nobody with that address has been invited here',
      );
    }
    if (!known) {
      await insertIdentity(tx, { issuer: identity.issuer, subject: identity.subject, personId });
    }
    return afterFirstFactor(context, tx, visitor, personId, 'provider');
  });
}

/** Ends a session; none, or an ended one, is no fault. */
export async function signOut(context: Context, session: string): Promise<void> {
  const now = context.now();
  await atGate(context, async (tx) => {
    const actor = await findActorBySession(tx, session, now);
    if (!actor) return;
    await endSessions(tx, actor.personId, { id: hashSecret(session).slice(0, 16) }, now);
    await recordAtGate(tx, now, actor.personId, 'sign-out', {});
  });
}

function providerOf(context: Context) {
  if (!context.provider) throw notFound({ what: 'sign-in provider', id: '' });
  return context.provider;
}

export function knows(tx: Transaction, { device }: Visitor, personId: string | undefined) {
  if (device === undefined || personId === undefined) return Promise.resolve(false);
  return knowsDevice(tx, personId, hashSecret(device));
}

async function beginChallenge(
  context: Context,
  tx: Transaction,
  kind: string,
  content: Record<string, string>,
  personId?: string,
): Promise<string> {
  const id = uuidv7();
  const expiresAt = new Date(context.now().getTime() + challengeMs);
  await insertChallenge(tx, { id, kind, personId: personId ?? null, content, expiresAt });
  return id;
}

/** The refusal, noted in the log; which part did not fit is for the log alone. */
async function refused(context: Context, personId: string | undefined, by: string) {
  context.notices.add(0, {
    operation: 'sign-in',
    by: personId ?? null,
    outcome: 'refused',
    how: by,
  });
  return signInRefused({});
}
