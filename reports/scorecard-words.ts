import type { IndexFigure } from '../src/contracts/indices.ts';
import type { Language } from '../src/contracts/primitives.ts';
import type { ScorecardView } from '../src/contracts/scorecards.ts';
import { formatScore, series } from '../src/core/format.ts';
import type { Translate } from './texts.ts';

/** What a scorecard says in words, on paper and on screen. */

/** Beside the word for what became of a gate. */
export const signs = { pass: '✓', fail: '×', open: '–', waived: '○' } as const;

/** The result in a sentence: the index, how sure it is, and the place. */
export function headline(view: ScorecardView, t: Translate, language: Language): string {
  const figure = view.omotenashi;
  const score = (x: number) => formatScore(x, language);
  if ('tooFew' in figure) return t('headlineTooFew', figure.tooFew);
  const value = score(figure.value);
  const first =
    figure.low === null || figure.high === null
      ? t('headlinePlain', { value, n: figure.n })
      : t('headline', { value, low: score(figure.low), high: score(figure.high) });
  return view.position
    ? t('resultAndPlace', { result: first, place: t('position', view.position) })
    : first;
}

/** An index as it is written, or that there is too little for one. */
export function show(figure: IndexFigure, t: Translate, language: Language): string {
  return 'tooFew' in figure ? t('tooFew') : formatScore(figure.value, language);
}

/** What an index rests on, and its interval. */
export function note(
  figure: IndexFigure,
  t: Translate,
  language: Language,
  unit: 'audits' | 'responses',
): string {
  if ('tooFew' in figure) return t(unit, { n: figure.tooFew.n });
  const interval = range(figure, t, language);
  return series([t(unit, { n: figure.n }), interval].filter(Boolean), language);
}

/** The interval of an index; empty where there is none. */
export function range(figure: IndexFigure, t: Translate, language: Language): string {
  if ('tooFew' in figure || figure.low === null || figure.high === null) return '';
  return t('likely', {
    low: formatScore(figure.low, language),
    high: formatScore(figure.high, language),
  });
}

/** One of the four figures at the top. */
export interface Tile {
  readonly label: string;
  readonly value: string;
  readonly below: string;
}

export function tilesOf(view: ScorecardView, t: Translate, language: Language): Tile[] {
  const { met, due } = view.complaintsInTime;
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  return [
    {
      label: t('omotenashi'),
      value: show(view.omotenashi, t, language),
      below: note(view.omotenashi, t, language, 'audits'),
    },
    {
      label: t('afterSales'),
      value: show(view.afterSales, t, language),
      below: note(view.afterSales, t, language, 'responses'),
    },
    {
      label: t('complaints'),
      value: due === 0 ? '–' : percent.format(met / due),
      below: t('cases', { n: due }),
    },
    {
      label: t('rank'),
      value: view.position ? String(view.position.rank) : '–',
      below: view.position
        ? `${t('of')} ${view.position.of}; ${t('likely', { low: view.position.rankLow, high: view.position.rankHigh })}`
        : t('noPlace'),
    },
  ];
}
