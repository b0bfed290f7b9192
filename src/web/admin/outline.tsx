import type { Language } from '../../contracts/primitives.ts';
import type { Place, WrittenSection } from '../../core/documents/source-edits.ts';
import { useTexts } from '../texts/texts.ts';

interface Props {
  readonly sections: readonly WrittenSection[];
  readonly chosen: Place | undefined;
  readonly choose: (place: Place) => void;
}

/** Words as they are written, in a language or in English; right or wrong. */
export function wordsIn(texts: unknown, language: Language): string {
  if (typeof texts !== 'object' || texts === null) return '';
  const found = texts as Partial<Record<Language, unknown>>;
  return String(found[language] ?? found.en ?? '');
}

/** The sections and items of a checklist, one of them chosen. */
export function Outline({ sections, chosen, choose }: Props) {
  const t = useTexts();
  return (
    <nav className="outline" aria-label={t('outline')}>
      {sections.map((section, s) => (
        <details key={section.id} open={chosen?.section === s}>
          <summary>
            {wordsIn(section.title, t.language)} ({section.items.length})
          </summary>
          <ol className="plain-list">
            {section.items.map((item, i) => {
              const isChosen = chosen?.section === s && chosen.item === i;
              return (
                <li key={String(item['id'])}>
                  <button
                    type="button"
                    className="plain"
                    aria-current={isChosen ? 'true' : undefined}
                    onClick={() => choose({ section: s, item: i })}
                  >
                    {wordsIn(item['question'], t.language) || String(item['id'])}
                  </button>
                </li>
              );
            })}
          </ol>
        </details>
      ))}
    </nav>
  );
}
