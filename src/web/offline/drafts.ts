import { useCallback, useEffect, useRef, useState } from 'react';
import { V7Generator } from 'uuidv7';
import type { Answer } from '../../contracts/audits.ts';
import { useDesk } from './person.ts';
import { announce, type Draft, type KeptAssignment, type Store } from './store.ts';

/** Begins an audit for an assignment, or finds the one that was begun. */
export async function beginDraft(
  store: Store,
  assignment: KeptAssignment,
  given: { readonly declaredAt: string; readonly checkInAt: string | undefined },
): Promise<Draft> {
  const known = (await store.getAll('drafts')).find(
    (draft) => draft.assignmentId === assignment.id,
  );
  if (known) return known;
  const now = new Date().toISOString();
  const visitDate = civilDateIn(given.checkInAt ?? now, assignment.timeZone);
  const draft: Draft = {
    id: idOfMonth(visitDate),
    assignmentId: assignment.id,
    market: assignment.market,
    dealer: assignment.dealer,
    house: assignment.house,
    timeZone: assignment.timeZone,
    checklist: { id: assignment.checklist.id, version: assignment.checklist.version },
    visitDate,
    ...given,
    startedAt: now,
    answers: {},
    changedAt: now,
  };
  await store.put('drafts', draft);
  announce();
  return draft;
}

/**
 * An id of its own for an audit. A UUIDv7 tells when it was made, and a house that is later shown its
 * audit must not learn the day: it tells the month, and chance has the rest.
 */
function idOfMonth(civilDate: string): string {
  const month = Date.parse(`${civilDate.slice(0, 7)}-01T00:00:00Z`);
  return new V7Generator().generateOrResetWithTs(month).toString();
}

/** The civil date of an instant in a zone: `2026-03-01`. */
export function civilDateIn(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(
    new Date(instant),
  );
}

/** A page before this one needs a moment to let go. */
const lockPatienceMs = 500;

export type SaveState = 'saved' | 'saving' | 'failed';

export interface OpenDraft {
  /** `null` = there is none on this device. */
  readonly draft: Draft | null | undefined;
  readonly state: SaveState;
  /** False where another tab writes into it. */
  readonly isOurs: boolean;
  /** Changes an answer; `undefined` clears it. On the disk as soon as the disk takes it. */
  readonly answer: (item: string, answer: Answer | undefined) => void;
  readonly note: (change: Partial<Pick<Draft, 'section' | 'checkInAt'>>) => void;
}

/** A draft that a page writes into; every change is stored at once, in the order of typing. */
export function useDraft(id: string): OpenDraft {
  const { store } = useDesk();
  const [draft, setDraft] = useState<Draft | null>();
  const [state, setState] = useState<SaveState>('saved');
  const [isOurs, setOurs] = useState(true);
  const latest = useRef<Draft | null>(null);
  const pending = useRef(0);

  useEffect(() => {
    const leave = new AbortController();
    const left = new Promise<void>((resolve) =>
      leave.signal.addEventListener('abort', () => resolve()),
    );
    const read = async () => {
      const found = (await store.get('drafts', id)) ?? null;
      latest.current = found;
      if (!leave.signal.aborted) setDraft(found);
    };
    void read();
    // Whoever comes second waits until the first tab is gone, then reads what it wrote.
    const patience = setTimeout(() => setOurs(false), lockPatienceMs);
    navigator.locks
      .request(`draft ${id}`, { signal: leave.signal }, async () => {
        clearTimeout(patience);
        await read();
        setOurs(true);
        return left;
      })
      // Left before it was given.
      .catch(() => undefined);
    return () => {
      clearTimeout(patience);
      leave.abort();
    };
  }, [store, id]);

  const write = useCallback(
    (change: (draft: Draft) => Draft, isAnswer: boolean) => {
      if (!latest.current) return;
      const changed = change(latest.current);
      // Where somebody looked is no change that another device needs to hear of.
      const next = isAnswer ? { ...changed, changedAt: new Date().toISOString() } : changed;
      latest.current = next;
      setDraft(next);
      setState('saving');
      pending.current += 1;
      store.put('drafts', next).then(
        () => {
          pending.current -= 1;
          if (pending.current === 0) setState('saved');
        },
        () => {
          pending.current -= 1;
          setState('failed');
        },
      );
    },
    [store],
  );

  const answer = useCallback(
    (item: string, given: Answer | undefined) =>
      write((before) => {
        const { [item]: _, ...rest } = before.answers;
        return { ...before, answers: given === undefined ? rest : { ...rest, [item]: given } };
      }, true),
    [write],
  );
  const note = useCallback(
    (change: Partial<Pick<Draft, 'section' | 'checkInAt'>>) =>
      write((before) => ({ ...before, ...change }), change.checkInAt !== undefined),
    [write],
  );
  return { draft, state, isOurs, answer, note };
}
