import { Refused, send } from '../api.ts';
import { announce, type Draft, type Sending, type Store } from './store.ts';

/**
 * Puts an audit into the outbox. Its draft and files stay until the service has it.
 * @param answers those of questions that are asked
 */
export async function submitDraft(
  store: Store,
  draft: Draft,
  answers: Draft['answers'],
): Promise<void> {
  const named = Object.values(answers).flatMap(({ value, evidence }) => [
    ...(Array.isArray(value) ? value : []),
    ...(evidence ?? []),
  ]);
  const now = new Date().toISOString();
  const change = store.transaction(['outbox', 'files'], 'readwrite');
  const kept = new Set(await change.objectStore('files').getAllKeys());
  const sending: Sending = {
    id: draft.id,
    market: draft.market,
    dealer: draft.dealer,
    house: draft.house,
    kind: draft.remarks ? 'correct' : 'submit',
    body: draft.remarks
      ? { answers }
      : {
          ...(draft.assignmentId === null ? {} : { assignmentId: draft.assignmentId }),
          dealer: draft.dealer,
          checklist: draft.checklist,
          visitDate: draft.visitDate,
          ...(draft.checkInAt === undefined ? {} : { checkIn: { at: draft.checkInAt } }),
          noInterestDeclaredAt: draft.declaredAt,
          startedAt: draft.startedAt,
          finishedAt: now,
          answers,
        },
    files: named.filter((sha256) => kept.has(sha256)),
    state: 'waiting',
    queuedAt: now,
  };
  await change.objectStore('outbox').put(sending);
  await change.done;
  announce();
}

/**
 * Sends what waits, one after another, in one tab at a time. An entry is done only after the service
 * has said so; its draft and its files stay until then.
 *
 * @returns whether everything that could go is gone
 */
export async function flush(store: Store): Promise<boolean> {
  return navigator.locks.request('outbox', { ifAvailable: true }, async (lock) => {
    if (!lock) return true;
    for (const entry of await store.getAll('outbox')) {
      if (entry.state === 'sent' || entry.state === 'parked') continue;
      await put(store, { ...entry, state: 'sending', problem: undefined });
      try {
        await sendOne(store, entry);
        await finish(store, entry);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const state = stateAfter(error.status);
        const { status, slug, message, detail, fault, items } = error;
        const problem = { status, slug, message, detail, fault, items: [...items] };
        await put(store, { ...entry, state, problem });
        // Without a connection or a session nothing else will go either.
        if (state !== 'parked') return false;
      }
    }
    return true;
  });
}

/** 409 and 422 wait for the auditor, 401 for a sign-in; everything else tries again by itself. */
function stateAfter(status: number): Sending['state'] {
  if (status === 401) return 'paused';
  return status === 0 || status === 408 || status === 429 || status >= 500 ? 'waiting' : 'parked';
}

async function sendOne(store: Store, entry: Sending): Promise<void> {
  const { id, market, kind, body, files, problem } = entry;
  for (const sha256 of files) {
    const file = await store.get('files', sha256);
    // Once refused, everything goes again: the service may know better what it has.
    if (file && (!file.isSent || problem))
      await send('PUT', `/markets/${market}/files/${sha256}`, file.bytes);
  }
  const place = `/markets/${market}/audits/${id}`;
  if (kind === 'submit') await send('PUT', place, body);
  else await send('POST', `${place}/correct`, body);
}

async function finish(store: Store, entry: Sending): Promise<void> {
  const change = store.transaction(
    ['outbox', 'drafts', 'copies', 'others', 'files', 'assignments'],
    'readwrite',
  );
  const sentAt = new Date().toISOString();
  await change
    .objectStore('outbox')
    .put({ ...entry, state: 'sent', sentAt, problem: undefined, body: {} });
  for (const name of ['drafts', 'copies', 'others'] as const) {
    await change.objectStore(name).delete(entry.id);
  }
  for (const key of await change.objectStore('files').index('audit').getAllKeys(entry.id)) {
    await change.objectStore('files').delete(key);
  }
  const assignment = entry.body['assignmentId'];
  if (typeof assignment === 'string') await change.objectStore('assignments').delete(assignment);
  await change.done;
  announce();
}

/** Tries a parked entry again, or one that waits, now. */
export async function retry(store: Store, entry: Sending): Promise<void> {
  await put(store, { ...entry, state: 'waiting' });
  await flush(store);
}

/** Takes an entry back, to change its answers; the draft is still there. */
export async function takeBack(store: Store, id: string): Promise<void> {
  await store.delete('outbox', id);
  announce();
}

/** Everything of an entry, its photos as data addresses, as one file to keep elsewhere. */
export async function copyOf(store: Store, entry: Sending): Promise<Blob> {
  const files = [];
  for (const sha256 of entry.files) {
    const file = await store.get('files', sha256);
    if (!file) continue;
    const bytes = new Uint8Array(await file.bytes.arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    files.push({ sha256, name: file.name, type: file.bytes.type, base64: btoa(text) });
  }
  const { id, market, kind, queuedAt, body } = entry;
  return new Blob([JSON.stringify({ id, market, kind, queuedAt, ...body, files }, null, 2)], {
    type: 'application/json',
  });
}

/** Removes an entry with its draft and files; the page asks for a copy first. */
export async function discard(store: Store, entry: Sending): Promise<void> {
  const change = store.transaction(['outbox', 'drafts', 'files'], 'readwrite');
  await change.objectStore('outbox').delete(entry.id);
  await change.objectStore('drafts').delete(entry.id);
  for (const key of await change.objectStore('files').index('audit').getAllKeys(entry.id)) {
    await change.objectStore('files').delete(key);
  }
  await change.done;
  announce();
}

async function put(store: Store, entry: Sending): Promise<void> {
  await store.put('outbox', entry);
  announce();
}
