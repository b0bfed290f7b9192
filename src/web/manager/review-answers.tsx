import { useState } from 'react';
import type { Audit } from '../../contracts/audits.ts';
import type { Item } from '../../contracts/checklists.ts';
import { textIn } from '../../core/format.ts';
import { AnswerCell } from '../office/answer-cell.tsx';
import { useChecklist } from '../office/checklist.ts';
import { useTexts } from '../texts/texts.ts';

interface Props {
  readonly market: string;
  readonly audit: Audit;
  readonly remarks: Readonly<Record<string, string>>;
  /** Where remarks can be written. */
  readonly remark: ((item: string, text: string) => void) | undefined;
}

/** Every answer of an audit, section by section, with its evidence and a remark beside it. */
export function ReviewAnswers({ market, audit, remarks, remark }: Props) {
  const t = useTexts();
  const reading = useChecklist(audit.checklist);
  if (!reading) return <div className="coming" />;
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
                <div key={item.id}>
                  <dt lang={item.question[t.language] ? undefined : 'en'}>
                    <span className="number">{number}</span> {textIn(item.question, t.language)}
                  </dt>
                  <dd>
                    <AnswerCell item={item} answer={audit.answers[item.id]} market={market} />
                    <Remark {...{ item, number, remark }} text={remarks[item.id] ?? ''} />
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

interface RemarkProps extends Pick<Props, 'remark'> {
  readonly item: Item;
  readonly number: string;
  readonly text: string;
}

function Remark({ item, number, text, remark }: RemarkProps) {
  const t = useTexts();
  const [isOpen, setOpen] = useState(text !== '');
  if (!remark) return text === '' ? null : <p className="notice">{text}</p>;
  if (!isOpen) {
    return (
      <button type="button" className="plain" onClick={() => setOpen(true)}>
        {t('addRemark')} <span className="unseen">{t('question', { number })}</span>
      </button>
    );
  }
  return (
    <label className="field">
      <span>{t('remarkOn', { number })}</span>
      <textarea
        rows={2}
        maxLength={2_000}
        defaultValue={text}
        onChange={(event) => remark(item.id, event.target.value)}
      />
    </label>
  );
}
