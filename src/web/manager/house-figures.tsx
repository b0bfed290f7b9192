import type { FigureRow } from '../../contracts/figures.ts';
import { dayBefore } from '../office/days.ts';
import { Region } from '../office/region.tsx';
import { Table } from '../office/table.tsx';
import { type Texts, useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';

interface Props {
  readonly market: string;
  readonly dealer: string;
  readonly period: string;
}

/** A house's own figures, as they were brought in. */
export function HouseFigures({ market, dealer, period }: Props) {
  const t = useTexts();
  const figures = useAnswer<{ items: FigureRow[] }>(
    `/markets/${market}/figures?period=${encodeURIComponent(period)}&dealer=${encodeURIComponent(dealer)}`,
  );
  return (
    <section>
      <h2>{t('import.figures')}</h2>
      <Region of={figures}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('noFigures')}</p>
          ) : (
            <Table
              label={t('import.figures')}
              head={[
                t('what'),
                t('period'),
                { number: t('value') },
                { number: t('target') },
                t('suppliedBy'),
              ]}
            >
              <tbody>
                {items.map((row) => (
                  <tr key={`${row.measure} ${row.from} ${row.to}`}>
                    <th scope="row">{t.named(`measure.${row.measure}`, row.measure)}</th>
                    <td className="nowrap">
                      {t('fromTo', { low: t.date(row.from), high: t.date(dayBefore(row.to)) })}
                    </td>
                    <td className="number">{amount(row.value, row, t)}</td>
                    <td className="number">
                      {row.target === null ? '–' : amount(row.target, row, t)}
                    </td>
                    <td>{t.named(`supplier.${row.suppliedBy}`, row.suppliedBy)}</td>
                  </tr>
                ))}
              </tbody>
            </Table>
          )
        }
      </Region>
    </section>
  );
}

function amount(value: number, { kind, currency }: FigureRow, t: Texts): string {
  if (kind === 'percentage') return t.percent(value);
  return [t.number(value), currency].filter(Boolean).join(' ');
}
