import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { code } from '../../contracts/primitives.ts';
import { keyOfSubject, type Subject, subject } from '../../contracts/privacy.ts';
import { notFound, onHold } from '../../contracts/problems.ts';
import { findPersonAccount, listPasskeys, listSessions, listTokens } from '../../db/accounts.ts';
import { lockHead, searchEvents } from '../../db/events.ts';
import { findActorByCode, findPerson } from '../../db/people.ts';
import {
  anonymise,
  findComplaintCustomer,
  findHold,
  findResponses,
  findStaff,
  insertHold,
  liftHold,
  removeComments,
  removeComplaintCustomers,
  removeStaffNames,
} from '../../db/privacy.ts';
import { forget } from '../directory.ts';
import { type Act, defineOperation } from '../operation.ts';

const reason = z.string().trim().min(1).max(2_000);
const inMarket = { market: z.string(), subject };

/** Everything that is kept of a subject, and how it is taken away. @throws not-found */
async function find({ tx, market }: Act, of: Subject) {
  switch (of.kind) {
    case 'staff': {
      const staff = await findStaff(tx, market.id, of.dealer, of.staff);
      if (!staff) throw notFound({ what: 'staff member', id: keyOfSubject(of) });
      const { id, ...kept } = staff;
      return { kept, remove: () => removeStaffNames(tx, market.id, [id]) };
    }
    case 'complaint': {
      const found = await findComplaintCustomer(tx, market.id, of.complaint);
      if (!found) throw notFound({ what: 'complaint', id: of.complaint });
      const { id, ...kept } = found;
      return { kept, remove: () => removeComplaintCustomers(tx, market.id, [id]) };
    }
    case 'response': {
      const found = await findResponses(tx, market.id, of.dealer, of.reference);
      if (found.length === 0) throw notFound({ what: 'response', id: keyOfSubject(of) });
      const ids = found.map(({ id }) => id);
      const kept = { responses: found.map(({ id: _, ...each }) => each) };
      return { kept, remove: () => removeComments(tx, market.id, ids) };
    }
  }
}

async function refuseHeld(
  act: Pick<Act, 'tx'>,
  marketId: number | null,
  kind: string,
  key: string,
): Promise<void> {
  // Not while a hold is being placed: one of them waits for the other.
  await lockHead(act.tx, marketId ?? 0);
  const hold = await findHold(act.tx, marketId, kind, key);
  if (hold) throw onHold({ hold: hold.id, reason: hold.reason });
}

/** Everything that is kept about somebody, for them. */
export const exportSubject = defineOperation({
  name: 'privacy.export',
  summary: 'Everything that is kept about a staff member or a customer',
  input: z.strictObject(inMarket),
  output: z.strictObject({ subject, kept: z.record(z.string(), z.unknown()) }),
  scope: 'market',
  writes: false,
  noted: true,
  refuses: [notFound],
  async act(act, { subject: of }) {
    const { kept } = await find(act, of);
    return { subject: of, kept: JSON.parse(JSON.stringify(kept)) as Record<string, unknown> };
  },
});

/** Erases what names somebody; no figure, rank or decision changes by it. */
export const eraseSubject = defineOperation({
  name: 'privacy.erase',
  summary: 'Erase the name of a staff member, or the name and words of a customer',
  input: z.strictObject(inMarket),
  output: z.strictObject({ erased: z.literal(true) }),
  scope: 'market',
  writes: true,
  logged: ['subject'],
  refuses: [notFound, onHold],
  async act(act, { subject: of }) {
    const { remove } = await find(act, of);
    await refuseHeld(act, act.market.id, of.kind, keyOfSubject(of));
    await remove();
    return { erased: true as const };
  },
});

export const placeHold = defineOperation({
  name: 'privacy.hold',
  summary: 'Keep what would be erased, for a legal reason',
  input: z.strictObject({ ...inMarket, reason }),
  output: z.strictObject({ hold: z.uuid() }),
  scope: 'market',
  writes: true,
  logged: ['subject', 'reason'],
  refuses: [notFound],
  async act(act, { subject: of, reason: why }) {
    await lockHead(act.tx, act.market.id);
    await find(act, of);
    const id = uuidv7();
    await insertHold(act.tx, {
      id,
      marketId: act.market.id,
      kind: of.kind,
      subject: keyOfSubject(of),
      reason: why,
      placedBy: act.actor.personId,
      placedAt: act.now,
    });
    return { hold: id };
  },
});

