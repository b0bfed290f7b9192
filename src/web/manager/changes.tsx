import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { translator } from '../../../reports/texts.ts';
import type { ChangeReport, IndexFigure } from '../../contracts/indices.ts';
import { standards } from '../../contracts/standards.ts';
import { downloadCsv } from '../office/csv.ts';
import { HouseLink } from '../office/house-name.tsx';
import { useHouses } from '../office/houses.ts';
import { axisOver, Interval, Ticks } from '../office/interval.tsx';
import { PeriodField } from '../office/period-field.tsx';
import { Region } from '../office/region.tsx';
import { Table } from '../office/table.tsx';
import { type Texts, useTexts } from '../texts/texts.ts';
import { Choice } from '../ui/form.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { changeInWords } from './change-words.ts';
import { MarketPage } from './page.tsx';
import { useProgramme } from './programmes.tsx';

/** One period against another: what went up or down by more than noise, house by house. */
export function Changes({ market }: { readonly market: string }) {
  const t = useTexts();
  const say = translator(t.language);
  const programme = useProgramme();
  const [search, setSearch] = useSearchParams();
  const index = search.get('index') ?? 'omotenashi';
  const [[earlier, later]] = useState(lastHalves);
  const period = search.get('period') ?? later;
  const against = search.get('against') ?? earlier;
  const set = (changed: Record<string, string>) =>
    setSearch({ index, period, against, ...changed }, { replace: true });
  return (
    <MarketPage
      market={market}
      title={t('changesPage')}
      beside={
        <div className="controls">
          <Choice
            isInline
            label={t('index')}
            value={index}
            options={[
              ['omotenashi', say('omotenashi')],
              ...standards.map((standard) => [`standard:${standard}`, say(standard)] as const),
              ['after-sales', say('afterSales')],
              ['complaint-handling', t('complaints')],
            ]}
            onChange={(chosen) => set({ index: chosen })}
          />
          <PeriodField
            label={t('period')}
            value={period}
            onChange={(chosen) => set({ period: chosen })}
          />
          <PeriodField
            label={t('comparedWith')}
            value={against}
            onChange={(chosen) => set({ against: chosen })}
          />
        </div>
      }
    >
      {programme.id ? (
        <Compared
          key={`${market} ${index} ${period} ${against}`}
          {...{ market, index, period, against, programme: programme.id }}
        />
      ) : null}
    </MarketPage>
  );
}

/** The last two half-years that are over, by this device's clock. */
function lastHalves(): readonly [earlier: string, later: string] {
  const now = new Date();
  const year = now.getFullYear();
  return now.getMonth() < 6
    ? [`${year - 1}-H1`, `${year - 1}-H2`]
    : [`${year - 1}-H2`, `${year}-H1`];
}

interface Asked {
  readonly market: string;
  readonly index: string;
  readonly period: string;
  readonly against: string;
  readonly programme: string;
}

function Compared({ market, index, period, against, programme }: Asked) {
  const t = useTexts();
  const say = translator(t.language);
  const house = useHouses(market);
  const report = useAnswer<ChangeReport>(
    `/markets/${market}/indices/${index}/change?${new URLSearchParams({ period, against, programme })}`,
  );
  const show = (figure: IndexFigure | null) =>
    figure === null ? '–' : 'tooFew' in figure ? say('tooFew') : t.score(figure.value);
  return (
    <Region of={report}>
      {(found) => {
        const compared = found.rows.flatMap((row) => (row.change ? [row.change] : []));
        if (compared.length === 0) return <p>{t('nothingToCompare', { period, against })}</p>;
        const reach = Math.max(...compared.flatMap(({ low, high }) => [Math.abs(low), high]));
        const axis = axisOver([-reach, reach], 10);
        return (
          <>
            <p className="finding">{findingOf(compared, t)}</p>
            {found.items ? (
              <p>{t('itemsCompared', { n: found.items.comparable, all: found.items.of })}</p>
            ) : null}
            <p className="muted">{t('changesNote')}</p>
            <Table
              label={t('changesPage')}
              head={[
                t('house'),
                { number: against },
                { number: period },
                { number: t('changeColumn') },
                { title: t('interval'), beside: <Ticks axis={axis} /> },
                t('finding'),
              ]}
            >
              <tbody>
                {found.rows.map(({ key, before, after, change }) => (
                  <tr key={key}>
                    <th scope="row">
                      <HouseLink market={market} house={house(key)} />
                    </th>
                    <td className="number">{show(before)}</td>
                    <td className="number">{show(after)}</td>
                    <td className="number">{change ? t.signed(change.difference) : '–'}</td>
                    <td className="bar">
                      {change ? (
                        <Interval
                          {...{
                            axis,
                            low: change.low,
                            value: change.difference,
                            high: change.high,
                          }}
                          mark={0}
                          label={t('fromTo', {
                            low: t.signed(change.low),
                            high: t.signed(change.high),
                          })}
                        />
                      ) : null}
                    </td>
                    <td className="words">{changeInWords(change, t, true)}</td>
                  </tr>
                ))}
              </tbody>
            </Table>
            <button
              type="button"
              className="plain"
              onClick={() => download(found, { market, index, period, against, programme })}
            >
              {t('asCsv')}
            </button>
          </>
        );
      }}
    </Region>
  );
}

function findingOf(
  changes: readonly NonNullable<ChangeReport['rows'][number]['change']>[],
  t: Texts,
): string {
  const count = (direction: string) =>
    changes.filter((change) => change.direction === direction).length;
  const [up, down] = [count('up'), count('down')];
  return up + down === 0
    ? t('noneChanged', { n: changes.length })
    : t('someChanged', { n: changes.length, up, down });
}

/** The same rows as the table, with every figure in full. */
function download({ rows, items }: ChangeReport, asked: Asked): void {
  const value = (figure: IndexFigure | null) => (figure && 'value' in figure ? figure.value : '');
  downloadCsv(`change-${asked.market}-${asked.index}-${asked.period}-${asked.against}.csv`, [
    ['dealer', asked.against, asked.period, 'difference', 'low', 'high', 'p', 'direction', 'items'],
    ...rows.map(({ key, before, after, change }) => [
      ...[key, value(before), value(after)],
      ...[change?.difference ?? '', change?.low ?? '', change?.high ?? '', change?.p ?? ''],
      ...[change?.direction ?? '', items ? `${items.comparable} of ${items.of}` : 'all'],
    ]),
  ]);
}
