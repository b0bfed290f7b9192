import { useSearchParams } from 'wouter';
import type { DocumentSummary } from '../../contracts/checklists.ts';
import type { Programme } from '../../contracts/programmes.ts';
import { textIn } from '../../core/format.ts';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';

/** The programme that the address names, or the first; with all that are published. */
export function useProgramme(): {
  readonly id: string | undefined;
  readonly all: readonly DocumentSummary[];
  readonly choose: (id: string) => void;
} {
  const { answer } = useAnswer<{ documents: DocumentSummary[] }>('/documents/programme');
  const [search, setSearch] = useSearchParams();
  const published = (answer?.documents ?? []).filter(({ state }) => state === 'published');
  const all = [...new Map(published.map((each) => [each.id, each])).values()];
  const standard = all.find(({ id }) => id === 'european-award') ?? all[0];
  return {
    id: search.get('programme') ?? standard?.id,
    all,
    choose: (id) => setSearch({ programme: id }),
  };
}

/** The choice of a programme, where there are several. */
export function ProgrammeChoice({ of }: { readonly of: ReturnType<typeof useProgramme> }) {
  const t = useTexts();
  if (of.all.length === 0) return null;
  return (
    <label className="choice-of">
      <span>{t('programme')}</span>
      <select value={of.id} onChange={(event) => of.choose(event.target.value)}>
        {of.all.map(({ id, title }) => (
          <option key={id} value={id}>
            {textIn(title, t.language)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The words and bounds of a programme's version; undefined until it has come. */
export function useProgrammeVersion(id: string, version: string): Programme | undefined {
  return useAnswer<{ content: Programme }>(`/documents/programme/${id}/${version}`).answer?.content;
}
