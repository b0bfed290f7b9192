import { useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { inWords } from '../../../reports/answer-words.ts';
import { checkAnswers } from '../../core/audits/answers.ts';
import { textIn } from '../../core/format.ts';
import { useDraft } from '../offline/drafts.ts';
import { flush, submitDraft } from '../offline/outbox.ts';
import { useDesk } from '../offline/person.ts';
import type { Draft } from '../offline/store.ts';
import { type Key, useTexts } from '../texts/texts.ts';
import { answersToSend, type Form, isAnswered, progressOf, useForm, useKept } from './kept.ts';
import { Missing, Top } from './missing.tsx';
import { Page } from './page.tsx';

/** What was answered, what is missing, and the way out of the hand. */
export function Check({ id }: { readonly id: string }) {
  const { draft } = useDraft(id);
  const form = useForm(draft?.checklist);
  const sending = useKept(async (store) => (await store.get('outbox', id)) ?? null);
  if (sending === undefined) return null;
  if (sending) return <OnItsWay id={id} isSent={sending.state === 'sent'} />;
  if (draft === null || form === null) return <Missing />;
  if (!draft || !form) return null;
  return <Checked draft={draft} form={form} />;
}

const wording: Readonly<Record<string, Key>> = {
  missing: 'fault.missing',
  reason: 'fault.reason',
  evidence: 'fault.evidence',
};

function Checked({ draft, form }: { readonly draft: Draft; readonly form: Form }) {
  const t = useTexts();
  const { store } = useDesk();
  const [, go] = useLocation();
  const [isTrue, setTrue] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  const answers = answersToSend(form, draft.answers);
  const faults = checkAnswers(form, answers).map((fault) => ({
    ...fault,
    item: fault.pointer.split('/')[2]!,
  }));
  const submit = async () => {
    setAsked(true);
    if (faults.length > 0 || !isTrue) {
      requestAnimationFrame(() => summary.current?.focus());
      return;
    }
    await submitDraft(store, draft, answers);
    void flush(store);
    go(`/audits/${draft.id}/check`);
  };
  return (
    <Page
      title={t('check')}
      about={draft.house.name}
      top={<Top />}
      bottom={
        <button type="button" className="primary wide" onClick={() => void submit()}>
          {t('submit')}
        </button>
      }
    >
      <p className="lead">{draft.house.name}</p>
      {isAsked && (faults.length > 0 || !isTrue) ? (
        <div className="notice bad" ref={summary} tabIndex={-1} role="alert">
          {faults.length > 0 ? <p>{t('missingFirst')}</p> : null}
          <ul>
            {faults.map((fault) => (
              <li key={fault.pointer + fault.code}>
                <Link href={placeOf(draft, form, fault.item)}>
                  {t(wording[fault.code] ?? 'fault.other', {
                    number: form.numbers.get(fault.item) ?? '',
                  })}
                </Link>
              </li>
            ))}
            {isTrue ? null : (
              <li>
                <a href="#truth">{t('truthFirst')}</a>
              </li>
            )}
          </ul>
        </div>
      ) : null}
      {form.checklist.sections.map((section) => {
        const visible = form.visibleItems(draft.answers);
        const open = faults.filter(({ item }) => section.items.some(({ id }) => id === item));
        const { done, all } = progressOf(form, draft.answers, section.id);
        return (
          <details key={section.id} className="summary">
            <summary>
              <span>{textIn(section.title, t.language)}</span>
              <span className="chip">
                {open.length > 0 ? t('missing', { n: open.length }) : t('progress', { done, all })}
              </span>
            </summary>
            {open[0] ? (
              <p>
                <Link href={placeOf(draft, form, open[0].item)}>
                  {t(wording[open[0].code] ?? 'fault.other', {
                    number: form.numbers.get(open[0].item) ?? '',
                  })}
                </Link>
              </p>
            ) : null}
            <dl>
              {section.items
                .filter((item) => visible.has(item.id) && isAnswered(draft.answers, item))
                .map((item) => (
                  <div key={item.id}>
                    <dt>
                      {form.numbers.get(item.id)} {textIn(item.question, t.language)}
                    </dt>
                    <dd>{inWords(item, draft.answers[item.id]!, t)}</dd>
                  </div>
                ))}
            </dl>
          </details>
        );
      })}
      <label className="check" id="truth">
        <input
          type="checkbox"
          checked={isTrue}
          aria-invalid={isAsked && !isTrue}
          onChange={(event) => setTrue(event.target.checked)}
        />
        <span>{t('truth')}</span>
      </label>
    </Page>
  );
}

function placeOf(draft: Draft, form: Form, item: string): string {
  const section = form.checklist.sections.find(({ items }) => items.some(({ id }) => id === item));
  return `/audits/${draft.id}/s/${section?.id ?? form.checklist.sections[0]!.id}#${item}`;
}

function OnItsWay({ id, isSent }: { readonly id: string; readonly isSent: boolean }) {
  const t = useTexts();
  return (
    <Page title={t('onItsWay')} top={<Top />}>
      <p role="status">{t(isSent ? 'received' : 'afterwards')}</p>
      <p>{t('reference', { code: id.slice(-8) })}</p>
      <div className="actions">
        <Link className="button primary" href="/">
          {t('yourVisits')}
        </Link>
        <Link className="button" href="/outbox">
          {t('outbox')}
        </Link>
      </div>
    </Page>
  );
}
