import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { openStream } from '../../src/core/random.ts';
import { listDealerMonths, readBlocks, readCells } from '../../src/db/cells.ts';
import { rowsOf, type Transaction } from '../../src/db/database.ts';
import { listDealersAt } from '../../src/db/network.ts';
import { publishDocument } from '../../src/operations/documents/move.ts';
import { saveDocument } from '../../src/operations/documents/save.ts';
import { importJson } from '../../src/operations/imports/run.ts';
import { computeIndex } from '../../src/operations/indices/compute.ts';
import { perform, systemActor } from '../../src/operations/operation.ts';
import { withdrawResponse } from '../../src/operations/responses/maintain.ts';
import { foldDealerMonth, refoldMarket } from '../../src/operations/responses/refold.ts';
import { useContext } from '../support/database.ts';
import { makeNetwork } from '../support/world.ts';

const holder = useContext();
let marketId: number;
const inMarket = <Result>(run: (tx: Transaction) => Promise<Result>) =>
  holder.context.database.transaction({ role: 'service', marketId }, run);

beforeAll(async () => {
  await makeNetwork(holder.context);
  marketId = (
    await holder.context.database.transaction({ role: 'service' }, (tx) =>
      rowsOf<{ id: number }>(tx, sql`select id from markets where code = 'PL'`),
    )
  )[0]!.id;
});

/** Everything derived, as it is kept. */
async function kept() {
  return inMarket(async (tx) => {
    const [{ numbers }] = (await rowsOf<{ numbers: number[] }>(
      tx,
      sql`select array_agg(number) as numbers from documents`,
    )) as [{ numbers: number[] }];
    const filter = { documents: numbers, from: '2024-01-01', to: '2027-01-01' };
    const cells = [
      ...(await readCells(tx, marketId, { ...filter, level: 'whole' })),
      ...(await readCells(tx, marketId, { ...filter, level: 'staff' })),
    ];
    const blocks = await readBlocks(tx, marketId, filter);
    return { cells: sorted(cells), blocks: sorted(blocks) };
  });
}

/** The same from the rows alone. */
async function fromRows() {
  return inMarket(async (tx) => {
    const cells = [];
    const blocks = [];
    for (const key of await listDealerMonths(tx, marketId)) {
      const folded = await foldDealerMonth(tx, marketId, key);
      cells.push(...folded.cells);
      blocks.push(...folded.blocks);
    }
    return { cells: sorted(cells), blocks: sorted(blocks) };
  });
}

const plain = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value, (_, each) =>
      typeof each === 'bigint'
        ? String(each)
        : each instanceof Uint8Array
          ? Buffer.from(each).toString('hex')
          : each,
    ),
  );
const sorted = (rows: readonly object[]) =>
  rows.map((row) => JSON.stringify(Object.entries(plain(row)).sort())).sort();

const questionnaire = readFileSync(
  new URL('../../checklists/after-sales-questionnaire/2025.1.yaml', import.meta.url),
  'utf8',
);

