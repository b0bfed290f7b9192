import type { AuditRow } from '../../contracts/audits.ts';
import { Region } from '../office/region.tsx';
import { scoreInWords } from '../office/score.ts';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { WorkRow } from '../ui/work-row.tsx';
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
                  <WorkRow
                    key={audit.id}
                    href={`/d/${market}/${dealer}/audits/${audit.id}`}
                    title={t.month(audit.visitDate)}
                    details={[audit.checklist.id, t(`audit.${audit.state}`)]}
                    chip={scoreInWords(audit.score, t)}
                  />
                ))}
            </ul>
          )
        }
      </Region>
    </HousePage>
  );
}
