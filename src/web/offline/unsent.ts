import { rememberedPerson } from './person.ts';
import { openStore } from './store.ts';

/**
 * How much of whoever works here is on this device alone: forms whose last answers the service
 * has no copy of, and visits on their way.
 */
export async function countUnsent(): Promise<number> {
  const person = rememberedPerson();
  if (!person?.roles.includes('auditor')) return 0;
  const store = await openStore(person.code);
  const outbox = await store.getAll('outbox');
  const sent = new Set(outbox.filter(({ state }) => state === 'sent').map(({ id }) => id));
  const copies = new Map((await store.getAll('copies')).map((copy) => [copy.id, copy.changedAt]));
  const begun = (await store.getAll('drafts')).filter(
    ({ id, changedAt }) => copies.get(id) !== changedAt,
  );
  return new Set([...outbox, ...begun].map(({ id }) => id)).size - sent.size;
}
