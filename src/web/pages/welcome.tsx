import type { Person } from '../offline/person.ts';
import { useTexts } from '../texts/texts.ts';
import { Frame } from '../ui/frame.tsx';

/** Where there is no page for somebody's role yet: the way in, and the plain results. */
export function Welcome({ person }: { readonly person?: Person }) {
  const t = useTexts();
  return (
    <Frame
      title={person ? t('goodDay', { name: person.name }) : t('welcome')}
      isNarrow
      aside={person ? <a href="/account">{t('account')}</a> : null}
    >
      {person ? null : (
        <p>
          <a className="button primary" href="/sign-in">
            {t('signInNow')}
          </a>
        </p>
      )}
      <p>
        <a href="/start/">{t('plainResults')}</a>
      </p>
      <p>
        <a href="/docs">{t('apiDocs')}</a>
      </p>
    </Frame>
  );
}
