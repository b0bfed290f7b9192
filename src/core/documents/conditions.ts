import { Environment } from '@marcbachmann/cel-js';
import type { Answers } from '../../contracts/audits.ts';
import type { Checklist, Item } from '../../contracts/checklists.ts';
import type { DocumentFault } from './documents.ts';

/**
 * Conditions are CEL expressions over `answers.<item id>`. They are type-checked when a document is
 * read, limited in length, depth and size, and may not call `matches`, which would make a regular
 * expression of the author's text. A condition that meets a question without an answer is false.
 * @see https://github.com/google/cel-spec
 */

const limits = { maxDepth: 12, maxAstNodes: 120 };

const celTypes: Partial<Record<Item['type'], string>> = {
  'yes-no': 'string',
  choice: 'string',
  multiple: 'list<string>',
  scale: 'int',
  number: 'double',
  duration: 'double',
  'date-time': 'string',
  text: 'string',
};

interface Compiled {
  readonly itemId: string;
  readonly uses: readonly string[];
  readonly holds: (values: Record<string, unknown>) => boolean;
}

/** What is asked under given answers: an item whose condition is false, or meets nothing, is hidden. */
export type Visibility = (answers: Answers) => ReadonlySet<string>;

/** Faults of every condition of a checklist: syntax, types, `matches`, unknown items, cycles. */
export function checkConditions(checklist: Checklist): DocumentFault[] {
  const environment = environmentFor(checklist);
  const faults: DocumentFault[] = [];
  const uses = new Map<string, readonly string[]>();
  const paths = new Map<string, (string | number)[]>();
  for (const [sectionIndex, section] of checklist.sections.entries()) {
    for (const [itemIndex, item] of section.items.entries()) {
      if (item.when === undefined) continue;
      const path = ['sections', sectionIndex, 'items', itemIndex, 'when'];
      const found = inspect(environment, item.when);
      paths.set(item.id, path);
      uses.set(item.id, found.uses);
      if (found.fault) faults.push({ path, code: 'condition', detail: found.fault });
    }
  }
  for (const cycle of findCycles(uses)) {
    faults.push({
      path: paths.get(cycle[0]!)!,
      code: 'cycle',
      detail: `these conditions wait for each other: ${[...cycle, cycle[0]].join(' → ')}`,
    });
  }
  return faults;
}

/**
 * The visibility of a checklist's items as a function of the answers. Items are decided in the
 * order of their dependencies, so an answer to a hidden question never opens another.
 */
export function compileVisibility(checklist: Checklist): Visibility {
  const items = checklist.sections.flatMap((section) => section.items);
  const conditional = items.filter((item) => item.when !== undefined);
  if (conditional.length === 0) {
    const all = new Set(items.map((item) => item.id));
    return () => all;
  }
  const environment = environmentFor(checklist);
  const types = new Map(items.map((item) => [item.id, item.type]));
  const compiled = orderByUse(conditional.map((item) => compile(environment, item)));
  const always = items.filter((item) => item.when === undefined).map((item) => item.id);
  return (answers) => {
    const visible = new Set(always);
    const values: Record<string, unknown> = {};
    const take = (id: string) => {
      const value = answers[id]?.value;
      if (value !== undefined) values[id] = toCel(types.get(id), value);
    };
    for (const id of always) take(id);
    for (const condition of compiled) {
      if (!condition.holds(values)) continue;
      visible.add(condition.itemId);
      take(condition.itemId);
    }
    return visible;
  };
}

function environmentFor(checklist: Checklist): Environment {
  const schema: Record<string, string> = {};
  for (const item of checklist.sections.flatMap((section) => section.items)) {
    const type = celTypes[item.type];
    if (type) schema[item.id] = type;
  }
  return new Environment({ limits }).registerVariable({ name: 'answers', schema });
}

function inspect(environment: Environment, source: string): { fault?: string; uses: string[] } {
  try {
    const parsed = environment.parse(source);
    const { calls, uses } = walk(parsed.ast);
    if (calls.has('matches')) return { fault: '"matches" is not allowed in a condition', uses };
    const checked = parsed.check();
    if (!checked.valid) return { fault: firstLine(checked.error?.message ?? 'ill-typed'), uses };
    if (checked.type !== 'bool') {
      return { fault: `a condition is true or false, this one is a ${checked.type}`, uses };
    }
    return { uses };
  } catch (error) {
    return { fault: firstLine((error as Error).message), uses: [] };
  }
}

function compile(environment: Environment, item: Item): Compiled {
  const parsed = environment.parse(item.when!);
  const { uses } = walk(parsed.ast);
  return {
    itemId: item.id,
    uses,
    holds(values) {
      if (uses.some((id) => values[id] === undefined) && !asksPresence(item.when!)) return false;
      try {
        return parsed({ answers: values }) === true;
      } catch {
        return false;
      }
    },
  };
}

/** Only `has(...)` can say something true about a question without an answer. */
function asksPresence(source: string): boolean {
  return /\bhas\s*\(/.test(source);
}

interface AstNode {
  readonly op: string;
  readonly args: unknown;
}

function walk(ast: unknown): { calls: Set<string>; uses: string[] } {
  const calls = new Set<string>();
  const uses = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const each of value) visit(each);
      return;
    }
    if (value === null || typeof value !== 'object') return;
    const { op, args } = value as AstNode;
    if (op === 'call' || op === 'rcall') calls.add(String((args as unknown[])[0]));
    const field = fieldOfAnswers(op, args);
    if (field !== undefined) uses.add(field);
    visit(args);
  };
  visit(ast);
  return { calls, uses: [...uses] };
}

function fieldOfAnswers(op: string, args: unknown): string | undefined {
  if ((op !== '.' && op !== '[]' && op !== '.?') || !Array.isArray(args)) return undefined;
  const [target, field] = args as [AstNode, unknown];
  if (target?.op !== 'id' || target.args !== 'answers') return undefined;
  if (typeof field === 'string') return field;
  const literal = field as AstNode | undefined;
  return literal?.op === 'value' && typeof literal.args === 'string' ? literal.args : undefined;
}

function toCel(type: Item['type'] | undefined, value: unknown): unknown {
  if (type === 'scale' && typeof value === 'number') return BigInt(Math.trunc(value));
  return value;
}

function findCycles(uses: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>();
  const cycles: string[][] = [];
  const visit = (id: string, trail: readonly string[]): void => {
    const start = trail.indexOf(id);
    if (start >= 0) {
      cycles.push([...trail.slice(start)]);
      return;
    }
    if (done.has(id)) return;
    for (const next of uses.get(id) ?? []) visit(next, [...trail, id]);
    done.add(id);
  };
  for (const id of uses.keys()) visit(id, []);
  return cycles;
}

function orderByUse(conditions: readonly Compiled[]): Compiled[] {
  const byId = new Map(conditions.map((each) => [each.itemId, each]));
  const ordered = new Set<Compiled>();
  const visit = (condition: Compiled, trail: ReadonlySet<string>): void => {
    if (ordered.has(condition) || trail.has(condition.itemId)) return;
    const next = new Set(trail).add(condition.itemId);
    for (const id of condition.uses) {
      const used = byId.get(id);
      if (used) visit(used, next);
    }
    ordered.add(condition);
  };
  for (const condition of conditions) visit(condition, new Set());
  return [...ordered];
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}
