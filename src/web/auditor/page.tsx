import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../texts/texts.ts';

interface Props {
  readonly title: string;
  /** What stands in the title of the window beside it. */
  readonly about?: string;
  readonly top?: ReactNode;
  readonly aside?: ReactNode;
  readonly bottom?: ReactNode;
  readonly children?: ReactNode;
}

/** A page of the auditor's app: its heading takes the focus when one comes to it. */
export function Page({ title, about, top, aside, bottom, children }: Props) {
  const t = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = [title, about, t('visits')].filter(Boolean).join(', ');
  }, [title, about, t]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  return (
    <>
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <header className={top ? 'sticky' : undefined}>
        {top ?? (
          <>
            <strong>{t('visits')}</strong>
            <nav>
              <a href="/account">{t('account')}</a>
              {aside}
              <Link href="/help">{t('help')}</Link>
            </nav>
          </>
        )}
      </header>
      <main id="content">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </main>
      {bottom ? <footer className="sticky">{bottom}</footer> : null}
    </>
  );
}
