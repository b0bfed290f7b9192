import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { closeContext } from '../src/context.ts';
import { addMoments, foldBlock, type Moments, noMoments } from '../src/core/indices/cells.ts';
import { listDealerMonths, readBlocks, readCells } from '../src/db/cells.ts';
import { rowsOf } from '../src/db/database.ts';
import { importFile } from '../src/operations/imports/run.ts';
import { perform, systemActor } from '../src/operations/operation.ts';
import { foldDealerMonth, refoldMarket } from '../src/operations/responses/refold.ts';
import { prepareImport } from './import.ts';
import { evaluateMarket } from './ranking.ts';
import type { BenchServer } from './server.ts';
import { exponent, type Line, median, spread } from './table.ts';

/** P7, P9 and P10 on a million responses. */
export async function benchRecompute(server: BenchServer): Promise<Line[]> {
  const { context, ownerUrl, file } = await prepareImport(server);
  await perform(context, systemActor, importFile, {
    market: 'M',
    kind: 'responses',
    path: file,
    checklist: 'after-sales-questionnaire',
  });
  const inMarket = { role: 'service', marketId: 1 } as const;
  const refoldStarted = performance.now();
  const months = await refoldMarket(context, 1);
  const refoldSeconds = (performance.now() - refoldStarted) / 1000;
  const documents = (
    await context.database.transaction(inMarket, (tx) =>
      rowsOf<{ number: number }>(tx, sql`select number from documents`),
    )
  ).map((row) => row.number);
  const owner = postgres(ownerUrl, { max: 1 });
  await owner`set role app_rw`;
  await owner`select set_config('app.market', '1', false), set_config('app.role', 'service', false)`;
  await owner`create temp table item_rows as select dealer_id, id, i as item, get_byte(items, i) as value, index_micro from responses, generate_series(0, 8) i where market_id = 1`;
  await owner`analyze item_rows`;

  const fromBlocks = (dealers: number) =>
    context.database.transaction(inMarket, async (tx) => {
      const totals = new Map<number, Moments>();
      const blocks = await readBlocks(tx, 1, { documents, from: '2025-01-01', to: '2026-01-01' });
      for (const block of blocks) {
        if (block.dealerId > dealers) continue;
        const cell = foldBlock(block.bytes, block.itemCount).get(0)!;
        totals.set(block.dealerId, addMoments(totals.get(block.dealerId) ?? noMoments, cell.index));
      }
      return totals;
    });
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < 5; round++) {
    let at = performance.now();
    await fromBlocks(1_000);
    ours.push(performance.now() - at);
    at = performance.now();
    await owner`select dealer_id, sum(n) as n, avg(x) as mean, var_samp(x) from (
      select dealer_id, id, count(*) as n, avg((value - 1) / 9.0 * 100) as x from item_rows where value < 255 group by dealer_id, id) r group by dealer_id`;
    theirs.push(performance.now() - at);
  }
  await owner.end();
  const kept = await context.database.transaction(inMarket, async (tx) => {
    const cells = await readCells(tx, 1, {
      documents,
      from: '2025-01-01',
      to: '2026-01-01',
      level: 'whole',
    });
    return new Map(
      cells.map((each) => [
        `${each.dealerId}/${each.month}/${each.touchpoint}/${each.tenureBand}`,
        String(each.cell.index.sumSquares),
      ]),
    );
  });
  let differing = 0;
  for (const key of await context.database.transaction(inMarket, (tx) => listDealerMonths(tx, 1))) {
    const { cells } = await context.database.transaction(inMarket, (tx) =>
      foldDealerMonth(tx, 1, key),
    );
    for (const each of cells.filter(({ staffId }) => staffId === 0)) {
      const known = kept.get(
        `${each.dealerId}/${each.month}/${each.touchpoint}/${each.tenureBand}`,
      );
      if (known !== String(each.cell.index.sumSquares)) differing += 1;
    }
  }
  const ratio = median(theirs) / median(ours);
  const growth = await growthOfFold(context, documents);
  const full = await evaluateMarket(context);
  await context.database.transaction(inMarket, (tx) =>
    tx.execute(sql`delete from blocks where market_id = 1`),
  );
  const lines: Line[] = [
    {
      goal: '',
      what: `refolding ${months.toLocaleString('en')} dealer-months after the import, s`,
      ours: refoldSeconds.toFixed(1),
      limit: '',
      ratio: '',
      wanted: 'printed',
      met: undefined,
    },
    {
      goal: 'P7',
      what: 'recompute 1M responses from blocks, feed included, ms',
      ours: spread(ours),
      limit: `${spread(theirs)} Postgres over normalised rows`,
      ratio: `${ratio.toFixed(1)}×`,
      wanted: '≥ 15×',
      met: ratio >= 15,
    },
    {
      goal: 'P7',
      what: 'growth of the fold over sizes',
      ours: growth.times.map((ms) => ms.toFixed(1)).join(', '),
      limit: 'itself',
      ratio: `exponent ${growth.exponent.toFixed(2)}`,
      wanted: '1.00 ± 0.05',
      met: Math.abs(growth.exponent - 1) <= 0.05,
    },
    {
      goal: 'P10',
      what: 'cells refolded from 1M rows that differ from the kept ones',
      ours: String(differing),
      limit: '0',
      ratio: '',
      wanted: 'bit for bit',
      met: differing === 0,
    },
    {
      goal: '',
      what: 'one market of 300 houses: index of each from cells, ms',
      ours: full.toFixed(1),
      limit: '',
      ratio: '',
      wanted: 'printed',
      met: undefined,
    },
  ];
  await closeContext(context);
  return lines;
}

/** The fold alone over a quarter, a half and all of the blocks. */
async function growthOfFold(context: Parameters<typeof evaluateMarket>[0], documents: number[]) {
  const blocks = await context.database.transaction({ role: 'service', marketId: 1 }, (tx) =>
    readBlocks(tx, 1, { documents, from: '2025-01-01', to: '2026-01-01' }),
  );
  const sizes = [blocks.length / 4, blocks.length / 2, blocks.length].map(Math.floor);
  const times = sizes.map((size) => {
    const runs = [];
    for (let round = 0; round < 9; round++) {
      const at = performance.now();
      for (let i = 0; i < size; i++) foldBlock(blocks[i]!.bytes, blocks[i]!.itemCount);
      runs.push(performance.now() - at);
    }
    return median(runs);
  });
  return { times, exponent: exponent(sizes, times) };
}
