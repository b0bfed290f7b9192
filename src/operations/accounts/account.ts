import { z } from 'zod';
import { accountView, newPassword, totpCode, triedPassword } from '../../contracts/accounts.ts';
import { code, instantText } from '../../contracts/primitives.ts';
import { inputRefused, notFound, stateConflict, tooManyTries } from '../../contracts/problems.ts';
import {
  changeAccount,
  closeDoors,
  countAttempt,
  endSessions,
  findPersonAccount,
  hashSecret,
  listPasskeys,
  listSessions,
  listTokens,
  revokeTokens,
  useTotpStep,
} from '../../db/accounts.ts';
import { getDealerCodeIn } from '../../db/network.ts';
import { insertToken } from '../../db/people.ts';
import { fitsPassword, hashPassword } from '../../io/passwords.ts';
import { newTotpSecret, stepOfCode, totpUri } from '../../io/totp.ts';
import { forget, listMarketsCached } from '../directory.ts';
import { type Act, defineOperation, type Preparation } from '../operation.ts';
import { refuseWeak } from './links.ts';
import { atGate, newSecret } from './visitor.ts';

const done = z.strictObject({ done: z.literal(true) });
const isDone = { done: true } as const;
const idOf = (sha256: string) => sha256.slice(0, 16);

/** How the asker signs in, and from where they are signed in. */
export const getAccount = defineOperation({
  name: 'account.get',
  summary: 'How you sign in: passwords, passkeys, sessions and tokens of your own',
  input: z.strictObject({}),
  output: accountView,
  scope: 'network',
  writes: false,
  prepare: ({ context }) => listMarketsCached(context),
  async act({ tx, actor, now }, _, prepared) {
    const { account, person } = (await findPersonAccount(tx, actor.personId))!;
    const markets = prepared as Awaited<ReturnType<typeof listMarketsCached>>;
    const grants = [];
    for (const { role, marketId, dealerId, principal } of actor.grants) {
      grants.push({
        role,
        ...(marketId === undefined
          ? {}
          : { market: markets.find(({ id }) => id === marketId)!.code }),
        ...(marketId === undefined || dealerId === undefined
          ? {}
          : { dealer: await getDealerCodeIn(tx, marketId, dealerId) }),
        ...(principal ? { principal } : {}),
      });
    }
    return {
      person: person.code,
      name: person.name,
      email: account?.email ?? null,
      hasPassword: Boolean(account?.passwordHash),
      hasTotp: Boolean(account?.totpConfirmedAt),
      grants,
      passkeys: (await listPasskeys(tx, actor.personId)).map((each) => ({
        id: each.id,
        label: each.label,
        createdAt: each.createdAt.toISOString(),
        usedAt: each.usedAt?.toISOString() ?? null,
      })),
      sessions: (await listSessions(tx, actor.personId, now)).map((each) => ({
        id: idOf(each.sha256),
        method: each.method,
        agent: each.agent,
        createdAt: each.createdAt.toISOString(),
        seenAt: each.seenAt.toISOString(),
        isThis: each.sha256 === actor.session,
      })),
      tokens: (await listTokens(tx, actor.personId, now)).map((each) => ({
        id: idOf(each.sha256),
        prefix: each.prefix,
        label: each.label,
        readsOnly: each.readsOnly,
        createdAt: each.createdAt.toISOString(),
        expiresAt: each.expiresAt?.toISOString() ?? null,
      })),
    };
  },
});

/** Reads the asker's own account, outside the act's transaction: hashing is slow. */
async function ownAccount({ context, actor }: Preparation) {
  const found = await context.database.transaction({ role: 'gate' }, (tx) =>
    findPersonAccount(tx, actor.personId),
  );
  if (!found?.account) {
    throw stateConflict(
      { what: 'account', state: 'without sign-in', allowed: [] },
      'this person acts by tokens only and has no sign-in; ask an administrator for an invitation',
    );
  }
  return { person: found.person, account: found.account };
}

