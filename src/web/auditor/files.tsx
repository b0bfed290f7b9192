import { useEffect, useState } from 'react';
import { useDesk } from '../offline/person.ts';
import { findFile, keepFile } from '../offline/pictures.ts';
import type { Draft } from '../offline/store.ts';
import { type Key, useTexts } from '../texts/texts.ts';

interface Props {
  readonly draft: Draft;
  readonly kind: 'photo' | 'file';
  readonly max: number;
  /** Not asked for by the answer: offered quietly. */
  readonly isOptional?: boolean;
  readonly hashes: readonly string[];
  readonly change: (hashes: string[]) => void;
}

const mostBytes = 25_000_000;

/** Photos or files of an answer: taken or chosen, kept on the device, seen and removed. */
export function Files({ draft, kind, max, isOptional = false, hashes, change }: Props) {
  const t = useTexts();
  const { store } = useDesk();
  const [fault, setFault] = useState<Key>();
  const add = async (file: File) => {
    setFault(undefined);
    if (file.size > mostBytes) return setFault('fileTooLarge');
    try {
      const sha256 = await keepFile(store, { audit: draft.id, market: draft.market }, file);
      if (!hashes.includes(sha256)) change([...hashes, sha256]);
    } catch (error) {
      setFault((error as Error).name === 'QuotaExceededError' ? 'notSaved' : 'photoRefused');
    }
  };
  return (
    <div className="files">
      {hashes.map((sha256, index) => (
        <Kept
          key={sha256}
          sha256={sha256}
          draft={draft}
          label={t('photoNumber', { n: index + 1 })}
          remove={() => change(hashes.filter((each) => each !== sha256))}
        />
      ))}
      {hashes.length < max ? (
        <label className={isOptional ? 'button add plain' : 'button add'}>
          {t(kind === 'photo' ? 'addPhoto' : 'addFile')}
          <input
            type="file"
            className="unseen"
            accept={kind === 'photo' ? 'image/*' : 'image/*,application/pdf,audio/*,.eml'}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file) void add(file);
              event.target.value = '';
            }}
          />
        </label>
      ) : null}
      <p role="alert" className="fault">
        {fault ? t(fault) : ''}
      </p>
    </div>
  );
}

interface KeptProps {
  readonly sha256: string;
  readonly draft: Draft;
  readonly label: string;
  readonly remove: () => void;
}

/** A file on this device: a picture is shown, anything else named. */
function Kept({ sha256, draft, label, remove }: KeptProps) {
  const t = useTexts();
  const { store } = useDesk();
  const [shown, setShown] = useState<{ address: string | undefined; name: string }>();
  useEffect(() => {
    let address: string | undefined;
    void findFile(store, { audit: draft.id, market: draft.market }, sha256).then((file) => {
      if (!file) return;
      if (file.bytes.type.startsWith('image/')) address = URL.createObjectURL(file.bytes);
      setShown({ address, name: file.name });
    });
    return () => {
      if (address !== undefined) URL.revokeObjectURL(address);
    };
  }, [store, sha256, draft.id, draft.market]);
  return (
    <figure>
      {shown?.address ? <img src={shown.address} alt={label} /> : null}
      <figcaption>
        {shown?.address ? null : (shown?.name ?? label)}
        <button
          type="button"
          className="plain"
          onClick={remove}
          aria-label={`${t('remove')}: ${label}`}
        >
          {t('remove')}
        </button>
      </figcaption>
    </figure>
  );
}
