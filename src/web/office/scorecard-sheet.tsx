import { headline, range, show, tilesOf } from '../../../reports/scorecard-words.ts';
import { translator } from '../../../reports/texts.ts';
import type { ScorecardView } from '../../contracts/scorecards.ts';
import { marketName, textIn } from '../../core/format.ts';
import { useTexts } from '../texts/texts.ts';
import { ChartFigure } from './chart.tsx';
import { dayBefore } from './days.ts';
import { useTitles } from './documents.ts';
import { Gaps } from './gaps.tsx';
import { axisOver, Interval, Ticks } from './interval.tsx';
import { Table } from './table.tsx';
import { Tiles } from './tiles.tsx';

interface Props {
  readonly view: ScorecardView;
  /** Where the API has it. */
  readonly path: string;
  /** What its charts are asked with beside the language. */
  readonly query?: string;
  /** What stands now, for a manager: neither a date of release nor pages. */
  readonly isReleased?: boolean;
}

/** A scorecard on screen: the same words, figures and charts as on its pages. */
export function ScorecardSheet({ view, path, query, isReleased = true }: Props) {
  const t = useTexts();
  const titleOf = useTitles('checklist');
  const language = t.language;
  const say = translator(language);
  const number = (value: number | null) => (value === null ? '–' : t.score(value));
  const chart = (name: string, caption: string, note: string) => (
    <ChartFigure
      path={`${path}/charts/${name}${query ? `?${query}` : ''}`}
      caption={caption}
      note={note}
    />
  );
  const values = view.standards.flatMap(({ figure, market, best }) =>
    [...('tooFew' in figure ? [] : [figure.value, figure.low, figure.high]), market, best].filter(
      (value) => value !== null,
    ),
  );
  const axis = values.length > 0 ? axisOver(values, 10) : undefined;
  return (
    <>
      <p className="finding">{headline(view, say, language)}</p>
      <p className="muted">
        {say('period', {
          from: t.date(view.period.from),
          to: t.date(dayBefore(view.period.to)),
        })}{' '}
        ·{' '}
        {isReleased ? (
          <>
            {say('released', { date: t.date(view.releasedAt.slice(0, 10)) })} ·{' '}
            <a href={`${path}/pdf?language=${language}`}>{t('pdf')}</a>
          </>
        ) : (
          t('notReleased')
        )}
      </p>
      <Tiles
        tiles={tilesOf(view, say, language).map(({ below, ...tile }) => ({
          ...tile,
          below: [below],
        }))}
      />
      <h2>{say('standards')}</h2>
      <p className="muted">{say('standardsNote')}</p>
      <Table
        label={say('standards')}
        head={[
          say('standard'),
          { number: say('house') },
          { title: say('interval'), beside: axis ? <Ticks axis={axis} /> : null },
          { number: say('market') },
          { number: say('best') },
        ]}
      >
        <tbody>
          {view.standards.map(({ standard, figure, market, best }) => (
            <tr key={standard}>
              <th scope="row">{say(standard)}</th>
              <td className="number">{show(figure, say, language)}</td>
              <td className="bar">
                {axis && !('tooFew' in figure) && figure.low !== null && figure.high !== null ? (
                  <Interval
                    {...{ axis, low: figure.low, value: figure.value, high: figure.high }}
                    mark={market}
                    label={range(figure, say, language)}
                  />
                ) : (
                  '–'
                )}
              </td>
              <td className="number">{number(market)}</td>
              <td className="number">{number(best)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      <Gaps view={view} />
      <div className="pair">
        {view.trend.length > 1 ? chart('trend', say('trend'), say('trendNote')) : null}
        {view.peers.length > 0
          ? chart(
              'position',
              say('positionChart', { market: marketName(view.market, language) }),
              say('positionNote'),
            )
          : null}
      </div>
      <div className="pair">
        {list(say('strongest'), view.strongest)}
        {list(say('weakest'), view.weakest)}
      </div>
      {view.gates.length > 0 ? (
        <>
          <h2>{say('gates')}</h2>
          <ul className="rows">
            {view.gates.map(({ title, result }) => (
              <li key={title.en}>
                <span>{textIn(title, language)}</span>
                <span className={`gate ${result}`}>{say(result)}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <h2>{say('method')}</h2>
      <p>{say('methodText')}</p>
      <p className="muted">
        {say('versions')}: {view.versions.map((v) => `${titleOf(v.id)} ${v.version}`).join(' · ')}
      </p>
    </>
  );

  function list(title: string, items: ScorecardView['strongest']) {
    if (items.length === 0) return null;
    return (
      <section>
        <h2>{title}</h2>
        <p className="muted">{t('sharesNote')}</p>
        <ul className="rows">
          {items.map(({ item, question, percent }) => (
            <li key={item}>
              <span lang={question[language] ? undefined : 'en'}>{textIn(question, language)}</span>
              <strong>{t.score(percent, 0)}</strong>
            </li>
          ))}
        </ul>
      </section>
    );
  }
}
