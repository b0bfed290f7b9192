import { Link } from 'wouter';
import type { AuditRow } from '../../contracts/audits.ts';
import { Region } from '../office/region.tsx';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';
import type { House } from './houses.ts';
import { HousePage } from './page.tsx';

/** Released audits of a house, the newest first. */
export function Audits({ market, dealer }: House) {
  const t = useTexts();
  const audits = useAnswer<{ items: AuditRow[] }>(
    `/markets/${market}/audits?dealer=${encodeURIComponent(dealer)}&limit=500`,
  );
  return (
    <HousePage {...{ market, dealer }} title={t('audits')}>
      <Region of={audits}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('noReleased')}</p>
          ) : (
            <ul className="work">
              {items
                .toSorted((a, b) => (a.visitDate < b.visitDate ? 1 : -1))
                .map((audit) => (
                  <li key={audit.id}>
                    <Link href={`/d/${market}/${dealer}/audits/${audit.id}`}>
                      <span>
                        <strong>{t.month(audit.visitDate)}</strong>
                        <small>
                          {audit.checklist.id} · {t(`audit.${audit.state}`)}
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
          )
        }
      </Region>
    </HousePage>
  );
}
