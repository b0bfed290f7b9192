import type { Item } from '../../contracts/checklists.ts';

type Bands = readonly { readonly upTo?: number | undefined; readonly score: number }[];
type Points = readonly (readonly [number, number])[];

/**
 * Share of an item's points that an answer earns, 0 to 1, unrounded.
 *
 * @param value an answer already accepted by `checkAnswers`
 * @returns `undefined` for items that cannot be scored (text, photo …)
 * @throws RangeError for a value that is not finite: the caller's mistake
 * @see methods.md, section 1
 * @example itemShare(scale(1, 5), 4) // 0.75
 */
export function itemShare(item: Item, value: unknown): number | undefined {
  switch (item.type) {
    case 'yes-no':
      return value === item.good ? 1 : 0;
    case 'choice': {
      const top = Math.max(...item.options.map((option) => option.points ?? 0));
      const points = item.options.find((option) => option.id === value)?.points ?? 0;
      return top > 0 ? clip(points / top) : undefined;
    }
    case 'multiple': {
      const chosen = value as readonly string[];
      let points = 0;
      let reachable = 0;
      for (const option of item.options) {
        reachable += Math.max(0, option.points ?? 0);
        if (chosen.includes(option.id)) points += option.points ?? 0;
      }
      return reachable > 0 ? clip(points / reachable) : undefined;
    }
    case 'scale': {
      const x = finite(value);
      return measuredShare(item, x) ?? clip((x - item.min) / (item.max - item.min));
    }
    case 'number':
    case 'duration':
      return measuredShare(item, finite(value));
    default:
      return undefined;
  }
}

/** Whether an item can earn points at all. */
export function isScorable(item: Item): boolean {
  switch (item.type) {
    case 'yes-no':
    case 'scale':
      return true;
    case 'choice':
    case 'multiple':
      return item.options.some((option) => (option.points ?? 0) > 0);
    case 'number':
    case 'duration':
      return item.bands !== undefined || item.linear !== undefined;
    default:
      return false;
  }
}

function measuredShare(
  item: { readonly bands?: Bands | undefined; readonly linear?: Points | undefined },
  x: number,
): number | undefined {
  if (item.bands)
    return item.bands.find((band) => band.upTo === undefined || x <= band.upTo)?.score;
  return item.linear && interpolate(item.linear, x);
}

/** Piecewise linear through points in ascending order of x, constant outside. */
function interpolate(points: Points, x: number): number {
  const first = points[0]!;
  const last = points.at(-1)!;
  if (x <= first[0]) return first[1];
  if (x >= last[0]) return last[1];
  const right = points.findIndex((point) => x <= point[0]);
  const [x0, y0] = points[right - 1]!;
  const [x1, y1] = points[right]!;
  return y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}

function clip(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function finite(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new RangeError(`a score needs a finite number, not ${String(value)}`);
  }
  return value;
}
