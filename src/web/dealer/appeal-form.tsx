import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import type { Audit } from '../../contracts/audits.ts';
import { textIn } from '../../core/format.ts';
import { Refused, send } from '../api.ts';
import { AnswerCell } from '../office/answer-cell.tsx';
import type { Reading } from '../office/checklist.ts';
import { readyFile } from '../offline/pictures.ts';
import { type Key, useTexts } from '../texts/texts.ts';
import { Field, Form } from '../ui/form.tsx';
import { useKeptState } from '../ui/kept-state.ts';
import { refusedInWords } from '../ui/refused.ts';

interface Props {
  readonly market: string;
  readonly audit: Audit;
  readonly reading: Reading;
  readonly onEnd: () => void;
  readonly onSent: () => Promise<void>;
}

interface Written {
  /** Made once, so that sending again cannot make a second appeal. */
  readonly id: string;
  readonly items: Readonly<
    Record<string, { readonly statement: string; readonly evidence: readonly string[] }>
  >;
}

/** An appeal: which items, why, and what shows it. */
export function AppealForm({ market, audit, reading, onEnd, onSent }: Props) {
  const t = useTexts();
  const [written, setWritten, forget] = useKeptState<Written>(`appeal of ${audit.id}`, () => ({
    id: uuidv7(),
    items: {},
  }));
  const chosen = Object.keys(written.items);
  const set = (item: string, part: Partial<Written['items'][string]> | null) =>
    setWritten((before) => {
      const { [item]: own = { statement: '', evidence: [] }, ...others } = before.items;
      return {
        ...before,
        items: part === null ? others : { ...others, [item]: { ...own, ...part } },
      };
    });
  return (
    <Form
      send={t('sendAppeal', { n: chosen.length })}
      onSend={async () => {
        const items = Object.entries(written.items).map(([itemId, own]) => ({ itemId, ...own }));
        if (items.length === 0) throw new Refused({ status: 0, title: t('chooseItem') });
        const silent = items.filter(({ statement }) => statement.trim() === '');
        if (silent.length > 0) {
          throw new Refused({
            status: 0,
            title: 'Every item needs a reason.',
            errors: silent.map(({ itemId }) => ({
              pointer: `/${itemId}`,
              code: 'required',
              detail: 'why',
            })),
          });
        }
        await send('PUT', `/markets/${market}/appeals/${written.id}`, { auditId: audit.id, items });
        forget();
        await onSent();
      }}
    >
      <p>{t('appealMore')}</p>
      {reading.asked(audit.answers).map(({ item, number }) => {
        const own = written.items[item.id];
        return (
          <div key={item.id} className="appealed">
            <label className="check">
              <input
                type="checkbox"
                checked={own !== undefined}
                onChange={(event) => set(item.id, event.target.checked ? {} : null)}
              />
              <span>
                {number} {textIn(item.question, t.language)}
                <br />
                <small className="muted">
                  <AnswerCell item={item} answer={audit.answers[item.id]} />
                </small>
              </span>
            </label>
            {own ? (
              <>
                <Field
                  isLong
                  name={item.id}
                  label={t('whyItem', { number })}
                  maxLength={4_000}
                  defaultValue={own.statement}
                  onText={(statement) => set(item.id, { statement })}
                />
                <Attached
                  market={market}
                  hashes={own.evidence}
                  change={(evidence) => set(item.id, { evidence })}
                />
              </>
            ) : null}
          </div>
        );
      })}
      <button type="button" className="plain" onClick={onEnd}>
        {t('cancel')}
      </button>
    </Form>
  );
}

interface AttachedProps {
  readonly market: string;
  readonly hashes: readonly string[];
  readonly change: (hashes: string[]) => void;
}

/** Files of an appeal: they go to the service as soon as they are chosen. */
function Attached({ market, hashes, change }: AttachedProps) {
  const t = useTexts();
  const [fault, setFault] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const add = async (file: File) => {
    setFault(undefined);
    setBusy(true);
    try {
      const { sha256, bytes } = await readyFile(file);
      await send('PUT', `/markets/${market}/files/${sha256}`, bytes);
      if (!hashes.includes(sha256)) change([...hashes, sha256]);
    } catch (error) {
      const key: Key = 'photoRefused';
      setFault(error instanceof Refused ? refusedInWords(error, t) : t(key));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="attached">
      {hashes.map((sha256, index) => (
        <span key={sha256} className="chip">
          {t('photoNumber', { n: index + 1 })}{' '}
          <button
            type="button"
            className="plain"
            onClick={() => change(hashes.filter((each) => each !== sha256))}
          >
            {t('remove')}
          </button>
        </span>
      ))}
      <label className="button plain">
        {t(isBusy ? 'saving' : 'addFile')}
        <input
          type="file"
          className="unseen"
          accept="image/*,application/pdf,audio/*,.eml"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) void add(file);
            event.target.value = '';
          }}
        />
      </label>
      <p role="alert" className="fault">
        {fault}
      </p>
    </div>
  );
}
