import { type ReactNode, Suspense, useEffect, useState } from 'react';
import type { Language } from '../../contracts/primitives.ts';
import {
  type Catalogue,
  keepLanguage,
  languageNames,
  loadTexts,
  preferredLanguage,
  type Texts,
  TextsContext,
  useTexts,
} from '../texts/texts.ts';
import { Boundary } from './boundary.tsx';

const changed = 'language-changed';

/** Everything inside speaks the language of this device; nothing is shown before its words are there. */
export function Words({ of, children }: { readonly of: Catalogue; readonly children: ReactNode }) {
  const [texts, setTexts] = useState<Texts>();
  useEffect(() => {
    const catalogues: Catalogue[] = of === 'visits' ? ['visits'] : ['visits', of];
    const load = () =>
      void loadTexts(preferredLanguage(), catalogues)
        // Without a connection there are the auditor's words, and a page that says what is missing.
        .catch(() => loadTexts(preferredLanguage(), ['visits']))
        .then((loaded) => setTexts(() => loaded));
    load();
    window.addEventListener(changed, load);
    return () => window.removeEventListener(changed, load);
  }, [of]);
  useEffect(() => {
    if (texts) document.documentElement.lang = texts.language;
  }, [texts]);
  return texts ? (
    <TextsContext value={texts}>
      <Boundary>
        <Suspense>{children}</Suspense>
      </Boundary>
    </TextsContext>
  ) : null;
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
