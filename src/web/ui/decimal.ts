/**
 * A number as people type it, with a comma or a point.
 *
 * @returns undefined where nothing was typed, NaN where it is no number
 */
export function decimalOf(typed: string): number | undefined {
  const text = typed.trim().replace(',', '.');
  if (text === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}
