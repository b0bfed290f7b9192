import { useSearchParams } from 'wouter';
import type { DocumentSummary } from '../../contracts/checklists.ts';
import type { Programme } from '../../contracts/programmes.ts';
import { textIn } from '../../core/format.ts';
import { usePublished } from '../office/documents.ts';
import { useTexts } from '../texts/texts.ts';
import { Choice } from '../ui/form.tsx';
import { useAnswer } from '../ui/use-answer.ts';

/** The programme that the address names, or the first; with all that are published. */
export function useProgramme(): {
  readonly id: string | undefined;
  readonly all: readonly DocumentSummary[];
  readonly choose: (id: string) => void;
} {
  const all = usePublished('programme');
  const [search, setSearch] = useSearchParams();
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
    <Choice
      isInline
      label={t('programme')}
      value={of.id}
      options={of.all.map(({ id, title }) => [id, textIn(title, t.language)])}
      onChange={of.choose}
    />
  );
}

/** The words and bounds of a programme's version; undefined until it has come. */
export function useProgrammeVersion(id: string, version: string): Programme | undefined {
  return useAnswer<{ content: Programme }>(`/documents/programme/${id}/${version}`).answer?.content;
}
