import { useMemo } from 'react';
import type { Answers } from '../../contracts/audits.ts';
import type { Checklist, Item } from '../../contracts/checklists.ts';
import { compileChecklist } from '../../core/audits/answers.ts';
import { numberItems } from '../../core/audits/numbering.ts';
import { useAnswer } from '../ui/use-answer.ts';

/** A checklist version as its audits are read by. */
export interface Reading {
  readonly checklist: Checklist;
  /** The items that were asked, in their order, with what they are called. */
  readonly asked: (answers: Answers) => readonly { readonly item: Item; readonly number: string }[];
}

/** The version of an audit; undefined until it has come. */
export function useChecklist(
  of: { readonly id: string; readonly version: string } | undefined,
): Reading | undefined {
  const { answer } = useAnswer<{ content: Checklist }>(
    `/documents/checklist/${of?.id}/${of?.version}`,
    of !== undefined,
  );
  return useMemo(() => {
    if (!answer) return undefined;
    const { visibleItems } = compileChecklist(answer.content);
    const numbers = numberItems(answer.content);
    const items = answer.content.sections.flatMap((section) => section.items);
    return {
      checklist: answer.content,
      asked: (answers) => {
        const visible = visibleItems(answers);
        return items
          .filter(({ id }) => visible.has(id))
          .map((item) => ({ item, number: numbers.get(item.id)! }));
      },
    };
  }, [answer]);
}
