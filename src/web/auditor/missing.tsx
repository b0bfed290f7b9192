import { Link } from 'wouter';
import { useTexts } from '../texts/texts.ts';
import { LanguageChoice } from '../ui/words.tsx';
import { Page } from './page.tsx';

/** A visit that is not on this device, or a place that is none. */
export function Missing() {
  const t = useTexts();
  return (
    <Page title={t('pageMissing')} aside={<LanguageChoice />}>
      <p>{t('pageMissingMore')}</p>
      <Link href="/">{t('yourVisits')}</Link>
    </Page>
  );
}

/** The way back, on pages that are read in passing. */
export function Top() {
  const t = useTexts();
  return (
    <Link href="/" className="back">
      ‹ {t('yourVisits')}
    </Link>
  );
}
