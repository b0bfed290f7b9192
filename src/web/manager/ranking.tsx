import type { AppealRow } from '../../contracts/audits.ts';
import type { AwardResult } from '../../contracts/awards.ts';
import { ChartFigure } from '../office/chart.tsx';
import { downloadCsv } from '../office/csv.ts';
import { useHouses } from '../office/houses.ts';
import { Region } from '../office/region.tsx';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { findingOf } from './finding.ts';
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
  const appeals = useAnswer<{ items: AppealRow[] }>(`/markets/${market}/appeals?state=open`);
  const appealed = new Set(appeals.answer?.items.map(({ dealer }) => dealer));
  return (
    <Region of={ranking}>
      {(result) => (
        <>
          <p className="finding">{findingOf(result, t, (code) => house(code).name)}</p>
          <RankingTable {...{ result, house, appealed }} />
          <ChartFigure
            isWide
            path={`/api/v1/markets/${market}/ranking/chart?programme=${programme}`}
            caption={t('rankingChart')}
            note={t('rankingChartNote')}
          />
          {appealed.size > 0 ? <p className="muted">{t('underAppealNote')}</p> : null}
          <button type="button" className="plain" onClick={() => download(result)}>
            {t('asCsv')}
          </button>
          <p className="muted">
            {t('evidenceNow', { version: result.version })} {t('rangeNote')}
          </p>
        </>
      )}
    </Region>
  );
}

/** The same rows as the table, with every figure in full. */
function download({ market, programme, version, dealers }: AwardResult): void {
  downloadCsv(`ranking-${market}-${programme}-${version}.csv`, [
    [
      ...['status', 'rank', 'rank_low', 'rank_high', 'probability_first', 'dealer', 'composite'],
      ...['standard_error', 'audits', 'responses', 'reasons'],
    ],
    ...dealers.map(({ status, ranking, dealer, audits, responses, reasons }) => [
      ...[status, ranking?.rank ?? '', ranking?.rankLow ?? '', ranking?.rankHigh ?? ''],
      ...[ranking?.probabilityFirst ?? '', dealer, ranking?.composite ?? '', ranking?.se ?? ''],
      ...[audits, responses, reasons.join('; ')],
    ]),
  ]);
}
