import { translator } from '../../../reports/texts.ts';
import type { IndexFigure, StandardTrend } from '../../contracts/indices.ts';
import { useTexts } from '../texts/texts.ts';
import { ChartFigure } from './chart.tsx';
import { Table } from './table.tsx';

interface Props {
  readonly trends: readonly StandardTrend[];
  /** Periods with other checklist versions than before. */
  readonly versionChanges: readonly string[];
  /** Where the API has the chart of the same rows. */
  readonly path: string;
  readonly note: string;
}

/** The seven standards over time: small multiples, and the same rows as a table. */
export function StandardTrends({ trends, versionChanges, path, note }: Props) {
  const t = useTexts();
  const say = translator(t.language);
  const periods = trends[0]?.points.map(({ period }) => period) ?? [];
  if (periods.length < 2) return <p className="muted">{t('noTrend')}</p>;
  const show = (figure: IndexFigure) =>
    'tooFew' in figure
      ? say('tooFew')
      : figure.low === null || figure.high === null
        ? t.score(figure.value)
        : `${t.score(figure.value)} (${t('fromTo', { low: t.score(figure.low), high: t.score(figure.high) })})`;
  return (
    <>
      <ChartFigure isWide path={path} caption={t('standardsOverTime')} note={note} />
      <details>
        <summary>{t('asTable')}</summary>
        <Table
          label={t('standardsOverTime')}
          head={[
            say('standard'),
            ...periods.map((period) => ({
              number: versionChanges.includes(period) ? `${period} · ${t('otherVersion')}` : period,
            })),
          ]}
        >
          <tbody>
            {trends.map(({ standard, points }) => (
              <tr key={standard}>
                <th scope="row">{say(standard)}</th>
                {points.map(({ period, figure }) => (
                  <td key={period} className="number">
                    {show(figure)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      </details>
    </>
  );
}
