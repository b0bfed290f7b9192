import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { email, madeLink } from '../../contracts/accounts.ts';
import { grant } from '../../contracts/people.ts';
import { code, instantText } from '../../contracts/primitives.ts';
import {
  inputRefused,
  notFound,
  secondPersonNeeded,
  stateConflict,
} from '../../contracts/problems.ts';
import {
  changeAccount,
  endSessions,
  findAccount,
  findPersonAccount,
  insertAccount,
  removePasskeys,
  revokeTokens,
} from '../../db/accounts.ts';
import { dealerCodesIn } from '../../db/network.ts';
import {
  findActorByCode,
  findPerson,
  listGrantRequests,
  listPeople,
  upsertPerson,
} from '../../db/people.ts';
import { mailLink, makeLink } from '../accounts/links.ts';
import { forget, listMarketsCached } from '../directory.ts';
import { AfterCommit, defineOperation, isSystem } from '../operation.ts';
import { askForGrant, scopeGrant } from './grants.ts';

/** Everybody with their roles, and the roles that wait for a second person. */
export const listAllPeople = defineOperation({
  name: 'people.list',
  summary: 'People and their roles, and roles that wait for a second administrator',
  input: z.strictObject({ after: z.string().max(64).optional() }),
  output: z.strictObject({
    items: z.array(
      z.strictObject({
        person: z.string(),
        name: z.string(),
        email: z.string().nullable(),
        grants: z.array(grant),
      }),
    ),
    requests: z.array(
      z.strictObject({
        id: z.uuid(),
        person: z.string(),
        grant,
        askedBy: z.string(),
        askedAt: instantText,
      }),
    ),
  }),
  scope: 'network',
  writes: false,
  prepare: ({ context }) => listMarketsCached(context),
  async act({ tx }, { after }, prepared) {
    const markets = new Map(
      (prepared as Awaited<ReturnType<typeof listMarketsCached>>).map(({ id, code: name }) => [
        id,
        name,
      ]),
    );
    const items = await listPeople(tx, after, 200);
    const requests = await listGrantRequests(tx);
    const held = [...items.flatMap(({ grants }) => grants), ...requests.map((each) => each.grant)];
    const houses = await dealerCodesIn(tx, held);
    // As it is asked for and taken back: by codes.
    const shown = ({ marketId, dealerId, ...rest }: (typeof held)[number]) => ({
      ...rest,
      ...(marketId === undefined ? {} : { market: markets.get(marketId)! }),
      ...(dealerId === undefined ? {} : { dealer: houses.get(`${marketId} ${dealerId}`)! }),
    });
    return {
      items: items.map((each) => ({ ...each, grants: each.grants.map(shown) })),
      requests: requests.map((each) => ({
        ...each,
        askedAt: each.askedAt.toISOString(),
        grant: shown(each.grant),
      })),
    };
  },
});

/** Invites a person by mail; roles wait for a second administrator. */
export const invitePerson = defineOperation({
  name: 'people.invite',
  summary: 'Invite a person by mail, and ask for their roles',
  input: z.strictObject({
    person: code,
    name: z.string().trim().min(1).max(200),
    email,
    grants: z.array(grant).max(20).default([]),
  }),
  output: madeLink,
  scope: 'network',
  writes: true,
  logged: ['person', 'grants'],
  refuses: [inputRefused, notFound, stateConflict, secondPersonNeeded],
  async act(act, { person, name, email: address, grants }) {
    const { tx, context, now } = act;
    if (await findAccount(tx, address)) throw addressTaken();
    const known = await findPerson(tx, person);
    const held = known ? (await findActorByCode(tx, person))!.grants : [];
    if (held.length > 0 && !isSystem(act.actor)) {
      throw secondPersonNeeded(
        { what: `an address for ${person}` },
        `${person} has roles already; only the owner of the machine gives them a sign-in`,
      );
    }
    if (known && (await findPersonAccount(tx, known.id))?.account) {
      throw stateConflict(
        { what: 'person', state: 'invited', allowed: [] },
        `${person} has a sign-in already; send a reset instead`,
      );
    }
    const id = known?.id ?? (await upsertPerson(tx, { id: uuidv7(), code: person, name }));
    await insertAccount(tx, { personId: id, email: address, createdAt: now });
    for (const each of grants) await askForGrant(act, id, await scopeGrant(tx, each));
    forget(context);
    const link = await makeLink(context, tx, id, 'invitation');
    const isOwner = isSystem(act.actor);
    return sendLink(context, { person, address, link, purpose: 'invitation', isOwner });
  },
});

/** Sends a reset link; may drop the second factor of somebody who lost their device. */
export const resetPerson = defineOperation({
  name: 'people.reset',
  summary: 'Send a person a link for a new password; may drop a lost second factor',
  input: z.strictObject({ person: code, dropSecondFactor: z.boolean().default(false) }),
  output: madeLink,
  scope: 'network',
  writes: true,
  logged: ['person', 'dropSecondFactor'],
  refuses: [notFound],
  async act({ tx, context, now, actor }, { person, dropSecondFactor }) {
    const known = await findPerson(tx, person);
    const found = known && (await findPersonAccount(tx, known.id));
    if (!found?.account) throw notFound({ what: 'account', id: person });
    if (dropSecondFactor) {
      await changeAccount(tx, found.person.id, {
        totpSecret: null,
        totpConfirmedAt: null,
        totpStep: null,
      });
      await removePasskeys(tx, found.person.id);
      await revokeTokens(tx, found.person.id, undefined, now);
      await endSessions(tx, found.person.id, { allBut: undefined }, now);
    }
    forget(context);
    const link = await makeLink(context, tx, found.person.id, 'reset');
    const isOwner = isSystem(actor);
    const { email: address } = found.account;
    return sendLink(context, { person, address, link, purpose: 'reset', isOwner });
  },
});

export function addressTaken() {
  return stateConflict(
    { what: 'address', state: 'in use', allowed: [] },
    'this address has an account already',
  );
}

/** After the commit: mail carries the link. Whoever sees a link can use it, so administrators never do. */
export function sendLink(
  context: Parameters<typeof mailLink>[0],
  made: {
    readonly person: string;
    readonly address: string;
    readonly link: string;
    readonly purpose: 'invitation' | 'reset';
    /** Who may hand it over: the machine's owner, and a principal to the people of their house. */
    readonly isOwner: boolean;
  },
): AfterCommit<z.output<typeof madeLink>> {
  const { person, address, link, purpose, isOwner } = made;
  return new AfterCommit(async () => {
    const mailed = await mailLink(context, address, purpose, link);
    return { person, mailed, ...(mailed || !isOwner ? {} : { link }) };
  });
}
