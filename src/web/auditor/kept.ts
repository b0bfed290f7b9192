import { useEffect, useState } from 'react';
import type { Answers } from '../../contracts/audits.ts';
import type { Item } from '../../contracts/checklists.ts';
import { type CompiledChecklist, compileChecklist, isRequired } from '../../core/audits/answers.ts';
import { numberItems } from '../../core/audits/numbering.ts';
import { useDesk } from '../offline/person.ts';
import { checklistKey, onChange, type Store } from '../offline/store.ts';

/** What a query of the store says, again after every change. `undefined` until it has answered. */
export function useKept<Result>(query: (store: Store) => Promise<Result>): Result | undefined {
  const { store } = useDesk();
  const [result, setResult] = useState<Result>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a query is written where it is asked
  useEffect(() => {
    let isHere = true;
    const read = () =>
      void query(store).then((found) => {
        if (isHere) setResult(() => found);
      });
    read();
    const stop = onChange(read);
    return () => {
      isHere = false;
      stop();
    };
  }, [store]);
  return result;
}

/** A checklist version as forms need it. */
export interface Form extends CompiledChecklist {
  readonly numbers: ReadonlyMap<string, string>;
}

/** The kept version; `null` = it is not on this device. */
export function useForm(
  checklist: { readonly id: string; readonly version: string } | undefined,
): Form | null | undefined {
  const { store } = useDesk();
  const [form, setForm] = useState<Form | null>();
  const key = checklist && checklistKey(checklist);
  useEffect(() => {
    if (key === undefined) return;
    void store
      .get('checklists', key)
      .then((kept) =>
        setForm(
          kept ? { ...compileChecklist(kept.content), numbers: numberItems(kept.content) } : null,
        ),
      );
  }, [store, key]);
  return form;
}

export const isAnswered = (answers: Answers, { id }: Pick<Item, 'id'>): boolean =>
  answers[id]?.value !== undefined || answers[id]?.notApplicable !== undefined;

/** How far a form is, over the required questions that are asked now. */
export function progressOf(form: Form, answers: Answers, sectionId?: string) {
  const visible = form.visibleItems(answers);
  const items = form.checklist.sections
    .filter(({ id }) => sectionId === undefined || id === sectionId)
    .flatMap((section) => section.items)
    .filter((item) => visible.has(item.id) && isRequired(item));
  return { done: items.filter((item) => isAnswered(answers, item)).length, all: items.length };
}

/** The answers that are sent: of questions that are asked, and that say something. */
export function answersToSend(form: Form, answers: Answers): Answers {
  const visible = form.visibleItems(answers);
  return Object.fromEntries(
    Object.entries(answers).filter(
      ([id, { value, notApplicable, note, evidence }]) =>
        visible.has(id) &&
        (value !== undefined ||
          notApplicable !== undefined ||
          note !== undefined ||
          evidence !== undefined),
    ),
  );
}
