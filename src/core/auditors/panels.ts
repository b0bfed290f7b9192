import { type Sample, sampleOf, trimmedMean } from '../statistics/moments.ts';
import { benjaminiHochberg } from '../statistics/multiple-tests.ts';
import { type Difference, welch } from '../statistics/welch.ts';

/** Scores that several auditors gave to the same thing. */
export type Panel = readonly { readonly auditor: string; readonly score: number }[];

/** From so many scores a total without the best and the worst is shown beside the mean. */
const trimmedFrom = 5;

/** Each score's distance from the mean of its panel, itself included, by auditor. */
export function panelDistances(panels: readonly Panel[]): Map<string, number[]> {
  const distances = new Map<string, number[]>();
  for (const panel of panels) {
    const { mean } = sampleOf(panel.map(({ score }) => score));
    for (const { auditor, score } of panel) {
      const own = distances.get(auditor) ?? [];
      distances.set(auditor, own);
      own.push(score - mean);
    }
  }
  return distances;
}

/**
 * Total of a panel: the mean without the highest and the lowest from five scores on, as judged sports
 * count; else the plain mean.
 * @see methods.md, 5.3
 */
export function panelTotal(scores: readonly number[]): {
  readonly mean: number;
  readonly trimmed: number | null;
} {
  return {
    mean: sampleOf(scores).mean,
    trimmed: scores.length >= trimmedFrom ? trimmedMean(scores) : null,
  };
}

/** How much better an auditor treats one group of houses than all others. */
export interface Partiality extends Difference {
  readonly auditor: string;
  readonly group: string;
  /** Audits in the group. */
  readonly n: number;
  /** Adjusted over all auditors and groups. */
  readonly adjusted: number;
}

/** Audits on either side without which nothing is said. */
const fewest = 3;

/**
 * Partiality of auditors to groups of houses (an owner, a region, a country): Welch's test of the
 * distances inside the group against those outside, at least three on either side.
 *
 * @param visits distances from what is deserved; `group` may be absent
 * @returns by auditor and group, in that order
 * @see Emerson, Seltzer & Lin 2009, The American Statistician 63:124-131; methods.md, 5.3
 */
export function partialities(
  visits: readonly {
    readonly auditor: string;
    readonly group: string | undefined;
    readonly distance: number;
  }[],
): Partiality[] {
  const byAuditor = Map.groupBy(visits, ({ auditor }) => auditor);
  const found = [...byAuditor.keys()].sort().flatMap((auditor) => {
    const own = byAuditor.get(auditor)!;
    const groups = [...new Set(own.flatMap(({ group }) => group ?? []))].sort();
    return groups.flatMap((group) => {
      const side = (isInside: boolean): Sample =>
        sampleOf(
          own.flatMap((visit) => ((visit.group === group) === isInside ? [visit.distance] : [])),
        );
      const [inside, outside] = [side(true), side(false)];
      if (inside.n < fewest || outside.n < fewest) return [];
      const test = welch(inside, outside);
      return test ? [{ auditor, group, n: inside.n, ...test }] : [];
    });
  });
  const adjusted = benjaminiHochberg(found.map(({ p }) => p));
  return found.map((each, i) => ({ ...each, adjusted: adjusted[i]! }));
}
