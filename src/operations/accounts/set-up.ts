import { uuidv7 } from 'uuidv7';
import type { Context } from '../../context.ts';
import { findPerson, insertGrant, upsertPerson } from '../../db/people.ts';
import { isFresh, makeLink } from './links.ts';

const firstPerson = { code: 'first-administrator', name: 'Administrator' };

/**
 * The one-time link by which the first administrator comes in, as long as nobody has an account;
 * `undefined` once somebody has. Only whoever starts the service sees it.
 */
export async function makeSetUpLink(context: Context): Promise<string | undefined> {
  if (!(await isFresh(context))) return undefined;
  return context.database.transaction({ role: 'service', marketId: 0 }, async (tx) => {
    const known = await findPerson(tx, firstPerson.code);
    const id = known?.id ?? (await upsertPerson(tx, { id: uuidv7(), ...firstPerson }));
    await insertGrant(tx, id, { role: 'administrator' });
    return makeLink(context, tx, id, 'set-up');
  });
}
