import type { Language } from '../../contracts/primitives.ts';
import type { Written } from '../../core/documents/source-edits.ts';
import { useTexts } from '../texts/texts.ts';
import { numberOf, Typed } from './typed.tsx';

interface Props {
  readonly item: Written;
  readonly language: Language;
  readonly set: (field: readonly (string | number)[], value: unknown) => void;
}

type WrittenOption = { readonly id?: unknown; readonly text?: unknown; readonly points?: unknown };

/** What can be chosen: words, points, and the id that stays. */
export function OptionsField({ item, language, set }: Props) {
  const t = useTexts();
  const options = (Array.isArray(item['options']) ? item['options'] : []) as WrittenOption[];
  const put = (next: readonly WrittenOption[]) => set(['options'], next);
  return (
    <fieldset className="options">
      <legend>{t('options')}</legend>
      {options.map((option, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an option's own id is what is being typed
        <div key={n} className="fields-row">
          <Typed
            label={t('optionWords', { n: n + 1 })}
            lang={language}
            value={String((option.text as Record<string, unknown> | undefined)?.[language] ?? '')}
            commit={(typed) =>
              set(['options', n, 'text', language], typed.trim() === '' ? undefined : typed)
            }
          />
          <Typed
            label={t('itemId')}
            value={String(option.id ?? '')}
            commit={(typed) => set(['options', n, 'id'], typed.trim())}
          />
          <Typed
            label={t('optionPoints')}
            isNumber
            value={option.points === undefined ? '' : String(option.points)}
            commit={(typed) => set(['options', n, 'points'], numberOf(typed))}
          />
          <button
            type="button"
            className="plain"
            onClick={() => put(options.filter((_, each) => each !== n))}
            aria-label={`${t('remove')}: ${t('optionWords', { n: n + 1 })}`}
          >
            {t('remove')}
          </button>
        </div>
      ))}
      <button
        type="button"
        onClick={() =>
          put([...options, { id: `option_${options.length + 1}`, text: { en: t('newOption') } }])
        }
      >
        {t('addOption')}
      </button>
    </fieldset>
  );
}
