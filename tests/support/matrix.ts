import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { uuidv7 } from 'uuidv7';
import type { Context } from '../../src/context.ts';
import type { Role } from '../../src/contracts/people.ts';
import { isOpenPlace, rolesOf, ruleOf } from '../../src/core/access-matrix.ts';
import { rowsOf } from '../../src/db/database.ts';
import { tableKinds } from '../../src/db/tables.ts';
import { buildApp } from '../../src/http/app.ts';
import { hashBytes } from '../../src/io/uploads.ts';
import { issueOwnToken } from '../../src/operations/accounts/account.ts';
import { offerAssignment } from '../../src/operations/assignments/steps.ts';
import { fileAppeal } from '../../src/operations/audits/appeal.ts';
import { uploadEvidence } from '../../src/operations/audits/evidence.ts';
import {
  approveAudit,
  releaseAudit,
  returnAudit,
  withdrawAudit,
} from '../../src/operations/audits/review.ts';
import { submitAudit } from '../../src/operations/audits/submit.ts';
import { freezeDecision } from '../../src/operations/awards/decide.ts';
import { forget } from '../../src/operations/directory.ts';
import { keepOwnDraft } from '../../src/operations/drafts/drafts.ts';
import { requestExport } from '../../src/operations/exports/exports.ts';
import { exportWhatWaits } from '../../src/operations/exports/keep-exporting.ts';
import { importJson, importMarkets } from '../../src/operations/imports/run.ts';
import { type Operation, perform, systemActor } from '../../src/operations/operation.ts';
import { requestGrant } from '../../src/operations/people/grants.ts';
import { invitePerson } from '../../src/operations/people/people.ts';
import { issueToken } from '../../src/operations/people/tokens.ts';
import { holdPerson, placeHold } from '../../src/operations/privacy/subjects.ts';
import { operations } from '../../src/operations/registry.ts';
import { releaseScorecards } from '../../src/operations/scorecards/scorecards.ts';
import { aSubmission, fill, shipped } from './fill.ts';

/** Somebody who asks; `undefined` grants = nobody. */
export interface Asker {
  readonly name: string;
  readonly role?: Role;
  readonly market?: string;
  readonly dealer?: string;
  readonly isRevoked?: boolean;
}

const askers: readonly Asker[] = [
  { name: 'administrator', role: 'administrator' },
  { name: 'network', role: 'network-manager' },
  { name: 'manager-pl', role: 'market-manager', market: 'PL' },
  { name: 'manager-jp', role: 'market-manager', market: 'JP' },
  { name: 'shopper-one', role: 'auditor', market: 'PL' },
  { name: 'shopper-two', role: 'auditor', market: 'PL' },
  { name: 'shopper-jp', role: 'auditor', market: 'JP' },
  { name: 'house-one', role: 'dealer', market: 'PL', dealer: 'PL-1' },
  { name: 'house-two', role: 'dealer', market: 'PL', dealer: 'PL-2' },
  { name: 'house-jp', role: 'dealer', market: 'JP', dealer: 'JP-1' },
  { name: 'anonymous' },
  { name: 'revoked', role: 'market-manager', market: 'PL', isRevoked: true },
];

/** What a request is about: whose it is, and whether its dealer may see it. */
export interface Subject {
  readonly kind: string;
  readonly path: Readonly<Record<string, string>>;
  readonly market?: string | undefined;
  readonly dealer?: string | undefined;
  readonly auditor?: string | undefined;
  readonly isReleased?: boolean;
}

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

/** A text that must reach nobody who may not see what it stands in. */
const canary = (market: string, dealer: string, kind: string, auditor = '') =>
  `canary~${market}~${dealer}~${kind}~${auditor.replace('shopper-', '')}~`;

/** Who may see a canary, by the words of model.md. */
function maySee(asker: Asker, [, market, dealer, kind, auditor]: readonly string[]): boolean {
  if (kind === 'draft') return `shopper-${auditor}` === asker.name;
  switch (asker.isRevoked ? undefined : asker.role) {
    case 'administrator':
      return kind === 'name' || kind === 'staff';
    case 'network-manager':
      return true;
    case 'market-manager':
      return asker.market === market;
    case 'auditor':
      return asker.market === market && (kind === 'name' || `shopper-${auditor}` === asker.name);
    case 'dealer':
      return (
        asker.market === market &&
        asker.dealer === dealer &&
        ['name', 'staff', 'released', 'appeal'].includes(kind!)
      );
    default:
      return false;
  }
}

