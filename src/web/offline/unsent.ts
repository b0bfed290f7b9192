import { rememberedPerson } from './person.ts';
import { openStore } from './store.ts';

/** How much of whoever works here is on this device alone: forms begun, and visits on their way. */
export async function countUnsent(): Promise<number> {
  const person = rememberedPerson();
  if (!person?.roles.includes('auditor')) return 0;
  const store = await openStore(person.code);
  const outbox = await store.getAll('outbox');
  const sent = new Set(outbox.filter(({ state }) => state === 'sent').map(({ id }) => id));
  const begun = await store.getAllKeys('drafts');
  return new Set([...outbox.map(({ id }) => id), ...begun]).size - sent.size;
}
