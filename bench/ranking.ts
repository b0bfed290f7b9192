import type { Context } from '../src/context.ts';
import { closeContext } from '../src/context.ts';
import { openStream } from '../src/core/random.ts';
import { importJson } from '../src/operations/imports/run.ts';
import { computeIndex } from '../src/operations/indices/compute.ts';
import { perform, systemActor } from '../src/operations/operation.ts';
import { refoldMarket } from '../src/operations/responses/refold.ts';
import { openNetwork } from './network.ts';
import type { BenchServer } from './server.ts';
import { exponent, type Line, median, spread } from './table.ts';

/** Milliseconds of one market's index by dealer, from cells. */
export async function evaluateMarket(context: Context, rank = false): Promise<number> {
  const runs = [];
  for (let round = 0; round < 9; round++) {
    const at = performance.now();
    await perform(context, systemActor, computeIndex, {
      market: 'M',
      index: 'after-sales',
      period: '2025',
      by: 'dealer',
      rank,
    });
    runs.push(performance.now() - at);
  }
  return median(runs);
}

/** P9: ranking a market of 100 houses from cells must not depend on the number of responses. */
export async function benchRanking(server: BenchServer): Promise<Line[]> {
  const { context } = await openNetwork(server, ['M'], 100);
  const random = openStream(3);
  const sizes = [20_000, 200_000];
  const times: number[][] = [];
  let stored = 0;
  for (const size of sizes) {
    while (stored < size) {
      const rows = Array.from({ length: 10_000 }, (_, i) => ({
        dealer: `D-${(stored + i) % 100}`,
        visit_date: `2025-${String(1 + (i % 12)).padStart(2, '0')}-15`,
        work_done_right: 1 + random.below(10),
        advisor_explained: 1 + random.below(10),
        ready_as_promised: 1 + random.below(10),
        recommend: 9,
      }));
      await perform(context, systemActor, importJson, {
        market: 'M',
        kind: 'responses',
        checklist: 'after-sales-questionnaire',
        rows,
      });
      stored += rows.length;
    }
    await refoldMarket(context, 1);
    await evaluateMarket(context);
    times.push([
      await evaluateMarket(context),
      await evaluateMarket(context),
      await evaluateMarket(context),
    ]);
  }
  const ranked = await evaluateMarket(context, true);
  await closeContext(context);
  const [few, many] = [median(times[0]!), median(times[1]!)];
  const growth = exponent(sizes, [few, many]);
  return [
    {
      goal: 'P9',
      what: 'one market of 100 houses from cells, ms, with 20,000 and 200,000 responses',
      ours: `${spread(times[0]!, 1)}, ${spread(times[1]!, 1)}`,
      limit: 'itself',
      ratio: `${(many / few).toFixed(2)}, exponent ${growth.toFixed(3)}`,
      wanted: '≤ 1.1, ≤ 0.05',
      met: many / few <= 1.1 && growth <= 0.05,
    },
    {
      goal: '',
      what: 'the same with rank intervals (10,000 draws) and chances, ms',
      ours: ranked.toFixed(0),
      limit: '',
      ratio: '',
      wanted: 'printed',
      met: undefined,
    },
  ];
}
