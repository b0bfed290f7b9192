import { isMap, isScalar, isSeq, LineCounter, parseDocument, stringify } from 'yaml';
import type { z } from 'zod';
import type { Fault } from '../../contracts/primitives.ts';
import { canonicalJson, sha256Hex } from '../canonical.ts';

/** A document read from YAML (or JSON, which is YAML), or every fault that it has. */
export type ReadDocument<Content> =
  | {
      readonly ok: true;
      readonly content: Content;
      readonly canonical: string;
      readonly sha256: string;
    }
  | {
      readonly ok: false;
      readonly faults: readonly Fault[];
      /** Where the shape is right and only the meaning is not: what it says so far. */
      readonly content?: Content;
    };

/** A fault found after the shape was right; `path` leads to the field. */
export interface DocumentFault {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly detail: string;
}

const maxBytes = 2_000_000;

/**
 * Reads a YAML document strictly: syntax, duplicate keys, shape, then meaning. All faults of a
 * stage are returned at once, each with line, column (from 1), JSON pointer and what was expected.
 * The canonical form is that of the document as written, without comments; defaults are applied
 * only to `content`.
 *
 * @param source the file's text, at most 2 MB
 * @param schema the shape
 * @param check  looks for faults of meaning in a document of the right shape
 * @see model.md, "Checklists are documents"
 */
export function readDocument<Schema extends z.ZodType>(
  source: string,
  schema: Schema,
  check: (content: z.output<Schema>) => readonly DocumentFault[],
): ReadDocument<z.output<Schema>> {
  if (source.length > maxBytes) {
    return refuse([{ pointer: '', code: 'too-large', detail: 'a document has at most 2 MB' }]);
  }
  const lines = new LineCounter();
  const tree = parseDocument(source, { lineCounter: lines, uniqueKeys: true, strict: true });
  if (tree.errors.length > 0) {
    return refuse(
      tree.errors.map((error) => ({
        pointer: '',
        code: error.code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'malformed',
        detail: firstLine(error.message),
        line: error.linePos?.[0].line ?? 1,
        column: error.linePos?.[0].col ?? 1,
      })),
    );
  }
  let raw: unknown;
  try {
    raw = tree.toJS({ maxAliasCount: 50 });
  } catch (error) {
    return refuse([
      { pointer: '', code: 'malformed', detail: firstLine((error as Error).message) },
    ]);
  }
  const place = (path: readonly PropertyKey[], atKey = false) => {
    const offset = offsetOf(tree.contents, path, atKey);
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  return readValue(raw, schema, check, place);
}

/** Where a value of a document stands, for whoever has to mend it. */
export type Place = (
  path: readonly PropertyKey[],
  atKey?: boolean,
) => { readonly line?: number; readonly column?: number | string };

/**
 * The same for a document that is read already: shape, then meaning, all faults of a stage at once.
 *
 * @param raw   the document as written, before defaults
 * @param place tells where a path stands in what the user wrote
 */
export function readValue<Schema extends z.ZodType>(
  raw: unknown,
  schema: Schema,
  check: (content: z.output<Schema>) => readonly DocumentFault[],
  place: Place,
): ReadDocument<z.output<Schema>> {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    return refuse(parsed.error.issues.flatMap((issue) => shapeFaults(issue, raw, place)));
  }
  const faults = check(parsed.data).map((fault) => ({
    pointer: toPointer(fault.path),
    code: fault.code,
    detail: fault.detail,
    ...place(fault.path),
  }));
  if (faults.length > 0) return { ok: false, faults, content: parsed.data };
  const canonical = canonicalJson(raw);
  return { ok: true, content: parsed.data, canonical, sha256: sha256Hex(canonical) };
}

/** A document as YAML, as the shipped files look: one text a line, never folded. */
export function writeDocument(type: 'checklist' | 'programme', document: object): string {
  const schema = `# yaml-language-server: $schema=http://localhost:8080/schemas/${type}.json`;
  return `${schema}\n${stringify(document, { lineWidth: 0 })}`;
}

/** Which kind of document a YAML text is: only a programme has gates. A broken text counts as a checklist. */
export function documentTypeOf(source: string): 'checklist' | 'programme' {
  const tree = parseDocument(source);
  return isMap(tree.contents) && tree.has('gates') ? 'programme' : 'checklist';
}

/** Reads a stored canonical document again; it was checked when it was stored. */
export function parseCanonical<Schema extends z.ZodType>(
  canonical: string,
  schema: Schema,
): z.output<Schema> {
  return schema.parse(JSON.parse(canonical));
}

/** JSON pointer (RFC 6901) of a path. */
export function toPointer(path: readonly PropertyKey[]): string {
  return path
    .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

function shapeFaults(issue: z.core.$ZodIssue, raw: unknown, place: Place): Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: toPointer([...issue.path, key]),
      code: 'unknown-key',
      detail: `"${key}" is not a key that is known here`,
      ...place([...issue.path, key], true),
    }));
  }
  const missing = valueAt(raw, issue.path) === undefined;
  return [
    {
      pointer: toPointer(issue.path),
      code: missing ? 'missing' : 'wrong-value',
      detail: missing ? `${String(issue.path.at(-1) ?? 'the document')} is missing` : issue.message,
      ...place(issue.path),
    },
  ];
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw;
  for (const step of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}

/** Offset of the node at a path, or of the nearest parent that exists. */
function offsetOf(root: unknown, path: readonly PropertyKey[], atKey: boolean): number {
  let node = root;
  let offset = rangeStart(node) ?? 0;
  for (const [index, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === step);
      if (!pair) return offset;
      offset = rangeStart(pair.key) ?? offset;
      if (atKey && index === path.length - 1) return offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[step as number];
    } else {
      return offset;
    }
    offset = rangeStart(node) ?? offset;
  }
  return offset;
}

function rangeStart(node: unknown): number | undefined {
  const range = (node as { range?: [number, number, number] | null } | null | undefined)?.range;
  return range?.[0];
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}

function refuse(faults: readonly Fault[]): { ok: false; faults: readonly Fault[] } {
  return { ok: false, faults };
}
