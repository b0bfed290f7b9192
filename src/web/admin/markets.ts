import { useAnswer } from '../ui/use-answer.ts';

/** The markets as a list to choose from, by code and name. */
export function useMarketChoices(): readonly (readonly [code: string, name: string])[] {
  const { answer } = useAnswer<{ items: { code: string; name: string }[] }>('/markets');
  return (answer?.items ?? []).map(({ code, name }) => [code, name] as const);
}
