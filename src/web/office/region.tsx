import type { ReactNode } from 'react';
import type { Refused } from '../api.ts';
import { useTexts } from '../texts/texts.ts';
import { refusedInWords } from '../ui/refused.ts';

interface Props<Output> {
  readonly of: {
    readonly answer: Output | undefined;
    readonly refusal: Refused | undefined;
    readonly refresh: () => Promise<void>;
  };
  readonly children: (answer: Output) => ReactNode;
}

/** A part of a page that the service fills: what was there stays while it is asked again. */
export function Region<Output>({ of: { answer, refusal, refresh }, children }: Props<Output>) {
  const t = useTexts();
  return (
    <>
      <div role="alert">
        {refusal ? (
          <div className="notice bad">
            <p>{refusedInWords(refusal, t)}</p>
            <button type="button" className="plain" onClick={() => void refresh()}>
              {t('retry')}
            </button>
          </div>
        ) : null}
      </div>
      {answer === undefined ? (
        refusal ? null : (
          <div className="coming" role="status">
            <span className="unseen">{t('coming')}</span>
          </div>
        )
      ) : (
        children(answer)
      )}
    </>
  );
}
