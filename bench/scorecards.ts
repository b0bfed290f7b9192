import { scorecardView } from '../src/contracts/scorecards.ts';
import { buildDemo } from '../src/operations/demo/build.ts';
import { demoMarkets } from '../src/operations/demo/places.ts';
import { perform, systemActor } from '../src/operations/operation.ts';
import {
  drawScorecard,
  getScorecard,
  listScorecards,
} from '../src/operations/scorecards/scorecards.ts';
import { openBenchContext } from './context.ts';
import { type Line, spread } from './table.ts';

/** Whole scorecards, charts included, in one warm process; and how long the demo takes to build. */
export async function benchScorecards(): Promise<Line[]> {
  const context = await openBenchContext();
  const started = performance.now();
  await buildDemo(context);
  const demoSeconds = (performance.now() - started) / 1000;
  const views = [];
  for (const market of demoMarkets.filter(({ code }) => ['PL', 'DE', 'FR'].includes(code))) {
    const { items } = await perform(context, systemActor, listScorecards, { market: market.code });
    for (const { id } of items)
      views.push(
        scorecardView.parse(
          await perform(context, systemActor, getScorecard, { market: market.code, id }),
        ),
      );
  }
  await context.database.close();
  for (const view of views.slice(0, 10)) await drawScorecard(view, 'en');
  const rates: number[] = [];
  for (let round = 0; round < 5; round++) {
    const at = performance.now();
    for (const view of views.slice(0, 40)) await drawScorecard(view, 'en');
    rates.push(40_000 / (performance.now() - at));
  }
  return [
    {
      goal: '',
      what: 'scorecards/s, two pages, three charts, one process',
      ours: spread(rates, 1),
      limit: '',
      ratio: '',
      wanted: 'printed',
      met: undefined,
    },
    {
      goal: '',
      what: 'demo network built, s',
      ours: demoSeconds.toFixed(0),
      limit: '60',
      ratio: '',
      wanted: '< 60',
      met: demoSeconds < 60,
    },
  ];
}