/** Texts of others in an answer, and, for a dealer, the name of any auditor. */
function leaksIn(asker: Asker, body: string): string[] {
  const found = [...body.matchAll(/canary~(\w+)~([\w-]+)~([\w-]+)~([\w-]*)~/g)]
    .filter((match) => !maySee(asker, match))
    .map((match) => match[0]);
  const names = asker.role === 'dealer' ? (body.match(/shopper-\w+/g) ?? []) : [];
  return [...new Set([...found, ...names])];
}

const checklist = shipped('seven-personal-standards/2026.1');

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
    if (!known) throw new Error(`no examples of ${resource} for ${path}: add some to matrix.ts`);
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
      throw new Error(`no example of a request for ${operation}: add one to matrix.ts`);
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

const asSystem = <Input>(context: Context, operation: unknown, input: Input) =>
  perform(context, systemActor, operation as Operation, input).catch((error) => {
    throw new Error(JSON.stringify(error.details ?? {}), { cause: error });
  }) as Promise<never>;

async function makePlaces(context: Context): Promise<Map<string, string>> {
  await asSystem(context, importMarkets, {
    rows: [
      {
        code: 'PL',
        name: 'Poland',
        time_zone: 'Europe/Warsaw',
        languages: 'pl en',
        staff_named: true,
      },
      { code: 'JP', name: 'Japan', time_zone: 'Asia/Tokyo', languages: 'ja en', staff_named: true },
    ],
  });
  forget(context);
  for (const market of ['PL', 'JP']) {
    const codes = [1, 2, 3].map((n) => `${market}-${n}`);
    const rows = (kind: string, make: (code: string) => object, rest: object = {}) =>
      asSystem(context, importJson, { market, kind, rows: codes.map(make), ...rest });
    await rows('dealers', (code) => ({
      code,
      name: canary(market, code, 'name'),
      valid_from: '2025-01-01',
      five_star: true,
    }));
    await rows('staff', (dealer) => ({
      dealer,
      code: 'SA-1',
      role: 'service-advisor',
      name: canary(market, dealer, 'staff'),
    }));
    await rows('complaints', (dealer) => ({
      code: `C-${dealer}`,
      dealer,
      touchpoint: 'workshop',
      category: 'no-reply',
      channel: 'telephone',
      severity: 'medium',
      received_at: '2025-05-05T10:00:00+02:00',
      customer: canary(market, dealer, 'customer'),
    }));
    await rows(
      'responses',
      (dealer) => ({
        dealer,
        visit_date: '2025-06-06',
        reference: `R-${dealer}`,
        staff: 'SA-1',
        work_done_right: 9,
        in_your_words: canary(market, dealer, 'comment'),
      }),
      { checklist: 'after-sales-questionnaire' },
    );
  }
  const tokens = new Map<string, string>();
  for (const { name, role, market, dealer, isRevoked } of askers) {
    if (!role) continue;
    const issued = (await asSystem(context, issueToken, {
      person: name,
      label: 'matrix',
      grants: [
        {
          role,
          ...(market ? { market } : {}),
          ...(dealer ? { dealer, principal: true } : {}),
        },
      ],
    })) as { token: string };
    tokens.set(name, issued.token);
    if (isRevoked) {
      const hash = hashBytes(new TextEncoder().encode(issued.token));
      await context.database.transaction({ role: 'service' }, (tx) =>
        tx.execute(
          sql`update tokens set revoked_at = now() - interval '1 year' where sha256 = ${hash}`,
        ),
      );
    }
  }
  await makePeople(context);
  forget(context);
  return tokens;
}

/** What requests about people name: made once a world. */
const named = { request: '', spare: new Map<string, string>(), holds: new Map<string, string>() };
const staffOf = (market = 'PL') => ({ kind: 'staff', dealer: `${market}-2`, staff: 'SA-1' });

