import { useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Link, useLocation } from 'wouter';
import type { DocumentSummary } from '../../contracts/checklists.ts';
import type { Language } from '../../contracts/primitives.ts';
import { readChecklist } from '../../core/documents/checklists.ts';
import { writeDocument } from '../../core/documents/documents.ts';
import { readProgramme } from '../../core/documents/programmes.ts';
import {
  addItem,
  moveItem,
  type Place,
  removeItem,
  replaceItem,
  sectionsOf,
  setField,
  type Written,
  type WrittenSection,
} from '../../core/documents/source-edits.ts';
import { call } from '../api.ts';
import { Region } from '../office/region.tsx';
import { languageNames, useTexts } from '../texts/texts.ts';
import { Form } from '../ui/form.tsx';
import { useKeptState } from '../ui/kept-state.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { ItemForm } from './item-form.tsx';
import { Outline } from './outline.tsx';
import { AdminPage } from './page.tsx';
import { Preview } from './preview.tsx';
import { Steps } from './steps.tsx';

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

/** A version to be changed, by its items' forms or as a text, with what is wrong with it and what it will look like. */
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
          <Edited
            key={`${found.summary.state} ${found.summary.sha256}`}
            type={type}
            stored={found}
            onMove={stored.refresh}
          />
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
  const sections = useMemo(
    () => (type === 'checklist' ? sectionsOf(source) : undefined),
    [type, source],
  );
  const [wanted, setPlace] = useState<Place>({ section: 0, item: 0 });
  // One form an item: it goes along when the item is moved, with what has the focus in it.
  const [form, setForm] = useState(0);
  const setWanted = (chosen: Place) => {
    setPlace(chosen);
    setForm(form + 1);
  };
  const [isText, setText] = useState(false);
  // Where an item is not to be found (a text that is none, an item that was removed), the text is shown.
  const item = sections?.[wanted.section]?.items[wanted.item];
  const place = item && !isText ? wanted : undefined;
  const change = (next: string) => setSource(next);
  const read = useMemo(
    () => (type === 'checklist' ? readChecklist(source) : readProgramme(source)),
    [type, source],
  );
  const isChanged = source !== before;
  const goTo = (line: number, column = 1) => {
    flushSync(() => setText(true));
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
        {sections ? (
          <Outline
            sections={sections}
            chosen={place}
            choose={(chosen) => {
              setWanted(chosen);
              setText(false);
            }}
          />
        ) : null}
        <div>
          {sections ? (
            <p className="decide">
              <button type="button" aria-pressed={!isText} onClick={() => setText(false)}>
                {t('asForm')}
              </button>
              <button type="button" aria-pressed={isText} onClick={() => setText(true)}>
                {t('sourceText')}
              </button>
            </p>
          ) : null}
          {place && item ? (
            <ItemForm
              key={form}
              item={item}
              languages={languagesOf(read, item)}
              faults={faultsAt(read, place)}
              set={(field, value) => change(setField(source, place, field, value))}
              replace={(next) => change(replaceItem(source, place, next))}
              move={(by) => {
                const moved = moveItem(source, place, by);
                change(moved.source);
                setPlace(moved.at);
              }}
              add={() => {
                const at = { ...place, item: place.item + 1 };
                const id = freeId(sections!);
                change(
                  addItem(source, at, { id, type: 'yes-no', weight: 1, question: { en: id } }),
                );
                setWanted(at);
              }}
              remove={() => {
                change(removeItem(source, place));
                setWanted({ ...place, item: Math.max(0, place.item - 1) });
              }}
              showText={() => goTo(lineOf(source, String(item['id'])))}
            />
          ) : (
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
          )}
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
                        onClick={() => {
                          const at = placeOf(fault.pointer);
                          if (at && !isText) setWanted(at);
                          else goTo(fault.line ?? 1, Number(fault.column ?? 1));
                        }}
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

/** The line where a section or an item begins. */
function lineOf(source: string, id: string): number {
  // A stored document has its keys in the order of the alphabet: an id need not come first.
  return (
    source.split('\n').findIndex((line) => /^\s*(- )?id: /.test(line) && line.endsWith(` ${id}`)) +
    1
  );
}

/** The item that a fault is about. */
function placeOf(pointer: string): Place | undefined {
  const found = /^\/sections\/(\d+)\/items\/(\d+)/.exec(pointer);
  return found ? { section: Number(found[1]), item: Number(found[2]) } : undefined;
}

type Read = ReturnType<typeof readChecklist> | ReturnType<typeof readProgramme>;

function faultsAt(read: Read, place: Place): readonly string[] {
  if (read.ok) return [];
  return read.faults
    .filter(({ pointer }) => {
      const at = placeOf(pointer);
      return at?.section === place.section && at.item === place.item;
    })
    .map(({ pointer, detail }) => {
      const field = pointer.split('/').slice(5).join(' › ');
      return field ? `${field}: ${detail}` : detail;
    });
}

/** The checklist's languages; while its shape is wrong, those of the item's own words. */
function languagesOf(read: Read, item: Written): readonly Language[] {
  if (read.content && 'sections' in read.content) return read.content.languages;
  const words = Object.keys((item['question'] as object | undefined) ?? {});
  return [...new Set(['en', ...words])].filter((each) => each in languageNames) as Language[];
}

/** An id that no item has. */
function freeId(sections: readonly WrittenSection[]): string {
  const taken = new Set(sections.flatMap(({ items }) => items.map(({ id }) => String(id))));
  let n = taken.size + 1;
  while (taken.has(`item_${n}`)) n += 1;
  return `item_${n}`;
}
