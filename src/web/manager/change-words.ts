import type { IndexChange } from '../../contracts/indices.ts';
import type { Texts } from '../texts/texts.ts';

/** A change is one only outside of its noise. */
export function changeInWords(change: IndexChange | null, t: Texts, isShort = false): string {
  if (!change) return t('shift.none');
  const { direction } = change;
  if (direction === 'unclear') return t('shift.unclear');
  if (isShort) return t(`shift.${direction}.short`);
  const [low, high] = [Math.abs(change.low), Math.abs(change.high)].sort((a, b) => a - b);
  return t(`shift.${direction}`, {
    points: t.score(Math.abs(change.difference)),
    low: t.score(low!),
    high: t.score(high!),
  });
}
