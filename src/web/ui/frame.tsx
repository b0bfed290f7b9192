import { type ReactNode, useEffect } from 'react';
import { LanguageChoice } from './words.tsx';

interface FrameProps {
  readonly title: string;
  readonly isNarrow?: boolean;
  /** For somebody from outside: nothing leads anywhere else. */
  readonly isOpen?: boolean;
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

/** What every page stands in: the product's name, one heading, one column. */
export function Frame({ title, isNarrow = false, isOpen = false, aside, children }: FrameProps) {
  useEffect(() => {
    document.title = isOpen ? title : `${title} · Omotenashi`;
  }, [title, isOpen]);
  return (
    <>
      <header>
        {isOpen ? (
          <span />
        ) : (
          <a className="home" href="/">
            Omotenashi
          </a>
        )}
        <div className="end">
          <LanguageChoice />
          {aside}
        </div>
      </header>
      <main className={isNarrow ? 'narrow' : undefined}>
        <h1>{title}</h1>
        {children}
      </main>
    </>
  );
}
