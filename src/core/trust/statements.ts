import { z } from 'zod';
import type { PublicKey } from '../../contracts/log.ts';
import { canonicalJson, sha256Hex } from '../canonical.ts';
import { faultOfSigned } from './signatures.ts';

/** What is signed at a step of a decision. Each names the step before, so none can be taken out. */
export const stepStatement = z.strictObject({
  kind: z.literal('omotenashi-decision/1'),
  market: z.string(),
  decision: z.uuid(),
  programme: z.string(),
  version: z.string(),
  period: z.string(),
  packageSha256: z.string(),
  resultSha256: z.string(),
  number: z.int(),
  step: z.string(),
  by: z.uuid(),
  at: z.string(),
  winners: z.array(z.string()),
  reason: z.string().nullable(),
  /** SHA-256 of the statement before; none for the first. */
  previous: z.string().nullable(),
  /** The head of the market's log when the step was taken: the decision anchors the log. */
  log: z.strictObject({ seq: z.int(), hash: z.string() }).nullable(),
});
export type StepStatement = z.infer<typeof stepStatement>;

export function textOfStatement(statement: Omit<StepStatement, 'kind'>): string {
  return canonicalJson({ kind: 'omotenashi-decision/1', ...statement });
}

/** A step as it is kept: what its columns say, and what was signed. */
export interface KeptStep {
  readonly number: number;
  readonly step: string;
  readonly by: string;
  readonly at: string;
  readonly winners: readonly string[];
  readonly reason: string | null;
  readonly statement: string | null;
  readonly signature: string | null;
  readonly keyId: string | null;
}

/** A decision as it is kept. */
export interface KeptDecision {
  readonly id: string;
  readonly market: string;
  readonly state: string;
  readonly winners: readonly string[];
  readonly package: string;
  readonly packageSha256: string;
  readonly result: string;
  readonly resultSha256: string;
  readonly steps: readonly KeptStep[];
  /** The steps that the market's log tells of, in its order; absent = the log was not read. */
  readonly logged?: readonly string[] | undefined;
}

/** Which step a logged operation took. */
export const stepOfOperation: Readonly<Record<string, string>> = {
  'decisions.freeze': 'frozen',
  'decisions.propose': 'proposed',
  'decisions.confirm': 'confirmed',
  'decisions.publish': 'published',
  'decisions.withdraw': 'withdrawn',
};

/**
 * What was tampered with in a decision: its package, its result, its state, a step or the order of
 * steps. Whoever changes a row cannot sign the change.
 *
 * @returns one sentence a finding, naming the decision and the place; none = it stands as it was signed
 */
export function faultsOfDecision(kept: KeptDecision, keys: readonly PublicKey[]): string[] {
  const faults: string[] = [];
  const find = (what: string) => faults.push(`decision ${kept.id}: ${what}`);
  if (sha256Hex(kept.package) !== kept.packageSha256) find('the package was changed');
  if (sha256Hex(kept.result) !== kept.resultSha256) find('the result was changed');
  let previous: string | null = null;
  for (const [index, step] of kept.steps.entries()) {
    const name = `step ${step.number} (${step.step})`;
    if (step.number !== index + 1) find(`step ${index + 1} is missing`);
    const { statement, signature, keyId } = step;
    if (statement === null || signature === null || keyId === null) {
      find(`${name} is not signed`);
      continue;
    }
    const fault = faultOfSigned({ statement, signature, keyId }, keys);
    if (fault) find(`${name}: ${fault}`);
    const said = readStatement(statement);
    if (!said) {
      find(`${name}: the statement cannot be read`);
      continue;
    }
    const columns: Partial<StepStatement> = {
      ...{ market: kept.market, decision: kept.id },
      ...{ packageSha256: kept.packageSha256, resultSha256: kept.resultSha256 },
      ...{ number: step.number, step: step.step, by: step.by, at: step.at },
      ...{ winners: [...step.winners], reason: step.reason, previous },
    };
    for (const [field, value] of Object.entries(columns)) {
      const signedValue = said[field as keyof StepStatement];
      if (JSON.stringify(signedValue) !== JSON.stringify(value)) {
        find(`${name}: "${field}" is not what was signed`);
      }
    }
    previous = sha256Hex(statement);
  }
  const taken = kept.steps.map(({ step }) => step);
  const logged = kept.logged ?? taken;
  if (JSON.stringify(taken) !== JSON.stringify(logged)) {
    find(`the log tells of the steps ${logged.join(', ')}; kept are ${taken.join(', ')}`);
  }
  const last = kept.steps.at(-1);
  if (!last) find('has no steps');
  else if (last.step !== kept.state) find(`stands as ${kept.state}, its last step is ${last.step}`);
  else if (JSON.stringify(last.winners) !== JSON.stringify(kept.winners)) {
    find('the winners are not those of the last step');
  }
  return faults;
}

function readStatement(text: string): StepStatement | undefined {
  try {
    const parsed = stepStatement.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
