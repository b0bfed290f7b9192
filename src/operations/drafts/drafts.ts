import { z } from 'zod';
import { draftContent, keptDraft } from '../../contracts/drafts.ts';
import { instantText } from '../../contracts/primitives.ts';
import { stateConflict } from '../../contracts/problems.ts';
import { keepDraft, listDrafts } from '../../db/drafts.ts';
import { defineOperation } from '../operation.ts';

/**
 * Keeps a copy of a form that is being filled, so that a lost phone loses little. It checks no answer:
 * what is half typed is kept as well.
 */
export const keepOwnDraft = defineOperation({
  name: 'drafts.keep',
  summary: 'Keep a copy of a form that is being filled',
  input: z.strictObject({
    market: z.string(),
    id: z.uuid().describe("The audit's id to be, made by the device."),
    seen: z.int().min(0).describe('The revision that the device has seen last; 0 = none.'),
    changedAt: instantText,
    content: draftContent,
  }),
  output: z.strictObject({ revision: z.int() }),
  scope: 'market',
  writes: true,
  leavesEvidence: true,
  isUnlogged: true,
  refuses: [stateConflict],
  async act({ tx, market, actor, now }, { id, seen, changedAt, content }) {
    const revision = await keepDraft(
      tx,
      {
        ...{ marketId: market.id, id, auditorId: actor.personId, content },
        ...{ changedAt: new Date(changedAt), receivedAt: now },
      },
      seen,
    );
    if (revision === undefined) {
      throw stateConflict(
        { what: 'draft', state: 'changed by another device, or sent in', allowed: [] },
        'another device has changed this form since, or sent it in',
      );
    }
    return { revision };
  },
});

/** One's own forms that are being filled, on whatever device. */
export const listOwnDrafts = defineOperation({
  name: 'drafts.list',
  summary: "One's own forms that are being filled",
  input: z.strictObject({ market: z.string() }),
  output: z.strictObject({ items: z.array(keptDraft) }),
  scope: 'market',
  writes: false,
  async act({ tx, market, actor }) {
    const rows = await listDrafts(tx, market.id, actor.personId);
    return {
      items: rows.map(({ id, revision, content, changedAt, receivedAt }) => ({
        ...{ id, revision, content },
        ...{ changedAt: changedAt.toISOString(), receivedAt: receivedAt.toISOString() },
      })),
    };
  },
});
