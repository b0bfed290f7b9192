import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../texts/texts.ts';

export interface Shortcut {
  /** One letter, as it is typed. */
  readonly key: string;
  /** What it does. */
  readonly words: string;
  readonly act: () => void;
}

const stored = 'shortcuts-off';
const typed = 'input, textarea, select, [contenteditable]';

/** Single letters of a page, listed by `?`; they never act inside fields, and can be switched off. */
export function Shortcuts({ keys }: { readonly keys: readonly Shortcut[] }) {
  const t = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOff, setOff] = useState(() => localStorage.getItem(stored) !== null);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof Element && event.target.matches(typed);
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '?') return dialog.current?.showModal();
      const found = isOff ? undefined : keys.find(({ key }) => key === event.key.toLowerCase());
      if (!found) return;
      event.preventDefault();
      found.act();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [keys, isOff]);
  return (
    <>
      <button type="button" className="plain" onClick={() => dialog.current?.showModal()}>
        {t('shortcuts')} <kbd>?</kbd>
      </button>
      <dialog ref={dialog} aria-label={t('shortcuts')}>
        <h2>{t('shortcuts')}</h2>
        <dl className="keys">
          {keys.map(({ key, words }) => (
            <div key={key}>
              <dt>
                <kbd>{key.toUpperCase()}</kbd>
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        <label className="pick">
          <input
            type="checkbox"
            checked={!isOff}
            onChange={(event) => {
              setOff(!event.target.checked);
              if (event.target.checked) localStorage.removeItem(stored);
              else localStorage.setItem(stored, 'yes');
            }}
          />
          <span>{t('lettersWork')}</span>
        </label>
        <button type="button" onClick={() => dialog.current?.close()}>
          {t('close')}
        </button>
      </dialog>
    </>
  );
}
