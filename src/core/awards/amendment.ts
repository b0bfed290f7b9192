import type { AuditScore } from '../../contracts/audits.ts';
import type {
  AwardEffect,
  AwardPackage,
  AwardResult,
  DealerResult,
} from '../../contracts/awards.ts';
import { programme as programmeShape } from '../../contracts/programmes.ts';
import { addDays, parsePeriod } from '../periods.ts';
import { dealerEstimates, figureOf } from '../scorecard.ts';

/**
 * A package as if one of its audits had scored otherwise; an audit without a score leaves it.
 * @returns `null` where the package does not rest on that audit
 */
export function amendPackage(
  frozen: AwardPackage,
  audit: string,
  score: AuditScore,
): AwardPackage | null {
  const rests = frozen.dealers.some(({ audits }) => audits.some(({ id }) => id === audit));
  if (!rests) return null;
  return {
    ...frozen,
    dealers: frozen.dealers.map((dealer) => ({
      ...dealer,
      audits: dealer.audits.flatMap((each) => {
        if (each.id !== audit) return [each];
        if (score.status !== 'ok') return [];
        const { finalMicro, rawMicro, coverage } = score;
        return [
          {
            ...each,
            finalMicro: finalMicro ?? 0,
            coverage,
            knockedOut: finalMicro === 0 && (rawMicro ?? 0) > 0,
            ...(each.rawMicro === undefined ? {} : { rawMicro: rawMicro ?? 0 }),
          },
        ];
      }),
    })),
  };
}

interface Side {
  readonly frozen: AwardPackage;
  readonly result: AwardResult;
}

/** What lies between two evaluations for one house: its index, its place, and the gates that turn. */
export function effectOn(dealer: string, before: Side, after: Side): AwardEffect {
  const [was, is] = [before, after].map(
    ({ result }) => result.dealers.find((each) => each.dealer === dealer)!,
  ) as [DealerResult, DealerResult];
  return {
    programme: before.result.programme,
    index: { before: indexOf(dealer, before.frozen), after: indexOf(dealer, after.frozen) },
    status: { before: was.status, after: is.status },
    place: { before: placeOf(was), after: placeOf(is) },
    gates: is.gates.flatMap(({ gate, result }) => {
      const old = was.gates.find((each) => each.gate === gate)!.result;
      return old === result ? [] : [{ gate, before: old, after: result }];
    }),
  };
}

function placeOf({ ranking }: DealerResult) {
  if (!ranking) return null;
  const { rank, rankLow, rankHigh } = ranking;
  return { rank, rankLow, rankHigh };
}

function indexOf(dealer: string, frozen: AwardPackage) {
  const { auditTypeWeights, halfLifeDays, period } = programmeShape.parse(frozen.programme);
  const audits = frozen.dealers.flatMap((each) =>
    each.audits.map((audit) => ({ ...audit, dealer: each.dealer, parts: {} })),
  );
  const asOf = addDays(parsePeriod(period).to, -1);
  const estimates = dealerEstimates(
    audits,
    { ...auditTypeWeights, halfLifeDays, asOf },
    ({ finalMicro }) => finalMicro,
  );
  return figureOf(estimates.get(dealer));
}