/** The present password again, before how to sign in is changed: a phone left on a desk is not enough. */
export async function proveAgain(preparation: Preparation, password: string) {
  needSession(preparation.actor);
  const own = await ownAccount(preparation);
  const { context, actor, now } = preparation;
  const tries = await context.database.transaction({ role: 'gate' }, (tx) =>
    countAttempt(tx, `again ${hashSecret(actor.personId)}`, now),
  );
  if (tries > 20) throw tooManyTries({ retryAfterSeconds: 3600 });
  if (!(await fitsPassword(own.account.passwordHash, password))) {
    throw misfit('/current', 'the present password did not fit');
  }
  return own;
}

/** How one signs in is changed signed in: a token must not make itself a stronger or longer way in. */
export function needSession({ session }: { readonly session?: string | undefined }): void {
  if (session !== undefined) return;
  throw stateConflict(
    { what: 'account', state: 'reached by a token', allowed: ['signed in'] },
    'this is done signed in, not by a token',
  );
}

/** Not 401: who asks is known, only the proof did not fit. */
export function misfit(pointer: string, detail: string) {
  return inputRefused({ errors: [{ pointer, code: 'misfit', detail }] }, detail);
}

/** Changes the password; every other session ends. */
export const changePassword = defineOperation({
  name: 'account.change-password',
  summary: 'Change your password; your other sessions end',
  input: z.strictObject({ current: triedPassword, password: newPassword }),
  output: done,
  scope: 'network',
  writes: true,
  refuses: [inputRefused, tooManyTries],
  async prepare(preparation, { current, password }) {
    const { account, person } = await proveAgain(preparation, current);
    refuseWeak(password, [account.email, person.name]);
    // Whoever began to come in by the old one, or by a letter, begins anew.
    await atGate(preparation.context, (tx) => closeDoors(tx, person.id, preparation.now));
    return hashPassword(password);
  },
  async act({ tx, actor, now, context }, _, passwordHash) {
    await changeAccount(tx, actor.personId, { passwordHash: passwordHash as string });
    await endSessions(tx, actor.personId, { allBut: actor.session }, now);
    forget(context);
    return isDone;
  },
});

/** A new secret for an authenticator app; it counts once a code of it was given. */
export const startTotp = defineOperation({
  name: 'account.start-totp',
  summary: 'Begin to use an authenticator app',
  input: z.strictObject({ current: triedPassword }),
  output: z.strictObject({ secret: z.string(), uri: z.string() }),
  scope: 'network',
  writes: true,
  refuses: [inputRefused, stateConflict, tooManyTries],
  prepare: (preparation, { current }) => proveAgain(preparation, current),
  async act({ tx, actor, context }, _, prepared) {
    const { account } = prepared as Awaited<ReturnType<typeof proveAgain>>;
    if (account.totpConfirmedAt) {
      throw stateConflict(
        { what: 'authenticator app', state: 'in use', allowed: [] },
        'an authenticator app is in use already; remove it first',
      );
    }
    const secret = newTotpSecret();
    await changeAccount(tx, actor.personId, {
      totpSecret: context.keys.seal(secret),
      totpStep: null,
    });
    return { secret, uri: totpUri(secret, account.email) };
  },
});

export const confirmTotp = defineOperation({
  name: 'account.confirm-totp',
  summary: 'Finish setting up an authenticator app with its first code',
  input: z.strictObject({ code: totpCode }),
  output: done,
  scope: 'network',
  writes: true,
  refuses: [inputRefused, stateConflict],
  prepare: (preparation) => ownAccount(preparation),
  async act({ tx, actor, now, context }, { code: given }, prepared) {
    const { account } = prepared as Awaited<ReturnType<typeof ownAccount>>;
    if (!account.totpSecret || account.totpConfirmedAt) {
      throw stateConflict({ what: 'authenticator app', state: 'not begun', allowed: ['begun'] });
    }
    const step = stepOfCode(context.keys.unseal(account.totpSecret), given, now);
    if (step === undefined || !(await useTotpStep(tx, actor.personId, step))) {
      throw misfit(
        '/code',
        'the code did not fit; check the clock of your device and try the next',
      );
    }
    await changeAccount(tx, actor.personId, { totpConfirmedAt: now });
    return isDone;
  },
});

