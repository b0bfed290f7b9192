import { useState } from 'react';
import { Link } from 'wouter';
import { copyOf, discard, retry, takeBack } from '../offline/outbox.ts';
import { useDesk } from '../offline/person.ts';
import type { Sending } from '../offline/store.ts';
import { useTexts } from '../texts/texts.ts';
import { refusedInWords } from '../ui/refused.ts';
import { useKept } from './kept.ts';
import { Top } from './missing.tsx';
import { Page } from './page.tsx';

/** What was submitted and where it stands; nothing leaves the device before the service has it. */
export function Outbox() {
  const t = useTexts();
  const entries = useKept(async (store) =>
    (await store.getAll('outbox')).sort((a, b) => (a.queuedAt < b.queuedAt ? 1 : -1)),
  );
  if (!entries) return null;
  return (
    <Page title={t('outbox')} top={<Top />}>
      {entries.length === 0 ? <p>{t('outboxNone')}</p> : null}
      <ul className="outbox">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ul>
    </Page>
  );
}

function Entry({ entry }: { readonly entry: Sending }) {
  const t = useTexts();
  const { store } = useDesk();
  const [isDownloaded, setDownloaded] = useState(false);
  const size = useKept(async (open) => {
    const files = await open.getAllFromIndex('files', 'audit', entry.id);
    return files.reduce((sum, { bytes }) => sum + bytes.size, JSON.stringify(entry.body).length);
  });
  const download = async () => {
    const address = URL.createObjectURL(await copyOf(store, entry));
    const link = document.createElement('a');
    link.href = address;
    link.download = `visit-${entry.id.slice(-8)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    setDownloaded(true);
  };
  const isSent = entry.state === 'sent';
  const mayChange = entry.state === 'parked' && entry.problem?.status !== 409;
  return (
    <li>
      <p>
        <strong>{entry.house.name}</strong>
        <span className="chip">{t(`state.${entry.state}`)}</span>
      </p>
      <p className="muted">
        {[
          t('reference', { code: entry.id.slice(-8) }),
          isSent ? '' : t('size', { n: entry.files.length, size: inUnits(size ?? 0, t.language) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {entry.problem && entry.state === 'parked' ? (
        <p className="notice bad">
          {entry.problem.status === 409 ? t('conflict') : refusedInWords(entry.problem, t)}
        </p>
      ) : null}
      {entry.state === 'paused' ? <a href="/sign-in">{t('signIn')}</a> : null}
      {isSent ? null : (
        <div className="actions row">
          {mayChange ? (
            <Link
              className="button"
              href={`/audits/${entry.id}/check`}
              onClick={() => void takeBack(store, entry.id)}
            >
              {t('change')}
            </Link>
          ) : null}
          <button type="button" onClick={() => void retry(store, entry)}>
            {t('retry')}
          </button>
          <button type="button" onClick={() => void download()}>
            {t('download')}
          </button>
          {entry.state === 'parked' ? (
            <button
              type="button"
              className="plain"
              disabled={!isDownloaded}
              title={isDownloaded ? undefined : t('deleteAfter')}
              onClick={() => void discard(store, entry)}
            >
              {t('delete')}
            </button>
          ) : null}
        </div>
      )}
    </li>
  );
}

function inUnits(bytes: number, language: string): string {
  const [value, unit] =
    bytes < 1_000_000 ? [bytes / 1_000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    maximumFractionDigits: unit === 'megabyte' ? 1 : 0,
  }).format(value);
}