async function makePeople(context: Context): Promise<void> {
  const grant = { role: 'auditor', market: 'PL' };
  await asSystem(context, invitePerson, {
    person: 'invited',
    name: 'Invited',
    email: 'invited@example.org',
    grants: [grant],
  });
  const administrator = await actorOf(context, 'administrator');
  const { request } = await perform(
    context,
    { ...administrator, personId: uuidv7() },
    requestGrant,
    { person: 'invited', grant: { role: 'market-manager', market: 'JP' } },
  );
  named.request = request!;
  await asSystem(context, invitePerson, {
    person: 'goer',
    name: 'Goer',
    email: 'goer@example.org',
  });
  for (const market of ['PL', 'JP']) {
    const held = { market, subject: staffOf(market), reason: 'a case' };
    const { hold } = (await asSystem(context, placeHold, held)) as { hold: string };
    named.holds.set(market, hold);
  }
  const { hold } = (await asSystem(context, holdPerson, {
    person: 'invited',
    reason: 'a case',
  })) as { hold: string };
  named.holds.set('person', hold);
  for (const { name, role, isRevoked } of askers) {
    if (!role || isRevoked) continue;
    const until = new Date(context.now().getTime() + 86_400_000).toISOString();
    const spare = { label: 'spare', expiresAt: until };
    const actor = { ...(await actorOf(context, name)), session: 'a session' };
    const { id } = await perform(context, actor, issueOwnToken, spare);
    named.spare.set(name, id);
  }
}

type Steps = 'submitted' | 'returned' | 'approved' | 'released' | 'appealed' | 'withdrawn';

async function makeSubjects(context: Context): Promise<Record<string, Subject[]>> {
  const subjects: Record<string, Subject[]> = {
    markets: ['PL', 'JP'].map((market) => ({ kind: `market ${market}`, path: { market }, market })),
    dealers: ['PL-1', 'PL-2', 'JP-1'].map((dealer) => {
      const market = dealer.slice(0, 2);
      return { kind: `house ${dealer}`, path: { market, dealer }, market, dealer };
    }),
    assignments: [],
    drafts: [],
    exports: [],
    audits: [],
    appeals: [],
    decisions: [],
    scorecards: [],
    responses: [],
  };
  let released = '';
  const auditors = { 'PL-1': 'shopper-one', 'PL-2': 'shopper-two', 'JP-1': 'shopper-jp' };
  for (const [dealer, auditor] of Object.entries(auditors)) {
    const market = dealer.slice(0, 2);
    const add = (resource: string, id: string, kind: string, rest: Partial<Subject> = {}) =>
      subjects[resource]!.push({
        kind: `${kind} of ${dealer}`,
        path: { market, id },
        market,
        dealer,
        ...rest,
      });
    add('assignments', await anAssignment(context, market, dealer, auditor), 'assignment', {
      auditor,
    });
    const draft = uuidv7();
    await perform(context, await actorOf(context, auditor), keepOwnDraft, {
      ...{ market, id: draft, seen: 0, changedAt: '2026-01-15T09:00:00Z' },
      content: {
        ...aDraft,
        dealer,
        answers: { posture: { value: 2, note: canary(market, dealer, 'draft', auditor) } },
      },
    });
    // Another auditor's draft of the same id is another draft: nobody meets it.
    subjects['drafts']!.push({ kind: `draft at ${dealer}`, path: { market, id: draft }, market });
    for (const state of [
      'submitted',
      'returned',
      'approved',
      'released',
      'appealed',
      'withdrawn',
    ] as const) {
      const isReleased = state === 'released' || state === 'appealed';
      const { id, appeal } = await anAudit(context, { market, dealer, auditor, state });
      add('audits', id, `${state} audit`, { auditor, isReleased });
      if (appeal) add('appeals', appeal, 'appeal', { path: { market, id: appeal, audit: id } });
      if (dealer === 'PL-1' && state === 'released') released = id;
    }
    const responses = await context.database.transaction(
      { role: 'service', marketId: market === 'PL' ? 1 : 2 },
      (tx) =>
        rowsOf<{ id: string }>(
          tx,
          sql`select r.id::text as id from responses r join dealers d on d.market_id = r.market_id and d.id = r.dealer_id where d.code = ${dealer}`,
        ),
    );
    for (const { id } of responses) add('responses', id, 'response');
  }
  for (const market of ['PL', 'JP']) {
    const { items } = (await asSystem(context, releaseScorecards, { market })) as {
      items: { id: string; dealer: string }[];
    };
    for (const { id, dealer } of items) {
      const kind = `scorecard of ${dealer}`;
      subjects['scorecards']!.push({
        kind,
        path: { market, id },
        market,
        dealer,
        isReleased: true,
      });
    }
    const file = uuidv7();
    await perform(
      context,
      await actorOf(context, market === 'PL' ? 'manager-pl' : 'manager-jp'),
      requestExport,
      { market, id: file, kind: 'audits', filters: { period: '2026' } },
    );
    subjects['exports']!.push({ kind: `file of ${market}`, path: { market, id: file }, market });
    const id = uuidv7();
    await asSystem(context, freezeDecision, { market, id });
    subjects['decisions']!.push({ kind: `decision of ${market}`, path: { market, id }, market });
  }
  await exportWhatWaits(context);
  for (const [resource, list] of Object.entries(subjects)) {
    if (resource === 'markets') list.push({ kind: 'missing', path: { market: 'XX' } });
    else if (resource === 'dealers')
      list.push({ kind: 'missing', path: { market: 'PL', dealer: 'PL-99' } });
    else {
      const id = resource === 'responses' ? '999999' : uuidv7();
      list.push({ kind: 'missing', path: { market: 'PL', id, audit: released }, market: 'PL' });
    }
    if (list.length < 3) throw new Error(`too few examples of ${resource}`);
  }
  return subjects;
}

