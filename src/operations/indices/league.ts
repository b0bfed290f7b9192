import type { IndexRow } from '../../contracts/indices.ts';
import { rankUnits } from '../../core/awards/ranking.ts';
import { meanAndVariance, noMoments } from '../../core/indices/cells.ts';
import { type Estimate, fewestRespondents } from '../../core/indices/indices.ts';
import { nestedComponents, shrink } from '../../core/statistics/shrinkage.ts';
import type { Row } from './rows.ts';

/** From fewer units no variance between them is estimated (methods.md, 2.4). */
const fewestUnits = 5;

/** Raw and shrunk side by side: staff toward their dealer, dealers toward their market. */
export function addShrunk(shown: IndexRow[], rows: readonly Row[]): void {
  const unit = (row: Row) => {
    const { mean, variance } = meanAndVariance(row.moments ?? noMoments);
    return { n: row.moments?.n ?? 0, mean: mean ?? 0, variance };
  };
  const indexed = rows.map((row, index) => ({ unit: unit(row), index, within: row.within ?? '' }));
  const groups = [...Map.groupBy(indexed, (each) => each.within).values()];
  const components = nestedComponents(groups.map((group) => group.map((each) => each.unit)));
  const isEnough = rows.length >= fewestUnits;
  if (!components || !isEnough) return;
  for (const [g, group] of groups.entries()) {
    for (const { unit: own, index } of group) {
      if (own.n < fewestRespondents) continue;
      shown[index] = { ...shown[index]!, shrunk: shrink(own, components[g]!) };
    }
  }
}

/** Seed of the draws behind rank intervals in reports; awards carry their own. */
const reportSeed = 20_250_101;

/** Fewest respondents and least reliability of a rank in a league table (methods.md, 2.4). */
const rankable = { respondents: 30, reliability: 0.7 };

/** The publication rule of league tables; an award uses the programme's minimum evidence instead. */
function isRankable(row: IndexRow, estimate: Estimate): boolean {
  if ('tooFew' in row.figure || estimate.se === null) return false;
  if (!row.shrunk) return true;
  return row.figure.n >= rankable.respondents && row.shrunk.reliability >= rankable.reliability;
}

/** Ranks the rows that may be ranked, and puts them first. */
export function addPlaces(shown: IndexRow[], rows: readonly Row[]): void {
  const ranked = rows
    .map(({ estimate }, index) => ({ estimate, index }))
    .filter(({ estimate, index }) => isRankable(shown[index]!, estimate));
  const places = rankUnits(
    ranked.map(({ estimate }) => ({ estimate: estimate.value!, se: estimate.se!, tieBreaks: [] })),
    reportSeed,
  );
  for (const { index, expectedRank: _, probabilityTopThree: __, ...place } of places) {
    const at = ranked[index]!.index;
    shown[at] = { ...shown[at]!, place };
  }
  const rankOf = (row: IndexRow) => row.place?.rank ?? Number.POSITIVE_INFINITY;
  shown.sort((a, b) => rankOf(a) - rankOf(b) || (a.key < b.key ? -1 : 1));
}
