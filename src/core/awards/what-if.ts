import type { AwardPackage, AwardResult } from '../../contracts/awards.ts';
import type { Fault } from '../../contracts/primitives.ts';
import { type Programme, programme as programmeShape } from '../../contracts/programmes.ts';
import type { WhatIf, WhatIfReport } from '../../contracts/what-if.ts';
import { toPointer } from '../documents/documents.ts';
import { checkProgramme } from '../documents/programmes.ts';
import { evaluateAward } from './award.ts';

/**
 * The package with other weights, bounds and exclusions, or what is wrong with them. The package
 * itself stays as it is.
 */
export function changePackage(
  frozen: AwardPackage,
  change: WhatIf,
): { readonly changed: AwardPackage } | { readonly faults: Fault[] } {
  const programme = programmeShape.parse(frozen.programme);
  const units = new Set(frozen.dealers.flatMap(({ dealer, house }) => [dealer, house ?? dealer]));
  const unknown = [
    ...missing('weights', Object.keys(change.weights), programme.composite),
    ...missing('gates', Object.keys(change.gates), programme.gates),
    ...change.excluded.flatMap(({ dealer }, i) =>
      units.has(dealer) ? [] : [fault(['excluded', i, 'dealer'], `there is no dealer "${dealer}"`)],
    ),
  ];
  const next: Programme = {
    ...programme,
    composite: programme.composite.map((component) => ({
      ...component,
      weight: change.weights[component.id] ?? component.weight,
    })),
    gates: programme.gates.map((gate) => {
      const { min = gate.min ?? null, max = gate.max ?? null } = change.gates[gate.id] ?? {};
      const { min: _, max: __, ...rest } = gate;
      return { ...rest, ...(min === null ? {} : { min }), ...(max === null ? {} : { max }) };
    }),
  };
  const wrong = checkProgramme(next).map(({ path, detail }) => fault(path, detail));
  const faults = [...unknown, ...wrong];
  if (faults.length > 0) return { faults };
  const excluded = [...frozen.excluded, ...change.excluded];
  return { changed: { ...frozen, programme: { ...next }, excluded } };
}

function missing(
  field: string,
  named: readonly string[],
  known: readonly { readonly id: string }[],
): Fault[] {
  return named
    .filter((id) => !known.some((each) => each.id === id))
    .map((id) =>
      fault(
        [field, id],
        `this programme has no such entry; it has ${known.map((each) => each.id).join(', ')}`,
      ),
    );
}

const fault = (path: readonly (string | number)[], detail: string): Fault => ({
  pointer: toPointer(path),
  code: 'what-if',
  detail,
});

/** What would be, and whom it would move. */
export function compareAwards(now: AwardResult, then: AwardResult): WhatIfReport {
  const standing = (result: AwardResult, dealer: string) => {
    const found = result.dealers.find((each) => each.dealer === dealer);
    return { status: found?.status ?? 'unknown', rank: found?.ranking?.rank ?? null };
  };
  const changes = now.dealers
    .map(({ dealer }) => ({ dealer, now: standing(now, dealer), would: standing(then, dealer) }))
    .filter((each) => each.now.rank !== each.would.rank || each.now.status !== each.would.status);
  return { result: then, firstNow: now.first, changes };
}

/** An award as it stands and as it would be. */
export function awardWhatIf(frozen: AwardPackage, changed: AwardPackage): WhatIfReport {
  return compareAwards(evaluateAward(frozen), evaluateAward(changed));
}
