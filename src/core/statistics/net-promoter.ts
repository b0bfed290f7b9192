import { normalQuantile, twoSided } from './distributions.ts';

/** Answers to "would you recommend us", counted. */
export interface Recommendations {
  readonly promoters: number;
  readonly passives: number;
  readonly detractors: number;
}

/** Share of promoters less that of detractors, -100 to 100. */
export interface NetPromoter {
  readonly n: number;
  readonly value: number;
  /** Of the plain estimate; 0 where all answered alike, which is why the interval is adjusted. */
  readonly se: number;
  /** Adjusted Wald interval, not clipped: people are shown it within -100 and 100. */
  readonly low: number;
  readonly high: number;
}

/** Pseudo-answers of the adjusted interval. */
const added = { promoters: 0.75, passives: 1.5, detractors: 0.75 };

/**
 * Net promoter score = 100 (p - d), with the adjusted Wald interval.
 *
 * @returns `null` without answers
 * @see Rocks 2016, Am. Stat. 70:365-372; methods.md, 2.3
 * @example netPromoter({ promoters: 95, passives: 95, detractors: 60 }) // value 14, 4.29 to 23.37
 */
export function netPromoter(counts: Recommendations, level = 0.95): NetPromoter | null {
  const plain = estimate(counts);
  if (!plain) return null;
  const adjusted = estimate({
    promoters: counts.promoters + added.promoters,
    passives: counts.passives + added.passives,
    detractors: counts.detractors + added.detractors,
  })!;
  const half = normalQuantile(1 - (1 - level) / 2) * adjusted.se;
  return { ...plain, low: adjusted.value - half, high: adjusted.value + half };
}

function estimate({ promoters, passives, detractors }: Recommendations) {
  const n = promoters + passives + detractors;
  if (n === 0) return null;
  const [p, d] = [promoters / n, detractors / n];
  return { n, value: 100 * (p - d), se: 100 * Math.sqrt((p + d - (p - d) ** 2) / n) };
}

/**
 * Change of a net promoter score between two independent samples.
 * @returns `null` where either has no answers, or neither varies
 */
export function compareNetPromoters(
  one: Recommendations,
  other: Recommendations,
): {
  readonly difference: number;
  readonly se: number;
  readonly z: number;
  readonly p: number;
} | null {
  const [a, b] = [estimate(one), estimate(other)];
  if (!a || !b) return null;
  const se = Math.hypot(a.se, b.se);
  if (!(se > 0)) return null;
  const z = (a.value - b.value) / se;
  return { difference: a.value - b.value, se, z, p: twoSided(z) };
}

/** Which kind of recommender an answer makes: on 0..10, or 1..10; 9 and 10 promote, up to 6 detract. */
export function recommenderOf(answer: number): keyof Recommendations {
  return answer >= 9 ? 'promoters' : answer <= 6 ? 'detractors' : 'passives';
}
