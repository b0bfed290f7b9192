import type { AuditRow } from '../../contracts/audits.ts';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { WorkRow } from '../ui/work-row.tsx';
import { useTitles } from './documents.ts';
import { Region } from './region.tsx';
import { scoreInWords } from './score.ts';

interface Props {
  readonly market: string;
  readonly dealer: string;
  /** Where the pages of its audits are. */
  readonly place: string;
  /** What is said where there are none. */
  readonly empty: string;
  /** How an audit is called here: a house does not learn the day of a visit. */
  readonly title: (audit: AuditRow) => string;
}

/** The audits of a house that the reader may see, the newest first. */
export function HouseAudits({ market, dealer, place, empty, title }: Props) {
  const t = useTexts();
  const titleOf = useTitles('checklist');
  const audits = useAnswer<{ items: AuditRow[] }>(
    `/markets/${market}/audits?dealer=${encodeURIComponent(dealer)}&limit=500`,
  );
  return (
    <Region of={audits}>
      {({ items }) =>
        items.length === 0 ? (
          <p>{empty}</p>
        ) : (
          <ul className="work">
            {items
              .toSorted((a, b) => (a.visitDate < b.visitDate ? 1 : -1))
              .map((audit) => (
                <WorkRow
                  key={audit.id}
                  href={`${place}/${audit.id}`}
                  title={title(audit)}
                  details={[audit.auditor, titleOf(audit.checklist.id), t(`audit.${audit.state}`)]}
                  chip={scoreInWords(audit.score, t)}
                />
              ))}
          </ul>
        )
      }
    </Region>
  );
}
