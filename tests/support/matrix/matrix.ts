import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../../src/context.ts';
import { isOpenPlace, rolesOf, ruleOf } from '../../../src/core/access-matrix.ts';
import { rowsOf } from '../../../src/db/database.ts';
import { tableKinds } from '../../../src/db/tables.ts';
import { buildApp } from '../../../src/http/app.ts';
import { operations } from '../../../src/operations/registry.ts';
import { type Asker, askers, leaksIn, type Subject } from './askers.ts';
import { examples } from './requests.ts';
import { makePlaces, makeSubjects } from './things.ts';

export interface Cell {
  readonly operation: string;
  readonly asker: Asker;
  readonly subject: Subject;
  readonly request: { method: string; url: string; payload?: object | Buffer };
  /** Statuses of which the refusal has one; `undefined` = the matrix allows it. */
  readonly refusal: readonly number[] | undefined;
}

export interface Leak {
  readonly cell: string;
  readonly what: string;
}

export class MatrixWorld {
  readonly context: Context;
  readonly app: FastifyInstance;
  readonly #tokens: ReadonlyMap<string, string>;
  readonly #subjects: Readonly<Record<string, readonly Subject[]>>;

  private constructor(
    context: Context,
    app: FastifyInstance,
    tokens: ReadonlyMap<string, string>,
    subjects: Readonly<Record<string, readonly Subject[]>>,
  ) {
    this.context = context;
    this.app = app;
    this.#tokens = tokens;
    this.#subjects = subjects;
  }

  /** Two markets with houses, people of every role, and things in every state. */
  static async open(context: Context): Promise<MatrixWorld> {
    const tokens = await makePlaces(context);
    const subjects = await makeSubjects(context);
    return new MatrixWorld(context, await buildApp(context), tokens, subjects);
  }

  /** Every route of the API's description × every asker × every thing that its path may name. */
  cells(): Cell[] {
    const paths = this.app.swagger().paths as unknown as Record<string, Record<string, Described>>;
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(
          ([method]) =>
            path.startsWith('/api/') &&
            !isOpenPlace(path.replace(/\{(\w+)\}/g, ':$1')) &&
            method !== 'head',
        )
        .flatMap(([method, described]) => this.#cellsOf(path, method.toUpperCase(), described)),
    );
  }

  #cellsOf(path: string, method: string, described: Described): Cell[] {
    const operation =
      described.operationId === 'imports.upload' ? 'imports.file' : described.operationId;
    const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
    const subjects = this.#subjectsOf(path, names);
    return subjects.flatMap((subject) =>
      askers.map((asker) => ({
        operation,
        asker,
        subject,
        request: this.#requestOf(operation, path, method, subject, asker),
        refusal: refusalOf(operation, asker, subject),
      })),
    );
  }

  #subjectsOf(path: string, names: readonly string[]): readonly Subject[] {
    if (!names.includes('market')) return [{ kind: 'network', path: {} }];
    const resource = path.match(/\{market\}\/(\w+)\/\{(id|dealer)\}/)?.[1];
    const known = resource ? this.#subjects[resource] : this.#subjects['markets'];
    if (!known) throw new Error(`no examples of ${resource} for ${path}: add some to things.ts`);
    return known;
  }

  #requestOf(
    operation: string,
    path: string,
    method: string,
    subject: Subject,
    asker: Asker,
  ): Cell['request'] {
    const example = examples[operation];
    if (!example && method !== 'GET') {
      throw new Error(`no example of a request for ${operation}: add one to requests.ts`);
    }
    const { query = '', body, params = {} } = example?.(subject, asker) ?? {};
    const url = path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = { ...params, ...subject.path }[name];
      if (value === undefined) throw new Error(`no example of {${name}} for ${operation}`);
      return encodeURIComponent(value);
    });
    return { method, url: `${url}${query}`, ...(method === 'GET' ? {} : { payload: body ?? {} }) };
  }

  /** Asks, and says what came out that should not have. */
  async ask(cell: Cell): Promise<{ status: number; leaks: Leak[]; body: string }> {
    const token = this.#tokens.get(cell.asker.name);
    const isFile = Buffer.isBuffer(cell.request.payload);
    const answer = await this.app.inject({
      ...(cell.request as object),
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(isFile ? { 'content-type': 'application/octet-stream' } : {}),
      },
    });
    // What somebody sent themselves is no news to them.
    const sent = JSON.stringify(cell.request.payload ?? '');
    const leaks = leaksIn(cell.asker, answer.body)
      .filter((what) => !sent.includes(what))
      .map((what) => ({ cell: nameOf(cell), what }));
    return { status: answer.statusCode, leaks, body: answer.body };
  }

  /** One hash over every row of every table but the log: what a refused request must not change. */
  async fingerprint(): Promise<string> {
    // A raised evidence version only makes the next reader compute anew: it changes nothing anyone sees.
    const tables = Object.keys(tableKinds).filter(
      (name) => !/^(events|chain_heads|evidence_versions)$/.test(name),
    );
    const parts = tables.map(
      (name) =>
        `select '${name}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from ${name} t`,
    );
    let text = '';
    for (const marketId of [1, 2]) {
      const rows = await this.context.database.transaction({ role: 'service', marketId }, (tx) =>
        rowsOf<{ name: string; hash: string }>(
          tx,
          sql.raw(`${parts.join(' union all ')} order by name`),
        ),
      );
      text += rows.map((row) => `${row.name}:${marketId}:${row.hash}\n`).join('');
    }
    return text;
  }
}

