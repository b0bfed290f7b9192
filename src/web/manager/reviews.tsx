import { useSearchParams } from 'wouter';
import type { AuditRow } from '../../contracts/audits.ts';
import { useTitles } from '../office/documents.ts';
import { HouseName } from '../office/house-name.tsx';
import { useHouses } from '../office/houses.ts';
import { Region } from '../office/region.tsx';
import { scoreInWords } from '../office/score.ts';
import { useTexts } from '../texts/texts.ts';
import { Choice } from '../ui/form.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { WorkRow } from '../ui/work-row.tsx';
import { auditStates } from './audit-states.ts';
import { MarketPage } from './page.tsx';

/** Audits of a market by their state: those that wait to be reviewed, unless another is asked for. */
export function Reviews({ market }: { readonly market: string }) {
  const t = useTexts();
  const [search, setSearch] = useSearchParams();
  const state = search.get('state') ?? 'submitted';
  return (
    <MarketPage
      market={market}
      title={t('review')}
      beside={
        <Choice
          isInline
          label={t('state')}
          value={state}
          options={auditStates.map((each) => [each, t(`audit.${each}`)])}
          onChange={(chosen) => setSearch({ state: chosen })}
        />
      }
    >
      <Queue key={`${market} ${state}`} market={market} state={state} />
    </MarketPage>
  );
}

/** Who waits longest comes first. */
const byArrival = (a: AuditRow, b: AuditRow) => (a.submittedAt < b.submittedAt ? -1 : 1);

function Queue({ market, state }: { readonly market: string; readonly state: string }) {
  const t = useTexts();
  const house = useHouses(market);
  const titleOf = useTitles('checklist');
  const audits = useAnswer<{ items: AuditRow[]; next: string | null }>(
    `/markets/${market}/audits?state=${state}&limit=200`,
  );
  return (
    <Region of={audits}>
      {({ items, next }) =>
        items.length === 0 ? (
          <p>{t(state === 'submitted' ? 'nothingToReview' : 'noAudits')}</p>
        ) : (
          <>
            <ul className="work">
              {items.toSorted(byArrival).map((audit) => (
                <WorkRow
                  key={audit.id}
                  href={`/m/${market}/audits/${audit.id}`}
                  title={<HouseName house={house(audit.dealer)} />}
                  details={[t.date(audit.visitDate), audit.auditor, titleOf(audit.checklist.id)]}
                  chip={scoreInWords(audit.score, t)}
                />
              ))}
            </ul>
            {next === null ? null : <p className="muted">{t('firstOnly', { n: items.length })}</p>}
          </>
        )
      }
    </Region>
  );
}
