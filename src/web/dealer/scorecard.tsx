import { useSearchParams } from 'wouter';
import type { ScorecardSummary, ScorecardView } from '../../contracts/scorecards.ts';
import { Region } from '../office/region.tsx';
import { ScorecardSheet } from '../office/scorecard-sheet.tsx';
import { useTexts } from '../texts/texts.ts';
import { Choice } from '../ui/form.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import type { House } from './houses.ts';
import { HousePage } from './page.tsx';

/** The results of a house as they were released, the newest first. */
export function Scorecard({ market, dealer }: House) {
  const t = useTexts();
  const released = useAnswer<{ items: ScorecardSummary[] }>(`/markets/${market}/scorecards`);
  const [search, setSearch] = useSearchParams();
  const own = (released.answer?.items ?? []).filter((each) => each.dealer === dealer);
  const shown = own.find(({ id }) => id === search.get('released')) ?? own[0];
  const choice =
    own.length > 1 ? (
      <Choice
        isInline
        label={t('released')}
        value={shown?.id}
        options={own.map(({ id, period, releasedAt }) => [
          id,
          `${period} · ${t.date(releasedAt.slice(0, 10))}`,
        ])}
        onChange={(id) => setSearch({ released: id })}
      />
    ) : null;
  return (
    <HousePage {...{ market, dealer }} title={t('scorecard')} beside={choice}>
      <Region of={released}>
        {() =>
          shown ? <One key={shown.id} market={market} id={shown.id} /> : <p>{t('noScorecard')}</p>
        }
      </Region>
    </HousePage>
  );
}

function One({ market, id }: { readonly market: string; readonly id: string }) {
  const view = useAnswer<ScorecardView>(`/markets/${market}/scorecards/${id}`);
  return (
    <Region of={view}>
      {(found) => (
        <ScorecardSheet view={found} path={`/api/v1/markets/${market}/scorecards/${id}`} />
      )}
    </Region>
  );
}
