import { readFileSync } from 'node:fs';
import type { Answers } from '../../src/contracts/audits.ts';
import type { Item } from '../../src/contracts/checklists.ts';
import {
  type CompiledChecklist,
  compileChecklist,
  isRequired,
} from '../../src/core/audits/answers.ts';
import { itemShare } from '../../src/core/audits/item-share.ts';
import { readChecklist } from '../../src/core/documents/checklists.ts';

/** A shipped checklist, compiled. */
export function shipped(file: string): CompiledChecklist {
  const read = readChecklist(
    readFileSync(new URL(`../../checklists/${file}.yaml`, import.meta.url), 'utf8'),
  );
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return compileChecklist(read.content);
}

/** Answers all that is asked and required, as well as possible or as badly as possible. */
export function fill(compiled: CompiledChecklist, how: 'best' | 'worst'): Answers {
  const answers: Answers = {};
  for (const item of compiled.items.values()) {
    if (!isRequired(item) || !compiled.visibleItems(answers).has(item.id)) continue;
    answers[item.id] = {
      value: chooseValue(item, how),
      ...(needsProof(item, how) ? { evidence: [] } : {}),
    };
  }
  return answers;
}

/** Answers as the cells of an imported row. */
export function cellsOf(answers: Answers): Record<string, string | number | undefined> {
  return Object.fromEntries(
    Object.entries(answers).map(([item, { value }]) => [
      item,
      Array.isArray(value) ? value.join(' ') : (value as string | number | undefined),
    ]),
  );
}

function needsProof(item: Item, how: 'best' | 'worst'): boolean {
  return item.evidence?.when === 'below-full' && how === 'worst';
}

function chooseValue(item: Item, how: 'best' | 'worst') {
  const best = how === 'best';
  switch (item.type) {
    case 'yes-no':
      return best === (item.good === 'yes') ? 'yes' : 'no';
    case 'scale':
      return best ? item.max : item.min;
    case 'choice': {
      const order = [...item.options].sort((a, b) => (a.points ?? 0) - (b.points ?? 0));
      return (best ? order.at(-1) : order[0])!.id;
    }
    case 'multiple':
      return item.options
        .filter((option) => (option.points ?? 0) > 0 === best)
        .map((option) => option.id);
    case 'duration':
    case 'number':
      return measured(item, how);
    case 'date-time':
      return '2026-01-10T11:00:00Z';
    default:
      return 'text';
  }
}

/** The number among those that the scoring names which counts most, or least. */
function measured(item: Extract<Item, { type: 'duration' | 'number' }>, how: 'best' | 'worst') {
  const named = [
    ...(item.linear ?? []).map(([x]) => x),
    ...(item.bands ?? []).map(({ upTo }) => upTo ?? item.max ?? 60),
  ];
  if (named.length === 0) return how === 'best' ? 3 : 0;
  const ordered = named.sort((a, b) => itemShare(item, a)! - itemShare(item, b)!);
  return how === 'best' ? ordered.at(-1)! : ordered[0]!;
}

/** A complete submission at PL-1. */
export function aSubmission(assignmentId: string, answers: Answers, rest: object = {}) {
  return {
    assignmentId,
    dealer: 'PL-1',
    checklist: { id: 'seven-personal-standards', version: '2026.1' },
    visitDate: '2026-01-10',
    startedAt: '2026-01-10T11:00:00Z',
    finishedAt: '2026-01-10T11:40:00Z',
    noInterestDeclaredAt: '2026-01-10T10:59:00Z',
    answers,
    ...rest,
  };
}
