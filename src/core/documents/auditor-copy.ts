import type { Checklist, Item } from '../../contracts/checklists.ts';
import { isRequired } from '../audits/answers.ts';
import { itemShare } from '../audits/item-share.ts';

const hidden = new Set([
  'weight',
  'weights',
  'points',
  'critical',
  'bands',
  'linear',
  'scoring',
  'passMark',
  'good',
  'answers',
]);

/**
 * The auditor's copy of a checklist: weights, points, criticality and what an item answers are left
 * out, so that nobody fills a form toward a score. What follows from them while filling stands
 * instead: whether an item is required, and with which answers it needs no evidence.
 *
 * @example auditorCopy(checklist).sections[0].items[0] // { id: 'smile', required: true, … }
 */
export function auditorCopy(checklist: Checklist): Record<string, unknown> {
  const sections = checklist.sections.map((section) => ({
    ...section,
    items: section.items.map((item) => ({
      ...item,
      required: isRequired(item),
      ...(item.evidence ? { evidence: { ...item.evidence, unless: fullValues(item) } } : {}),
    })),
  }));
  return strip({ ...checklist, sections }) as Record<string, unknown>;
}

/** Answers that earn all points, where an item has few enough answers to name them. */
function fullValues(item: Item): readonly (string | number)[] {
  const values: readonly (string | number)[] =
    item.type === 'yes-no'
      ? ['yes', 'no']
      : item.type === 'scale'
        ? Array.from({ length: item.max - item.min + 1 }, (_, i) => item.min + i)
        : item.type === 'choice'
          ? item.options.map(({ id }) => id)
          : [];
  return values.filter((value) => itemShare(item, value) === 1);
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, each]) => !hidden.has(key) && each !== undefined)
      .map(([key, each]) => [key, strip(each)]),
  );
}
