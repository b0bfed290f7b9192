import type { Context } from '../context.ts';
import { type Checklist, checklist } from '../contracts/checklists.ts';
import { notFound } from '../contracts/problems.ts';
import { type Programme, programme } from '../contracts/programmes.ts';
import type { Actor } from '../core/access.ts';
import { type CompiledChecklist, compileChecklist } from '../core/audits/answers.ts';
import { parseCanonical } from '../core/documents/documents.ts';
import { touchSession } from '../db/accounts.ts';
import type { Transaction } from '../db/database.ts';
import { type DocumentRow, findDocument, getDocumentByNumber } from '../db/documents.ts';
import { listMarkets, type MarketRow } from '../db/markets.ts';
import { findActor, findActorBySession } from '../db/people.ts';

/**
 * What nearly every request asks for and hardly ever changes, remembered per process: markets and
 * tokens for a few seconds, contents of documents for ever (they never change under one hash).
 */
interface Directory {
  /** Rises with every forgetting: what was read before is not kept. */
  generation: number;
  markets?: { readonly until: number; readonly byCode: ReadonlyMap<string, MarketRow> } | undefined;
  readonly actors: Map<string, { readonly until: number; readonly actor: Actor }>;
  readonly checklists: Map<string, CompiledChecklist>;
  readonly versions: Map<string, { readonly until: number; readonly row: DocumentRow }>;
}

const keepMs = 5_000;
const directories = new WeakMap<Context['database'], Directory>();

function directoryOf(context: Context): Directory {
  const found = directories.get(context.database);
  if (found) return found;
  const made: Directory = {
    generation: 0,
    actors: new Map(),
    checklists: new Map(),
    versions: new Map(),
  };
  directories.set(context.database, made);
  return made;
}

/** Forgets markets and tokens, so that the next request reads them anew. */
export function forget(context: Context): void {
  const directory = directoryOf(context);
  directory.generation += 1;
  directory.markets = undefined;
  directory.actors.clear();
  directory.versions.clear();
}

/** @throws not-found */
export async function findMarketCached(context: Context, code: string): Promise<MarketRow> {
  const found = (await marketsByCode(context)).get(code);
  if (!found) throw notFound({ what: 'market', id: code });
  return found;
}

/** All markets, in the order of their codes. */
export async function listMarketsCached(context: Context): Promise<MarketRow[]> {
  return [...(await marketsByCode(context)).values()];
}

async function marketsByCode(context: Context): Promise<ReadonlyMap<string, MarketRow>> {
  const directory = directoryOf(context);
  if (directory.markets && directory.markets.until > Date.now()) return directory.markets.byCode;
  const rows = await context.database.transaction({ role: 'nobody' }, listMarkets);
  const byCode = new Map(rows.map((row) => [row.code, row]));
  directory.markets = { until: Date.now() + keepMs, byCode };
  return byCode;
}

/** What somebody shows of themselves: a token in a header, or a session in a cookie. */
export type Credential = { readonly token: string } | { readonly session: string };

/** A session that lies idle for so long has ended. */
const idleMs = 7 * 86_400_000;
/** Use of a session is noted at most so often. */
const touchMs = 5 * 60_000;

/** The person behind a token or a session; one that is revoked or ended is forgotten within five seconds. */
export async function findActorCached(
  context: Context,
  credential: Credential,
): Promise<Actor | undefined> {
  const directory = directoryOf(context);
  const { actors, generation } = directory;
  const key = 'token' in credential ? `token ${credential.token}` : `session ${credential.session}`;
  const known = actors.get(key);
  if (known && known.until > Date.now()) return known.actor;
  const now = context.now();
  const actor = await context.database.transaction({ role: 'gate' }, async (tx) => {
    if ('token' in credential) return findActor(tx, credential.token, now);
    const idleSince = new Date(now.getTime() - idleMs);
    const found = await findActorBySession(tx, credential.session, now, idleSince);
    if (found && now.getTime() - found.seenAt.getTime() > touchMs) {
      await touchSession(tx, found.session, now);
    }
    return found;
  });
  actors.delete(key);
  if (!actor) return undefined;
  if (directory.generation !== generation) return actor;
  if (actors.size > 10_000) actors.clear();
  actors.set(key, { until: Date.now() + keepMs, actor });
  return actor;
}

/** A checklist version, compiled, by its number. @throws not-found */
export async function compiledByNumber(
  context: Context,
  tx: Transaction,
  number: number,
): Promise<CompiledChecklist & { readonly row: DocumentRow }> {
  const row = await getDocumentByNumber(tx, number);
  return { ...compiled(context, row), row };
}

/** A version of a checklist, compiled; its state is at most five seconds old. @throws not-found */
export async function checklistVersion(
  context: Context,
  tx: Transaction,
  id: string,
  version: string,
): Promise<CompiledChecklist & { readonly row: DocumentRow }> {
  const { versions } = directoryOf(context);
  const key = `${id} ${version}`;
  const known = versions.get(key);
  if (known && known.until > Date.now()) return { ...compiled(context, known.row), row: known.row };
  const row = await findDocument(tx, 'checklist', id, version);
  if (!row) throw notFound({ what: 'checklist', id: key });
  versions.set(key, { until: Date.now() + keepMs, row });
  return { ...compiled(context, row), row };
}

/** Compiles a stored checklist once per process. */
export function compiled(context: Context, row: DocumentRow): CompiledChecklist {
  const { checklists } = directoryOf(context);
  const known = checklists.get(row.sha256);
  if (known) return known;
  const made = compileChecklist(parseCanonical(row.content, checklist) as Checklist);
  checklists.set(row.sha256, made);
  return made;
}

/** A programme version and its row. @throws not-found */
export async function getProgramme(
  tx: Transaction,
  id: string,
  version?: string,
): Promise<{ readonly row: DocumentRow; readonly programme: Programme }> {
  const row = await findDocument(tx, 'programme', id, version);
  if (!row || row.state === 'draft') {
    throw notFound({ what: 'published programme', id: version ? `${id} ${version}` : id });
  }
  return { row, programme: parseCanonical(row.content, programme) };
}
