import { Link, useSearchParams } from 'wouter';
import type { ComplaintRow } from '../../contracts/complaints.ts';
import { HouseName } from '../office/house-name.tsx';
import { useHouses } from '../office/houses.ts';
import { PeriodField } from '../office/period-field.tsx';
import { Region } from '../office/region.tsx';
import { Table } from '../office/table.tsx';
import { type Key, type Texts, useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { MarketPage } from './page.tsx';

/** A market's complaints of a period: what still waits for an answer first, by its last day. */
export function Complaints({ market }: { readonly market: string }) {
  const t = useTexts();
  const [search, setSearch] = useSearchParams();
  const programme = search.get('programme');
  const chosen = search.get('period') ?? String(new Date().getFullYear());
  return (
    <MarketPage
      market={market}
      title={t('complaints')}
      beside={
        <PeriodField
          label={t('period')}
          value={chosen}
          onChange={(period) => setSearch({ period, ...(programme ? { programme } : {}) })}
        />
      }
    >
      <Register
        key={`${market} ${chosen}`}
        market={market}
        period={chosen}
        {...(programme ? { programme } : {})}
      />
    </MarketPage>
  );
}

interface RegisterProps {
  readonly market: string;
  readonly period: string;
  readonly programme?: string;
  /** Where only those of one house are asked for. */
  readonly dealer?: string;
}

/** The complaints of a period as a table, with what they say in a sentence. */
export function Register({ market, period: of, programme, dealer }: RegisterProps) {
  const t = useTexts();
  const house = useHouses(market);
  const register = useAnswer<{ items: ComplaintRow[]; more: number }>(
    `/markets/${market}/complaints?${new URLSearchParams({
      period: of,
      ...(programme ? { programme } : {}),
      ...(dealer ? { dealer } : {}),
    })}`,
  );
  return (
    <Region of={register}>
      {({ items, more }) => {
        if (items.length === 0) return <p>{t('noComplaints')}</p>;
        const due = items.filter(({ answer }) => answer.state !== 'pending');
        const met = due.filter(({ answer }) => answer.state === 'met');
        const hasSolutions = items.some(({ solution }) => solution !== null);
        return (
          <>
            <p className="finding">
              {t('complaintsFinding', {
                n: items.length + more,
                due: due.length === 0 ? '–' : t.share(met.length / due.length),
              })}{' '}
              {t('running', { n: items.filter(({ answer }) => answer.isRunning).length })}
            </p>
            <Table
              label={t('complaints')}
              head={[
                '#',
                t('receivedDay'),
                t('house'),
                t('category'),
                t('answerClock'),
                ...(hasSolutions ? [t('solutionClock')] : []),
              ]}
            >
              <tbody>
                {items.map((each) => (
                  <tr key={each.code}>
                    <th scope="row">{each.code}</th>
                    <td className="nowrap">{t.date(each.received)}</td>
                    <td>
                      <HouseName house={house(each.dealer)} />
                    </td>
                    <td>
                      {t(`complaint.${each.category}` as Key)}
                      <small className="muted">
                        {' · '}
                        {t(`severity.${each.severity}` as Key)}
                        {each.escalated ? ` · ${t('escalated')}` : ''}
                      </small>
                    </td>
                    <td className={`gate ${toneOf(each.answer)}`}>
                      {clockInWords(each.answer, t)}
                    </td>
                    {hasSolutions ? (
                      <td className={`gate ${each.solution ? toneOf(each.solution) : ''}`}>
                        {each.solution ? clockInWords(each.solution, t) : '–'}
                      </td>
                    ) : null}
                  </tr>
                ))}
              </tbody>
            </Table>
            <p>
              <Link
                href={`/m/${market}/exports?${new URLSearchParams({ kind: 'complaints', period: of, ...(dealer ? { dealer } : {}), ...(programme ? { programme } : {}) })}`}
              >
                {t('asFile')}
              </Link>
            </p>
            {more > 0 ? <p className="muted">{t('firstOnly', { n: items.length })}</p> : null}
          </>
        );
      }}
    </Region>
  );
}

type Clock = ComplaintRow['answer'];

const toneOf = ({ state }: Clock) => ({ met: 'pass', breached: 'fail', pending: 'open' })[state];

/** A clock in words: in time, late, until when, or since when it is overdue. */
function clockInWords({ state, deadline, isRunning }: Clock, t: Texts): string {
  const key = state === 'breached' && isRunning ? 'overdue' : state;
  return t(`clock.${key}`, { date: t.date(deadline) });
}
