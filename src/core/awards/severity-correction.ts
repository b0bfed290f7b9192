import type { AwardPackage } from '../../contracts/awards.ts';
import type { Programme } from '../../contracts/programmes.ts';
import { auditorSeverity } from '../auditors/auditors.ts';
import { toMicro } from '../audits/scoring.ts';

/** Correct as the programme says and the design allows; wherever it can be computed; or not at all. */
export type SeverityMode = 'as-programme' | 'always' | 'never';

export interface SeverityCorrection {
  readonly applied: boolean;
  readonly reasons: string[];
}

/**
 * The package with every audit score less the leniency of who gave it, for all houses or for none. A
 * knock-out stays one. What the correction cannot say is who is right: it moves all auditors to their
 * common mean.
 *
 * @param mode `always` serves the comparison of both orders, never an award
 * @see methods.md, 5.2
 */
export function correctForSeverity(
  programme: Pick<Programme, 'severityCorrection'>,
  frozen: AwardPackage,
  mode: SeverityMode,
): { readonly corrected: AwardPackage; readonly correction: SeverityCorrection } {
  const asIs = (reasons: string[] = []) => ({
    corrected: frozen,
    correction: { applied: false, reasons },
  });
  if (mode === 'never' || (mode === 'as-programme' && !programme.severityCorrection)) return asIs();
  // Where advisors are ranked each has the audits of their house: one row a house is enough.
  const houses = [
    ...new Map(frozen.dealers.map((each) => [each.house ?? each.dealer, each])).values(),
  ];
  const visits = houses.flatMap(({ dealer, house, audits }) =>
    audits.flatMap(({ auditor, date, kind, rawMicro, finalMicro }) =>
      auditor === undefined
        ? []
        : [
            {
              ...{ dealer: house ?? dealer, auditor, date, kind },
              score: (rawMicro ?? finalMicro) / 1e6,
            },
          ],
    ),
  );
  const all = houses.reduce((sum, { audits }) => sum + audits.length, 0);
  const { components, correction, auditors } = auditorSeverity(visits);
  if (!components) return asIs([...correction.reasons]);
  const reasons = [
    ...correction.reasons,
    ...(visits.length < all ? [`${all - visits.length} audits name no auditor`] : []),
  ];
  if (mode === 'as-programme' && reasons.length > 0) return asIs(reasons);
  const leniency = new Map(auditors.map((row) => [row.auditor, row.leniency ?? 0]));
  return {
    corrected: {
      ...frozen,
      dealers: frozen.dealers.map((dealer) => ({
        ...dealer,
        audits: dealer.audits.map((audit) => {
          if (audit.knockedOut || audit.auditor === undefined) return audit;
          const score = audit.finalMicro / 1e6 - (leniency.get(audit.auditor) ?? 0);
          return { ...audit, finalMicro: toMicro(Math.min(100, Math.max(0, score))) };
        }),
      })),
    },
    correction: { applied: true, reasons },
  };
}
