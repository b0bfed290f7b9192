import { type ReactNode, useEffect, useState } from 'react';
import type { Language } from '../../contracts/primitives.ts';
import {
  keepLanguage,
  languageNames,
  loadTexts,
  preferredLanguage,
  type Texts,
  TextsContext,
  useTexts,
} from '../texts/texts.ts';

const changed = 'language-changed';

/** Everything inside speaks the language of this device; nothing is shown before its words are there. */
export function Words({ children }: { readonly children: ReactNode }) {
  const [texts, setTexts] = useState<Texts>();
  useEffect(() => {
    const load = () => void loadTexts(preferredLanguage()).then((loaded) => setTexts(() => loaded));
    load();
    window.addEventListener(changed, load);
    return () => window.removeEventListener(changed, load);
  }, []);
  useEffect(() => {
    if (texts) document.documentElement.lang = texts.language;
  }, [texts]);
  return texts ? <TextsContext value={texts}>{children}</TextsContext> : null;
}

/** The choice of language, each in its own words. */
export function LanguageChoice() {
  const t = useTexts();
  return (
    <label className="language">
      <span className="unseen">{t('language')}</span>
      <select
        value={t.language}
        onChange={(event) => {
          keepLanguage(event.target.value as Language);
          window.dispatchEvent(new Event(changed));
        }}
      >
        {Object.entries(languageNames).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
