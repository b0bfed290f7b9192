import type {
  AwardPackage,
  AwardResult,
  DealerEvidence,
  SurveySample,
} from '../../contracts/awards.ts';
import { openStream, type RandomStream } from '../random.ts';
import { type Standings, standings } from './award.ts';
import { rankOrder } from './ranking.ts';

/** Draws of the resampling at freeze (methods.md, section 4). */
export const resamplingDraws = 2000;
/** Streams of the resampling, apart from those of ranks and chances. */
const firstStream = 1_000_000;

/**
 * The whole award again on resampled evidence: audits of a house drawn with replacement, its advisors
 * drawn with replacement and their customers with them, complaints by their outcome; then everything
 * anew, severity, shrinkage, gates and ranks. Drawn values are stretched around the house's mean by
 * √(k/(k - 1)), k audits or advisors, since plain draws of few things vary too little. Each draw has a
 * stream of its own under the programme's seed. Figures and standings of a house are no sample and stay.
 *
 * @param frozen with `samples`; survey moments of houses without them stay as they are
 * @see Davison & Hinkley 1997, Bootstrap Methods and their Application, 2.7.2 and 3.8; methods.md, section 4
 */
export function resampleAward(frozen: AwardPackage): Resampling {
  return summariseDraws(frozen, [resampleDraws(frozen, 0, resamplingDraws)]);
}

type Resampling = NonNullable<AwardResult['resampling']>;

/** What some of the draws gave: whole numbers only, so that parts add up to the same in any grouping. */
export interface DrawTally {
  readonly draws: number;
  readonly nobody: number;
  /** By dealer, in the order of the package: how often each rank came. */
  readonly ranks: readonly (readonly number[])[];
  /** Shared first places in parts of `wholePlace`. */
  readonly first: readonly number[];
}

/** Divisible by every number of leaders up to 12; beyond, the rounding is below a hundred-millionth. */
const wholePlace = 27_720;

/** Draws `from` to `to - 1` of the resampling; see `resampleAward`. */
export function resampleDraws(frozen: AwardPackage, from: number, to: number): DrawTally {
  const { programme } = standings(frozen);
  const at = new Map(frozen.dealers.map(({ dealer }, index) => [dealer, index]));
  const ranks = frozen.dealers.map(() => new Array<number>(frozen.dealers.length + 1).fill(0));
  const first = frozen.dealers.map(() => 0);
  let nobody = 0;
  for (let draw = from; draw < to; draw++) {
    const random = openStream(programme.seed, firstStream + draw);
    const { ranked, units }: Standings = standings({
      ...frozen,
      dealers: resampledAll(frozen.dealers, random),
    });
    const order = rankOrder(units);
    const leaders = order.filter(({ rank }) => rank === 1).length;
    if (leaders === 0) nobody += 1;
    for (const { index, rank } of order) {
      const dealer = at.get(ranked[index]!.dealer)!;
      ranks[dealer]![rank]! += 1;
      if (rank === 1) first[dealer]! += Math.round(wholePlace / leaders);
    }
  }
  return { draws: to - from, nobody, ranks, first };
}

/** Brings the parts of a resampling together, however they were cut. */
export function summariseDraws(frozen: AwardPackage, parts: readonly DrawTally[]): Resampling {
  const total = (of: (part: DrawTally) => number) => parts.reduce((sum, part) => sum + of(part), 0);
  const draws = total((part) => part.draws);
  return {
    draws,
    noAward: total((part) => part.nobody) / draws,
    dealers: frozen.dealers.map(({ dealer }, d) => {
      const counts = parts[0]!.ranks[d]!.map((_, rank) => total((part) => part.ranks[d]![rank]!));
      const n = counts.reduce((sum, each) => sum + each, 0);
      const weighted = counts.reduce((sum, count, rank) => sum + count * rank, 0);
      return {
        dealer,
        qualified: n / draws,
        probabilityFirst: total((part) => part.first[d]!) / wholePlace / draws,
        probabilityTopThree: (counts[1]! + (counts[2] ?? 0) + (counts[3] ?? 0)) / draws,
        expectedRank: n === 0 ? null : weighted / n,
        rankLow: rankAt(counts, 0.05 * n),
        rankHigh: rankAt(counts, 0.95 * n),
      };
    }),
  };
}

