import type { ReactNode } from 'react';
import type { Audit } from '../../contracts/audits.ts';
import type { Item } from '../../contracts/checklists.ts';
import { textIn } from '../../core/format.ts';
import { useTexts } from '../texts/texts.ts';
import { AnswerCell } from './answer-cell.tsx';
import type { Reading } from './checklist.ts';

interface Props {
  readonly audit: Audit;
  readonly reading: Reading;
  /** Whose market the files are in; without one they are counted only. */
  readonly market?: string;
  /** What stands below an answer. */
  readonly below?: (item: Item, number: string) => ReactNode;
}

/** Every answer of an audit, section by section. */
export function AnswersList({ audit, reading, market, below }: Props) {
  const t = useTexts();
  const asked = new Map(reading.asked(audit.answers).map((each) => [each.item.id, each]));
  return (
    <div>
      {reading.checklist.sections.map((section) => (
        <section key={section.id} aria-labelledby={`section-${section.id}`}>
          <h2 id={`section-${section.id}`}>{textIn(section.title, t.language)}</h2>
          <dl className="answers">
            {section.items
              .flatMap(({ id }) => asked.get(id) ?? [])
              .map(({ item, number }) => (
                <div key={item.id} tabIndex={-1}>
                  <dt lang={item.question[t.language] ? undefined : 'en'}>
                    <span className="number">{number}</span> {textIn(item.question, t.language)}
                  </dt>
                  <dd>
                    <AnswerCell
                      item={item}
                      answer={audit.answers[item.id]}
                      {...(market === undefined ? {} : { market })}
                    />
                    {below?.(item, number)}
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
