import { marketName } from '../../core/format.ts';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';

/** The markets as a list to choose from, by code and name. */
export function useMarketChoices(): readonly (readonly [code: string, name: string])[] {
  const t = useTexts();
  const { answer } = useAnswer<{ items: { code: string; name: string }[] }>('/markets');
  return (answer?.items ?? []).map(
    (market) => [market.code, marketName(market, t.language)] as const,
  );
}
