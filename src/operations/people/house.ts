import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { email, madeLink } from '../../contracts/accounts.ts';
import { code } from '../../contracts/primitives.ts';
import { inputRefused, notFound, roleNeeded, stateConflict } from '../../contracts/problems.ts';
import { insertAccount } from '../../db/accounts.ts';
import { insertGrant, insertPerson, listHousePeople, removeGrant } from '../../db/people.ts';
import { makeLink } from '../accounts/links.ts';
import { forget } from '../directory.ts';
import { type Act, defineOperation } from '../operation.ts';
import { sendLink } from './people.ts';

/** A dealer's principal keeps the people of their own house, and nobody else's. */
function houseOf({ grant, market }: Act) {
  if (!grant.principal || grant.dealerId === undefined) {
    throw roleNeeded(
      { operation: 'house', roles: ['dealer'] },
      'only the principal of a house keeps its people',
    );
  }
  return { marketId: market.id, dealerId: grant.dealerId };
}

export const listHouse = defineOperation({
  name: 'house.list',
  summary: 'The people of your house',
  input: z.strictObject({ market: z.string() }),
  output: z.strictObject({
    items: z.array(
      z.strictObject({ person: z.string(), name: z.string(), principal: z.boolean() }),
    ),
  }),
  scope: 'market',
  writes: false,
  async act(act) {
    const { marketId, dealerId } = houseOf(act);
    const people = await listHousePeople(act.tx, marketId, dealerId);
    return { items: people.map(({ id: _, ...each }) => each) };
  },
});

export const inviteToHouse = defineOperation({
  name: 'house.invite',
  summary: 'Invite somebody of your house',
  input: z.strictObject({
    market: z.string(),
    person: code,
    name: z.string().trim().min(1).max(200),
    email,
  }),
  output: madeLink,
  scope: 'market',
  writes: true,
  logged: ['person'],
  refuses: [inputRefused, stateConflict],
  async act(act, { person, name, email: address }) {
    const { tx, context, now } = act;
    const house = houseOf(act);
    const id = uuidv7();
    // A code or an address that is taken, here or anywhere, is refused by the database.
    await insertPerson(tx, {
      id,
      code: person,
      name,
      homeMarketId: house.marketId,
      homeDealerId: house.dealerId,
    });
    await insertAccount(tx, { personId: id, email: address, createdAt: now });
    await insertGrant(tx, id, { role: 'dealer', ...house });
    forget(context);
    const link = await makeLink(context, tx, id, 'invitation');
    return sendLink(context, { person, address, link, purpose: 'invitation', isOwner: true });
  },
});

export const removeFromHouse = defineOperation({
  name: 'house.remove',
  summary: 'Take somebody out of your house; they can no longer act for it',
  input: z.strictObject({ market: z.string(), person: code }),
  output: z.strictObject({ removed: z.literal(true) }),
  scope: 'market',
  writes: true,
  logged: ['person'],
  refuses: [notFound],
  async act(act, { person }) {
    const house = houseOf(act);
    const people = await listHousePeople(act.tx, house.marketId, house.dealerId);
    const found = people.find((each) => each.person === person && !each.principal);
    if (!found) throw notFound({ what: 'person', id: person });
    await removeGrant(act.tx, found.id, { role: 'dealer', ...house });
    forget(act.context);
    return { removed: true as const };
  },
});