/** The rank at or below which so many draws lie. */
function rankAt(counts: readonly number[], wanted: number): number | null {
  let seen = 0;
  for (const [rank, count] of counts.entries()) {
    seen += count;
    if (count > 0 && seen >= wanted) return rank;
  }
  return null;
}

/** Advisors of one house share its draw of audits and complaints. */
function resampledAll(dealers: readonly DealerEvidence[], random: RandomStream): DealerEvidence[] {
  const houses = new Map<string, Pick<DealerEvidence, 'audits' | 'complaints'>>();
  return dealers.map((dealer) => {
    const key = dealer.house ?? dealer.dealer;
    const shared = houses.get(key) ?? {
      audits: resampledAudits(dealer.audits, random),
      complaints: resampledComplaints(dealer.complaints, random),
    };
    houses.set(key, shared);
    const { samples } = dealer;
    return {
      ...dealer,
      ...shared,
      ...(samples
        ? {
            afterSales: momentsOfDraw(samples.afterSales, random),
            sales: momentsOfDraw(samples.sales, random),
          }
        : {}),
    };
  });
}

function resampledComplaints(
  complaints: DealerEvidence['complaints'],
  random: RandomStream,
): DealerEvidence['complaints'] {
  const due = complaints.met + complaints.breached;
  let met = 0;
  for (let i = 0; i < due; i++) if (random.below(due) < complaints.met) met += 1;
  return { ...complaints, met, breached: due - met };
}

/** A score of 0 by knock-out stays one; all others are stretched around the mean of those given. */
function resampledAudits(
  audits: DealerEvidence['audits'],
  random: RandomStream,
): DealerEvidence['audits'] {
  const stretch = (of: 'finalMicro' | 'rawMicro') => {
    const given = audits.filter(({ knockedOut }) => !knockedOut).map((audit) => audit[of] ?? 0);
    return stretcher(given, given.length);
  };
  const [final, raw] = [stretch('finalMicro'), stretch('rawMicro')];
  return audits.map(() => {
    const drawn = audits[random.below(audits.length)]!;
    if (drawn.knockedOut) return drawn;
    return {
      ...drawn,
      finalMicro: final(drawn.finalMicro),
      ...(drawn.rawMicro === undefined ? {} : { rawMicro: raw(drawn.rawMicro) }),
    };
  });
}

/** x moved away from the mean by √(k/(k - 1)); it may pass 0 and 100, which clipping would bias. */
function stretcher(values: readonly number[], k: number): (x: number) => number {
  if (k < 2) return (x) => x;
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  const factor = Math.sqrt(k / (k - 1));
  return (x) => Math.round(mean + factor * (x - mean));
}

/** Advisors are drawn with all their customers; who names no advisor is drawn alone. */
function momentsOfDraw(
  { byAdvisor, others }: SurveySample,
  random: RandomStream,
): DealerEvidence['afterSales'] {
  let n = 0;
  let sum = 0;
  // Squares of millionths pass 2^53: with x = 10^4 a + b the sums of a², ab and b² are exact.
  let aa = 0;
  let ab = 0;
  let bb = 0;
  const add = (x: number) => {
    const a = Math.floor(x / 10_000);
    const b = x - a * 10_000;
    n += 1;
    sum += x;
    aa += a * a;
    ab += a * b;
    bb += b * b;
  };
  // A single advisor cannot be drawn again: the customers are drawn one by one.
  const clusters = byAdvisor.length < 2 ? [] : byAdvisor;
  const singles = byAdvisor.length < 2 ? [...byAdvisor.flat(), ...others] : others;
  const stretched = stretcher(clusters.flat(), clusters.length);
  for (let i = 0; i < clusters.length; i++) {
    for (const x of clusters[random.below(clusters.length)]!) add(stretched(x));
  }
  for (let i = 0; i < singles.length; i++) add(singles[random.below(singles.length)]!);
  const squares = 100_000_000n * BigInt(aa) + 20_000n * BigInt(ab) + BigInt(bb);
  return { n, sum: String(sum), sumSquares: String(squares) };
}
