import type { Context } from '../context.ts';
import { evidenceVersion } from '../db/evidence-versions.ts';

interface Remembered {
  /** Which evidence, and which quarter of an hour: days end on a quarter in every time zone. */
  readonly state: string;
  readonly result: Promise<unknown>;
}

/** Results a process keeps; the one that was asked for longest ago goes first. */
const most = 200;
const quarterMs = 15 * 60_000;
const known = new WeakMap<Context, Map<string, Remembered>>();

/**
 * The result of a computation that rests on evidence and the calendar alone, kept as long as neither
 * has moved: every write that may change a figure raises the version in its own transaction, so a
 * result of before is never given after. Whoever asks while it is computed waits for the same one.
 *
 * @param key all that the result depends on beside the evidence: what is asked, and whose view it is
 */
export async function remembered<Result>(
  context: Context,
  key: string,
  now: Date,
  compute: () => Promise<Result>,
): Promise<Result> {
  const version = await context.database.transaction({ role: 'nobody' }, evidenceVersion);
  const state = `${version} ${Math.floor(now.getTime() / quarterMs)}`;
  const results = known.get(context) ?? new Map<string, Remembered>();
  known.set(context, results);
  const before = results.get(key);
  results.delete(key);
  if (before?.state === state) {
    results.set(key, before);
    return before.result as Promise<Result>;
  }
  const result = compute();
  const entry = { state, result };
  results.set(key, entry);
  if (results.size > most) results.delete(results.keys().next().value!);
  result.catch(() => {
    if (results.get(key) === entry) results.delete(key);
  });
  return result;
}
