import { filesOf, inWords, saidInWords } from '../../../reports/answer-words.ts';
import type { Answer } from '../../contracts/audits.ts';
import type { Item } from '../../contracts/checklists.ts';
import { useTexts } from '../texts/texts.ts';
import { Evidence } from './evidence.tsx';

interface Props {
  readonly item: Item;
  readonly answer: Answer | null | undefined;
  /** Whose market the files are in; without one they are counted only. */
  readonly market?: string;
}

/** An answer in words, with what shows it. */
export function AnswerCell({ item, answer, market }: Props) {
  const t = useTexts();
  if (!answer) return <span className="muted">{t('noAnswer')}</span>;
  if (market === undefined) return <>{inWords(item, answer, t)}</>;
  const files = filesOf(item, answer);
  return (
    <>
      {saidInWords(item, answer, t)}
      {files.length > 0 ? (
        <span className="evidence">
          {files.map((sha256, index) => (
            <Evidence
              key={sha256}
              {...{ market, sha256 }}
              label={t('photoNumber', { n: index + 1 })}
            />
          ))}
        </span>
      ) : null}
    </>
  );
}
