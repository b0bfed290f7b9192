import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

interface Case {
  readonly inputs: never;
  readonly expected: readonly {
    readonly name: string;
    readonly value: unknown;
    readonly tol: number;
    readonly tolType: 'abs' | 'rel';
  }[];
}

/** A reference case of `tests/reference`, with a check that applies each entry's own tolerance. */
export function reference(id: string) {
  const { inputs, expected } = JSON.parse(
    readFileSync(new URL(`../reference/${id}.json`, import.meta.url), 'utf8'),
  ) as Case;
  return {
    inputs,
    names: expected.map((entry) => entry.name),
    check(name: string, actual: unknown) {
      const entry = expected.find((each) => each.name === name);
      if (!entry) throw new Error(`${id} has no expected value "${name}"`);
      expectClose(actual, entry.value, entry.tol, entry.tolType, name);
    },
    value: (name: string) => expected.find((each) => each.name === name)?.value,
  };
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
