/** How long something took, or how long it has been open. */
export interface Duration {
  /** Any unit, >= 0. */
  readonly time: number;
  readonly isOver: boolean;
}

/**
 * Median duration where some are still open, by Kaplan and Meier: the first time by which at least
 * half are over.
 *
 * @returns `null` where fewer than half are known to be over: then only "longer than" can be said
 * @see Kaplan & Meier 1958; methods.md, 7
 * @example medianDuration([{ time: 2, isOver: true }, { time: 9, isOver: false }]) // 2
 */
export function medianDuration(durations: readonly Duration[]): number | null {
  const sorted = [...durations].sort((a, b) => a.time - b.time);
  let atRisk = sorted.length;
  let open = 1;
  for (let at = 0; at < sorted.length; ) {
    const { time } = sorted[at]!;
    let over = 0;
    let count = 0;
    for (; at < sorted.length && sorted[at]!.time === time; at++) {
      count += 1;
      if (sorted[at]!.isOver) over += 1;
    }
    open *= 1 - over / atRisk;
    atRisk -= count;
    if (over > 0 && open <= 0.5 + 1e-12) return time;
  }
  return null;
}
