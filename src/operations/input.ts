import type { z } from 'zod';
import { inputRefused } from '../contracts/problems.ts';
import { toPointer } from '../core/documents/documents.ts';

/** Reads an act's input by its shape. @throws input-refused with all faults at once */
export function parseInput<Input extends z.ZodObject>(
  schema: Input,
  raw: unknown,
): z.output<Input> {
  const unfit = unfitPlace(raw, []);
  if (unfit) {
    const isDeep = unfit.length > deepest;
    throw inputRefused({
      errors: [
        {
          pointer: toPointer(isDeep ? unfit.slice(0, 3) : unfit),
          code: isDeep ? 'deep' : 'text',
          detail: isDeep
            ? `at most ${deepest} levels inside each other`
            : 'text without NUL and broken characters',
        },
      ],
    });
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw inputRefused({
    errors: parsed.error.issues.slice(0, 100).map((issue) => ({
      pointer: toPointer(issue.path),
      code: issue.code,
      detail: issue.message,
    })),
  });
}

/** No document of ours nests deeper; what recurses over input may rely on it. */
const deepest = 64;

/**
 * Where the input holds what neither the database nor canonical JSON can take, or goes too deep;
 * `undefined` = nowhere.
 */
function unfitPlace(value: unknown, path: readonly string[]): readonly string[] | undefined {
  if (path.length > deepest) return path;
  if (typeof value === 'string')
    return value.includes('\u0000') || !value.isWellFormed() ? path : undefined;
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return undefined;
  for (const [key, each] of Object.entries(value)) {
    const found = unfitPlace(each, [...path, key]);
    if (found) return found;
  }
  return undefined;
}
