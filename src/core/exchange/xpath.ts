import { Environment } from '@marcbachmann/cel-js';
import { notApplicableChoice } from './xlsform.ts';

/**
 * Conditions between the product's CEL and the XPath of XLSForm. Both ways a subset: comparisons of
 * an answer with a literal, membership, and, or, not. What lies outside gives `undefined`, never
 * something nearly the same.
 * @see https://xlsform.org/en/#relevant
 */

interface Node {
  readonly op: string;
  readonly args: unknown;
}

const comparisons: Record<string, string> = {
  '==': '=',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/** @example celToXpath("answers.extra == 'yes' && !(answers.n > 2.0)") // "${extra} = 'yes' and not(${n} > 2)" */
export function celToXpath(
  condition: string,
  mayBeNa: ReadonlySet<string> = new Set(),
): string | undefined {
  try {
    const { ast } = new Environment({ unlistedVariablesAreDyn: true }).parse(condition);
    const found = toXpath(ast as Node);
    return found && guarded(found, mayBeNa);
  } catch {
    return undefined;
  }
}

/**
 * A condition of ours is false where it meets a question without an answer; XPath's `!=`, `not` and
 * `or` are true on a blank, so those name first what must be answered.
 */
function guarded(xpath: string, mayBeNa: ReadonlySet<string>): string {
  const isPlain = !/!=|\bnot\(|\bor\b/.test(xpath.replaceAll(/'[^']*'/g, ''));
  const names = [...new Set([...xpath.matchAll(/\$\{([\w.-]+)\}/g)].map((match) => match[1]!))];
  const guards = names.flatMap((name) => [
    ...(isPlain ? [] : [`\${${name}} != ''`]),
    ...(!isPlain && mayBeNa.has(name) ? [`\${${name}} != '${notApplicableChoice}'`] : []),
  ]);
  return [...guards, xpath].join(' and ');
}

const guards = new RegExp(`\\$\\{[\\w.-]+\\} != '(?:${notApplicableChoice})?' and `, 'g');

function toXpath(node: Node): string | undefined {
  const args = node.args as readonly Node[];
  const both = (join: string) => {
    const [left, right] = [toXpath(args[0]!), toXpath(args[1]!)];
    return left === undefined || right === undefined ? undefined : `${left} ${join} ${right}`;
  };
  if (comparisons[node.op]) return both(comparisons[node.op]!);
  switch (node.op) {
    case '&&':
      return both('and');
    case '||': {
      const found = both('or');
      return found && `(${found})`;
    }
    case '!_': {
      const inner = toXpath(node.args as Node);
      return inner && `not(${inner})`;
    }
    case '-_': {
      const inner = toXpath(node.args as Node);
      return inner && `-${inner}`;
    }
    case 'value':
      return literal(node.args);
    case '.': {
      const [target, field] = node.args as [Node, string];
      return target.op === 'id' && target.args === 'answers' ? `\${${field}}` : undefined;
    }
    case 'in': {
      const [value, list] = [toXpath(args[0]!), toXpath(args[1]!)];
      return value && list?.startsWith('${') ? `selected(${list}, ${value})` : undefined;
    }
    default:
      return undefined;
  }
}

function literal(value: unknown): string | undefined {
  if (typeof value === 'string') return value.includes("'") ? undefined : `'${value}'`;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return undefined;
}

/** Conditions are as short as the product's own; a longer one is not read. */
const longest = 500;

/** How an item's answer is written in a condition. */
export type AnswerKind = 'text' | 'list' | 'int' | 'double';

/** An answer that a condition may name: its item, and how the item calls the form's choices. */
export interface AnswerName {
  readonly id: string;
  readonly kind: AnswerKind;
  readonly value?: (choice: string) => string;
}

/**
 * @param find the answer of a name in the form; `undefined` where there is none
 * @example xpathToCel("selected(${ways}, 'sms') and ${n} >= 2", find) // "'sms' in answers.ways && answers.n >= 2.0"
 */
export function xpathToCel(
  source: string,
  find: (name: string) => AnswerName | undefined,
): string | undefined {
  const bare = source.replaceAll(guards, '');
  const tokens = bare.length > longest ? undefined : tokenise(bare);
  if (!tokens) return undefined;
  let at = 0;
  const take = (token: string) => tokens[at] === token && at++ >= 0;

  const or = (): string | undefined => chain(and, 'or', '||');
  const and = (): string | undefined => chain(unit, 'and', '&&');
  const chain = (next: () => string | undefined, word: string, sign: string) => {
    const parts = [next()];
    while (take(word)) parts.push(next());
    if (parts.some((part) => part === undefined)) return undefined;
    return parts.length === 1 ? parts[0] : `(${parts.join(` ${sign} `)})`;
  };
  const unit = (): string | undefined => {
    if (take('(')) {
      const inner = or();
      return take(')') ? inner : undefined;
    }
    if (take('not')) {
      if (!take('(')) return undefined;
      const inner = or();
      return take(')') && inner ? `!(${inner})` : undefined;
    }
    if (take('selected')) return selected();
    const name = nameIn(tokens[at]);
    const sign = Object.entries(comparisons).find(([, xpath]) => xpath === tokens[at + 1])?.[0];
    const right = tokens[at + 2];
    if (name === undefined || sign === undefined || right === undefined) return undefined;
    at += 3;
    return compare(name, sign, right);
  };
  const selected = (): string | undefined => {
    const [open, field, comma, value, close] = tokens.slice(at, at + 5);
    const name = nameIn(field);
    if (open !== '(' || comma !== ',' || close !== ')' || !name || !isText(value)) return undefined;
    at += 5;
    const answer = find(name);
    if (answer?.kind === 'list') return `${said(answer, value)} in answers.${answer.id}`;
    return answer?.kind === 'text' ? `answers.${answer.id} == ${said(answer, value)}` : undefined;
  };
  const compare = (name: string, sign: string, right: string): string | undefined => {
    const answer = find(name);
    if (!answer) return undefined;
    const { id, kind } = answer;
    const bare = isText(right) ? right.slice(1, -1) : right;
    if (kind === 'text' && isText(right)) return `answers.${id} ${sign} ${said(answer, right)}`;
    if (!/^-?\d+(\.\d+)?$/.test(bare)) return undefined;
    if (kind === 'int' && !bare.includes('.')) return `answers.${id} ${sign} ${bare}`;
    if (kind !== 'double') return undefined;
    return `answers.${id} ${sign} ${bare.includes('.') ? bare : `${bare}.0`}`;
  };

  const result = or();
  return at === tokens.length ? result?.replace(/^\((.*)\)$/s, unwrap) : undefined;
}

/** A choice of the form as the item calls it. */
const said = ({ value }: AnswerName, token: string) =>
  value ? `'${value(token.slice(1, -1))}'` : token;

/** Takes the outer brackets away where they close each other. */
function unwrap(whole: string, inner: string): string {
  let depth = 0;
  for (const sign of inner) {
    if (sign === '(') depth++;
    if (sign === ')' && --depth < 0) return whole;
  }
  return inner;
}

const isText = (token: string | undefined): token is string => /^'[^']*'$/.test(token ?? '');
const nameIn = (token: string | undefined) => /^\$\{([\w.-]+)\}$/.exec(token ?? '')?.[1];

function tokenise(source: string): string[] | undefined {
  const tokens: string[] = [];
  const pattern = /\s*(\$\{[\w.-]+\}|'[^']*'|"[^"]*"|-?\d+(?:\.\d+)?|<=|>=|!=|[=<>(),]|[a-z]+)/gy;
  while (pattern.lastIndex < source.trimEnd().length) {
    const match = pattern.exec(source);
    if (!match) return undefined;
    const token = match[1]!;
    tokens.push(token.startsWith('"') ? `'${token.slice(1, -1).replaceAll("'", '')}'` : token);
  }
  return tokens;
}
