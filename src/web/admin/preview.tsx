import { useMemo, useState } from 'react';
import type { Answers } from '../../contracts/audits.ts';
import type { Checklist } from '../../contracts/checklists.ts';
import type { Programme } from '../../contracts/programmes.ts';
import { compileChecklist } from '../../core/audits/answers.ts';
import { numberItems } from '../../core/audits/numbering.ts';
import type { ReadDocument } from '../../core/documents/documents.ts';
import { textIn } from '../../core/format.ts';
import { useTexts } from '../texts/texts.ts';
import { Control } from '../ui/controls.tsx';

interface Props {
  readonly read: ReadDocument<Checklist> | ReadDocument<Programme>;
}

/** What the auditor will see, by the auditor's own controls; the last good state stays while one types. */
export function Preview({ read }: Props) {
  const t = useTexts();
  const [last, setLast] = useState<Checklist>();
  const [answers, setAnswers] = useState<Answers>({});
  const present = showableOf(read);
  if (present && present !== last) setLast(present);
  const shown = present ?? last;
  const form = useMemo(
    () => shown && { ...compileChecklist(shown), numbers: numberItems(shown) },
    [shown],
  );
  if (!form) return null;
  const visible = form.visibleItems(answers);
  return (
    <section className="preview" aria-label={t('preview')}>
      <h2>{t('preview')}</h2>
      {form.checklist.sections.map((section) => (
        <section key={section.id}>
          <h3>{textIn(section.title, t.language)}</h3>
          {section.items
            .filter(({ id }) => visible.has(id))
            .map((item) => (
              <div key={item.id} className="item">
                <p id={`${item.id}-question`} lang={item.question[t.language] ? undefined : 'en'}>
                  <span className="muted">{form.numbers.get(item.id)}</span>{' '}
                  {textIn(item.question, t.language)}
                </p>
                {item.type === 'photo' || item.type === 'file' ? (
                  <p className="muted">{t(item.type === 'photo' ? 'addPhoto' : 'addFile')}</p>
                ) : (
                  <Control
                    item={item}
                    timeZone="UTC"
                    value={answers[item.id]?.value}
                    change={(value) =>
                      setAnswers(({ [item.id]: _, ...others }) =>
                        value === undefined ? others : { ...others, [item.id]: { value } },
                      )
                    }
                  />
                )}
              </div>
            ))}
        </section>
      ))}
    </section>
  );
}

/** Faults with which nobody can say what is asked; others leave something to look at. */
const blocking = new Set(['condition', 'cycle', 'duplicate-id']);

function showableOf(read: Props['read']): Checklist | undefined {
  const { content } = read;
  if (!content || !('sections' in content)) return undefined;
  return read.ok || !read.faults.some(({ code }) => blocking.has(code)) ? content : undefined;
}
