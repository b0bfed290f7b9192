import { Link } from 'wouter';
import {
  checklistKey,
  type Draft,
  type KeptAssignment,
  type Sending,
  type Store,
} from '../offline/store.ts';
import { useTexts } from '../texts/texts.ts';
import { RoleChoice } from '../ui/role-choice.tsx';
import { LanguageChoice } from '../ui/words.tsx';
import { WorkRow } from '../ui/work-row.tsx';
import { progressOf, useForm, useKept } from './kept.ts';
import { Page } from './page.tsx';

interface Work {
  readonly assignments: readonly KeptAssignment[];
  readonly drafts: readonly Draft[];
  readonly outbox: readonly Sending[];
  readonly checklists: ReadonlySet<string>;
}

async function readWork(store: Store): Promise<Work> {
  const outbox = await store.getAll('outbox');
  const isSending = new Set(outbox.map(({ id }) => id));
  const drafts = (await store.getAll('drafts')).filter(({ id }) => !isSending.has(id));
  const begun = new Set((await store.getAll('drafts')).map(({ assignmentId }) => assignmentId));
  const assignments = (await store.getAll('assignments'))
    .filter(({ id }) => !begun.has(id))
    .sort((a, b) => (a.to < b.to ? -1 : 1));
  const checklists = new Set(await store.getAllKeys('checklists'));
  return { assignments, drafts, outbox, checklists };
}

/** The last day of the present week, which ends on a Sunday. */
function endOfWeek(today: Date): string {
  const end = new Date(today);
  end.setDate(end.getDate() + ((7 - end.getDay()) % 7));
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short' }).format(end);
}

/** All that waits, is begun, is due, and went. */
export function List() {
  const t = useTexts();
  const work = useKept(readWork);
  if (!work) return null;
  const week = endOfWeek(new Date());
  const waiting = work.outbox.filter(({ state }) => state !== 'sent');
  const sent = work.outbox.filter(({ state }) => state === 'sent');
  const returned = work.drafts.filter(({ remarks }) => remarks);
  const started = work.drafts.filter(({ remarks }) => !remarks);
  const due = work.assignments.filter(({ to }) => to <= week);
  const later = work.assignments.filter(({ to }) => to > week);
  const assignmentRows = (those: readonly KeptAssignment[]) =>
    those.map((each) => (
      <WorkRow
        key={each.id}
        href={`/audits/${each.id}`}
        title={each.house.name}
        details={[each.house.town, t('dueBy', { date: t.date(each.to) })]}
        chip={t(work.checklists.has(checklistKey(each.checklist)) ? 'ready' : 'notReady')}
      />
    ));
  const groups = [
    [t('group.returned'), returned.map((draft) => <DraftRow key={draft.id} draft={draft} />)],
    [t('group.waiting'), waiting.map((each) => <SendingRow key={each.id} entry={each} />)],
    [t('group.started'), started.map((draft) => <DraftRow key={draft.id} draft={draft} />)],
    [t('group.week'), assignmentRows(due)],
    [t('group.later'), assignmentRows(later)],
    [t('group.sent'), sent.map((each) => <SendingRow key={each.id} entry={each} />)],
  ] as const;
  const filled = groups.filter(([, rows]) => rows.length > 0);
  return (
    <Page
      title={t('yourVisits')}
      aside={
        <>
          <RoleChoice />
          <LanguageChoice />
        </>
      }
    >
      {filled.length === 0 ? <p>{t('none')}</p> : null}
      {filled.map(([title, rows]) => (
        <section key={title}>
          <h2>{title}</h2>
          <ul className="work">{rows}</ul>
        </section>
      ))}
      <p className="end">
        <Link href="/outbox">{t('outbox')}</Link>
      </p>
    </Page>
  );
}

function DraftRow({ draft }: { readonly draft: Draft }) {
  const t = useTexts();
  const form = useForm(draft.checklist);
  const { done, all } = form ? progressOf(form, draft.answers) : { done: 0, all: 0 };
  const remarks = Object.keys(draft.remarks ?? {}).length;
  return (
    <WorkRow
      href={`/audits/${draft.id}`}
      title={draft.house.name}
      details={[
        draft.house.town,
        remarks > 0 ? t('sentBack', { n: remarks }) : t.date(draft.visitDate),
      ]}
      chip={t('progress', { done, all })}
    />
  );
}

function SendingRow({ entry }: { readonly entry: Sending }) {
  const t = useTexts();
  return (
    <WorkRow
      href="/outbox"
      title={entry.house.name}
      details={[entry.house.town, t('reference', { code: entry.id.slice(-8) })]}
      chip={t(`state.${entry.state}`)}
    />
  );
}
