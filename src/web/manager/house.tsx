import { Link } from 'wouter';
import type { ScorecardView } from '../../contracts/scorecards.ts';
import { HouseAudits } from '../office/house-audits.tsx';
import { useHouses } from '../office/houses.ts';
import { Region } from '../office/region.tsx';
import { ScorecardSheet } from '../office/scorecard-sheet.tsx';
import { StandardTrends } from '../office/standard-trends.tsx';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { Register } from './complaints.tsx';
import { HouseAnswers } from './house-answers.tsx';
import { HouseFigures } from './house-figures.tsx';
import { MarketPage } from './page.tsx';
import { ProgrammeChoice, useProgramme } from './programmes.tsx';

/** The parts of a house's page, the first one where none is named. */
const parts = ['summary', 'trends', 'audits', 'answers', 'complaints'] as const;
type Part = (typeof parts)[number];

interface Props {
  readonly market: string;
  readonly dealer: string;
  readonly part: string | undefined;
}

/** One house as its manager sees it: what would be on its scorecard now, and the rows behind it. */
export function House({ market, dealer, part }: Props) {
  const t = useTexts();
  const named = useHouses(market)(dealer);
  const programme = useProgramme();
  const shown = parts.find((each) => each === part) ?? 'summary';
  const base = `/m/${market}/dealers/${encodeURIComponent(dealer)}`;
  return (
    <MarketPage market={market} title={named.name} beside={<ProgrammeChoice of={programme} />}>
      <nav className="places" aria-label={t('partsOf', { name: named.name })}>
        {parts.map((each) => (
          <Link
            key={each}
            href={`${each === 'summary' ? base : `${base}/${each}`}?programme=${programme.id ?? ''}`}
            aria-current={each === shown ? 'page' : undefined}
          >
            {t(`part.${each}`)}
          </Link>
        ))}
      </nav>
      {programme.id ? (
        <Shown
          key={`${dealer} ${shown} ${programme.id}`}
          {...{ market, dealer, part: shown, programme: programme.id }}
        />
      ) : null}
    </MarketPage>
  );
}

interface ShownProps {
  readonly market: string;
  readonly dealer: string;
  readonly part: Part;
  readonly programme: string;
}

function Shown({ market, dealer, part, programme }: ShownProps) {
  const t = useTexts();
  const path = `/markets/${market}/dealers/${encodeURIComponent(dealer)}/scorecard`;
  // Every part is about the programme's period, which the preview names.
  const view = useAnswer<ScorecardView>(`${path}?programme=${programme}`);
  return (
    <Region of={view}>
      {(found) => {
        const { code } = found.period;
        switch (part) {
          case 'summary':
            return (
              <ScorecardSheet
                view={found}
                path={`/api/v1${path}`}
                query={`programme=${programme}`}
                isReleased={false}
              />
            );
          case 'trends':
            return (
              <StandardTrends
                trends={found.standardTrends ?? []}
                versionChanges={found.versionChanges ?? []}
                path={`/api/v1${path}/charts/standard-trends?programme=${programme}`}
                note={t('standardsOverTimeNote')}
              />
            );
          case 'audits':
            return (
              <HouseAudits
                {...{ market, dealer }}
                place={`/m/${market}/audits`}
                empty={t('noAudits')}
                title={({ visitDate }) => t.date(visitDate)}
              />
            );
          case 'answers':
            return (
              <>
                <HouseAnswers {...{ market, dealer, programme }} period={code} />
                <HouseFigures {...{ market, dealer }} period={code} />
              </>
            );
          case 'complaints':
            return <Register {...{ market, dealer, programme }} period={code} />;
        }
      }}
    </Region>
  );
}
