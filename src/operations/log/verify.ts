import { z } from 'zod';
import { verification } from '../../contracts/log.ts';
import { ChainCheck } from '../../core/trust/log.ts';
import { faultsOfKeys } from '../../core/trust/signatures.ts';
import { faultsOfDecision, stepOfOperation } from '../../core/trust/statements.ts';
import { listDecisionRows, listSteps } from '../../db/decisions.ts';
import { findHead, listEvents } from '../../db/events.ts';
import { type Act, defineOperation, type Preparation } from '../operation.ts';

interface Found {
  readonly findings: string[];
  records: number;
  decisions: number;
}

/** Checks one chain against its hashes, its head and the anchors kept outside. */
async function checkChain(
  { tx, context }: Act,
  marketId: number,
  found: Found,
  read: (record: string) => void = () => undefined,
): Promise<void> {
  const check = new ChainCheck(marketId, context.anchors.list(), context.keys.list());
  let after = 0;
  for (;;) {
    const rows = await listEvents(tx, marketId, after, 5_000);
    for (const row of rows) {
      check.add(row);
      read(row.record);
    }
    if (rows.length < 5_000) break;
    after = rows.at(-1)!.seq;
  }
  found.findings.push(...check.end(await findHead(tx, marketId)));
  found.records += check.count;
}

/** Checks every decision that the asker may see against what was signed. */
async function checkDecisions(
  { tx, market, context }: Act,
  logged: ReadonlyMap<string, readonly string[]>,
  found: Found,
): Promise<void> {
  const keys = context.keys.list();
  for (const row of await listDecisionRows(tx, market.id)) {
    const steps = await listSteps(tx, market.id, row.id);
    found.decisions += 1;
    found.findings.push(
      ...faultsOfDecision(
        {
          ...row,
          market: market.code,
          logged: logged.get(row.id) ?? [],
          steps: steps.map((step) => ({ ...step, at: step.at.toISOString() })),
        },
        keys,
      ),
    );
  }
}

/** Keeps which steps of which decision the log tells of. */
function noteStep(logged: Map<string, string[]>, record: string): void {
  if (!record.includes('"operation":"decisions.')) return;
  const { operation, subject } = JSON.parse(record) as {
    operation: string;
    subject: { id?: string };
  };
  const step = stepOfOperation[operation];
  if (!step || !subject.id) return;
  logged.set(subject.id, [...(logged.get(subject.id) ?? []), step]);
}

/** Everything that can be checked: keys, every chain with its anchors, every decision. */
export const verifyLog = defineOperation({
  name: 'log.verify',
  summary: 'Check every chain of the log and every decision for changes',
  input: z.strictObject({}),
  output: verification,
  scope: 'network',
  writes: false,
  async prepare(preparation: Preparation) {
    const found: Found = { findings: [], records: 0, decisions: 0 };
    await preparation.inEachMarket(async (act) => {
      const logged = new Map<string, string[]>();
      await checkChain(act, act.market.id, found, (record) => noteStep(logged, record));
      await checkDecisions(act, logged, found);
    });
    return found;
  },
  async act(act, _, prepared) {
    const found = prepared as Found;
    await checkChain(act, 0, found);
    const findings = [...faultsOfKeys(act.context.keys.list()), ...found.findings];
    return {
      ok: findings.length === 0,
      records: found.records,
      decisions: found.decisions,
      anchors: act.context.anchors.list().length,
      findings,
    };
  },
});
