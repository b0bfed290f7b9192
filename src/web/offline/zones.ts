/**
 * Wall-clock time of a house, as native inputs hold it, and back. The device may lie in another zone
 * than the house that is visited.
 */

/** `2026-03-01T10:15` in a zone, of an instant. */
export function localIn(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  })
    .format(new Date(instant))
    .replace(' ', 'T');
}

/** The instant of a wall-clock time in a zone, with the offset that holds there then. */
export function instantIn(local: string, timeZone: string): string {
  const asUtc = Date.parse(`${local}:00Z`);
  // Twice, since the offset at the first guess may be that of the other side of a change of clocks.
  let offsetMinutes = offsetAt(asUtc, timeZone);
  offsetMinutes = offsetAt(asUtc - offsetMinutes * 60_000, timeZone);
  const sign = offsetMinutes < 0 ? '-' : '+';
  const [hours, minutes] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return `${local}:00${sign}${two(hours)}:${two(minutes)}`;
}

function offsetAt(time: number, timeZone: string): number {
  const local = localIn(new Date(time).toISOString(), timeZone);
  return Math.round((Date.parse(`${local}:00Z`) - Math.floor(time / 60_000) * 60_000) / 60_000);
}
