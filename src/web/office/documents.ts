import type { DocumentSummary } from '../../contracts/checklists.ts';
import { textIn } from '../../core/format.ts';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';

type Type = 'checklist' | 'programme';

/** The newest published version of each checklist or programme; empty until they have come. */
export function usePublished(type: Type): readonly DocumentSummary[] {
  const { answer } = useAnswer<{ documents: DocumentSummary[] }>(`/documents/${type}`);
  const published = (answer?.documents ?? []).filter(({ state }) => state === 'published');
  // They come by id and version: of each id the last one stays.
  return [...new Map(published.map((each) => [each.id, each])).values()];
}

/** The same as a list to choose from, by id and title. */
export function useChoices(
  type: Type,
  isWanted: (document: DocumentSummary) => boolean,
): readonly (readonly [id: string, title: string])[] {
  const t = useTexts();
  return usePublished(type)
    .filter(isWanted)
    .map(({ id, title }) => [id, textIn(title, t.language)] as const);
}

/** What each checklist or programme is called; its id until that has come. */
export function useTitles(type: Type): (id: string) => string {
  const t = useTexts();
  const titles = new Map(usePublished(type).map(({ id, title }) => [id, title]));
  return (id) => {
    const title = titles.get(id);
    return title ? textIn(title, t.language) : id;
  };
}
