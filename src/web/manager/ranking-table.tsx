import type { AwardResult, DealerResult } from '../../contracts/awards.ts';
import { intervalOf } from '../../core/awards/interval.ts';
import { HouseLink, houseOfUnit } from '../office/house-name.tsx';
import type { House } from '../office/houses.ts';
import { axisOver, Interval, Ticks } from '../office/interval.tsx';
import { Table } from '../office/table.tsx';
import { useTexts } from '../texts/texts.ts';
import { boundOf, gateTitle } from './gates.ts';
import { useProgrammeVersion } from './programmes.tsx';

interface Props {
  readonly result: AwardResult;
  readonly house: (code: string) => House;
  /** Houses with an audit under appeal: their figures may still change. */
  readonly appealed?: ReadonlySet<string>;
}

const columns = 7;

/** Every house with its range of ranks; groups that cannot be told apart are said to be so. */
export function RankingTable({ result, house, appealed }: Props) {
  const t = useTexts();
  const programme = useProgrammeVersion(result.programme, result.version);
  const ranked = result.dealers.filter(({ ranking }) => ranking);
  const groups = [...Map.groupBy(ranked, ({ ranking }) => ranking!.tiedGroup).values()];
  const axis = axisOver(
    ranked.flatMap(({ ranking }) => {
      const { low, high } = intervalOf(ranking!);
      return [low, high];
    }),
  );
  const others = (['disqualified', 'open', 'excluded'] as const).map(
    (status) => [status, result.dealers.filter((each) => each.status === status)] as const,
  );
  return (
    <Table
      className="ranking"
      label={t('ranking')}
      head={[
        t('rank'),
        { number: t('chanceFirst') },
        t('house'),
        { number: t('index') },
        { title: t('interval'), beside: ranked.length > 0 ? <Ticks axis={axis} /> : null },
        { number: t('evidence') },
        t('gates'),
      ]}
    >
      {groups.map((group) => (
        <tbody key={group[0]!.dealer} className={group.length > 1 ? 'tied' : undefined}>
          {group.length > 1 ? (
            <tr className="said">
              <th scope="rowgroup" colSpan={columns}>
                {t('tied', {
                  from: Math.min(...group.map(({ ranking }) => ranking!.rank)),
                  to: Math.max(...group.map(({ ranking }) => ranking!.rank)) + sharing(group),
                })}
              </th>
            </tr>
          ) : null}
          {group.map(rowOf)}
        </tbody>
      ))}
      {others.map(([status, those]) =>
        those.length === 0 ? null : (
          <tbody key={status} className="unranked">
            <tr className="said">
              <th scope="rowgroup" colSpan={columns}>
                {t(`status.${status}`)}
              </th>
            </tr>
            {those.map((each) => (
              <tr key={each.dealer}>
                <td>–</td>
                <td />
                <th scope="row" colSpan={3}>
                  {nameOf(each)}
                  <span className="why">{whyOf(each)}</span>
                </th>
                <td className="number">{t('counts', counts(each))}</td>
                <td className="met">{gatesOf(each)}</td>
              </tr>
            ))}
          </tbody>
        ),
      )}
    </Table>
  );

  function nameOf({ dealer }: DealerResult) {
    return (
      <>
        <HouseLink
          market={result.market}
          house={house(dealer)}
          dealer={houseOfUnit(dealer, programme)}
        />
        {appealed?.has(dealer) ? <abbr title={t('underAppeal')}> *</abbr> : null}
      </>
    );
  }

  function rowOf(each: DealerResult) {
    const { rank, rankLow, rankHigh, composite, probabilityFirst } = each.ranking!;
    const { low, high } = intervalOf(each.ranking!);
    return (
      <tr key={each.dealer}>
        <td>
          <strong>{rankLow === rankHigh ? rankLow : `${rankLow}–${rankHigh}`}</strong>{' '}
          <small className="muted point">{t('place', { rank })}</small>
        </td>
        <td className="number">{t.share(probabilityFirst)}</td>
        <th scope="row">{nameOf(each)}</th>
        <td className="number">{t.score(composite)}</td>
        <td className="bar">
          <Interval
            {...{ axis, low, value: composite, high }}
            label={t('fromTo', { low: t.score(low), high: t.score(high) })}
          />
        </td>
        <td className="number">{t('counts', counts(each))}</td>
        <td className="met">{gatesOf(each)}</td>
      </tr>
    );
  }

  function gatesOf(each: DealerResult): string {
    const met = each.gates.filter(({ result: is }) => is === 'pass' || is === 'waived').length;
    const words = [t('met', { n: met, all: each.gates.length })];
    if (each.gates.some(({ atRisk, result: is }) => atRisk && is === 'pass'))
      words.push(t('atRisk'));
    if (each.gates.some(({ result: is }) => is === 'waived')) words.push(t('gate.waived'));
    return words.join('\u00a0· ');
  }

  function whyOf(each: DealerResult): string {
    const failed = each.gates.filter(({ result: is }) => is === 'fail' || is === 'open');
    const said = failed.map(({ gate, value, min, max, result: is }) =>
      value === null
        ? t('gateNoValue', { gate: gateTitle(gate, programme, t) })
        : t(is === 'fail' ? 'gateFailed' : 'gateOpen', {
            gate: gateTitle(gate, programme, t),
            value: t.number(value),
            bound: boundOf({ min, max }, t),
          }),
    );
    const excluded = each.status === 'excluded' ? each.reasons.slice(0, 1) : [];
    return t.series([...excluded, ...said]);
  }
}

const counts = ({ audits, responses }: DealerResult) => ({ audits, responses });

/** Houses beyond the first on the last rank of a group. */
function sharing(group: readonly DealerResult[]): number {
  const last = Math.max(...group.map(({ ranking }) => ranking!.rank));
  return group.filter(({ ranking }) => ranking!.rank === last).length - 1;
}
