import { z } from 'zod';
import { awardPackage, decision, decisionState } from '../../contracts/awards.ts';
import { sha256 } from '../../contracts/primitives.ts';
import { notFound } from '../../contracts/problems.ts';
import { getDecisionRow, listDecisionRows } from '../../db/decisions.ts';
import { getDocumentByNumber } from '../../db/documents.ts';
import { defineOperation } from '../operation.ts';
import { describe } from './describe.ts';

const one = { market: z.string(), id: z.uuid() };

export const getDecision = defineOperation({
  output: decision,
  scope: 'market',
  writes: false,
  name: 'decisions.get',
  summary: 'One decision with its steps and its frozen result',
  input: z.strictObject(one),
  refuses: [notFound],
  act: async (act, { id }) => describe(act, await getDecisionRow(act.tx, act.market.id, id)),
});

export const listDecisions = defineOperation({
  name: 'decisions.list',
  summary: "A market's decisions, newest first",
  input: z.strictObject({ market: z.string() }),
  output: z.strictObject({
    items: z.array(
      z.strictObject({
        id: z.uuid(),
        programme: z.string(),
        version: z.string(),
        period: z.string(),
        state: decisionState,
        winners: z.array(z.string()),
      }),
    ),
  }),
  scope: 'market',
  writes: false,
  async act(act) {
    const rows = await listDecisionRows(act.tx, act.market.id);
    const items = [];
    for (const row of rows) {
      const document = await getDocumentByNumber(act.tx, row.document);
      items.push({
        id: row.id,
        programme: document.id,
        version: document.version,
        period: row.period,
        state: row.state as z.infer<typeof decisionState>,
        winners: row.winners,
      });
    }
    return { items };
  },
});

/** The frozen package: with it anybody can compute the award again, without this database. */
export const getDecisionPackage = defineOperation({
  name: 'decisions.package',
  summary: 'The frozen package of a decision, for recomputing it elsewhere',
  input: z.strictObject(one),
  output: z.strictObject({
    package: awardPackage,
    packageSha256: sha256,
    resultSha256: sha256,
    result: z.string(),
  }),
  scope: 'market',
  writes: false,
  noted: true,
  logged: ['id'],
  refuses: [notFound],
  async act(act, { id }) {
    const row = await getDecisionRow(act.tx, act.market.id, id);
    return {
      package: awardPackage.parse(JSON.parse(row.package)),
      packageSha256: row.packageSha256,
      resultSha256: row.resultSha256,
      result: row.result,
    };
  },
});