export const removeTotp = defineOperation({
  name: 'account.remove-totp',
  summary: 'Stop using the authenticator app',
  input: z.strictObject({ current: triedPassword }),
  output: done,
  scope: 'network',
  writes: true,
  refuses: [inputRefused, stateConflict, tooManyTries],
  prepare: (preparation, { current }) => proveAgain(preparation, current),
  async act({ tx, actor }) {
    await changeAccount(tx, actor.personId, {
      totpSecret: null,
      totpConfirmedAt: null,
      totpStep: null,
    });
    return isDone;
  },
});

export const endSession = defineOperation({
  name: 'account.end-sessions',
  summary: 'End one of your sessions, or all others',
  input: z.strictObject({ id: z.string().length(16).optional() }),
  output: z.strictObject({ ended: z.int() }),
  scope: 'network',
  writes: true,
  async act({ tx, actor, now, context }, { id }) {
    const which = id === undefined ? { allBut: actor.session } : { id };
    const ended = await endSessions(tx, actor.personId, which, now);
    forget(context);
    return { ended };
  },
});

const yearMs = 366 * 86_400_000;

/** A token of one's own, for a program: never more than oneself, always with an end. */
export const issueOwnToken = defineOperation({
  name: 'account.issue-token',
  summary: 'Make a token for a program that acts in your name',
  input: z.strictObject({
    label: z.string().trim().min(1).max(200),
    expiresAt: instantText,
    readsOnly: z.boolean().default(true),
    role: z.string().max(40).optional().describe('Only your grants of this role.'),
  }),
  output: z.strictObject({ token: z.string(), id: code }),
  scope: 'network',
  writes: true,
  logged: ['label', 'expiresAt', 'readsOnly'],
  refuses: [inputRefused, stateConflict],
  async act({ tx, actor, now }, { label, expiresAt, readsOnly, role }) {
    needSession(actor);
    const until = new Date(expiresAt);
    if (until <= now || until.getTime() > now.getTime() + yearMs) {
      throw inputRefused({
        errors: [{ pointer: '/expiresAt', code: 'range', detail: 'from now to a year from now' }],
      });
    }
    const scope = actor.grants.filter((grant) => role === undefined || grant.role === role);
    if (scope.length === 0) {
      throw inputRefused({
        errors: [{ pointer: '/role', code: 'grant', detail: 'a role that you have' }],
      });
    }
    const made = makeToken();
    await insertToken(tx, {
      ...made.row,
      personId: actor.personId,
      label,
      readsOnly,
      scope: [...scope],
      expiresAt: until,
    });
    return { token: made.token, id: idOf(made.row.sha256) };
  },
});

/** A new bearer token and what is stored of it. */
export function makeToken() {
  const token = `omo_${newSecret()}`;
  return { token, row: { sha256: hashSecret(token), prefix: token.slice(0, 8) } };
}

export const revokeOwnToken = defineOperation({
  name: 'account.revoke-token',
  summary: 'Revoke one of your tokens',
  input: z.strictObject({ id: z.string().length(16) }),
  output: done,
  scope: 'network',
  writes: true,
  logged: ['id'],
  refuses: [notFound],
  async act({ tx, actor, now, context }: Act, { id }) {
    const revoked = await revokeTokens(tx, actor.personId, id, now);
    if (revoked === 0) throw notFound({ what: 'token', id });
    forget(context);
    return isDone;
  },
});
