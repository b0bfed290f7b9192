import { useState } from 'react';
import type { Answer } from '../../contracts/audits.ts';
import type { Item } from '../../contracts/checklists.ts';
import { demandsEvidence } from '../../core/audits/answers.ts';
import { textIn } from '../../core/format.ts';
import type { Draft } from '../offline/store.ts';
import { useTexts } from '../texts/texts.ts';
import { Control } from '../ui/controls.tsx';
import { Files } from './files.tsx';

interface Props {
  readonly item: Item;
  readonly number: string;
  readonly draft: Draft;
  readonly answer: (item: string, answer: Answer | undefined) => void;
}

/** Parts of an answer that are another now; `undefined` takes one away. */
type Change = { readonly [Part in keyof Answer]?: Answer[Part] | undefined };

/** An item, top to bottom: number and question, what counts, the control, evidence and note. */
export function ItemCard({ item, number, draft, answer }: Props) {
  const t = useTexts();
  const given = draft.answers[item.id];
  const [isNoting, setNoting] = useState(given?.note !== undefined);
  const remark = draft.remarks?.[item.id];
  const change = (part: Change) => answer(item.id, tidy({ ...given, ...part }));
  const isFollowUp = /\D/.test(number);
  const question = textIn(item.question, t.language);
  return (
    <article
      id={item.id}
      tabIndex={-1}
      className={isFollowUp ? 'item follow-up' : 'item'}
      aria-labelledby={`${item.id}-question`}
    >
      <h2 id={`${item.id}-question`} lang={item.question[t.language] ? undefined : 'en'}>
        <span className="number">{number}</span> {question}
      </h2>
      {remark ? (
        <p className="notice">
          <strong>{t('remark')}</strong>
          <br />
          {remark}
        </p>
      ) : null}
      {item.hint ? (
        <details>
          <summary>{t('whatCounts')}</summary>
          <p lang={item.hint[t.language] ? undefined : 'en'}>{textIn(item.hint, t.language)}</p>
        </details>
      ) : null}
      {item.type === 'photo' || item.type === 'file' ? (
        <Files
          draft={draft}
          kind={item.type}
          max={item.max}
          hashes={Array.isArray(given?.value) ? given.value : []}
          change={(value) =>
            change({ value: value.length > 0 ? value : undefined, notApplicable: undefined })
          }
        />
      ) : (
        <Control
          item={item}
          timeZone={draft.timeZone}
          value={given?.value}
          change={(value) => change({ value, notApplicable: undefined })}
        />
      )}
      <NotApplicable item={item} given={given} change={change} />
      {isNoting ? (
        <label className="field">
          <span>{t('note')}</span>
          <textarea
            rows={2}
            maxLength={4_000}
            defaultValue={given?.note ?? ''}
            onChange={(event) => change({ note: event.target.value.trim() || undefined })}
          />
        </label>
      ) : null}
      <div className="extras">
        {item.evidence ? (
          <Files
            draft={draft}
            kind={item.evidence.kind}
            max={item.evidence.max}
            isOptional={given?.value === undefined || !demandsEvidence(item, given.value)}
            hashes={given?.evidence ?? []}
            change={(evidence) => change({ evidence: evidence.length > 0 ? evidence : undefined })}
          />
        ) : null}
        <p className="more">
          {isNoting ? null : (
            <button type="button" className="plain" onClick={() => setNoting(true)}>
              {t('addNote')}
            </button>
          )}
          {given ? (
            <button
              type="button"
              className="plain"
              onClick={() => {
                setNoting(false);
                answer(item.id, undefined);
              }}
            >
              {t('clear')}
            </button>
          ) : null}
        </p>
      </div>
    </article>
  );
}

/** An answer without what is not given; `undefined` where nothing is left. */
function tidy(answer: Change): Answer | undefined {
  const parts = Object.entries(answer).filter(([, part]) => part !== undefined);
  return parts.length > 0 ? (Object.fromEntries(parts) as Answer) : undefined;
}

interface NotApplicableProps {
  readonly item: Item;
  readonly given: Answer | undefined;
  readonly change: (part: Change) => void;
}

/** "Not applicable" is an answer; where the version says so, with its reason. */
function NotApplicable({ item, given, change }: NotApplicableProps) {
  const t = useTexts();
  if (item.notApplicable === 'no') return null;
  const isChosen = given?.notApplicable !== undefined;
  return (
    <>
      <label className="choice dashed">
        <input
          type="checkbox"
          checked={isChosen}
          onChange={(event) =>
            change(
              event.target.checked
                ? { value: undefined, notApplicable: true }
                : { notApplicable: undefined },
            )
          }
        />
        <span>{t('notApplicable')}</span>
      </label>
      {isChosen && item.notApplicable === 'with-reason' ? (
        <label className="field">
          <span>{t('reason')}</span>
          <textarea
            rows={2}
            maxLength={2_000}
            defaultValue={typeof given?.notApplicable === 'string' ? given.notApplicable : ''}
            onChange={(event) => change({ notApplicable: event.target.value.trim() || true })}
          />
        </label>
      ) : null}
    </>
  );
}