export const endHold = defineOperation({
  name: 'privacy.lift',
  summary: 'Lift a legal hold',
  input: z.strictObject({ market: z.string(), hold: z.uuid() }),
  output: z.strictObject({ lifted: z.literal(true) }),
  scope: 'market',
  writes: true,
  logged: ['hold'],
  refuses: [notFound],
  async act({ tx, actor, now, market }, { hold }) {
    if (!(await liftHold(tx, market.id, hold, actor.personId, now))) {
      throw notFound({ what: 'hold', id: hold });
    }
    return { lifted: true as const };
  },
});

async function personOf({ tx }: Act, person: string) {
  const known = await findPerson(tx, person);
  if (!known) throw notFound({ what: 'person', id: person });
  return known;
}

/** Everything that is kept about a person who signs in. */
export const exportPerson = defineOperation({
  name: 'privacy.export-person',
  summary: 'Everything that is kept about a person who signs in',
  input: z.strictObject({ person: code }),
  output: z.strictObject({ kept: z.record(z.string(), z.unknown()) }),
  scope: 'network',
  writes: false,
  noted: true,
  refuses: [notFound],
  async act(act, { person }) {
    const { tx, now } = act;
    const { id, ...known } = await personOf(act, person);
    const account = (await findPersonAccount(tx, id))?.account;
    const kept = {
      person: known,
      email: account?.email ?? null,
      grants: (await findActorByCode(tx, person))?.grants ?? [],
      passkeys: (await listPasskeys(tx, id)).map(({ label, createdAt }) => ({ label, createdAt })),
      sessions: (await listSessions(tx, id, now)).map(({ method, agent, createdAt, seenAt }) => ({
        ...{ method, agent, createdAt, seenAt },
      })),
      tokens: (await listTokens(tx, id, now)).map(({ label, createdAt }) => ({ label, createdAt })),
      log: await searchEvents(tx, 0, { personId: id, limit: 500 }),
    };
    return { kept: JSON.parse(JSON.stringify(kept)) as Record<string, unknown> };
  },
});

/** Takes a person out: an auditor, a manager, a dealer. What they did stands under an id that names nobody. */
export const erasePerson = defineOperation({
  name: 'privacy.erase-person',
  summary: 'Erase a person who signs in; what they did stands without their name',
  input: z.strictObject({ person: code }),
  output: z.strictObject({ person: z.string() }),
  scope: 'network',
  writes: true,
  // Not the code: it is what is erased.
  logged: [],
  refuses: [notFound, onHold],
  async act(act, { person }) {
    const { id } = await personOf(act, person);
    await refuseHeld(act, null, 'person', id);
    const erased = `erased-${id.replaceAll('-', '').slice(-12)}`;
    await anonymise(act.tx, id, erased);
    forget(act.context);
    return { person: erased };
  },
});

export const holdPerson = defineOperation({
  name: 'privacy.hold-person',
  summary: 'Keep what is known of a person who signs in, for a legal reason',
  input: z.strictObject({ person: code, reason }),
  output: z.strictObject({ hold: z.uuid() }),
  scope: 'network',
  writes: true,
  logged: ['person', 'reason'],
  refuses: [notFound],
  async act(act, { person, reason: why }) {
    await lockHead(act.tx, 0);
    const { id: subjectId } = await personOf(act, person);
    const id = uuidv7();
    await insertHold(act.tx, {
      ...{ id, marketId: null, kind: 'person', subject: subjectId, reason: why },
      ...{ placedBy: act.actor.personId, placedAt: act.now },
    });
    return { hold: id };
  },
});

export const liftPerson = defineOperation({
  name: 'privacy.lift-person',
  summary: 'Lift a legal hold over a person who signs in',
  input: z.strictObject({ hold: z.uuid() }),
  output: z.strictObject({ lifted: z.literal(true) }),
  scope: 'network',
  writes: true,
  logged: ['hold'],
  refuses: [notFound],
  async act({ tx, actor, now }, { hold }) {
    if (!(await liftHold(tx, null, hold, actor.personId, now))) {
      throw notFound({ what: 'hold', id: hold });
    }
    return { lifted: true as const };
  },
});
