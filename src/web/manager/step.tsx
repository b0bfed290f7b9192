import type { ReactNode } from 'react';
import { useTexts } from '../texts/texts.ts';

interface Props {
  readonly n: number;
  readonly title: string;
  readonly state: 'open' | 'done' | 'locked';
  /** Why it is locked, or by whom it was done. */
  readonly note?: string;
  readonly isFolded?: boolean;
  readonly children?: ReactNode;
}

/** One step of an award, with its state in words. What is done can be opened again to be read. */
export function Step({ n, title, state, note, isFolded = false, children }: Props) {
  const t = useTexts();
  return (
    <li className={`step ${state}`}>
      <h2>
        <span className="number">{n}</span> {title} <small>{t(`step.${state}`)}</small>
      </h2>
      {note ? <p className="muted">{note}</p> : null}
      {state === 'locked' ? null : isFolded ? (
        <details>
          <summary>
            {t('show')} <span className="unseen">{title}</span>
          </summary>
          {children}
        </details>
      ) : (
        children
      )}
    </li>
  );
}
