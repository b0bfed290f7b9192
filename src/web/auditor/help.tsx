import { Link } from 'wouter';
import { useTexts } from '../texts/texts.ts';
import { Help } from '../ui/help.tsx';
import { Page } from './page.tsx';

/** Short answers for whoever stands outside without a signal. */
export function AuditorHelp() {
  const t = useTexts();
  return (
    <Page title={t('help')} aside={<Link href="/">{t('back')}</Link>}>
      <Help of={['offline', 'sent', 'device', 'mistake']} />
    </Page>
  );
}
