import type { KeptDraft } from '../../contracts/drafts.ts';
import { keepOwn, takeOther } from '../offline/copies.ts';
import { useDesk } from '../offline/person.ts';
import type { Draft } from '../offline/store.ts';
import { useTexts } from '../texts/texts.ts';
import { type Form, progressOf } from './kept.ts';

interface Props {
  readonly draft: Draft;
  readonly form: Form;
  readonly other: KeptDraft;
}

/** Two devices changed one form: both with their times, and its auditor chooses. */
export function TwoCopies({ draft, form, other }: Props) {
  const t = useTexts();
  const { store } = useDesk();
  const copies = [
    ['here', draft, () => keepOwn(store, other)],
    ['there', { ...other.content, ...other }, () => takeOther(store, draft, other)],
  ] as const;
  return (
    <section className="notice bad" aria-labelledby="two-copies">
      <h2 id="two-copies">{t('twoCopies')}</h2>
      <p>{t('twoCopiesMore')}</p>
      {copies.map(([where, copy, choose]) => (
        <div key={where} className="copy">
          {t(`copy.${where}`, {
            time: t.here(copy.changedAt),
            ...progressOf(form, copy === draft ? draft.answers : other.content.answers),
          })}
          <button type="button" onClick={() => void choose()}>
            {t(`use.${where}`)}
          </button>
        </div>
      ))}
    </section>
  );
}
