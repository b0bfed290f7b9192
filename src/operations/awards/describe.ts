import type { z } from 'zod';
import { awardResult, type decisionState } from '../../contracts/awards.ts';
import { parseResult } from '../../core/awards/award.ts';
import { type DecisionRow, listCertificates, listSteps } from '../../db/decisions.ts';
import { getDocumentByNumber } from '../../db/documents.ts';
import { personCodes } from '../../db/people.ts';
import type { Act } from '../operation.ts';

/** A decision as its readers see it: its steps with their people, and the frozen result. */
export async function describe(act: Act, row: DecisionRow) {
  const document = await getDocumentByNumber(act.tx, row.document);
  const steps = await listSteps(act.tx, act.market.id, row.id);
  const people = await personCodes(
    act.tx,
    steps.map((each) => each.by),
  );
  return {
    id: row.id,
    market: act.market.code,
    programme: document.id,
    version: document.version,
    period: row.period,
    state: row.state as z.infer<typeof decisionState>,
    winners: row.winners,
    reason: row.reason,
    embargoUntil: row.embargoUntil,
    packageSha256: row.packageSha256,
    resultSha256: row.resultSha256,
    frozenAt: row.frozenAt.toISOString(),
    steps: steps.map((each) => ({
      step: each.step,
      by: people.get(each.by) ?? each.by,
      at: each.at.toISOString(),
      winners: each.winners,
      reason: each.reason,
      signed:
        each.statement !== null && each.signature !== null && each.keyId !== null
          ? { statement: each.statement, signature: each.signature, keyId: each.keyId }
          : null,
    })),
    certificates: await listCertificates(act.tx, act.market.id, row.id),
    result: awardResult.parse(parseResult(row.result)),
  };
}
