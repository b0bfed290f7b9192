import type { z } from 'zod';
import type { IndexRow, indexReport } from '../../contracts/indices.ts';
import { rankUnits } from '../../core/awards/ranking.ts';
import { meanAndVariance, noMoments } from '../../core/indices/cells.ts';
import { fewestRespondents } from '../../core/indices/indices.ts';
import { shrinkAll } from '../../core/statistics/random-effects.ts';
import { comparisonReach } from '../../core/statistics/rank-chances.ts';
import { ranksOf, type Ties } from '../../core/statistics/ranks.ts';
import { nestedComponents, shrink, varianceComponents } from '../../core/statistics/shrinkage.ts';
import type { Row } from './rows.ts';

type Differences = z.output<typeof indexReport>['differences'];

/** From fewer units no variance between them is estimated (methods.md, 2.4). */
const fewestUnits = 5;

/**
 * Raw and shrunk side by side, with whether the rows differ at all. Customers' answers: staff toward
 * their dealer, dealers toward their market, by the answers' own spread; all else by its known errors.
 */
export function addShrunk(shown: IndexRow[], rows: readonly Row[]): Differences {
  if (rows.length < fewestUnits) return null;
  return rows.every((row) => row.moments) ? byAnswers(shown, rows) : byErrors(shown, rows);
}

function byAnswers(shown: IndexRow[], rows: readonly Row[]): Differences {
  const unit = (row: Row) => {
    const { mean, variance } = meanAndVariance(row.moments ?? noMoments);
    return { n: row.moments?.n ?? 0, mean: mean ?? 0, variance };
  };
  const indexed = rows.map((row, index) => ({ unit: unit(row), index, within: row.within ?? '' }));
  const groups = [...Map.groupBy(indexed, (each) => each.within).values()];
  const components = nestedComponents(groups.map((group) => group.map((each) => each.unit)));
  if (!components) return null;
  for (const [g, group] of groups.entries()) {
    for (const { unit: own, index } of group) {
      if (own.n < fewestRespondents) continue;
      shown[index] = { ...shown[index]!, shrunk: shrink(own, components[g]!) };
    }
  }
  const layout = varianceComponents(indexed.map(({ unit: own }) => own));
  return layout && layout.p !== null ? { between: layout.between, p: layout.p } : null;
}

function byErrors(shown: IndexRow[], rows: readonly Row[]): Differences {
  const known = rows.flatMap(({ estimate: { value, se } }, index) =>
    value !== null && se !== null && se > 0 ? [{ value, se, index }] : [],
  );
  const found = known.length < fewestUnits ? null : shrinkAll(known);
  if (!found) return null;
  for (const [i, { index }] of known.entries()) {
    shown[index] = { ...shown[index]!, shrunk: found.shrunk[i]! };
  }
  return { between: found.between, p: found.p };
}

/** Seed of the draws behind rank intervals in reports; awards carry their own. */
const reportSeed = 20_250_101;

/** Fewest respondents and least reliability of a rank in a league table (methods.md, 2.4). */
const rankable = { respondents: 30, reliability: 0.7 };

/** The publication rule of league tables; an award uses the programme's minimum evidence instead. */
function isRankable(row: IndexRow, { estimate, moments }: Row): boolean {
  if ('tooFew' in row.figure || estimate.se === null) return false;
  if (!moments) return true;
  // Of fewer than five rows nobody knows how much they differ: enough answers must do.
  const isReliable = !row.shrunk || row.shrunk.reliability >= rankable.reliability;
  return row.figure.n >= rankable.respondents && isReliable;
}

/** Ranks the rows that may be ranked, and puts them first. */
export function addPlaces(shown: IndexRow[], rows: readonly Row[], ties: Ties): void {
  const ranked = rows
    .map((row, index) => ({ row, estimate: row.estimate, index }))
    .filter(({ row, index }) => isRankable(shown[index]!, row));
  const units = ranked.map(({ estimate }) => ({
    ...{ estimate: estimate.value!, se: estimate.se!, tieBreaks: [] },
  }));
  const reach = comparisonReach(units.map(({ se }) => se));
  const ranks = ranksOf(
    units.map(({ estimate }) => estimate),
    ties,
  );
  const places = rankUnits(units, reportSeed);
  for (const { index, expectedRank: _, probabilityTopThree: __, ...place } of places) {
    const at = ranked[index]!.index;
    const { estimate, se } = units[index]!;
    shown[at] = {
      ...shown[at]!,
      place: {
        ...place,
        rank: ranks[index]!,
        rankLow: Math.min(place.rankLow, Math.floor(ranks[index]!)),
        rankHigh: Math.max(place.rankHigh, Math.ceil(ranks[index]!)),
        compareLow: estimate - reach * se,
        compareHigh: estimate + reach * se,
      },
    };
  }
  const rankOf = (row: IndexRow) => row.place?.rank ?? Number.POSITIVE_INFINITY;
  shown.sort((a, b) => rankOf(a) - rankOf(b) || (a.key < b.key ? -1 : 1));
}
