import { useMemo, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import type { DocumentSummary } from '../../contracts/checklists.ts';
import { readChecklist } from '../../core/documents/checklists.ts';
import { writeDocument } from '../../core/documents/documents.ts';
import { readProgramme } from '../../core/documents/programmes.ts';
import { textIn } from '../../core/format.ts';
import { call } from '../api.ts';
import { Region } from '../office/region.tsx';
import { useTexts } from '../texts/texts.ts';
import { Form } from '../ui/form.tsx';
import { useKeptState } from '../ui/kept-state.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { AdminPage } from './page.tsx';
import { Preview } from './preview.tsx';

type Type = 'checklist' | 'programme';
interface Props {
  readonly type: Type;
  readonly id: string;
  readonly version: string;
}
interface Stored {
  readonly summary: DocumentSummary;
  readonly content: object;
}

/** A version as a text to be changed, with what is wrong with it and what it will look like. */
export function Editor({ type, id, version }: Props) {
  const t = useTexts();
  const stored = useAnswer<Stored>(`/documents/${type}/${id}/${version}`);
  return (
    <AdminPage
      title={`${id} ${version}`}
      beside={<Link href={`/admin/${type}s`}>{t('back')}</Link>}
    >
      <Region of={stored}>
        {(found) => (
          <Edited key={found.summary.state} type={type} stored={found} onMove={stored.refresh} />
        )}
      </Region>
    </AdminPage>
  );
}

interface EditedProps {
  readonly type: Type;
  readonly stored: Stored;
  readonly onMove: () => Promise<void>;
}

function Edited({ type, stored, onMove }: EditedProps) {
  const t = useTexts();
  const [, go] = useLocation();
  const { summary } = stored;
  const before = useMemo(() => writeDocument(type, stored.content), [type, stored]);
  const [source, setSource, forget] = useKeptState(
    `document ${type} ${summary.id} ${summary.version}`,
    () => before,
  );
  const area = useRef<HTMLTextAreaElement>(null);
  const read = useMemo(
    () => (type === 'checklist' ? readChecklist(source) : readProgramme(source)),
    [type, source],
  );
  const isChanged = source !== before;
  const goTo = (line: number, column = 1) => {
    const lines = source.split('\n');
    const at = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, column - 1);
    area.current?.focus();
    area.current?.setSelectionRange(at, at);
    // A line of the text is as high as any other.
    const height = (area.current?.scrollHeight ?? 0) / lines.length;
    area.current?.scrollTo({ top: Math.max(0, (line - 4) * height) });
  };
  return (
    <>
      <p className="muted">
        {t(`document.${summary.state}`)} · {t('madeBy', { who: summary.createdBy })} ·{' '}
        <code>{summary.sha256.slice(0, 12)}</code>
      </p>
      <div className="editor">
        {read.ok && 'sections' in read.content ? (
          <nav aria-label={t('outline')}>
            <ul className="plain-list">
              {read.content.sections.map((section) => (
                <li key={section.id}>
                  <button
                    type="button"
                    className="plain"
                    onClick={() => goTo(lineOf(source, section.id))}
                  >
                    {textIn(section.title, t.language)} ({section.items.length})
                  </button>
                </li>
              ))}
            </ul>
          </nav>
        ) : null}
        <div>
          <label className="field">
            <span>{t('sourceText')}</span>
            <textarea
              ref={area}
              className="source"
              spellCheck={false}
              value={source}
              onChange={(event) => setSource(event.target.value)}
            />
          </label>
          <div role="status">
            {read.ok ? (
              <p className="notice ok">{t('noFaults')}</p>
            ) : (
              <div className="notice bad">
                <p>{t('faultsFound', { n: read.faults.length })}</p>
                <ul>
                  {read.faults.slice(0, 50).map((fault) => (
                    <li key={`${fault.pointer} ${fault.code} ${fault.line}`}>
                      <button
                        type="button"
                        className="plain"
                        onClick={() => goTo(fault.line ?? 1, Number(fault.column ?? 1))}
                      >
                        {t('atLine', { line: fault.line ?? 1, column: fault.column ?? 1 })}
                      </button>{' '}
                      {fault.detail}
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </div>
          {isChanged ? (
            <Form
              send={t('saveDraft')}
              onSend={async () => {
                const saved = await call<DocumentSummary>('/documents', { type, source });
                forget();
                if (saved.version === summary.version && saved.id === summary.id) await onMove();
                else go(`/admin/${type}s/${saved.id}/${saved.version}`);
              }}
            >
              <p className="muted">
                {t(summary.state === 'draft' ? 'draftMore' : 'newVersionMore')}
              </p>
            </Form>
          ) : null}
          <Steps {...{ type, summary, isChanged, onMove }} />
        </div>
        <Preview read={read} />
      </div>
    </>
  );
}

/** The line where a section begins. */
function lineOf(source: string, section: string): number {
  const found = source.split('\n').findIndex((line) => line.trim() === `- id: ${section}`);
  return found + 1;
}

interface StepsProps {
  readonly type: Type;
  readonly summary: DocumentSummary;
  readonly isChanged: boolean;
  readonly onMove: () => Promise<void>;
}

/** Publishing takes a second person; retiring ends new work under a version. */
function Steps({ type, summary, isChanged, onMove }: StepsProps) {
  const t = useTexts();
  const path = `/documents/${type}/${summary.id}/${summary.version}`;
  if (isChanged) return null;
  if (summary.state === 'draft') {
    return (
      <Form
        send={t('publish')}
        onSend={async () => {
          await call(`${path}/publish`, {});
          await onMove();
        }}
      >
        <p className="muted">{t('publishDocument', { who: summary.createdBy })}</p>
      </Form>
    );
  }
  if (summary.state !== 'published') return null;
  return (
    <details>
      <summary>{t('retire')}</summary>
      <Form
        isQuiet
        send={t('retire')}
        onSend={async () => {
          await call(`${path}/retire`, {});
          await onMove();
        }}
      >
        <p className="muted">{t('retireMore')}</p>
      </Form>
    </details>
  );
}
