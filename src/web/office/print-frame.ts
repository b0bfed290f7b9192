import { useEffect } from 'react';
import type { Texts } from '../texts/texts.ts';

/**
 * What stands at the edges of every printed page: what it is, of which day, and its number. The rules
 * are made here and not in a file, since they hold the reader's words.
 */
export function usePrintFrame(title: string, t: Texts): void {
  useEffect(() => {
    const frame = new CSSStyleSheet();
    const today = new Date().toLocaleDateString('sv-SE');
    // The counters are the printer's: they stand where the words have their places.
    const [before, between, after] = t('pageOf', { page: gap, pages: gap }).split(gap);
    frame.replaceSync(`@page {
      size: A4;
      margin: 18mm 16mm;
      @top-left { content: ${quoted(`${title} · Omotenashi`)}; ${look} }
      @top-right { content: ${quoted(t.date(today))}; ${look} }
      @bottom-right {
        content: ${quoted(before)} counter(page) ${quoted(between)} counter(pages) ${quoted(after)};
        ${look}
      }
    }`);
    document.adoptedStyleSheets.push(frame);
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== frame);
    };
  }, [title, t]);
}

const gap = '\u0000';
const look = 'font: 9pt system-ui, sans-serif; color: #5c6068;';

/** A text as CSS writes it. */
const quoted = (text = '') =>
  `"${text.replaceAll(/["\\\n]/g, (each) => `\\${each.charCodeAt(0).toString(16)} `)}"`;
