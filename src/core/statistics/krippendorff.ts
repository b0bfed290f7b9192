/** How far two values are apart: which kind of scale they stand on. */
export type Metric = 'nominal' | 'ordinal' | 'interval' | 'ratio';

/** Agreement of several raters beyond chance. */
export interface Agreement {
  /** 1 = perfect, 0 = as by chance; below 0 = systematic disagreement. */
  readonly alpha: number;
  /** Units with at least two values. */
  readonly units: number;
  /** Values in those units. */
  readonly values: number;
}

/**
 * Krippendorff's alpha = 1 - Do/De over units with any number of values each; missing values are
 * left out. Do is the disagreement found inside units, De the one to be expected by chance.
 *
 * @param units  the values given to each unit, finite numbers (codes for a nominal scale)
 * @returns `null` where no unit has two values, or all values are the same
 * @example krippendorff([[0, 1], [1, 1], [0, 0]], 'nominal')
 * @see Krippendorff 2011, Computing Krippendorff's alpha-reliability; methods.md, 5.1
 */
export function krippendorff(
  units: readonly (readonly number[])[],
  metric: Metric,
): Agreement | null {
  const paired = units.filter((values) => values.length >= 2);
  const names = [...new Set(paired.flat())].sort((a, b) => a - b);
  if (names.length < 2) return null;
  const at = new Map(names.map((name, index) => [name, index]));
  const size = names.length;
  const together = Array.from({ length: size }, () => new Float64Array(size));
  for (const values of paired) {
    const weight = 1 / (values.length - 1);
    for (const [i, a] of values.entries()) {
      for (const [j, b] of values.entries()) {
        if (i !== j) together[at.get(a)!]![at.get(b)!]! += weight;
      }
    }
  }
  const totals = together.map((row) => row.reduce((sum, each) => sum + each, 0));
  const n = totals.reduce((sum, each) => sum + each, 0);
  const distance = distanceOf(metric, names, totals);
  let observed = 0;
  let expected = 0;
  for (let c = 0; c < size; c++) {
    for (let k = 0; k < size; k++) {
      const apart = distance(c, k);
      observed += together[c]![k]! * apart;
      expected += totals[c]! * totals[k]! * apart;
    }
  }
  const alpha = 1 - ((n - 1) * observed) / expected;
  return { alpha, units: paired.length, values: paired.flat().length };
}

function distanceOf(metric: Metric, names: readonly number[], totals: readonly number[]) {
  return (c: number, k: number): number => {
    if (c === k) return 0;
    const [a, b] = [names[c]!, names[k]!];
    switch (metric) {
      case 'nominal':
        return 1;
      case 'interval':
        return (a - b) ** 2;
      case 'ratio':
        return a + b === 0 ? 0 : ((a - b) / (a + b)) ** 2;
      case 'ordinal': {
        const [low, high] = [Math.min(c, k), Math.max(c, k)];
        let between = -(totals[low]! + totals[high]!) / 2;
        for (let g = low; g <= high; g++) between += totals[g]!;
        return between ** 2;
      }
    }
  };
}

/** Agreement on a nominal item, corrected for chance in three ways. */
export interface NominalAgreement {
  /** Share of agreeing pairs, mean over units with at least two values. */
  readonly observed: number;
  /** Gwet's AC1 and the chance agreement that it takes away. */
  readonly ac1: number;
  readonly ac1Chance: number;
  /** Fleiss's kappa for any number of values a unit; `null` where one category only was used. */
  readonly kappa: number | null;
  /** Brennan and Prediger's coefficient: chance is one in the number of categories. */
  readonly brennanPrediger: number;
}

/**
 * Agreement on a nominal item with any number of values a unit. AC1 takes chance from how evenly the
 * categories are used, so that a question nearly always answered yes does not look unreliable.
 *
 * @param units      the codes given to each unit; missing values left out
 * @param categories number of categories of the item, at least 2
 * @returns `null` where no unit has two values
 * @see Gwet 2008, Br. J. Math. Stat. Psychol. 61:29-48; Gwet 2014; methods.md, 5.1
 */
export function nominalAgreement(
  units: readonly (readonly number[])[],
  categories: number,
): NominalAgreement | null {
  const rated = units.filter((values) => values.length > 0);
  const paired = rated.filter((values) => values.length >= 2);
  if (paired.length === 0 || categories < 2) return null;
  const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length;
  const observed = mean(
    paired.map((values) => {
      const r = values.length;
      const counts = new Map<number, number>();
      for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
      return [...counts.values()].reduce((sum, k) => sum + (k * (k - 1)) / (r * (r - 1)), 0);
    }),
  );
  const codes = [...new Set(rated.flat())];
  const used = codes.map((code) =>
    mean(rated.map((values) => values.filter((value) => value === code).length / values.length)),
  );
  const beyond = (chance: number) => (observed - chance) / (1 - chance);
  const ac1Chance = used.reduce((sum, share) => sum + share * (1 - share), 0) / (categories - 1);
  const fleissChance = used.reduce((sum, share) => sum + share ** 2, 0);
  return {
    observed,
    ac1: beyond(ac1Chance),
    ac1Chance,
    kappa: fleissChance < 1 ? beyond(fleissChance) : null,
    brennanPrediger: beyond(1 / categories),
  };
}
