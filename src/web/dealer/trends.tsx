import type { ScorecardSummary, ScorecardView } from '../../contracts/scorecards.ts';
import { Region } from '../office/region.tsx';
import { StandardTrends } from '../office/standard-trends.tsx';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';
import type { House } from './houses.ts';
import { HousePage } from './page.tsx';

/** The seven standards over time, as they stand on the scorecard that was released last. */
export function Trends({ market, dealer }: House) {
  const t = useTexts();
  const path = `/markets/${market}/scorecards`;
  const released = useAnswer<{ items: ScorecardSummary[] }>(path);
  const newest = released.answer?.items.find((each) => each.dealer === dealer);
  const view = useAnswer<ScorecardView>(`${path}/${newest?.id}`, newest !== undefined);
  return (
    <HousePage {...{ market, dealer }} title={t('part.trends')}>
      <Region of={released}>
        {() =>
          newest ? (
            <Region of={view}>
              {({ standardTrends, versionChanges }) => (
                <StandardTrends
                  trends={standardTrends ?? []}
                  versionChanges={versionChanges ?? []}
                  path={`/api/v1${path}/${newest.id}/charts/standard-trends`}
                  note={t('standardsOverTimeNote')}
                />
              )}
            </Region>
          ) : (
            <p>{t('noScorecard')}</p>
          )
        }
      </Region>
    </HousePage>
  );
}
