import { type ChildProcess, execFileSync, fork, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { uuidv7 } from 'uuidv7';
import { closeContext } from '../src/context.ts';
import type { Answers } from '../src/contracts/audits.ts';
import { type CompiledChecklist, compileChecklist } from '../src/core/audits/answers.ts';
import { readChecklist } from '../src/core/documents/checklists.ts';
import { publishDocument } from '../src/operations/documents/move.ts';
import { saveDocument } from '../src/operations/documents/save.ts';
import { perform, systemActor } from '../src/operations/operation.ts';
import { issueToken } from '../src/operations/people/tokens.ts';
import { type LoadResult, loadFor, type Shot } from './load.ts';
import { openNetwork } from './network.ts';
import type { BenchServer } from './server.ts';
import { exponent, type Line, median, spread } from './table.ts';

const markets = Array.from({ length: 8 }, (_, i) => `M${i + 1}`);
const rounds = 5;
const seconds = 3;

/** A checklist of so many items like the reference's payload: mostly scales, some texts. */
function aChecklist(items: number): {
  yaml: string;
  compiled: CompiledChecklist;
  answers: Answers;
} {
  const lines = Array.from({ length: items }, (_, i) =>
    i % 12 === 11
      ? `      - { id: item_${i}, type: text, question: { en: Comment } }`
      : `      - { id: item_${i}, type: scale, min: 0, max: 10, weight: 1, question: { en: Question } }`,
  );
  const yaml = `id: bench-${items}\nversion: "2026.1"\nkind: visit\nlanguages: [en]\ntitle: { en: Bench }\nscoring: { parts: sections }\nsections:\n  - id: all\n    title: { en: All }\n    items:\n${lines.join('\n')}\n`;
  const read = readChecklist(yaml);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const answers = Object.fromEntries(
    Array.from({ length: items }, (_, i) => [
      `item_${i}`,
      { value: i % 12 === 11 ? 'All was well on this day.' : (i * 7) % 11 },
    ]),
  );
  return { yaml, compiled: compileChecklist(read.content), answers };
}

interface Setup {
  readonly url: string;
  readonly ownerUrl: string;
  readonly token: string;
}

/** Eight markets with a house each, checklists of three sizes, one auditor for all. */
async function prepare(server: BenchServer): Promise<Setup> {
  const { context, url, ownerUrl } = await openNetwork(server, markets, 1);
  for (const items of [20, 40, 60, 80]) {
    await perform(context, systemActor, saveDocument, {
      type: 'checklist',
      source: aChecklist(items).yaml,
    });
    await perform(context, { ...systemActor, code: 'second' }, publishDocument, {
      type: 'checklist',
      id: `bench-${items}`,
      version: '2026.1',
    });
  }
  const { token } = await perform(context, systemActor, issueToken, {
    person: 'auditor',
    label: 'bench',
    grants: markets.map((market) => ({ role: 'auditor' as const, market })),
  });
  await closeContext(context);
  const owner = postgres(ownerUrl, { max: 1 });
  await owner`create table bare (id uuid primary key, body jsonb not null)`;
  await owner.unsafe(`grant insert on bare to ${new URL(url).username}`);
  await owner.end();
  return { url, ownerUrl, token };
}

/** Assignments for the auditor, so that every submission finishes one of its own. */
async function offer(
  ownerUrl: string,
  items: number,
  count: number,
): Promise<{ market: string; id: string }[]> {
  const owner = postgres(ownerUrl, { max: 1 });
  const rows = await owner<{ market: string; id: string }[]>`
    with made as (
      insert into assignments (market_id, id, dealer_id, auditor_id, document, window_from, window_to, sent_at)
      select m.id, gen_random_uuid(), d.id, p.id, x.number, '2026-01-01', '2026-12-31', now()
      from markets m join dealers d on d.market_id = m.id, people p, documents x, generate_series(1, ${Math.ceil(count / markets.length)})
      where p.code = 'auditor' and x.id = ${`bench-${items}`}
      returning market_id, id)
    select m.code as market, made.id::text as id from made join markets m on m.id = made.market_id order by md5(made.id::text)`;
  await owner`analyze`;
  await owner.end();
  return [...rows];
}

function startSide(
  side: 'ours' | 'bare',
  setup: Setup,
): Promise<{ child: ChildProcess; address: string }> {
  const child = fork(
    new URL('./submit-server.ts', import.meta.url),
    [side, setup.url, mkdtempSync(path.join(tmpdir(), 'bench-'))],
    { env: { ...process.env, OWNER_URL: setup.ownerUrl } },
  );
  return new Promise((resolve, reject) => {
    child.once('message', (address) => resolve({ child, address: String(address) }));
    child.once('exit', (code) => reject(new Error(`${side} ended with ${code}`)));
  });
}

function bodyOf(items: number, assignmentId: string | undefined, answers: Answers): string {
  return JSON.stringify({
    ...(assignmentId ? { assignmentId } : {}),
    dealer: 'D-0',
    checklist: { id: `bench-${items}`, version: '2026.1' },
    visitDate: '2026-01-10',
    startedAt: '2026-01-10T11:00:00Z',
    finishedAt: '2026-01-10T11:40:00Z',
    noInterestDeclaredAt: '2026-01-10T10:59:00Z',
    answers,
  });
}

/** P1 to P3: the full route beside a bare Fastify route with one insert, and beside pgbench. */
export async function benchSubmissions(server: BenchServer): Promise<Line[]> {
  const setup = await prepare(server);
  const { answers } = aChecklist(60);
  const [ours, bare] = [await startSide('ours', setup), await startSide('bare', setup)];
  const oneMarket: number[] = [];
  const results: Record<string, { ours: LoadResult[]; bare: LoadResult[]; pgbench: number[] }> = {};
  let stock: { market: string; id: string }[] = await offer(setup.ownerUrl, 60, 160_000);
  const oursShot = (): Shot => {
    const { market, id } = stock.pop()!;
    return {
      path: `/api/v1/markets/${market}/audits/${uuidv7()}`,
      body: bodyOf(60, id, answers),
      headers: { authorization: `Bearer ${setup.token}` },
    };
  };
  const bareShot = (): Shot => ({
    path: `/bare/${uuidv7()}`,
    body: bodyOf(60, uuidv7(), answers),
    headers: {},
  });
  await loadFor(ours.address, 8, 2, oursShot);
  await loadFor(bare.address, 8, 2, bareShot);
  for (const connections of [8, 32]) {
    const of = { ours: [] as LoadResult[], bare: [] as LoadResult[], pgbench: [] as number[] };
    results[connections] = of;
    for (let round = 0; round < rounds; round++) {
      of.bare.push(await loadFor(bare.address, connections, seconds, bareShot));
      of.ours.push(await loadFor(ours.address, connections, seconds, oursShot));
      const rate = pgbench(setup.ownerUrl, connections, bodyOf(60, uuidv7(), answers));
      if (rate !== undefined) of.pgbench.push(rate);
      console.log(
        `  submissions c=${connections}, round ${round + 1}: ours ${Math.round(of.ours.at(-1)!.perSecond)}/s, bare ${Math.round(of.bare.at(-1)!.perSecond)}/s, pgbench ${Math.round(rate ?? 0)}/s`,
      );
    }
  }
  const all = stock;
  stock = all.filter(({ market }) => market === 'M1');
  for (let round = 0; round < 3 && stock.length > 4_000; round++)
    oneMarket.push((await loadFor(ours.address, 32, 2, oursShot)).perSecond);
  ours.child.disconnect();
  bare.child.disconnect();
  const rate = (list: readonly LoadResult[]) => list.map((each) => each.perSecond);
  const failures = Object.values(results)
    .flatMap((each) => [...each.ours, ...each.bare])
    .reduce((sum, each) => sum + each.failed, 0);
  const line = (goal: string, connections: 8 | 32, wanted: number): Line => {
    const { ours: mine, bare: theirs } = results[connections]!;
    const ratio = median(rate(mine)) / median(rate(theirs));
    return {
      goal,
      what: `submissions/s, c=${connections}`,
      ours: spread(rate(mine)),
      limit: `${spread(rate(theirs))} bare Fastify + insert`,
      ratio: ratio.toFixed(2),
      wanted: `≥ ${wanted}`,
      met: ratio >= wanted,
    };
  };
  const at32 = results[32]!;
  const lines = [line('P1', 8, 0.69), line('P1, P2', 32, 0.65)];
  if (at32.pgbench.length > 0) {
    const ratio = median(rate(at32.ours)) / median(at32.pgbench);
    lines.push({
      goal: 'P3',
      what: 'submissions/s, c=32',
      ours: spread(rate(at32.ours)),
      limit: `${spread(at32.pgbench)} pgbench, one jsonb`,
      ratio: ratio.toFixed(2),
      wanted: '≥ 0.20',
      met: ratio >= 0.2,
    });
  }
  lines.push({
    goal: 'P4',
    what: 'p99 of a submission at c=32, ms',
    ours: spread(
      at32.ours.map((each) => each.p99),
      1,
    ),
    limit: `${spread(
      at32.bare.map((each) => each.p99),
      1,
    )} bare`,
    ratio: '',
    wanted: 'printed',
    met: undefined,
  });
  lines.push({
    goal: '',
    what: 'submissions/s, c=32, all in one market',
    ours: oneMarket.length > 0 ? spread(oneMarket) : 'not measured',
    limit: '',
    ratio: '',
    wanted: `printed; ${failures} failed requests in all`,
    met: undefined,
  });
  return lines;
}

function pgbench(url: string, connections: number, body: string): number | undefined {
  if (spawnSync('pgbench', ['--version']).error) return undefined;
  const script = path.join(mkdtempSync(path.join(tmpdir(), 'bench-')), 'insert.sql');
  writeFileSync(
    script,
    `insert into bare (id, body) values (gen_random_uuid(), '${body.replaceAll("'", "''").replaceAll(':', '\\u003a').replaceAll('\\u003a', ':')}'::jsonb);\n`,
  );
  const out = execFileSync(
    'pgbench',
    [
      '-n',
      '-c',
      String(connections),
      '-j',
      '2',
      '-T',
      String(seconds),
      '-M',
      'simple',
      '-f',
      script,
      url,
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  return Number(/tps = ([\d.]+)/.exec(out)?.[1]);
}

/** P5: what a submission costs as the store and the checklist grow. */
export async function benchGrowth(server: BenchServer): Promise<Line[]> {
  const setup = await prepare(server);
  const ours = await startSide('ours', setup);
  const headers = { authorization: `Bearer ${setup.token}` };
  const cost = async (items: number): Promise<number> => {
    const { answers } = aChecklist(items);
    const stock = await offer(setup.ownerUrl, items, 30_000);
    const shot = (): Shot => {
      const { market, id } = stock.pop()!;
      return {
        path: `/api/v1/markets/${market}/audits/${uuidv7()}`,
        body: bodyOf(items, id, answers),
        headers,
      };
    };
    const rates = [];
    for (let round = 0; round < 5; round++)
      rates.push((await loadFor(ours.address, 8, 2, shot)).perSecond);
    return 1000 / median(rates);
  };
  await cost(20);
  const sizes = [10_000, 100_000, 1_000_000];
  const byStore: number[] = [];
  for (const size of sizes) {
    await fillStore(setup.ownerUrl, size);
    byStore.push(await cost(60));
    console.log(`  ${size} stored: ${byStore.at(-1)!.toFixed(2)} ms a submission`);
  }
  const items = [20, 40, 80];
  const byItems: number[] = [];
  for (const each of items) byItems.push(await cost(each));
  ours.child.disconnect();
  const [store, form] = [exponent(sizes, byStore), exponent(items, byItems)];
  return [
    {
      goal: 'P5',
      what: 'ms a submission with 10^4, 10^5, 10^6 stored',
      ours: byStore.map((ms) => ms.toFixed(2)).join(', '),
      limit: 'itself',
      ratio: `exponent ${store.toFixed(3)}`,
      wanted: '≤ 0.05',
      met: store <= 0.05,
    },
    {
      goal: 'P5',
      what: 'ms a submission with 20, 40, 80 items',
      ours: byItems.map((ms) => ms.toFixed(2)).join(', '),
      limit: 'itself',
      ratio: `exponent ${form.toFixed(2)}`,
      wanted: '≤ 0.5',
      met: form <= 0.5,
    },
  ];
}

/** Fills the store up to a number of audits, with their revisions, by one statement each. */
async function fillStore(ownerUrl: string, size: number): Promise<void> {
  const owner = postgres(ownerUrl, { max: 1 });
  await owner`set role app_rw`;
  for (const { id } of await owner<{ id: number }[]>`select id from markets`) {
    await owner.begin(async (tx) => {
      await tx`select set_config('app.market', ${String(id)}, true), set_config('app.role', 'service', true)`;
      // A transaction's own tag takes no row type (postgres 3 loses the call signature by Omit).
      const [{ n }] =
        (await tx`select count(*)::int as n from audits where market_id = ${id}`) as unknown as [
          { n: number },
        ];
      const wanted = Math.max(0, Math.round(size / markets.length) - n);
      await tx`
        with made as (
          insert into audits (market_id, id, dealer_id, document, type, visit_date, state, revision, submission_sha256, answers_sha256, meta, submitted_at, final_micro, score)
          select ${id}, gen_random_uuid(), (select min(id) from dealers where market_id = ${id}), (select max(number) from documents), 'mystery', date '2025-01-01' + (i % 365), 'approved', 1, md5(i::text), md5(i::text), '{}', now(), 80000000, '{}'
          from generate_series(1, ${wanted}) i returning market_id, id, dealer_id)
        insert into audit_revisions (market_id, audit_id, revision, dealer_id, answers, answers_sha256, score, reason, made_at)
        select market_id, id, 1, dealer_id, '{"item_1":{"value":5}}', 'x', '{}', 'fill', now() from made`;
    });
  }
  await owner`reset role`;
  await owner`analyze`;
  await owner.end();
}
