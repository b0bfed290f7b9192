import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';

interface Case {
  readonly inputs: never;
  readonly expected: readonly {
    readonly name: string;
    readonly value: unknown;
    readonly tol: number;
    readonly tolType: 'abs' | 'rel';
    readonly note?: string;
  }[];
}

/** A reference case of `tests/reference`, with a check that applies each entry's own tolerance. */
export function reference(id: string) {
  const { inputs, expected } = JSON.parse(
    readFileSync(new URL(`../reference/${id}.json`, import.meta.url), 'utf8'),
  ) as Case;
  const read = new Set<string>();
  const find = (name: string) => {
    const entry = expected.find((each) => each.name === name);
    if (!entry) throw new Error(`${id} has no expected value "${name}"`);
    read.add(name);
    return entry;
  };
  return {
    inputs,
    names: expected.map((entry) => entry.name),
    check(name: string, actual: unknown) {
      const { value, tol, tolType } = find(name);
      expectClose(actual, value, tol, tolType, name);
    },
    value: (name: string) => find(name).value,
    note: (name: string) => find(name).note ?? '',
    /** Fails where an expected value was never compared; to be called last. */
    expectAllRead() {
      expect(expected.map((entry) => entry.name).filter((name) => !read.has(name))).toEqual([]);
    },
  };
}

/** Rows of a data set beside the reference cases, as records. */
export function table(name: string): Record<string, string>[] {
  const bytes = readFileSync(new URL(`../reference/${name}`, import.meta.url));
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const [header, ...lines] = text.trim().split('\n');
  const columns = header!.replaceAll('"', '').split(',');
  return lines.map((line) => {
    const cells = line.replaceAll('"', '').split(',');
    return Object.fromEntries(columns.map((column, i) => [column, cells[i]!.trim()]));
  });
}

/** Columns of a data set as numbers. */
export function columnsOf(name: string): Record<string, number[]> {
  const rows = table(name);
  return Object.fromEntries(
    Object.keys(rows[0]!).map((column) => [column, rows.map((row) => Number(row[column]))]),
  );
}

/** Compares every number inside plain data within a tolerance; all else must be equal. */
export function expectClose(
  actual: unknown,
  wanted: unknown,
  tol: number,
  type: 'abs' | 'rel',
  path: string,
): void {
  if (typeof wanted === 'number') {
    const reach = type === 'abs' ? tol : tol * Math.abs(wanted);
    expect(typeof actual, path).toBe('number');
    expect(
      Math.abs((actual as number) - wanted),
      `${path}: ${actual} for ${wanted}`,
    ).toBeLessThanOrEqual(reach);
  } else if (wanted !== null && typeof wanted === 'object') {
    for (const [key, each] of Object.entries(wanted)) {
      expectClose((actual as Record<string, unknown>)?.[key], each, tol, type, `${path}.${key}`);
    }
  } else {
    expect(actual, path).toEqual(wanted);
  }
}
