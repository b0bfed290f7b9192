import type { Audit } from '../../contracts/audits.ts';
import type { Language } from '../../contracts/primitives.ts';
import { dearest } from '../../core/audits/points-lost.ts';
import { textIn } from '../../core/format.ts';
import { useTexts } from '../texts/texts.ts';
import type { Reading } from './checklist.ts';

interface Props {
  readonly audit: Audit;
  readonly reading: Reading;
}

/** What cost an audit the most: the answers that took points from it, the dearest first. */
export function Costs({ audit, reading }: Props) {
  const t = useTexts();
  const questions = new Map(
    reading.checklist.sections.flatMap(({ items }) =>
      items.map(({ id, question }) => [id, question]),
    ),
  );
  const worst = dearest(audit.lostMicro);
  return (
    <section aria-labelledby="costs">
      <h2 id="costs">{t('costs')}</h2>
      <p className="muted">{t(worst.length > 0 ? 'costsNote' : 'nothingLost')}</p>
      <ul className="rows" hidden={worst.length === 0}>
        {worst.map(([id, micro]) => {
          const question = questions.get(id)!;
          return (
            <li key={id}>
              <span lang={question[t.language] ? undefined : 'en'}>
                {textIn(question, t.language)}
              </span>
              <span>{t.signed(-micro / 1e6)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Where the full report of an audit is. */
export function auditReportAt(market: string, id: string, language: Language): string {
  return `/api/v1/markets/${market}/audits/${id}/pdf?language=${language}`;
}
