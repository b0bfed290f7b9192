import type { ReactNode } from 'react';
import { useTexts } from '../texts/texts.ts';

interface Props {
  /** Where the API has it; options are added. */
  readonly path: string;
  readonly caption: string;
  readonly note: ReactNode;
  /** Small multiples, which stand below each other on a phone. */
  readonly isWide?: boolean;
}

/** Under this width small multiples stand below each other. */
const phone = '(max-width: 700px)';
const dark = '(prefers-color-scheme: dark)';

/** A chart as the service draws it: the same specification and renderer as on paper. */
export function ChartFigure({ path, caption, note, isWide = false }: Props) {
  const t = useTexts();
  const source = (options: string) =>
    `${path}${path.includes('?') ? '&' : '?'}language=${t.language}${options}`;
  return (
    <figure className={isWide ? 'wide-chart' : undefined}>
      <figcaption>
        <h2>{caption}</h2>
        <p className="muted">{note}</p>
      </figcaption>
      <picture>
        {isWide ? (
          <>
            <source srcSet={source('&columns=1&theme=dark')} media={`${phone} and ${dark}`} />
            <source srcSet={source('&columns=1')} media={phone} />
          </>
        ) : null}
        <source srcSet={source('&theme=dark')} media={dark} />
        <img src={source('')} alt={caption} />
      </picture>
    </figure>
  );
}