test('after 1,000 seeded inserts, amendments, withdrawals and new versions, cells rebuilt from rows equal the kept ones', async () => {
  const random = openStream(2026, 1);
  let version = '2025.1';
  let changes = 0;
  const step = async (n: number) => {
    const what = random.uniform();
    if (what < 0.01) {
      version = `2025.${10 + n}`.slice(0, 8);
      const source = questionnaire
        .replace('"2025.1"', `"${version}"`)
        .replace('weight: 32', `weight: ${20 + random.below(20)}`);
      await perform(holder.context, systemActor, saveDocument, { type: 'checklist', source });
      await perform(holder.context, { ...systemActor, code: 'second' }, publishDocument, {
        type: 'checklist',
        id: 'after-sales-questionnaire',
        version,
      });
      return;
    }
    if (what < 0.1) {
      const [row] = await inMarket((tx) =>
        rowsOf<{ id: number }>(
          tx,
          sql`select id::int as id from responses where market_id = ${marketId} and withdrawn_at is null order by id offset ${random.below(40)} limit 1`,
        ),
      );
      if (row)
        await perform(holder.context, systemActor, withdrawResponse, {
          market: 'PL',
          id: row.id,
          reason: 'test',
        });
      return;
    }
    const rows = Array.from({ length: 1 + random.below(3) }, (_, i) => ({
      dealer: `PL-${1 + random.below(3)}`,
      staff: random.uniform() < 0.7 ? 'SA-1' : null,
      visit_date: `2025-0${1 + random.below(4)}-${String(1 + random.below(28)).padStart(2, '0')}`,
      // Few references, so that many rows amend an earlier one, also into another month.
      reference: random.uniform() < 0.7 ? `W-${random.below(150)}-${i}` : null,
      touchpoint: random.uniform() < 0.2 ? 'sales' : 'workshop',
      customer_years: random.uniform() < 0.8 ? random.below(12) : null,
      work_done_right: 1 + random.below(10),
      advisor_explained: random.uniform() < 0.9 ? 1 + random.below(10) : null,
      ready_as_promised: random.uniform() < 0.8 ? 1 + random.below(10) : null,
      recommend: random.below(11),
    }));
    const unique = [
      ...new Map(
        rows.map((row, i) => [
          row.reference ? `${row.dealer} ${row.reference} ${row.staff}` : i,
          row,
        ]),
      ).values(),
    ];
    const report = await perform(holder.context, systemActor, importJson, {
      market: 'PL',
      kind: 'responses',
      checklist: 'after-sales-questionnaire',
      version,
      rows: unique,
    });
    changes += report.stored;
  };
  for (let n = 0; n < 1_000; n++) {
    await step(n);
    if (n % 97 === 0) await refoldMarket(holder.context, marketId);
  }
  await refoldMarket(holder.context, marketId);
  const [mine, theirs] = [await kept(), await fromRows()];
  expect(changes).toBeGreaterThan(1_000);
  expect(mine.cells.length).toBeGreaterThan(30);
  expect(mine).toEqual(theirs);
  const [amended] = await inMarket((tx) =>
    rowsOf<{ n: number }>(
      tx,
      sql`select count(*)::int as n from response_history where market_id = ${marketId}`,
    ),
  );
  expect(amended!.n).toBeGreaterThan(50);
});

test('an index reads stale months from the rows: before and after refolding it is the same', async () => {
  const row = {
    dealer: 'PL-1',
    visit_date: '2025-02-10',
    work_done_right: 1,
    advisor_explained: 1,
    ready_as_promised: 1,
    recommend: 0,
  };
  await perform(holder.context, systemActor, importJson, {
    market: 'PL',
    kind: 'responses',
    checklist: 'after-sales-questionnaire',
    version: '2025.1',
    rows: [row],
  });
  const ask = (period: string, by = 'dealer') =>
    perform(holder.context, systemActor, computeIndex, {
      market: 'PL',
      index: 'after-sales',
      period,
      by: by as 'dealer',
    });
  const queries: [string, string][] = [
    ['2025', 'dealer'],
    ['2025-Q1', 'tenure'],
    ['2025-01-15/2025-03-10', 'staff'],
    ['2025-02', 'touchpoint'],
  ];
  const before = await Promise.all(queries.map(([period, by]) => ask(period, by)));
  await refoldMarket(holder.context, marketId);
  expect(await Promise.all(queries.map(([period, by]) => ask(period, by)))).toEqual(before);
});

test('periods add up: two cut halves of a month hold what the month holds', async () => {
  const n = async (period: string) => {
    const { all } = await perform(holder.context, systemActor, computeIndex, {
      market: 'PL',
      index: 'after-sales',
      period,
      by: 'market',
    });
    return 'n' in all ? all.n : all.tooFew.n;
  };
  expect((await n('2025-02-01/2025-02-15')) + (await n('2025-02-15/2025-03-01'))).toBe(
    await n('2025-02'),
  );
  const at = await inMarket((tx) => listDealersAt(tx, marketId, '2025-12-31'));
  expect(at.map((dealer) => dealer.code)).toEqual(['PL-1', 'PL-2', 'PL-3']);
});
