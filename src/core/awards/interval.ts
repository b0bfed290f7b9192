/** Half the width of a 95 % interval, in standard errors. */
const reach = 1.96;

/** A composite with its 95 % interval, in points of its scale. */
export function intervalOf({ composite, se }: { composite: number; se: number }): {
  readonly value: number;
  readonly low: number;
  readonly high: number;
} {
  return { value: composite, low: composite - reach * se, high: composite + reach * se };
}
