import type { Component } from '../../contracts/programmes.ts';

/** What a component reads: `null` = no data. */
export interface ComponentValue {
  readonly value: number | null;
  readonly se: number;
}

export interface Composite {
  readonly value: number | null;
  readonly se: number;
  readonly points: readonly (number | null)[];
}

/**
 * Weighted mean of components scaled between fixed goalposts to 0..100 and clipped there.
 * SE = √Σ(w/Σw · 100/(high-low) · se)²; a clipped component has none.
 *
 * @param components of the programme, with their values in the same order
 * @returns `null` where a component has no value
 * @see methods.md, section 6
 */
export function composite(
  components: readonly Component[],
  values: readonly ComponentValue[],
): Composite {
  const total = components.reduce((sum, component) => sum + component.weight, 0);
  let value = 0;
  let variance = 0;
  let complete = true;
  const points = components.map((component, index) => {
    const read = values[index]!;
    if (read.value === null) {
      complete = false;
      return null;
    }
    const scale = 100 / (component.high - component.low);
    const raw = scale * (read.value - component.low);
    const clipped = Math.min(100, Math.max(0, raw));
    const share = total > 0 ? component.weight / total : 0;
    value += share * clipped;
    if (clipped === raw) variance += (share * scale * read.se) ** 2;
    return clipped;
  });
  return { value: complete && total > 0 ? value : null, se: Math.sqrt(variance), points };
}
