import { awardPackage } from '../../contracts/awards.ts';
import { canonicalJson, sha256Hex } from '../canonical.ts';
import { toPointer } from '../documents/documents.ts';
import { canonicalResult } from './award.ts';
import { evaluateFrozen } from './frozen.ts';

/** What a recomputation found. `differences` name each place that differs from the reference. */
export interface Verification {
  readonly ok: boolean;
  readonly packageSha256: string;
  readonly resultSha256: string;
  readonly differences: readonly string[];
}

/** A decision as it was handed out: the package with the hashes and the result that belong to it. */
export interface HandedOut {
  readonly package: unknown;
  readonly packageSha256: string;
  readonly resultSha256: string;
  readonly result: string;
}

/**
 * Recomputes an award from its frozen package, without any database, and compares bytes.
 *
 * @param handedOut what `decisions.package` gives
 * @param reference another copy (say, the market's own); differing inputs are then named by pointer
 */
export function verifyDecision(handedOut: HandedOut, reference?: HandedOut): Verification {
  const differences: string[] = [];
  const packageText = canonicalJson(handedOut.package);
  const packageSha256 = sha256Hex(packageText);
  if (packageSha256 !== handedOut.packageSha256) {
    differences.push(
      `the package was changed: its SHA-256 is ${packageSha256}, frozen was ${handedOut.packageSha256}`,
    );
  }
  if (reference) differences.push(...compare(handedOut.package, reference.package, []));
  const parsed = awardPackage.safeParse(handedOut.package);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${toPointer(issue.path)}: ${issue.message}`);
    return { ok: false, packageSha256, resultSha256: '', differences: [...differences, ...faults] };
  }
  const result = canonicalResult(evaluateFrozen(parsed.data));
  if (result.sha256 !== handedOut.resultSha256) {
    const changed = compare(JSON.parse(result.text), JSON.parse(handedOut.result), []);
    differences.push(...changed.map((place) => `result ${place}`));
    if (changed.length === 0)
      differences.push('the result has another SHA-256 than the recomputed one');
  }
  return { ok: differences.length === 0, packageSha256, resultSha256: result.sha256, differences };
}

/** Every place where two plain values differ, with both values. */
function compare(mine: unknown, theirs: unknown, path: readonly string[]): string[] {
  if (isObject(mine) && isObject(theirs)) {
    const keys = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].sort();
    return keys.flatMap((key) => compare(mine[key], theirs[key], [...path, key]));
  }
  const [a, b] = [JSON.stringify(mine), JSON.stringify(theirs)];
  return a === b ? [] : [`${toPointer(path)}: ${a ?? 'absent'}, frozen was ${b ?? 'absent'}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
