import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { Chart } from '../src/contracts/charts.ts';
import type { IndexFigure } from '../src/contracts/indices.ts';
import type { Language } from '../src/contracts/primitives.ts';
import type { ScorecardView } from '../src/contracts/scorecards.ts';
import { dayInWords, formatScore, marketName, textIn } from '../src/core/format.ts';
import { addDays } from '../src/core/periods.ts';
import positionSpec from './charts/position.vl.json' with { type: 'json' };
import standardsSpec from './charts/standards.vl.json' with { type: 'json' };
import trendSpec from './charts/trend.vl.json' with { type: 'json' };
import { accent, bad, ink, line, muted } from './palette.ts';
import { headline, range, show, signs, type Tile, tilesOf } from './scorecard-words.ts';
import { type Translate, translator } from './texts.ts';

/**
 * A dealer's scorecard: two A4 pages. Definitions only; pictures and pages are made by `render/`.
 * Page 1 is the result at a glance, page 2 what it is made of.
 */
export const scorecardCharts = ['standards', 'trend', 'position'] as const;
export type ScorecardChart = (typeof scorecardCharts)[number];

const tones = { pass: '#2F6B45', fail: bad, open: '#8A5A00', waived: '#8A5A00' } as const;

/** The three charts of a scorecard, with their rows and words in the language. */
export function charts(view: ScorecardView, language: Language): Record<ScorecardChart, Chart> {
  const t = translator(language);
  return {
    standards: {
      name: 'standards',
      spec: standardsSpec,
      rows: view.standards.map((row, order) => ({
        label: t(row.standard),
        order,
        market: row.market,
        ...parts(row.figure),
      })),
    },
    trend: {
      name: 'trend',
      spec: trendSpec,
      rows: view.trend.map((point) => ({ period: point.period, ...parts(point.figure) })),
    },
    position: {
      name: 'position',
      spec: positionSpec,
      rows: view.peers.map((peer, index) => ({
        place: index + 1,
        value: peer.value,
        own: peer.own,
      })),
    },
  };
}

/** The document, from the view and the charts already drawn as SVG. */
export function document(
  view: ScorecardView,
  svgs: Readonly<Record<ScorecardChart, string>>,
  language: Language,
): TDocumentDefinitions {
  const t = translator(language);
  const date = (text: string) => dayInWords(text, language);
  return {
    pageSize: 'A4',
    pageMargins: [42, 40, 42, 44],
    language,
    info: {
      title: `${t('title')} ${view.dealer.name} ${view.period.code}`,
      creationDate: new Date(view.releasedAt),
      modDate: new Date(view.releasedAt),
    },
    defaultStyle: { fontSize: 9.5, color: ink, lineHeight: 1.25 },
    styles: {
      h1: { fontSize: 22, bold: true },
      h2: { fontSize: 12.5, bold: true, margin: [0, 10, 0, 3] },
      note: { fontSize: 8, color: muted },
      tileLabel: { fontSize: 8.5, color: muted },
      tileValue: { fontSize: 20, bold: true, color: accent },
    },
    footer: (page, pages) => ({
      margin: [42, 14, 42, 0],
      columns: [
        { text: `${view.brand} · ${view.dealer.name} · ${view.period.code}`, style: 'note' },
        { text: t('page', { page, pages }), style: 'note', alignment: 'right' },
      ],
    }),
    content: [
      { text: `${view.brand} · ${t('title')}`, color: muted },
      { text: view.dealer.name, style: 'h1' },
      {
        text: `${[view.dealer.town, marketName(view.market, language)].filter(Boolean).join(', ')} · ${t('period', { from: date(view.period.from), to: date(addDays(view.period.to, -1)) })}`,
        color: muted,
        margin: [0, 0, 0, 10],
      },
      { text: headline(view, t, language), fontSize: 13, margin: [0, 0, 0, 10] },
      tiles(view, t, language),
      { text: t('standards'), style: 'h2' },
      { text: t('standardsNote'), style: 'note', margin: [0, 0, 0, 4] },
      { svg: svgs.standards, fit: [510, 220] },
      {
        columns: [
          [
            { text: t('trend'), style: 'h2' },
            { text: t('trendNote'), style: 'note', margin: [0, 0, 0, 4] },
            { svg: svgs.trend, fit: [248, 170] },
          ],
          [
            {
              text: t('positionChart', { market: marketName(view.market, language) }),
              style: 'h2',
            },
            { text: t('positionNote'), style: 'note', margin: [0, 0, 0, 4] },
            { svg: svgs.position, fit: [248, 170] },
          ],
        ],
        columnGap: 14,
      },
      { text: t('details'), style: 'h2', pageBreak: 'before' },
      standardsTable(view, t, language),
      {
        columns: [
          items(t('strongest'), view.strongest, language),
          items(t('weakest'), view.weakest, language),
        ],
        columnGap: 18,
      },
      ...drivers(view, t, language),
      ...gates(view, t, language),
      { text: t('method'), style: 'h2' },
      { text: t('methodText'), margin: [0, 0, 0, 6] },
      {
        text: `${t('versions')}: ${view.versions.map((v) => `${v.id} ${v.version} (${v.sha256.slice(0, 12)})`).join(' · ')}`,
        style: 'note',
      },
      { text: t('released', { date: date(view.releasedAt) }), style: 'note' },
    ],
  };
}

