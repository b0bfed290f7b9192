import { Link } from 'wouter';
import { translator } from '../../../reports/texts.ts';
import type { Need, Overview as Shown } from '../../contracts/overview.ts';
import { dayBefore } from '../office/days.ts';
import { Region } from '../office/region.tsx';
import { StandardTrends } from '../office/standard-trends.tsx';
import { Tiles } from '../office/tiles.tsx';
import { type Texts, useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { changeInWords } from './change-words.ts';
import { MarketPage } from './page.tsx';
import { ProgrammeChoice, useProgramme } from './programmes.tsx';

/** A market at a glance: how it stands, what changed, what waits. */
export function Overview({ market }: { readonly market: string }) {
  const t = useTexts();
  const programme = useProgramme();
  return (
    <MarketPage market={market} title={t('overview')} beside={<ProgrammeChoice of={programme} />}>
      {programme.id ? <Now key={programme.id} market={market} programme={programme.id} /> : null}
    </MarketPage>
  );
}

function Now({ market, programme }: { readonly market: string; readonly programme: string }) {
  const t = useTexts();
  const path = `/markets/${market}/overview`;
  const overview = useAnswer<Shown>(`${path}?programme=${programme}`);
  return (
    <Region of={overview}>
      {(shown) => (
        <>
          <Tiles tiles={tilesOf(shown, programme, t)} />
          {shown.index.change || shown.complaints.change ? (
            <p className="muted">
              {t('changesSince', {
                from: t.date(shown.before.from),
                to: t.date(dayBefore(shown.before.to)),
              })}
            </p>
          ) : null}
          <h2>{t('needsYou')}</h2>
          {shown.needs.length === 0 ? (
            <p>{t('nothingWaits')}</p>
          ) : (
            <ul className="rows">
              {shown.needs.map(({ what, n }) => (
                <li key={what}>
                  <Link href={placeOf(what, shown, programme)}>{t(`need.${what}`, { n })}</Link>
                </li>
              ))}
            </ul>
          )}
          <StandardTrends
            trends={shown.standards}
            versionChanges={shown.versionChanges}
            path={`/api/v1${path}/chart?programme=${programme}`}
            note={t('standardsOverTimeNote')}
          />
        </>
      )}
    </Region>
  );
}

function tilesOf(shown: Shown, programme: string, t: Texts) {
  const { market, index, qualified, audits, appeals, complaints, period } = shown;
  const say = translator(t.language);
  const { figure } = index;
  const at = (place: string) => `/m/${market}/${place}`;
  const { inTime } = complaints;
  return [
    {
      label: say('omotenashi'),
      value: 'tooFew' in figure ? say('tooFew') : t.score(figure.value),
      below: [
        'tooFew' in figure
          ? say('audits', { n: figure.tooFew.n })
          : [
              figure.low === null || figure.high === null
                ? ''
                : t('fromTo', { low: t.score(figure.low), high: t.score(figure.high) }),
              say('audits', { n: figure.n }),
            ]
              .filter(Boolean)
              .join(' · '),
        changeInWords(index.change, t),
        ...(index.change && index.items
          ? [t('itemsCompared', { n: index.items.comparable, all: index.items.of })]
          : []),
      ],
      href: at(`ranking?programme=${programme}`),
    },
    {
      label: t('tile.qualified'),
      value: String(qualified.n),
      below: [t('ofDealers', { n: qualified.of })],
      href: at(`award?programme=${programme}`),
    },
    {
      label: t('tile.audits'),
      value: String(audits.approved),
      below: [t('ofPlanned', { n: audits.planned })],
      href: at('audits'),
    },
    {
      label: t('tile.appeals'),
      value: String(appeals.open),
      below: [],
      href: at('appeals'),
    },
    {
      label: t('tile.complaints'),
      value: String(complaints.over),
      below: [
        t('waitingAnswers', { n: complaints.running }),
        ...(inTime.share === null
          ? []
          : [
              t('inTimeOf', {
                share: t.share(inTime.share),
                low: t.share(inTime.low ?? 0),
                high: t.share(inTime.high ?? 0),
                n: inTime.n,
              }),
            ]),
        changeInWords(complaints.change, t),
      ],
      href: at(`complaints?period=${period.code}&programme=${programme}`),
    },
  ];
}

function placeOf(what: Need, { market, period }: Shown, programme: string): string {
  const award = `award?programme=${programme}`;
  const places: Record<Need, string> = {
    complaints: `complaints?period=${period.code}&programme=${programme}`,
    appeals: 'appeals',
    review: 'audits',
    release: 'audits?state=approved',
    freeze: award,
    propose: award,
    confirm: award,
    publish: award,
  };
  return `/m/${market}/${places[what]}`;
}
