import type {
  AwardPackage,
  AwardResult,
  DealerEvidence,
  SurveySample,
} from '../../contracts/awards.ts';
import { openStream, type RandomStream } from '../random.ts';
import { type Standings, standings } from './award.ts';
import { rankOrder } from './ranking.ts';

const draws = 2000;
/** Streams of the resampling, apart from those of ranks and chances. */
const firstStream = 1_000_000;

/**
 * The whole award again on resampled evidence: audits of a house drawn with replacement, its advisors
 * drawn with replacement and their customers with them, complaints by their outcome; then everything
 * anew, severity, shrinkage, gates and ranks. Each draw has a stream of its own under the programme's
 * seed. Figures and standings of a house are no sample and stay.
 *
 * @param frozen with `samples`; survey moments of houses without them stay as they are
 * @see methods.md, section 4
 */
export function resampleAward(frozen: AwardPackage): NonNullable<AwardResult['resampling']> {
  const { programme } = standings(frozen);
  const tallies = new Map(
    frozen.dealers.map(({ dealer }) => [dealer, { ranks: [] as number[], first: 0, topThree: 0 }]),
  );
  let nobody = 0;
  for (let draw = 0; draw < draws; draw++) {
    const random = openStream(programme.seed, firstStream + draw);
    const { ranked, units }: Standings = standings({
      ...frozen,
      dealers: frozen.dealers.map((dealer) => resampled(dealer, random)),
    });
    const order = rankOrder(units);
    const leaders = order.filter(({ rank }) => rank === 1).length;
    if (leaders === 0) nobody += 1;
    for (const { index, rank } of order) {
      const tally = tallies.get(ranked[index]!.dealer)!;
      tally.ranks.push(rank);
      if (rank === 1) tally.first += 1 / leaders;
      if (rank <= 3) tally.topThree += 1;
    }
  }
  return {
    draws,
    noAward: nobody / draws,
    dealers: [...tallies].map(([dealer, { ranks, first, topThree }]) => {
      const sorted = Int32Array.from(ranks).sort();
      const at = (share: number) =>
        sorted.length === 0 ? null : sorted[Math.round(share * (sorted.length - 1))]!;
      return {
        dealer,
        qualified: ranks.length / draws,
        probabilityFirst: first / draws,
        probabilityTopThree: topThree / draws,
        expectedRank:
          ranks.length === 0 ? null : ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length,
        rankLow: at(0.05),
        rankHigh: at(0.95),
      };
    }),
  };
}

function resampled(dealer: DealerEvidence, random: RandomStream): DealerEvidence {
  const { audits, complaints, samples } = dealer;
  const due = complaints.met + complaints.breached;
  let met = 0;
  for (let i = 0; i < due; i++) if (random.below(due) < complaints.met) met += 1;
  return {
    ...dealer,
    audits: audits.map(() => audits[random.below(audits.length)]!),
    complaints: { ...complaints, met, breached: due - met },
    ...(samples
      ? {
          afterSales: momentsOfDraw(samples.afterSales, random),
          sales: momentsOfDraw(samples.sales, random),
        }
      : {}),
  };
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
  for (let i = 0; i < byAdvisor.length; i++) {
    for (const x of byAdvisor[random.below(byAdvisor.length)]!) add(x);
  }
  for (let i = 0; i < others.length; i++) add(others[random.below(others.length)]!);
  const squares = 100_000_000n * BigInt(aa) + 20_000n * BigInt(ab) + BigInt(bb);
  return { n, sum: String(sum), sumSquares: String(squares) };
}