function tiles(view: ScorecardView, t: Translate, language: Language): Content {
  const cells = tilesOf(view, t, language).map(tile);
  return {
    table: { widths: ['*', '*', '*', '*'], body: [cells] },
    layout: {
      hLineColor: () => line,
      vLineColor: () => line,
      hLineWidth: () => 0.7,
      vLineWidth: () => 0.7,
      paddingLeft: () => 8,
      paddingRight: () => 8,
      paddingTop: () => 6,
      paddingBottom: () => 6,
    },
  };
}

function tile({ label, value, below }: Tile): Content {
  return {
    stack: [
      { text: label, style: 'tileLabel' },
      { text: value, style: 'tileValue' },
      { text: below, style: 'note' },
    ],
  };
}

function standardsTable(view: ScorecardView, t: Translate, language: Language): Content {
  const head = (['standard', 'house', 'interval', 'market', 'best'] as const).map((key, index) => ({
    text: t(key),
    bold: true,
    alignment: index === 0 ? ('left' as const) : ('right' as const),
  }));
  const number = (x: number | null) => ({
    text: x === null ? '–' : formatScore(x, language),
    alignment: 'right' as const,
  });
  const rows = view.standards.map((row) => [
    { text: t(row.standard) },
    { text: show(row.figure, t, language), alignment: 'right' as const },
    { text: range(row.figure, t, language) || '–', alignment: 'right' as const },
    number(row.market),
    number(row.best),
  ]);
  return {
    table: { headerRows: 1, widths: ['*', 62, 88, 42, 94], body: [head, ...rows] },
    layout: {
      hLineWidth: (index: number) => (index === 0 ? 0 : 0.6),
      vLineWidth: () => 0,
      hLineColor: () => line,
      paddingTop: () => 1.5,
      paddingBottom: () => 1.5,
    },
  };
}

function items(title: string, list: ScorecardView['strongest'], language: Language): Content {
  return [
    { text: title, style: 'h2' },
    ...list.map((item) => ({
      columns: [
        { text: formatScore(item.percent, language, 0), width: 28, bold: true, color: accent },
        { text: textIn(item.question, language) },
      ],
      columnGap: 4,
      margin: [0, 2, 0, 2] as [number, number, number, number],
    })),
  ];
}

/** A table without lines whose rows stand close. */
const tight = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingTop: () => 0.5,
  paddingBottom: () => 0.5,
};

/** What recommendation goes with, and where the house stands on it. */
function drivers(view: ScorecardView, t: Translate, language: Language): Content[] {
  const list = view.drivers ?? [];
  if (list.length === 0) return [];
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  const right = (text: string, bold = false) => ({ text, bold, alignment: 'right' as const });
  return [
    { text: t('drivers'), style: 'h2' },
    {
      table: {
        headerRows: 1,
        widths: ['*', 90, 70, 70],
        body: [
          [
            { text: t('driversNote'), style: 'note' },
            right(t('importance'), true),
            right(t('house'), true),
            right(t('market'), true),
          ],
          ...list.map((driver) => [
            { text: textIn(driver.title, language) },
            right(percent.format(driver.importance)),
            right(show(driver.house, t, language)),
            right(driver.market ? show(driver.market, t, language) : '–'),
          ]),
        ],
      },
      layout: tight,
    },
  ];
}

function gates(view: ScorecardView, t: Translate, language: Language): Content[] {
  if (view.gates.length === 0) return [];
  const half = Math.ceil(view.gates.length / 2);
  const column = (list: ScorecardView['gates']): Content =>
    list.length === 0
      ? []
      : {
          table: {
            widths: [12, '*', 70],
            body: list.map((gate) => [
              { text: signs[gate.result], color: tones[gate.result], bold: true },
              { text: textIn(gate.title, language) },
              { text: t(gate.result), color: tones[gate.result], alignment: 'right' as const },
            ]),
          },
          layout: tight,
        };
  return [
    { text: t('gates'), style: 'h2' },
    {
      columns: [column(view.gates.slice(0, half)), column(view.gates.slice(half))],
      columnGap: 18,
    },
  ];
}

function parts(figure: IndexFigure) {
  return 'tooFew' in figure
    ? { value: null, low: null, high: null }
    : { value: figure.value, low: figure.low, high: figure.high };
}
