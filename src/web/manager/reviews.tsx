import { Link, useSearchParams } from 'wouter';
import type { AuditRow, AuditState } from '../../contracts/audits.ts';
import { HouseName } from '../office/house-name.tsx';
import { useHouses } from '../office/houses.ts';
import { Region } from '../office/region.tsx';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { MarketPage } from './page.tsx';

/** States to choose from: what waits for a reviewer first. */
const states: readonly AuditState[] = [
  'submitted',
  'under-review',
  'returned',
  'approved',
  'released',
  'appealed',
  'confirmed',
  'amended',
  'withdrawn',
];

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
        <label className="choice-of">
          <span>{t('state')}</span>
          <select value={state} onChange={(event) => setSearch({ state: event.target.value })}>
            {states.map((each) => (
              <option key={each} value={each}>
                {t(`audit.${each}`)}
              </option>
            ))}
          </select>
        </label>
      }
    >
      <Queue key={`${market} ${state}`} market={market} state={state} />
    </MarketPage>
  );
}

function Queue({ market, state }: { readonly market: string; readonly state: string }) {
  const t = useTexts();
  const house = useHouses(market);
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
              {items.map((audit) => (
                <li key={audit.id}>
                  <Link href={`/m/${market}/audits/${audit.id}`}>
                    <span>
                      <strong>
                        <HouseName house={house(audit.dealer)} />
                      </strong>
                      <small>
                        {[t.date(audit.visitDate), audit.auditor, audit.checklist.id]
                          .filter(Boolean)
                          .join(' · ')}
                      </small>
                    </span>
                    <span className="chip number">
                      {audit.score.finalMicro === null
                        ? t('noScore')
                        : t.score(audit.score.finalMicro / 1e6)}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
            {next === null ? null : <p className="muted">{t('firstOnly', { n: items.length })}</p>}
          </>
        )
      }
    </Region>
  );
}
