import type { Context } from '../../context.ts';
import type { LinkPurpose } from '../../contracts/accounts.ts';
import { inputRefused, linkSpent } from '../../contracts/problems.ts';
import {
  changeAccount,
  endSessions,
  findAccount,
  findLink,
  findPersonAccount,
  hasAnyAccount,
  hashSecret,
  insertAccount,
  insertLink,
  revokeTokens,
  useLink,
} from '../../db/accounts.ts';
import type { Transaction } from '../../db/database.ts';
import { faultOfPassword, hashPassword } from '../../io/passwords.ts';
import { letters } from './letters.ts';
import { afterFirstFactor, knows, type Step } from './sign-in.ts';
import { atGate, countTry, newSecret, recordAtGate, type Visitor } from './visitor.ts';

const hours: Record<LinkPurpose, number> = { 'set-up': 24, invitation: 7 * 24, reset: 1 };

/** Makes a one-time link for a person; its secret stands behind `#`, so that no server logs it. */
export async function makeLink(
  context: Pick<Context, 'now' | 'site'>,
  tx: Transaction,
  personId: string,
  purpose: LinkPurpose,
): Promise<string> {
  const now = context.now();
  const secret = newSecret();
  await insertLink(tx, {
    sha256: hashSecret(secret),
    purpose,
    personId,
    createdAt: now,
    expiresAt: new Date(now.getTime() + hours[purpose] * 3_600_000),
  });
  return `${context.site.origin}/link#${secret}`;
}

/** Sends a link; says whether mail took it. Without mail the administrator hands it over. */
export async function mailLink(
  context: Pick<Context, 'mail' | 'log'>,
  to: string,
  purpose: LinkPurpose,
  link: string,
): Promise<boolean> {
  if (!context.mail) return false;
  try {
    await context.mail.send({ to, ...letters[purpose](link) });
    return true;
  } catch (error) {
    context.log.warn({ cause: (error as Error).message }, 'the mail server did not take a letter');
    return false;
  }
}

/** What a link is for. @throws link-spent */
export async function readLink(context: Context, secret: string) {
  return atGate(context, async (tx) => {
    const link = await findLink(tx, hashSecret(secret), context.now());
    const found = link?.personId ? await findPersonAccount(tx, link.personId) : undefined;
    if (!link || !found) throw linkSpent({});
    return {
      purpose: link.purpose as LinkPurpose,
      name: found.person.name,
      email: found.account?.email ?? null,
    };
  });
}

/**
 * Uses a link: the person chooses a password (and, at the set-up, the address) and is signed in, by
 * the second factor where there is one. Every other session of theirs ends.
 *
 * @throws link-spent, input-refused
 */
export async function useLinkOnce(
  context: Context,
  visitor: Visitor,
  given: { readonly link: string; readonly password: string; readonly email?: string | undefined },
): Promise<Step> {
  const { name, email: known } = await readLink(context, given.link);
  const email = known ?? given.email;
  if (email === undefined) {
    throw inputRefused({
      errors: [{ pointer: '/email', code: 'required', detail: 'an address to sign in with' }],
    });
  }
  refuseWeak(given.password, [email, name]);
  const passwordHash = await hashPassword(given.password);
  const now = context.now();
  return atGate(context, async (tx) => {
    const link = await useLink(tx, hashSecret(given.link), now);
    if (!link?.personId) throw linkSpent({});
    const personId = link.personId;
    if (known === null) await insertAccount(tx, { personId, email, passwordHash, createdAt: now });
    else await changeAccount(tx, personId, { passwordHash });
    // Whoever took the account over before is out: sessions, tokens, sign-ins under way.
    await endSessions(tx, personId, { allBut: undefined }, now);
    await revokeTokens(tx, personId, undefined, now);
    const step = await afterFirstFactor(context, tx, visitor, personId, link.purpose);
    await recordAtGate(tx, now, personId, 'password.set', { by: link.purpose });
    return step;
  });
}

/** @throws input-refused */
export function refuseWeak(password: string, personal: readonly string[]): void {
  const fault = faultOfPassword(password, personal);
  if (fault === undefined) return;
  throw inputRefused({ errors: [{ pointer: '/password', code: 'weak', detail: fault }] });
}

/** Sends a reset link where the address has an account; the answer is the same where not. @throws too-many-tries */
export async function askForReset(
  context: Context,
  visitor: Visitor,
  email: string,
): Promise<void> {
  const isKnown = await atGate(context, async (tx) => {
    const found = await findAccount(tx, email);
    return knows(tx, visitor, found?.person.id);
  });
  await countTry(context, visitor, `reset ${email}`, isKnown);
  // Not waited for: the time that it takes would say whether the account exists.
  void sendReset(context, email).catch((error: Error) =>
    context.log.warn({ cause: error.message }, 'a reset was not sent'),
  );
}

async function sendReset(context: Context, email: string): Promise<void> {
  const link = await atGate(context, async (tx) => {
    const found = await findAccount(tx, email);
    if (!found) return undefined;
    const made = await makeLink(context, tx, found.person.id, 'reset');
    await recordAtGate(tx, context.now(), found.person.id, 'reset.asked', {});
    return made;
  });
  if (link) await mailLink(context, email, 'reset', link);
}

/** Whether nobody can sign in yet. */
export function isFresh(context: Context): Promise<boolean> {
  return atGate(context, async (tx) => !(await hasAnyAccount(tx)));
}
