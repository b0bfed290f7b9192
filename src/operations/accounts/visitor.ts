import { randomBytes } from 'node:crypto';
import type { Context } from '../../context.ts';
import { tooManyTries } from '../../contracts/problems.ts';
import { canonicalJson } from '../../core/canonical.ts';
import { countAttempt, hashSecret, insertSession } from '../../db/accounts.ts';
import type { Transaction } from '../../db/database.ts';
import { appendEvent } from '../../db/events.ts';

/** Whoever stands at the door: nobody yet. */
export interface Visitor {
  readonly address: string;
  /** The secret of the device's own cookie, kept over sign-ins. */
  readonly device: string | undefined;
  readonly agent: string;
}

/** A session that has just begun; its secrets go into cookies and are kept as hashes only. */
export interface SignedIn {
  readonly name: string;
  readonly session: string;
  readonly device: string;
  readonly expiresAt: Date;
}

const sessionDays = 30;

/** In an hour: tries of a known device, of an account by strangers, of an address; questions to an address. */
const limits = { device: 10, account: 19, address: 300, questions: 1_000 } as const;

export const newSecret = (): string => randomBytes(32).toString('base64url');

/** One short transaction at the door, under the door's own settings. */
export function atGate<Result>(
  context: Context,
  run: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return context.database.transaction({ role: 'gate', marketId: 0 }, run);
}

/**
 * Counts a try, before it is looked at. Strangers who try an account over and over close it to
 * strangers for the hour, never to a device that its owner was signed in on before.
 *
 * @returns the key to forget once the try was good
 * @throws too-many-tries
 */
export async function countTry(
  context: Context,
  visitor: Visitor,
  account: string,
  isKnownDevice: boolean,
): Promise<string> {
  const now = context.now();
  const [own, limit] = isKnownDevice
    ? [`device ${hashSecret(`${visitor.device} ${account}`)}`, limits.device]
    : [`account ${hashSecret(account)}`, limits.account];
  const counts = await atGate(context, async (tx) => [
    await countAttempt(tx, own, now),
    await countAttempt(tx, `address ${hashSecret(visitor.address)}`, now),
  ]);
  if (counts[0]! > limit || counts[1]! > limits.address) {
    throw tooManyTries({ retryAfterSeconds: 3600 });
  }
  return own;
}

/** Counts what is kept for somebody who has shown nothing yet. @throws too-many-tries */
export async function countQuestion(tx: Transaction, visitor: Visitor, now: Date): Promise<void> {
  const asked = await countAttempt(tx, `asked ${hashSecret(visitor.address)}`, now);
  if (asked > limits.questions) throw tooManyTries({ retryAfterSeconds: 3600 });
}

/** Begins a session and writes it into the log. */
export async function beginSession(
  context: Context,
  tx: Transaction,
  visitor: Visitor,
  person: { readonly id: string; readonly name: string },
  method: string,
): Promise<SignedIn> {
  const now = context.now();
  const session = newSecret();
  const device = visitor.device ?? newSecret();
  const expiresAt = new Date(now.getTime() + sessionDays * 86_400_000);
  await insertSession(tx, {
    sha256: hashSecret(session),
    personId: person.id,
    method,
    deviceSha256: hashSecret(device),
    agent: visitor.agent.slice(0, 200),
    createdAt: now,
    seenAt: now,
    expiresAt,
  });
  await recordAtGate(tx, now, person.id, 'sign-in', { method });
  return { name: person.name, session, device, expiresAt };
}

/** A record of the network's chain about somebody at the door. Last in its transaction. */
export function recordAtGate(
  tx: Transaction,
  now: Date,
  personId: string,
  operation: string,
  subject: Readonly<Record<string, string>>,
): Promise<unknown> {
  return appendEvent(
    tx,
    0,
    canonicalJson({ at: now.toISOString(), by: personId, role: 'gate', operation, subject }),
  );
}
