import type { AuditScore } from '../../contracts/audits.ts';
import type { Texts } from '../texts/texts.ts';

/** An audit's score as people write it, or that it has none. */
export function scoreInWords({ finalMicro }: AuditScore, t: Texts): string {
  return finalMicro === null ? t('noScore') : t.score(finalMicro / 1e6);
}
