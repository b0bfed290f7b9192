import { useState } from 'react';
import type { Audit } from '../../contracts/audits.ts';
import type { Item } from '../../contracts/checklists.ts';
import { AnswersList } from '../office/answers-list.tsx';
import { useChecklist } from '../office/checklist.ts';
import { useTexts } from '../texts/texts.ts';

interface Props {
  readonly market: string;
  readonly audit: Audit;
  readonly remarks: Readonly<Record<string, string>>;
  /** Where remarks can be written. */
  readonly remark: ((item: string, text: string) => void) | undefined;
}

/** Every answer of an audit with its evidence and a remark below it. */
export function ReviewAnswers({ market, audit, remarks, remark }: Props) {
  const reading = useChecklist(audit.checklist);
  if (!reading) return <div className="coming" />;
  return (
    <AnswersList
      {...{ audit, reading, market }}
      below={(item, number) => (
        <Remark {...{ item, number, remark }} text={remarks[item.id] ?? ''} />
      )}
    />
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
