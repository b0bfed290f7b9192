import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { Section } from '../../contracts/checklists.ts';
import { textIn } from '../../core/format.ts';
import { type OpenDraft, useDraft } from '../offline/drafts.ts';
import { useTexts } from '../texts/texts.ts';
import { ItemCard } from './item.tsx';
import { type Form, progressOf, useForm, useKept } from './kept.ts';
import { Missing } from './missing.tsx';
import { Page } from './page.tsx';

/** One page a section: auditors write from memory after a visit, and jump about. */
export function SectionPage({ id, section }: { readonly id: string; readonly section: string }) {
  const open = useDraft(id);
  const form = useForm(open.draft?.checklist);
  const shown = form?.checklist.sections.find((each) => each.id === section);
  if (open.draft === null || form === null || (form && !shown)) return <Missing />;
  if (!open.draft || !form || !shown) return null;
  return <Filled open={open} form={form} section={shown} />;
}

interface Props {
  readonly open: OpenDraft;
  readonly form: Form;
  readonly section: Section;
}

function Filled({ open, form, section }: Props) {
  const t = useTexts();
  const draft = open.draft!;
  const { sections } = form.checklist;
  const index = sections.indexOf(section);
  const visible = form.visibleItems(draft.answers);
  const opened = useOpened(section, visible, form);
  const isTwofold = useKept(async (store) => (await store.get('others', draft.id)) !== undefined);
  const { note } = open;
  useEffect(() => note({ section: section.id }), [note, section.id]);
  useEffect(() => {
    const target = document.getElementById(window.location.hash.slice(1));
    target?.scrollIntoView();
    target?.focus({ preventScroll: true });
  }, []);
  const place = (at: number) => `/audits/${draft.id}/s/${sections[at]!.id}`;
  const items = section.items.filter((item) => visible.has(item.id));
  return (
    <Page
      title={textIn(section.title, t.language)}
      about={draft.house.name}
      top={<Progress open={open} form={form} index={index} />}
      bottom={
        <>
          {index > 0 ? (
            <Link className="button" href={place(index - 1)}>
              {t('previous')}
            </Link>
          ) : (
            <span />
          )}
          <Sections open={open} form={form} current={section.id} />
          <Link
            className="button primary"
            href={index + 1 < sections.length ? place(index + 1) : `/audits/${draft.id}/check`}
          >
            {index + 1 < sections.length ? t('next') : t('check')}
          </Link>
        </>
      }
    >
      {isTwofold ? (
        <p className="notice bad">
          {t('twoCopies')} <Link href={`/audits/${draft.id}`}>{t('chooseCopy')}</Link>
        </p>
      ) : null}
      {open.isOurs ? null : <p className="notice bad">{t('openElsewhere')}</p>}
      {section.intro ? <p>{textIn(section.intro, t.language)}</p> : null}
      <fieldset disabled={!open.isOurs} className="items">
        {items.map((item) => (
          <ItemCard
            key={item.id}
            item={item}
            number={form.numbers.get(item.id)!}
            draft={draft}
            answer={open.answer}
          />
        ))}
      </fieldset>
      <p className="unseen" role="status">
        {opened === undefined ? '' : t('opened', { number: opened })}
      </p>
    </Page>
  );
}

/** The number of a follow-up that has just opened, for those who do not see it. */
function useOpened(section: Section, visible: ReadonlySet<string>, form: Form): string | undefined {
  const before = useRef<ReadonlySet<string>>(visible);
  const [opened, setOpened] = useState<string>();
  useEffect(() => {
    const fresh = section.items.find(({ id }) => visible.has(id) && !before.current.has(id));
    before.current = visible;
    if (fresh) setOpened(form.numbers.get(fresh.id));
  }, [section, visible, form]);
  return opened;
}

function Progress({
  open,
  form,
  index,
}: {
  readonly open: OpenDraft;
  readonly form: Form;
  readonly index: number;
}) {
  const t = useTexts();
  const progress = progressOf(form, open.draft!.answers);
  return (
    <div className="progress">
      <div>
        <Link href={`/audits/${open.draft!.id}`} className="back">
          ‹ {t('back')}
        </Link>
        <span className={open.state === 'failed' ? 'fault' : 'muted'} role="status">
          {t(open.state === 'saved' ? 'saved' : open.state === 'saving' ? 'saving' : 'notSaved')}
        </span>
      </div>
      <progress
        value={progress.done}
        max={Math.max(1, progress.all)}
        aria-label={t('answeredOf', progress)}
      />
      <p className="muted">
        {t('sectionOf', { n: index + 1, all: form.checklist.sections.length })} ·{' '}
        {t('answeredOf', progress)}
      </p>
    </div>
  );
}

/** All sections with how far each is; any of them is one tap away. */
function Sections({
  open,
  form,
  current,
}: {
  readonly open: OpenDraft;
  readonly form: Form;
  readonly current: string;
}) {
  const t = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const { id, answers } = open.draft!;
  return (
    <>
      <button type="button" onClick={() => dialog.current?.showModal()}>
        {t('sections')}
      </button>
      <dialog ref={dialog} aria-label={t('sections')}>
        <ul className="work">
          {form.checklist.sections.map((section) => {
            const progress = progressOf(form, answers, section.id);
            return (
              <li key={section.id}>
                <Link
                  href={`/audits/${id}/s/${section.id}`}
                  aria-current={section.id === current ? 'page' : undefined}
                  onClick={() => dialog.current?.close()}
                >
                  <span>{textIn(section.title, t.language)}</span>
                  <span className="chip number">{t('progress', progress)}</span>
                </Link>
              </li>
            );
          })}
        </ul>
        <div className="actions">
          <Link className="button" href={`/audits/${id}/check`}>
            {t('check')}
          </Link>
          <button type="button" className="plain" onClick={() => dialog.current?.close()}>
            {t('cancel')}
          </button>
        </div>
      </dialog>
    </>
  );
}
