import { z } from 'zod';
import { assignment } from '../../contracts/audits.ts';
import { civilDate, code } from '../../contracts/primitives.ts';
import { inputRefused, notFound, roleNeeded, stateConflict } from '../../contracts/problems.ts';
import {
  type AssignmentRecord,
  findAssignment,
  insertAssignment,
  listAssignments,
  moveAssignment,
} from '../../db/assignments.ts';
import { findDocument } from '../../db/documents.ts';
import { getDealer, getDealerById } from '../../db/network.ts';
import { findPerson, personCodes } from '../../db/people.ts';
import { compiledByNumber } from '../directory.ts';
import { type Act, defineOperation } from '../operation.ts';

/** Orders an auditor to a dealer, under the newest published version of a checklist. */
export const offerAssignment = defineOperation({
  name: 'assignments.offer',
  summary: 'Offer an assignment to an auditor',
  input: z.strictObject({
    market: z.string(),
    id: z.uuid(),
    dealer: code,
    auditor: code,
    checklist: z.string(),
    scenario: z.string().max(4_000).default(''),
    from: civilDate,
    to: civilDate,
  }),
  output: assignment,
  scope: 'market',
  writes: true,
  leavesEvidence: true,
  logged: ['id', 'dealer', 'checklist'],
  refuses: [notFound, inputRefused],
  async act(act, input) {
    const { tx, market, now } = act;
    const dealer = await getDealer(tx, market.id, input.dealer, act.own);
    const auditor = await findPerson(tx, input.auditor);
    if (!auditor) throw notFound({ what: 'auditor', id: input.auditor });
    const document = await findDocument(tx, 'checklist', input.checklist);
    if (!document) throw notFound({ what: 'published checklist', id: input.checklist });
    if (input.to < input.from) {
      throw inputRefused({
        errors: [{ pointer: '/to', code: 'range', detail: 'the window ends before it begins' }],
      });
    }
    const record = {
      marketId: market.id,
      id: input.id,
      dealerId: dealer.id,
      auditorId: auditor.id,
      document: document.number,
      scenario: input.scenario,
      windowFrom: input.from,
      windowTo: input.to,
      state: 'offered',
      sentAt: now,
    };
    await insertAssignment(tx, record);
    return describe(act, record);
  },
});

/** The auditor accepts, declines or starts; the manager cancels. */
export const moveAssignmentOn = defineOperation({
  name: 'assignments.move',
  summary: 'Accept, decline, start or cancel an assignment',
  input: z.strictObject({
    market: z.string(),
    id: z.uuid(),
    to: z.enum(['accepted', 'declined', 'started', 'cancelled']),
  }),
  output: assignment,
  scope: 'market',
  writes: true,
  leavesEvidence: true,
  logged: ['id', 'to'],
  refuses: [notFound, stateConflict],
  async act(act, { id, to }) {
    const from = {
      accepted: ['offered'],
      declined: ['offered', 'accepted'],
      started: ['offered', 'accepted'],
      cancelled: ['offered', 'accepted', 'started'],
    }[to];
    // The auditor answers; the manager calls off.
    const byManager = act.grant.role !== 'auditor';
    if (byManager !== (to === 'cancelled')) {
      const roles = to === 'cancelled' ? ['market-manager'] : ['auditor'];
      throw roleNeeded({ operation: `assignments.move to ${to}`, roles });
    }
    const moved = await moveAssignment(act.tx, act.market.id, id, from, to, act.own);
    if (moved) return describe(act, moved);
    const found = await findAssignment(act.tx, act.market.id, id, act.own);
    if (!found) throw notFound({ what: 'assignment', id });
    throw stateConflict({ what: 'assignment', state: found.state, allowed: from });
  },
});

export const listOwnAssignments = defineOperation({
  name: 'assignments.list',
  summary: 'The assignments that the reader may see, most urgent first',
  input: z.strictObject({ market: z.string() }),
  output: z.strictObject({ items: z.array(assignment) }),
  scope: 'market',
  writes: false,
  async act(act) {
    const records = await listAssignments(act.tx, act.market.id, act.own);
    return { items: await Promise.all(records.map((record) => describe(act, record))) };
  },
});

async function describe(act: Act, record: AssignmentRecord) {
  const dealer = await getDealerById(act.tx, act.market.id, record.dealerId);
  const people = await personCodes(act.tx, [record.auditorId]);
  const { row } = await compiledByNumber(act.context, act.tx, record.document);
  return {
    id: record.id,
    market: act.market.code,
    dealer: dealer.code,
    auditor: people.get(record.auditorId) ?? '',
    checklist: { id: row.id, version: row.version, sha256: row.sha256 },
    scenario: record.scenario,
    from: record.windowFrom,
    to: record.windowTo,
    state: record.state as 'offered',
    sentAt: record.sentAt.toISOString(),
  };
}