interface Described {
  readonly operationId: string;
}

export function nameOf({ asker, request, subject }: Cell): string {
  return `${asker.name}: ${request.method} ${request.url} (${subject.kind})`;
}

/** The sender makes the id: a missing thing is then made, and one of somebody else's is a conflict. */
const making = [
  'assignments.offer',
  'audits.submit',
  'drafts.keep',
  'exports.request',
  'appeals.file',
  'decisions.freeze',
];

/** What the matrix says of an asker and a thing. */
function refusalOf(operation: string, asker: Asker, subject: Subject): Cell['refusal'] {
  if (asker.role === undefined || asker.isRevoked) return [401];
  if (!rolesOf(operation).includes(asker.role)) return [403];
  const reach = ruleOf(operation)[asker.role]!;
  const isMaking = making.includes(operation);
  if (subject.kind === 'missing') {
    const isTheirs = reach === 'network' || subject.market === asker.market;
    return isMaking && isTheirs ? undefined : [404];
  }
  if (reach === 'network' || subject.market === undefined) return undefined;
  if (subject.market !== asker.market) return [404];
  if (reach === 'market') return undefined;
  const elsewhere = isMaking ? [404, 409, 422] : [404];
  if (asker.role === 'auditor') {
    return subject.auditor === undefined || subject.auditor === asker.name ? undefined : elsewhere;
  }
  if (subject.dealer === undefined) return undefined;
  const isOwn = subject.dealer === asker.dealer && (reach !== 'released' || subject.isReleased);
  return isOwn ? undefined : elsewhere;
}

/** Reads of everything that the API has. */
export function isWrite(operation: string): boolean {
  return operations.get(operation)!.writes;
}

/** Asks everything that is refused: what came out or happened that should not have. */
export async function tryRefused(
  world: MatrixWorld,
  isRight: (cell: Cell, status: number) => boolean,
): Promise<{ readonly tried: number; readonly wrong: string[] }> {
  const refused = world.cells().filter((cell) => cell.refusal !== undefined);
  const wrong: string[] = [];
  let before = await world.fingerprint();
  for (const [index, cell] of refused.entries()) {
    const { status, leaks } = await world.ask(cell);
    if (!isRight(cell, status)) wrong.push(`${nameOf(cell)}: ${status}`);
    wrong.push(...leaks.map(({ cell: where, what }) => `${where}: shows ${what}`));
    // All rows are compared once an operation: a hash of everything costs more than a request.
    if (cell.operation === refused[index + 1]?.operation || !isWrite(cell.operation)) continue;
    const after = await world.fingerprint();
    if (after !== before) wrong.push(`${cell.operation} changes ${difference(before, after)}`);
    before = after;
  }
  return { tried: refused.length, wrong };
}

function difference(before: string, after: string): string {
  const old = new Set(before.split('\n'));
  const names = after.split('\n').filter((line) => !old.has(line));
  return [...new Set(names.map((line) => line.split(':')[0]))].join(', ');
}
