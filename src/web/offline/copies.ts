import type { DraftContent, KeptDraft } from '../../contracts/drafts.ts';
import { call, Refused, send } from '../api.ts';
import { announce, type Draft, type Store } from './store.ts';

/**
 * Copies of drafts at the service, so that a lost phone loses at most its last stretch without a
 * connection. Nothing is ever merged: where two devices changed one form, their auditor chooses.
 */

/** What a copy holds: all that the form needs but what the service knows by itself. */
function contentOf(draft: Draft): DraftContent {
  const { assignmentId, dealer, checklist, visitDate, checkInAt } = draft;
  const { declaredAt, startedAt, answers, section, remarks } = draft;
  return {
    ...{ assignmentId, dealer, checklist, visitDate, declaredAt, startedAt, answers },
    ...(checkInAt === undefined ? {} : { checkInAt }),
    ...(section === undefined ? {} : { section }),
    ...(remarks === undefined ? {} : { remarks: { ...remarks } }),
  };
}

/**
 * Sends every draft that changed since its last copy, its photos first; in one tab at a time.
 * @returns whether everything that could go is gone
 */
export async function sendCopies(store: Store): Promise<boolean> {
  return navigator.locks.request('copies', { ifAvailable: true }, async (lock) => {
    if (!lock) return true;
    const onTheirWay = new Set(await store.getAllKeys('outbox'));
    const undecided = new Set(await store.getAllKeys('others'));
    for (const draft of await store.getAll('drafts')) {
      if (onTheirWay.has(draft.id) || undecided.has(draft.id)) continue;
      // Once more where the copy there turns out to be this device's own.
      for (const isAgain of [false, true]) {
        const came = await sendCopy(store, draft);
        if (came === 'nowhere') return false;
        if (came !== 'own' || isAgain) break;
      }
    }
    return true;
  });
}

/** What became of a copy: kept or of no matter, met by one of this device or of another, or not sent. */
type Fate = 'kept' | 'own' | 'other' | 'nowhere';

async function sendCopy(store: Store, draft: Draft): Promise<Fate> {
  const copy = await store.get('copies', draft.id);
  if (copy?.changedAt === draft.changedAt) return 'kept';
  try {
    await sendFiles(store, draft);
    const tried = [...(copy?.tried ?? []), draft.changedAt];
    const known = copy ?? { id: draft.id, revision: 0, changedAt: '' };
    await store.put('copies', { ...known, tried });
    const { revision } = await send<{ revision: number }>('PUT', placeOf(draft), {
      ...{ seen: known.revision, changedAt: draft.changedAt, content: contentOf(draft) },
    });
    await store.put('copies', { id: draft.id, revision, changedAt: draft.changedAt });
    return 'kept';
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.status === 409) return noteOther(store, draft);
    // Without a connection or a session nothing else will go either; a copy is never worth a fault.
    const isNowhere = error.status === 0 || error.status === 401 || error.status >= 500;
    return isNowhere ? 'nowhere' : 'kept';
  }
}

const placeOf = ({ market, id }: Pick<Draft, 'market' | 'id'>) => `/markets/${market}/drafts/${id}`;

async function sendFiles(store: Store, { id, market }: Draft): Promise<void> {
  const transaction = store.transaction('files');
  const files = await transaction.store.index('audit').getAll(id);
  for (const file of files) {
    if (file.isSent) continue;
    await send('PUT', `/markets/${market}/files/${file.sha256}`, file.bytes);
    const now = await store.get('files', file.sha256);
    if (now) await store.put('files', { ...now, isSent: true });
  }
}

/**
 * The service has another copy than the one that this device has seen: both stay until one is chosen.
 * Where it is this device's own, whose receipt was lost on the way, it goes on from there.
 */
async function noteOther(store: Store, { id, market }: Draft): Promise<Fate> {
  let items: readonly KeptDraft[];
  try {
    ({ items } = await call<{ items: KeptDraft[] }>(`/markets/${market}/drafts`));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return 'nowhere';
  }
  const other = items.find((each) => each.id === id);
  // Sent in meanwhile, by another device: the outbox of this one will be told.
  if (!other) return 'kept';
  if (await isOwn(store, other)) return 'own';
  await store.put('others', other);
  announce();
  return 'other';
}

/** Takes a copy for seen where this device made it. */
async function isOwn(store: Store, { id, revision, changedAt }: KeptDraft): Promise<boolean> {
  const copy = await store.get('copies', id);
  if (!copy?.tried?.includes(changedAt)) return false;
  await store.put('copies', { id, revision, changedAt });
  return true;
}

/**
 * Takes up what the service has of a market's drafts: one that is not here becomes one, one that was
 * not touched here since goes on from there, and where both changed the auditor is asked.
 *
 * @param complete adds what a form needs beside its copy
 */
export async function takeUpCopies(
  store: Store,
  market: string,
  complete: (content: DraftContent) => Promise<Pick<Draft, 'house' | 'timeZone'>>,
): Promise<void> {
  const { items } = await call<{ items: KeptDraft[] }>(`/markets/${market}/drafts`);
  for (const kept of items) {
    const copy = await store.get('copies', kept.id);
    if ((copy && copy.revision >= kept.revision) || (await isOwn(store, kept))) continue;
    const rest = await complete(kept.content);
    // A page that has it open writes on from what it has: it is asked at its next copy. Everything is
    // read again inside: what was sent or written meanwhile is newer than the list.
    await navigator.locks.request(`draft ${kept.id}`, { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      const sending = await store.get('outbox', kept.id);
      // What was sent in comes back only as a correction that was begun elsewhere.
      if (sending && (sending.state !== 'sent' || !kept.content.remarks)) return;
      const seen = await store.get('copies', kept.id);
      if (seen && seen.revision >= kept.revision) return;
      const here = await store.get('drafts', kept.id);
      if (here && seen?.changedAt !== here.changedAt) {
        await store.put('others', kept);
        announce();
        return;
      }
      await adopt(store, { ...kept.content, ...rest, id: kept.id, market }, kept);
      if (sending) await store.delete('outbox', kept.id);
    });
  }
}

async function adopt(store: Store, draft: Omit<Draft, 'changedAt'>, kept: KeptDraft) {
  const { id, revision, changedAt } = kept;
  const change = store.transaction(['drafts', 'copies', 'others'], 'readwrite');
  await change.objectStore('drafts').put({ ...draft, changedAt });
  await change.objectStore('copies').put({ id, revision, changedAt });
  await change.objectStore('others').delete(id);
  await change.done;
  announce();
}

/** Goes on with what the other device wrote; what is here is given up. */
export async function takeOther(store: Store, draft: Draft, other: KeptDraft): Promise<void> {
  const { id, market, house, timeZone } = draft;
  await adopt(store, { ...other.content, id, market, house, timeZone }, other);
}

/** Goes on with what is here; it becomes the service's copy. */
export async function keepOwn(store: Store, other: KeptDraft): Promise<void> {
  const { id, revision } = other;
  const change = store.transaction(['copies', 'others'], 'readwrite');
  await change.objectStore('copies').put({ id, revision, changedAt: '' });
  await change.objectStore('others').delete(id);
  await change.done;
  announce();
  await sendCopies(store);
}
