import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { KeptDraft } from '../../contracts/drafts.ts';
import { textIn } from '../../core/format.ts';
import { call } from '../api.ts';
import { useOnline } from '../offline/connection.ts';
import { beginDraft } from '../offline/drafts.ts';
import { useDesk } from '../offline/person.ts';
import { announce, type Draft, type KeptAssignment } from '../offline/store.ts';
import { useTexts } from '../texts/texts.ts';
import { progressOf, useForm, useKept } from './kept.ts';
import { Missing, Top } from './missing.tsx';
import { Page } from './page.tsx';
import { TwoCopies } from './two-copies.tsx';

/** Before the form: what to do, when, and the declaration. The place is an assignment's id or a draft's. */
export function Briefing({ id }: { readonly id: string }) {
  const found = useKept(async (store) => {
    const drafts = await store.getAll('drafts');
    const draft = drafts.find((each) => each.id === id || each.assignmentId === id);
    return {
      assignment: await store.get('assignments', id),
      draft,
      other: draft && (await store.get('others', draft.id)),
    };
  });
  if (!found) return null;
  if (found.draft) return <Begun draft={found.draft} other={found.other} />;
  if (found.assignment) return <Ahead assignment={found.assignment} />;
  return <Missing />;
}

function Ahead({ assignment }: { readonly assignment: KeptAssignment }) {
  const t = useTexts();
  const { store } = useDesk();
  const [, go] = useLocation();
  const form = useForm(assignment.checklist);
  const [checkInAt, setCheckIn] = useState<string>();
  const [declaredAt, setDeclared] = useState<string>();
  const [isAsked, setAsked] = useState(false);
  const start = async () => {
    if (declaredAt === undefined) return setAsked(true);
    const draft = await beginDraft(store, assignment, { declaredAt, checkInAt });
    go(`/audits/${draft.id}/s/${form!.checklist.sections[0]!.id}`);
  };
  return (
    <Page title={assignment.house.name} about={t('briefing')} top={<Top />}>
      <p className="lead">{assignment.house.town}</p>
      <dl>
        <dt>{t('whenToVisit')}</dt>
        <dd>{t('window', { from: t.date(assignment.from), to: t.date(assignment.to) })}</dd>
        <dt>{t('form')}</dt>
        <dd>{form ? textIn(form.checklist.title, t.language) : t('notReady')}</dd>
      </dl>
      <h2>{t('whatToDo')}</h2>
      <p className="scenario">{assignment.scenario || t('noScenario')}</p>
      <div className="actions">
        {checkInAt === undefined ? (
          <button type="button" onClick={() => setCheckIn(new Date().toISOString())}>
            {t('onSite')}
          </button>
        ) : (
          <p className="notice ok" role="status">
            {t('onSiteAt', { time: t.time(checkInAt, assignment.timeZone) })}
          </p>
        )}
        <label className="check">
          <input
            type="checkbox"
            checked={declaredAt !== undefined}
            aria-invalid={isAsked && declaredAt === undefined}
            aria-describedby="declare-first"
            onChange={(event) =>
              setDeclared(event.target.checked ? new Date().toISOString() : undefined)
            }
          />
          <span>{t('declaration')}</span>
        </label>
        <p id="declare-first" role="alert" className="fault">
          {isAsked && declaredAt === undefined ? t('declareFirst') : ''}
        </p>
        <button type="button" className="primary" disabled={!form} onClick={() => void start()}>
          {t('start')}
        </button>
        <Decline assignment={assignment} />
      </div>
    </Page>
  );
}

function Decline({ assignment }: { readonly assignment: KeptAssignment }) {
  const t = useTexts();
  const { store } = useDesk();
  const isOnline = useOnline();
  const [, go] = useLocation();
  const [isAsked, setAsked] = useState(false);
  if (!isOnline) return null;
  if (!isAsked) {
    return (
      <button type="button" className="plain" onClick={() => setAsked(true)}>
        {t('decline')}
      </button>
    );
  }
  const decline = async () => {
    await call(`/markets/${assignment.market}/assignments/${assignment.id}/move`, {
      to: 'declined',
    });
    await store.delete('assignments', assignment.id);
    announce();
    go('/');
  };
  return (
    <div role="alert" className="notice">
      <p>{t('declineSure')}</p>
      <button type="button" onClick={() => void decline()}>
        {t('decline')}
      </button>{' '}
      <button type="button" className="plain" onClick={() => setAsked(false)}>
        {t('cancel')}
      </button>
    </div>
  );
}

interface BegunProps {
  readonly draft: Draft;
  /** What another device made of it. */
  readonly other: KeptDraft | undefined;
}

function Begun({ draft, other }: BegunProps) {
  const t = useTexts();
  const form = useForm(draft.checklist);
  const remarks = Object.entries(draft.remarks ?? {});
  if (form === null) return <Missing />;
  if (!form) return null;
  const { sections } = form.checklist;
  const first =
    remarks[0] && sections.find(({ items }) => items.some(({ id }) => id === remarks[0]![0]));
  const section = draft.section ?? first?.id ?? sections[0]!.id;
  const sectionOf = (item: string) =>
    sections.find(({ items }) => items.some(({ id }) => id === item))?.id ?? section;
  return (
    <Page title={draft.house.name} about={t('briefing')} top={<Top />}>
      <p className="lead">{draft.house.town}</p>
      {other ? <TwoCopies {...{ draft, form, other }} /> : null}
      <p>{t('answeredOf', progressOf(form, draft.answers))}</p>
      {remarks.length > 0 ? (
        <>
          <h2>{t('sentBack', { n: remarks.length })}</h2>
          <ul className="work">
            {remarks.map(([item, remark]) => (
              <li key={item}>
                <Link href={`/audits/${draft.id}/s/${sectionOf(item)}#${item}`}>
                  <span>
                    <strong>{t('question', { number: form.numbers.get(item) ?? '' })}</strong>
                    <small>{remark}</small>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <div className="actions">
        <Link
          className={other ? 'button' : 'button primary'}
          href={`/audits/${draft.id}/s/${section}`}
        >
          {t('goOn')}
        </Link>
        <Link className="button" href={`/audits/${draft.id}/check`}>
          {t('check')}
        </Link>
      </div>
    </Page>
  );
}
