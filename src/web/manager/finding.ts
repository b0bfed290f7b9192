import type { AwardResult } from '../../contracts/awards.ts';
import type { Texts } from '../texts/texts.ts';

/** What a ranking says, in one or two sentences. */
export function findingOf(result: AwardResult, t: Texts, nameOf: (code: string) => string): string {
  const ranked = result.dealers.filter(({ ranking }) => ranking);
  const [first] = ranked;
  if (!first) return t('finding.none');
  const name = nameOf(first.dealer);
  if (ranked.length === 1) return t('finding.only', { name });
  const chance = t.share(first.ranking!.probabilityFirst);
  const could = ranked.filter(({ ranking }) => ranking!.couldBeFirst).length;
  // A lead is clear where nobody else can be first; a high chance alone only makes it likely.
  const kind = could === 1 ? 'clear' : result.leadIsClear ? 'likely' : 'close';
  const lead = t(`finding.${kind}`, { name, chance });
  return could > 1 ? `${lead} ${t('finding.could', { n: could })}` : lead;
}
