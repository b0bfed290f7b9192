import type { AwardPackage } from '../../contracts/awards.ts';
import type { Fault } from '../../contracts/primitives.ts';
import { type Programme, programme as programmeShape } from '../../contracts/programmes.ts';
import type { WhatIf, WhatIfMoves, WhatIfReport } from '../../contracts/what-if.ts';
import { toPointer } from '../documents/documents.ts';
import { checkProgramme } from '../documents/programmes.ts';
import { evaluateAward, standings } from './award.ts';
import { rankOrder } from './ranking.ts';

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

/** An award as it stands and as it would be, with all its uncertainty. */
export function awardWhatIf(frozen: AwardPackage, changed: AwardPackage): WhatIfReport {
  return { result: evaluateAward(changed), ...movesOf(frozen, changed) };
}

/**
 * Who would be first, and whom it would move: gates and ranks alone, so that a whole network answers while
 * somebody moves a slider.
 */
export function movesOf(frozen: AwardPackage, changed: AwardPackage): WhatIfMoves {
  const [now, then] = [placesOf(frozen), placesOf(changed)];
  const firstOf = (places: ReadonlyMap<string, Place>) =>
    [...places].flatMap(([dealer, { rank }]) => (rank === 1 ? [dealer] : [])).sort();
  const unknown: Place = { status: 'unknown', rank: null };
  return {
    firstNow: firstOf(now),
    first: firstOf(then),
    changes: [...now].flatMap(([dealer, place]) => {
      const would = then.get(dealer) ?? unknown;
      const isMoved = place.rank !== would.rank || place.status !== would.status;
      return isMoved ? [{ dealer, now: place, would }] : [];
    }),
  };
}

type Place = WhatIfMoves['changes'][number]['now'];

function placesOf(frozen: AwardPackage): Map<string, Place> {
  const { dealers, ranked, units } = standings(frozen);
  const places = new Map<string, Place>();
  for (const { index, rank } of rankOrder(units)) {
    places.set(ranked[index]!.dealer, { status: 'ranked', rank });
  }
  for (const { dealer, status } of dealers) {
    if (status !== 'ranked') places.set(dealer, { status, rank: null });
  }
  return places;
}
