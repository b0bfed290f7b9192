import type { Answer, Answers } from '../../contracts/audits.ts';
import type { Checklist, Item } from '../../contracts/checklists.ts';
import type { Fault } from '../../contracts/primitives.ts';
import { compileVisibility, type Visibility } from '../documents/conditions.ts';
import { itemShare } from './item-share.ts';

/** A checklist made ready for many audits: items by id, and what is asked under given answers. */
export interface CompiledChecklist {
  readonly checklist: Checklist;
  readonly items: ReadonlyMap<string, Item>;
  readonly visibleItems: Visibility;
}

/** Prepares a checklist once, so that checking and scoring an audit only walks its answers. */
export function compileChecklist(checklist: Checklist): CompiledChecklist {
  const items = checklist.sections.flatMap((section) => section.items);
  return {
    checklist,
    items: new Map(items.map((item) => [item.id, item])),
    visibleItems: compileVisibility(checklist),
  };
}

/** Whether an item must be answered where it is asked. Default: where it is scored. */
export function isRequired(item: Item): boolean {
  return item.required ?? item.weight > 0;
}

/**
 * Every fault of a set of answers against a checklist version: unknown items, answers to hidden
 * questions, wrong types, values out of range, missing required answers, reasons and evidence.
 *
 * @param compiled the version, compiled
 * @param answers  by item id
 * @returns all faults at once, in document order, unknown items last; empty = accepted
 * @see model.md, "Life of an audit"
 */
export function checkAnswers(compiled: CompiledChecklist, answers: Answers): Fault[] {
  const visible = compiled.visibleItems(answers);
  const faults: Fault[] = [];
  const add = (item: string, code: string, detail: string, tail = '') =>
    faults.push({ pointer: `/answers/${item}${tail}`, code, detail });
  for (const item of compiled.items.values()) {
    const answer = answers[item.id];
    if (!visible.has(item.id)) {
      if (answer) add(item.id, 'hidden', 'this question is not asked under the other answers');
    } else if (answer === undefined || isEmpty(answer)) {
      if (isRequired(item)) add(item.id, 'missing', 'this question needs an answer');
    } else {
      for (const [code, detail, tail] of answerFaults(item, answer))
        add(item.id, code, detail, tail);
    }
  }
  for (const id of Object.keys(answers)) {
    if (!compiled.items.has(id)) add(id, 'unknown', 'this checklist version has no such item');
  }
  return faults;
}

type ItemFault = readonly [code: string, detail: string, tail?: string];

function isEmpty(answer: Answer): boolean {
  return answer.value === undefined && answer.notApplicable === undefined;
}

function answerFaults(item: Item, answer: Answer): ItemFault[] {
  if (answer.value !== undefined && answer.notApplicable !== undefined) {
    return [['two-answers', 'give a value or "not applicable", not both']];
  }
  if (answer.notApplicable !== undefined) return notApplicableFaults(item, answer.notApplicable);
  const faults = valueFaults(item, answer.value!);
  return faults.length > 0 ? faults : evidenceFaults(item, answer);
}

function notApplicableFaults(item: Item, reason: true | string): ItemFault[] {
  if (item.notApplicable === 'no') {
    return [
      ['not-applicable', '"not applicable" is not an answer to this question', '/notApplicable'],
    ];
  }
  if (item.notApplicable === 'with-reason' && reason === true) {
    return [['reason', '"not applicable" needs a reason here', '/notApplicable']];
  }
  return [];
}

function valueFaults(item: Item, value: NonNullable<Answer['value']>): ItemFault[] {
  const wrong = (expected: string): ItemFault[] => [['type', `expected ${expected}`, '/value']];
  const range = (expected: string): ItemFault[] => [['range', `expected ${expected}`, '/value']];
  switch (item.type) {
    case 'yes-no':
      return value === 'yes' || value === 'no' ? [] : wrong('"yes" or "no"');
    case 'scale': {
      if (typeof value !== 'number' || !Number.isInteger(value)) return wrong('a whole number');
      const inside = value >= item.min && value <= item.max;
      return inside ? [] : range(`${item.min} to ${item.max}`);
    }
    case 'choice': {
      if (typeof value !== 'string') return wrong('one option');
      const ids = item.options.map((option) => option.id);
      return ids.includes(value) ? [] : range(`one of ${ids.join(', ')}`);
    }
    case 'multiple': {
      if (!Array.isArray(value)) return wrong('a list of options');
      const ids = item.options.map((option) => option.id);
      if (new Set(value).size !== value.length) return range('each option at most once');
      return value.every((id) => ids.includes(id)) ? [] : range(`some of ${ids.join(', ')}`);
    }
    case 'number': {
      if (typeof value !== 'number') return wrong('a number');
      const { min = -Infinity, max = Infinity } = item;
      return value >= min && value <= max ? [] : range(`${min} to ${max}`);
    }
    case 'duration': {
      if (typeof value !== 'number') return wrong(`a number of ${item.unit}`);
      const max = item.max ?? Infinity;
      return value >= 0 && value <= max ? [] : range(`0 to ${max} ${item.unit}`);
    }
    case 'date-time':
      return typeof value === 'string' && isInstant(value)
        ? []
        : wrong('a time like 2026-03-01T10:15:00+01:00');
    case 'text':
      if (typeof value !== 'string') return wrong('text');
      return value.length <= item.maxLength ? [] : range(`at most ${item.maxLength} characters`);
    case 'photo':
    case 'file': {
      if (!Array.isArray(value)) return wrong('a list of SHA-256 hashes of files');
      if (!value.every((hash) => /^[0-9a-f]{64}$/.test(hash)))
        return wrong('SHA-256 hashes in hex');
      return value.length >= 1 && value.length <= item.max ? [] : range(`1 to ${item.max} files`);
    }
  }
}

/** Whether an answer needs evidence. The auditor's copy says it by the answers that need none. */
export function demandsEvidence(item: Item, value: NonNullable<Answer['value']>): boolean {
  const { evidence } = item;
  if (evidence === undefined || evidence.when === 'optional') return false;
  if (evidence.when === 'always') return true;
  const { unless } = evidence as { readonly unless?: readonly unknown[] };
  // Of a measured answer the copy cannot say it; the service then does.
  if (unless) return unless.length > 0 && !unless.includes(value);
  const share = itemShare(item, value);
  return share !== undefined && share < 1;
}

function isInstant(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text) &&
    !Number.isNaN(Date.parse(text))
  );
}

function evidenceFaults(item: Item, answer: Answer): ItemFault[] {
  const count = answer.evidence?.length ?? 0;
  if (item.evidence === undefined) {
    return count > 0 ? [['evidence', 'this question takes no evidence', '/evidence']] : [];
  }
  if (count > item.evidence.max) {
    return [['evidence', `at most ${item.evidence.max} files`, '/evidence']];
  }
  return demandsEvidence(item, answer.value!) && count === 0
    ? [['evidence', `this answer needs a ${item.evidence.kind}`, '/evidence']]
    : [];
}
