import type { Assignment, Audit } from '../../contracts/audits.ts';
import type { Checklist } from '../../contracts/checklists.ts';
import { call } from '../api.ts';
import { takeUpCopies } from './copies.ts';
import { announce, checklistKey, type Draft, type KeptAssignment, type Store } from './store.ts';

interface Market {
  readonly code: string;
  readonly timeZone: string;
  readonly roles: readonly string[];
}

/**
 * Fetches what is to be done, and all that doing it needs. What has begun here is left alone.
 * @throws Refused where the service does not answer
 */
export async function fetchWork(store: Store): Promise<void> {
  const { items: markets } = await call<{ items: Market[] }>('/markets');
  const open: KeptAssignment[] = [];
  for (const market of markets.filter(({ roles }) => roles.includes('auditor'))) {
    const place = `/markets/${market.code}`;
    const { items } = await call<{ items: Assignment[] }>(`${place}/assignments`);
    for (const assignment of items) {
      if (!['offered', 'accepted', 'started'].includes(assignment.state)) continue;
      await keepChecklist(store, assignment.checklist);
      open.push({
        ...assignment,
        house: await houseOf(market.code, assignment.dealer),
        timeZone: market.timeZone,
      });
    }
    // Before what was sent back: a correction that was begun elsewhere goes on from there.
    await takeUpCopies(store, market.code, async ({ dealer, checklist }) => {
      await keepChecklist(store, checklist);
      return { house: await houseOf(market.code, dealer), timeZone: market.timeZone };
    });
    const returned = await call<{ items: Audit[] }>(`${place}/audits?state=returned&limit=500`);
    for (const { id } of returned.items) await keepReturned(store, market, id);
  }
  const change = store.transaction('assignments', 'readwrite');
  await change.store.clear();
  for (const assignment of open) await change.store.put(assignment);
  await change.done;
  announce();
}

async function keepChecklist(
  store: Store,
  checklist: { readonly id: string; readonly version: string },
): Promise<void> {
  const key = checklistKey(checklist);
  // A published version never changes.
  if (await store.get('checklists', key)) return;
  const { content } = await call<{ content: Checklist }>(
    `/documents/checklist/${checklist.id}/${checklist.version}`,
  );
  await store.put('checklists', { key, content });
}

async function houseOf(market: string, dealer: string) {
  const { name, town } = await call<{ name: string; town: string }>(
    `/markets/${market}/dealers/${encodeURIComponent(dealer)}`,
  );
  return { name, town };
}

/** An audit that was sent back becomes a draft again, once. */
async function keepReturned(store: Store, market: Market, id: string): Promise<void> {
  const sending = await store.get('outbox', id);
  if (sending && sending.state !== 'sent') return;
  if (await store.get('drafts', id)) return;
  const audit = await call<Audit>(`/markets/${market.code}/audits/${id}`);
  await keepChecklist(store, audit.checklist);
  const draft: Draft = {
    id,
    assignmentId: audit.assignmentId,
    market: market.code,
    dealer: audit.dealer,
    house: await houseOf(market.code, audit.dealer),
    timeZone: market.timeZone,
    checklist: { id: audit.checklist.id, version: audit.checklist.version },
    visitDate: audit.visitDate,
    declaredAt: audit.submittedAt,
    startedAt: audit.submittedAt,
    answers: audit.answers,
    remarks: audit.remarks,
    changedAt: new Date().toISOString(),
  };
  const change = store.transaction(['drafts', 'outbox'], 'readwrite');
  await change.objectStore('drafts').put(draft);
  await change.objectStore('outbox').delete(id);
  await change.done;
}
