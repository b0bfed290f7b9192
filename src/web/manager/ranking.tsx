import type { AwardResult } from '../../contracts/awards.ts';
import { useHouses } from '../office/houses.ts';
import { Region } from '../office/region.tsx';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { MarketPage } from './page.tsx';
import { ProgrammeChoice, useProgramme } from './programmes.tsx';
import { RankingTable } from './ranking-table.tsx';

/** The ranking of a market as its evidence stands now. */
export function Ranking({ market }: { readonly market: string }) {
  const t = useTexts();
  const programme = useProgramme();
  return (
    <MarketPage market={market} title={t('ranking')} beside={<ProgrammeChoice of={programme} />}>
      {programme.id ? <Now key={programme.id} market={market} programme={programme.id} /> : null}
    </MarketPage>
  );
}

function Now({ market, programme }: { readonly market: string; readonly programme: string }) {
  const t = useTexts();
  const house = useHouses(market);
  const ranking = useAnswer<AwardResult>(`/markets/${market}/ranking?programme=${programme}`);
  return (
    <Region of={ranking}>
      {(result) => (
        <>
          <p className="finding">{findingOf(result, t, (code) => house(code).name)}</p>
          <RankingTable result={result} house={house} />
          <p className="muted">
            {t('evidenceNow', { version: result.version })} {t('rangeNote')}
          </p>
        </>
      )}
    </Region>
  );
}

type T = ReturnType<typeof useTexts>;

/** What a ranking says, in one or two sentences. */
export function findingOf(result: AwardResult, t: T, nameOf: (code: string) => string): string {
  const ranked = result.dealers.filter(({ ranking }) => ranking);
  const [first] = ranked;
  if (!first) return t('finding.none');
  const name = nameOf(first.dealer);
  if (ranked.length === 1) return t('finding.only', { name });
  const chance = t.share(first.ranking!.probabilityFirst);
  const could = ranked.filter(({ ranking }) => ranking!.couldBeFirst).length;
  const lead = t(result.leadIsClear ? 'finding.clear' : 'finding.close', { name, chance });
  return could > 1 ? `${lead} ${t('finding.could', { n: could })}` : lead;
}