async function anAssignment(context: Context, market: string, dealer: string, auditor: string) {
  const id = uuidv7();
  await asSystem(context, offerAssignment, {
    market,
    id,
    dealer,
    auditor,
    checklist: 'seven-personal-standards',
    scenario: canary(market, dealer, 'scenario', auditor),
    from: '2026-01-01',
    to: '2026-01-31',
  });
  return id;
}

/** Takes an audit as far as a state, each step by somebody who may. */
async function anAudit(
  context: Context,
  wanted: { market: string; dealer: string; auditor: string; state: Steps },
): Promise<{ id: string; appeal?: string }> {
  const { market, dealer, auditor, state } = wanted;
  const assignmentId = await anAssignment(context, market, dealer, auditor);
  const id = uuidv7();
  const kind = state === 'released' || state === 'appealed' ? 'released' : state;
  const answers = fill(checklist, 'best');
  const first = Object.keys(answers)[0]!;
  const noted = {
    ...answers,
    [first]: { ...answers[first]!, note: canary(market, dealer, kind, auditor) },
  };
  const person = await actorOf(context, auditor);
  const bytes = Buffer.from(evidenceOf(market, auditor));
  await perform(context, person, uploadEvidence, { market, sha256: hashBytes(bytes), bytes });
  await perform(context, person, submitAudit, {
    ...aSubmission(assignmentId, noted),
    market,
    dealer,
    id,
  });
  const one = { market, id };
  if (state === 'returned') {
    const remarks = { [first]: canary(market, dealer, 'remark', auditor) };
    await asSystem(context, returnAudit, { ...one, remarks });
  }
  if (!/submitted|returned/.test(state)) await asSystem(context, approveAudit, one);
  if (/released|appealed|withdrawn/.test(state)) await asSystem(context, releaseAudit, one);
  if (state === 'withdrawn')
    await asSystem(context, withdrawAudit, { ...one, reason: 'a mistake' });
  if (state !== 'appealed') return { id };
  const appeal = uuidv7();
  const items = [{ itemId: first, statement: canary(market, dealer, 'appeal') }];
  const house = { 'PL-1': 'house-one', 'PL-2': 'house-two', 'JP-1': 'house-jp' }[dealer]!;
  await perform(context, await actorOf(context, house), fileAppeal, {
    market,
    id: appeal,
    auditId: id,
    items,
  });
  return { id, appeal };
}

async function actorOf(context: Context, code: string) {
  const { findActorByCode } = await import('../../src/db/people.ts');
  return (await context.database.transaction({ role: 'gate' }, (tx) => findActorByCode(tx, code)))!;
}

interface Example {
  readonly query?: string;
  readonly body?: object | Buffer;
  readonly params?: Readonly<Record<string, string>>;
}

const draft = readFileSync(
  new URL('../../checklists/seven-personal-standards/2026.1.yaml', import.meta.url),
  'utf8',
).replace('2026.1', '2027.1');
const aDraft = {
  assignmentId: null,
  checklist: { id: 'seven-personal-standards', version: '2026.1' },
  visitDate: '2026-01-15',
  declaredAt: '2026-01-15T09:00:00Z',
  startedAt: '2026-01-15T09:00:00Z',
};
const period = '?period=2025';
const best = fill(checklist, 'best');
const text = 'because it was so';
const evidence = Buffer.from('From: guest@example.org\nSubject: a reply\n\nThank you.\n');
/** A file of each auditor, with words that nobody else may read. */
const evidenceOf = (market: string, auditor: string) =>
  `From: guest@example.org\nSubject: ${canary(market, `${market}-1`, 'file', auditor)}\n\nThank you.\n`;
