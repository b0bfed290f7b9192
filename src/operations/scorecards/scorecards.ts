import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import {
  charts,
  document,
  type ScorecardChart,
  scorecardCharts,
} from '../../../reports/scorecard.ts';
import { drawStandardTrends } from '../../../reports/standard-trends.ts';
import { onScreen } from '../../contracts/charts.ts';
import { language, madeFile } from '../../contracts/primitives.ts';
import { notFound } from '../../contracts/problems.ts';
import { scorecardSummary, scorecardView } from '../../contracts/scorecards.ts';
import { canonicalJson, canonicalSha256 } from '../../core/canonical.ts';
import { dealerCodes } from '../../db/network.ts';
import { getScorecardRow, insertScorecard, listScorecardRows } from '../../db/scorecards.ts';
import { drawChart, drawForScreen } from '../../render/chart.ts';
import { makePdf } from '../../render/pdf.ts';
import { type Act, defineComputed, defineOperation } from '../operation.ts';
import { pdfFile } from '../pdf-file.ts';
import { buildViews } from './view.ts';

const one = { market: z.string(), id: z.uuid() };
const present = {
  market: z.string(),
  dealer: z.string(),
  programme: z.string().default('european-award'),
};
/** How a chart of a scorecard is asked for. */
const drawn = {
  chart: z.enum([...scorecardCharts, 'standard-trends']),
  ...onScreen,
};
const drawing = z.strictObject(drawn);

/** Freezes the results of a market's dealers (or some of them) and releases them. */
export const releaseScorecards = defineOperation({
  name: 'scorecards.release',
  summary: "Release the scorecards of a programme's period",
  input: z.strictObject({
    market: z.string(),
    programme: z.string().default('european-award'),
    dealers: z.array(z.string()).max(10_000).optional(),
  }),
  output: z.strictObject({ items: z.array(scorecardSummary) }),
  scope: 'market',
  writes: true,
  leavesEvidence: true,
  logged: ['programme', 'dealers'],
  refuses: [notFound],
  async act(act, { programme, dealers }) {
    const items = [];
    for (const { dealer, view } of await buildViews(act, programme, dealers)) {
      const text = canonicalJson(view);
      const row = await insertScorecard(act.tx, {
        marketId: act.market.id,
        id: uuidv7(),
        dealerId: dealer.id,
        period: view.period.code,
        view: text,
        // Without the time of release: the same results released twice are one scorecard.
        viewSha256: canonicalSha256({ ...view, releasedAt: undefined }),
        releasedAt: act.now,
      });
      items.push(summary(row, dealer.code));
    }
    return { items };
  },
});

export const listScorecards = defineOperation({
  name: 'scorecards.list',
  summary: 'Released scorecards, newest first; a dealer sees their own',
  input: z.strictObject({ market: z.string() }),
  output: z.strictObject({ items: z.array(scorecardSummary) }),
  scope: 'market',
  writes: false,
  async act(act) {
    const rows = await listScorecardRows(act.tx, act.market.id, act.own);
    const codes = await dealerCodes(
      act.tx,
      act.market.id,
      rows.map(({ dealerId }) => dealerId),
    );
    return { items: rows.map((row) => summary(row, codes.get(row.dealerId)!)) };
  },
});

export const getScorecard = defineOperation({
  name: 'scorecards.get',
  summary: 'The data of a released scorecard',
  input: z.strictObject(one),
  output: scorecardView,
  scope: 'market',
  writes: false,
  refuses: [notFound],
  act: (act, { id }) => readView(act, id),
});

/** A chart of a scorecard as SVG: the same as on its pages. */
export const drawScorecardChart = defineComputed({
  name: 'scorecards.chart',
  summary: 'A chart of a scorecard as SVG',
  input: z.strictObject({ ...one, ...drawn }),
  output: z.strictObject({ svg: z.string() }),
  scope: 'market',
  writes: false,
  noted: true,
  logged: ['id', 'chart'],
  refuses: [notFound],
  async prepare(preparation, input) {
    return drawFor(await preparation.inMarket((act) => readView(act, input.id)), input);
  },
});

/** What would be released of a house now: for managers, before anybody else sees it. */
export const previewScorecard = defineComputed({
  name: 'scorecards.preview',
  summary: "A house's results as the evidence stands now; stores nothing",
  input: z.strictObject(present),
  output: scorecardView,
  scope: 'market',
  writes: false,
  remembered: true,
  refuses: [notFound],
  prepare: (preparation, input) => preparation.inMarket((act) => presentView(act, input)),
});

/** A chart of the same. */
export const drawPreviewChart = defineComputed({
  name: 'scorecards.preview-chart',
  summary: "A chart of a house's results as the evidence stands now",
  input: z.strictObject({ ...present, ...drawn }),
  output: z.strictObject({ svg: z.string() }),
  scope: 'market',
  writes: false,
  remembered: true,
  refuses: [notFound],
  async prepare(preparation, input) {
    return drawFor(await preparation.inMarket((act) => presentView(act, input)), input);
  },
});

/** A scorecard as PDF. The same view in the same language gives the same bytes. */
export const renderScorecard = defineComputed({
  name: 'scorecards.pdf',
  summary: 'A scorecard as PDF',
  input: z.strictObject({ ...one, language: language.default('en') }),
  output: madeFile,
  scope: 'market',
  writes: false,
  noted: true,
  logged: ['id'],
  refuses: [notFound],
  async prepare(preparation, { id, language: of }) {
    const row = await preparation.inMarket((act) =>
      getScorecardRow(act.tx, act.market.id, id, act.own),
    );
    const view = scorecardView.parse(JSON.parse(row.view));
    const bytes = await drawScorecard(view, of);
    return pdfFile(bytes, 'scorecard.pdf', { sha256: row.viewSha256, language: of });
  },
});

/** View and language in, pages out; the one way from results to paper. */
export async function drawScorecard(
  view: z.output<typeof scorecardView>,
  of: z.output<typeof language>,
): Promise<Uint8Array> {
  const drawn = charts(view, of);
  const svgs = {} as Record<ScorecardChart, string>;
  for (const name of scorecardCharts) svgs[name] = await drawChart(drawn[name], of);
  return makePdf(document(view, svgs, of), of);
}

/** A chart of a scorecard for a page; the small multiples stand beside each other as asked for. */
async function drawFor(
  view: z.output<typeof scorecardView>,
  { chart, language: of, theme, columns }: z.output<typeof drawing>,
): Promise<{ svg: string }> {
  const found =
    chart === 'standard-trends'
      ? drawStandardTrends(view.standardTrends ?? [], view.versionChanges ?? [], of, columns)
      : charts(view, of)[chart];
  return drawForScreen(found, { language: of, theme });
}

async function presentView(act: Act, { dealer, programme }: { dealer: string; programme: string }) {
  const [found] = await buildViews(act, programme, [dealer]);
  if (!found) throw notFound({ what: 'dealer', id: dealer });
  return found.view;
}

async function readView(act: Act, id: string) {
  const row = await getScorecardRow(act.tx, act.market.id, id, act.own);
  return scorecardView.parse(JSON.parse(row.view));
}

function summary(
  row: { id: string; period: string; viewSha256: string; releasedAt: Date },
  dealer: string,
) {
  return {
    id: row.id,
    dealer,
    period: row.period,
    viewSha256: row.viewSha256,
    releasedAt: row.releasedAt.toISOString(),
  };
}
