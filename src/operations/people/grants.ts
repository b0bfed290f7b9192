import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { type Grant, grant } from '../../contracts/people.ts';
import { code } from '../../contracts/primitives.ts';
import {
  inputRefused,
  notFound,
  secondPersonNeeded,
  stateConflict,
} from '../../contracts/problems.ts';
import type { ScopedGrant } from '../../core/access.ts';
import type { Transaction } from '../../db/database.ts';
import { getMarket } from '../../db/markets.ts';
import { getDealerIdIn } from '../../db/network.ts';
import {
  decideGrantRequest,
  findGrantRequest,
  findPerson,
  insertGrant,
  insertGrantRequest,
  removeGrant,
} from '../../db/people.ts';
import { forget } from '../directory.ts';
import { type Act, defineOperation, isSystem } from '../operation.ts';

/** A grant with the ids that the database knows. @throws input-refused, not-found */
export async function scopeGrant(tx: Transaction, asked: Grant): Promise<ScopedGrant> {
  const { role, market, dealer, principal } = asked;
  const isNetwork = role === 'administrator' || role === 'network-manager';
  if (isNetwork === (market !== undefined) || (role === 'dealer') !== (dealer !== undefined)) {
    throw inputRefused({
      errors: [
        {
          pointer: '/grants',
          code: 'scope',
          detail: `a ${role} has ${isNetwork ? 'no market' : role === 'dealer' ? 'a market and a dealer' : 'a market and no dealer'}`,
        },
      ],
    });
  }
  const found = market === undefined ? undefined : await getMarket(tx, market);
  return {
    role,
    ...(found ? { marketId: found.id } : {}),
    ...(found && dealer ? { dealerId: await getDealerIdIn(tx, found.id, dealer) } : {}),
    ...(principal ? { principal } : {}),
  };
}

/** The machine's owner grants at once; an administrator asks, and a second one decides. */
export async function askForGrant(
  { tx, actor, now }: Act,
  personId: string,
  wanted: ScopedGrant,
): Promise<string | undefined> {
  if (isSystem(actor)) {
    await insertGrant(tx, personId, wanted);
    return undefined;
  }
  if (personId === actor.personId) {
    throw secondPersonNeeded({ what: 'a role' }, 'nobody asks for a role for themselves');
  }
  const id = uuidv7();
  await insertGrantRequest(tx, {
    id,
    personId,
    grant: wanted,
    askedBy: actor.personId,
    askedAt: now,
  });
  return id;
}

export const requestGrant = defineOperation({
  name: 'grants.request',
  summary: 'Ask for a role for a person; a second administrator grants it',
  input: z.strictObject({ person: code, grant }),
  output: z.strictObject({ request: z.uuid().nullable() }),
  scope: 'network',
  writes: true,
  logged: ['person', 'grant'],
  refuses: [notFound, inputRefused, secondPersonNeeded],
  async act(act, { person, grant: asked }) {
    const known = await findPerson(act.tx, person);
    if (!known) throw notFound({ what: 'person', id: person });
    const request = await askForGrant(act, known.id, await scopeGrant(act.tx, asked));
    forget(act.context);
    return { request: request ?? null };
  },
});

export const decideGrant = defineOperation({
  name: 'grants.decide',
  summary: 'Grant a role that another administrator asked for, or refuse it',
  input: z.strictObject({ id: z.uuid(), grant: z.boolean() }),
  output: z.strictObject({ granted: z.boolean() }),
  scope: 'network',
  writes: true,
  logged: ['id', 'grant'],
  refuses: [notFound, secondPersonNeeded, stateConflict],
  async act({ tx, actor, now, context }, { id, grant: isGranted }) {
    const request = await findGrantRequest(tx, id);
    if (!request) throw notFound({ what: 'request', id });
    if (request.decidedBy) {
      throw stateConflict({ what: 'request', state: 'decided', allowed: ['open'] });
    }
    // Nobody raises themselves or agrees with themselves.
    const isOwn = request.askedBy === actor.personId || request.personId === actor.personId;
    if (isGranted && isOwn) throw secondPersonNeeded({ what: 'granting a role' });
    const decision = { decidedBy: actor.personId, decidedAt: now, isGranted };
    if (!(await decideGrantRequest(tx, id, decision))) {
      throw stateConflict({ what: 'request', state: 'decided', allowed: ['open'] });
    }
    if (isGranted) await insertGrant(tx, request.personId, request.grant);
    forget(context);
    return { granted: isGranted };
  },
});

/** Taking a role away needs nobody else: it can only make less possible. */
export const revokeGrant = defineOperation({
  name: 'grants.revoke',
  summary: 'Take a role away from a person',
  input: z.strictObject({ person: code, grant }),
  output: z.strictObject({ revoked: z.literal(true) }),
  scope: 'network',
  writes: true,
  logged: ['person', 'grant'],
  refuses: [notFound, inputRefused],
  async act({ tx, context }, { person, grant: asked }) {
    const known = await findPerson(tx, person);
    const removed = known && (await removeGrant(tx, known.id, await scopeGrant(tx, asked)));
    if (!removed) throw notFound({ what: 'grant', id: person });
    forget(context);
    return { revoked: true as const };
  },
});