const auditorOf = (market: string) => (market === 'JP' ? 'shopper-jp' : 'shopper-one');
const document = { type: 'checklist', id: 'seven-personal-standards', version: '2026.1' };

/** A request that each operation understands, about any thing. */
const examples: Readonly<Record<string, (subject: Subject, asker: Asker) => Example>> = {
  'documents.save': () => ({ body: { type: 'checklist', source: draft } }),
  'documents.publish': () => ({ params: document }),
  'documents.retire': () => ({ params: { ...document, version: '2025.1' } }),
  'documents.list': () => ({ params: document }),
  'documents.get': () => ({ params: document }),
  'documents.compare': () => ({
    params: { id: 'seven-personal-standards' },
    query: '?from=2025.1&to=2026.1',
  }),
  'documents.export': () => ({ params: { ...document, format: 'reading-copy' } }),
  'documents.convert': () => ({ body: { format: 'spreadsheet', file: 'eA==' } }),
  'assignments.offer': ({ market = 'PL', dealer = `${market}-1` }) => ({
    body: {
      dealer,
      auditor: auditorOf(market),
      checklist: 'seven-personal-standards',
      from: '2026-02-01',
      to: '2026-02-20',
    },
  }),
  'assignments.move': (_, { role }) => ({
    body: { to: role === 'auditor' ? 'accepted' : 'cancelled' },
  }),
  'drafts.keep': () => ({
    body: {
      ...{ seen: 0, changedAt: '2026-01-15T10:00:00Z' },
      content: { ...aDraft, dealer: 'PL-1', answers: { posture: { note: 'half' } } },
    },
  }),
  'audits.submit': ({ market = 'PL', dealer = `${market}-1` }) => ({
    body: aSubmission(uuidv7(), best, { dealer }),
  }),
  'audits.return': () => ({ body: { remarks: { posture: text } } }),
  'audits.take-up': () => ({}),
  'audits.approve': () => ({}),
  'audits.release': () => ({}),
  'audits.correct': () => ({ body: { answers: best } }),
  'audits.withdraw': () => ({ body: { reason: text } }),
  'audits.amend': () => ({ body: { answers: best, reason: text } }),
  'appeals.file': ({ path }) => ({
    body: { auditId: path['audit'], items: [{ itemId: 'posture', statement: text }] },
  }),
  'appeals.preview': () => ({ body: { answers: {} } }),
  'appeals.decide': () => ({ body: { answers: {}, reason: text } }),
  'files.get': ({ market = 'PL' }, asker) => {
    const isTheirs = asker.role === 'auditor' && asker.market === market;
    const file = evidenceOf(market, isTheirs ? asker.name : auditorOf(market));
    return { params: { sha256: hashBytes(Buffer.from(file)) } };
  },
  'files.upload': () => ({ params: { sha256: hashBytes(evidence) }, body: evidence }),
  'imports.file': () => ({
    params: { kind: 'dealers' },
    query: '?name=dealers.csv&dryRun=true',
    body: Buffer.from('code,name,valid_from\nNEW-1,New,2025-01-01\n'),
  }),
  'imports.rows': ({ market }) => ({
    body: {
      kind: 'dealers',
      rows: [
        {
          code: `${market}-9`,
          name: canary(market ?? 'XX', `${market}-9`, 'name'),
          valid_from: '2025-01-01',
        },
      ],
    },
  }),
  'imports.markets': () => ({
    body: {
      rows: [
        {
          code: 'PL',
          name: 'Poland',
          time_zone: 'Europe/Warsaw',
          languages: 'pl en',
          staff_named: true,
        },
      ],
    },
  }),
  'imports.template': () => ({ params: { kind: 'dealers' } }),
  'responses.withdraw': () => ({ body: { reason: text } }),
  'cells.rebuild': () => ({}),
  'indices.compute': () => ({ params: { index: 'after-sales' }, query: period }),
  'indices.compare': () => ({ params: { index: 'after-sales' }, query: `${period}&against=2024` }),
  'indices.trend': () => ({ params: { index: 'after-sales' }, query: period }),
  'surveys.questions': () => ({ query: period }),
  'surveys.drivers': () => ({ query: period }),
  'surveys.signs': () => ({ query: period }),
  'surveys.invite': ({ market = 'PL', dealer = `${market}-1` }) => ({
    body: {
      checklist: 'after-sales-questionnaire',
      contact: 'guests@example.org',
      visits: [{ dealer, visitDate: '2026-01-10', reference: 'matrix' }],
    },
  }),
  'exports.request': () => ({ body: { kind: 'audits', filters: { period: '2025' } } }),
  'figures.list': () => ({ query: period }),
  'complaints.list': () => ({ query: period }),
  'complaints.report': () => ({ query: period }),
  'awards.what-if': () => ({}),
  'awards.what-if-network': () => ({}),
  'awards.waive': ({ market }) => ({
    body: {
      programme: 'european-award',
      dealer: `${market}-1`,
      gate: 'five-star',
      reason: text,
      paper: 'minutes of 5 May',
    },
  }),
  'decisions.freeze': () => ({ body: {} }),
  'decisions.propose': () => ({ body: { winners: [], reason: text } }),
  'decisions.certificate': ({ market = 'PL' }) => ({ query: `?winner=${market}-1` }),
  'decisions.confirm': () => ({}),
  'brand.set': () => ({ body: { name: text, signatories: [] } }),
  'decisions.publish': () => ({}),
  'decisions.withdraw': () => ({ body: { reason: text } }),
  'scorecards.release': () => ({}),
  'scorecards.chart': () => ({ params: { chart: 'standards' } }),
  'scorecards.preview-chart': () => ({ params: { chart: 'standard-trends' } }),
  'tokens.issue': () => ({
    body: {
      person: 'administrator',
      label: 'matrix',
      grants: [{ role: 'administrator' }],
    },
  }),
  'privacy.set': () => ({ body: { recordings: false, retention: { comments: 24 } } }),
  'privacy.export': ({ market }) => ({ body: { subject: staffOf(market) } }),
  'privacy.erase': ({ market }) => ({ body: { subject: staffOf(market) } }),
  'privacy.hold': ({ market }) => ({
    body: { subject: { kind: 'complaint', complaint: `C-${market}-1` }, reason: text },
  }),
  'privacy.lift': ({ market }) => ({ body: { hold: named.holds.get(market ?? '') ?? uuidv7() } }),
  'privacy.retain': () => ({ body: { dryRun: false } }),
  'privacy.export-person': () => ({ body: { person: 'invited' } }),
  'privacy.erase-person': () => ({ body: { person: 'goer' } }),
  'privacy.hold-person': () => ({ body: { person: 'invited', reason: text } }),
  'privacy.lift-person': () => ({ body: { hold: named.holds.get('person') } }),
  'keys.rotate': () => ({}),
  'tokens.revoke': () => ({ body: { person: 'invited' } }),
  'people.invite': () => ({
    body: { person: 'newcomer', name: 'Newcomer', email: 'newcomer@example.org' },
  }),
  'people.reset': () => ({ body: { person: 'invited' } }),
  'grants.request': () => ({ body: { person: 'invited', grant: { role: 'network-manager' } } }),
  'grants.decide': () => ({ body: { id: named.request, grant: true } }),
  'grants.revoke': () => ({
    body: { person: 'invited', grant: { role: 'auditor', market: 'PL' } },
  }),
  'house.invite': (_, { name }) => ({
    body: { person: `mate-of-${name}`, name: 'Mate', email: `${name}@example.org` },
  }),
  'house.remove': (_, { name }) => ({ body: { person: `mate-of-${name}` } }),
  'account.change-password': () => ({ body: { current: text, password: 'a new long password' } }),
  'account.start-totp': () => ({ body: { current: text } }),
  'account.confirm-totp': () => ({ body: { code: '123456' } }),
  'account.remove-totp': () => ({ body: { current: text } }),
  'account.start-passkey': () => ({ body: { current: text } }),
  'account.add-passkey': () => ({
    body: {
      challenge: uuidv7(),
      label: 'key',
      answer: { id: 'x', rawId: 'x', type: 'public-key', response: {} },
    },
  }),
  'account.remove-passkey': () => ({ body: { id: 'x', current: text } }),
  'account.end-sessions': () => ({}),
  'account.issue-token': () => ({
    body: { label: 'matrix', expiresAt: '2026-02-01T00:00:00Z' },
  }),
  'account.revoke-token': (_, { name }) => ({
    body: { id: named.spare.get(name) ?? '0'.repeat(16) },
  }),
};

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
