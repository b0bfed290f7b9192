import { uuidv7 } from 'uuidv7';
import { beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../src/core/access.ts';
import { findActorByCode } from '../../src/db/people.ts';
import { approveAudit, takeAuditUp } from '../../src/operations/audits/review.ts';
import { submitAudit } from '../../src/operations/audits/submit.ts';
import { rankMarket } from '../../src/operations/awards/rank.ts';
import { waiveGate } from '../../src/operations/awards/waive.ts';
import { buildDemo } from '../../src/operations/demo/build.ts';
import { demoMarkets } from '../../src/operations/demo/places.ts';
import { listMarketsCached } from '../../src/operations/directory.ts';
import { importJson } from '../../src/operations/imports/run.ts';
import { perform, systemActor } from '../../src/operations/operation.ts';
import { issueToken } from '../../src/operations/people/tokens.ts';
import { remembered } from '../../src/operations/remembered.ts';
import { useContext } from '../support/database.ts';
import { fill, shipped } from '../support/fill.ts';

const holder = useContext();
const audit = uuidv7();
const managerOf = (market: string) => ({
  personId: uuidv7(),
  code: `manager ${market}`,
  grants: [{ role: 'market-manager' as const, marketId: ids.get(market)! }],
});
const networkManager = {
  personId: uuidv7(),
  code: 'network',
  grants: [{ role: 'network-manager' as const }],
};
const ids = new Map<string, number>();
const people = new Map<string, Actor>();
const rank = () => perform(holder.context, systemActor, rankMarket, { market: 'LV' });
/** The same, computed by a process that remembers nothing. */
const rankAnew = () => perform({ ...holder.context }, systemActor, rankMarket, { market: 'LV' });

beforeAll(async () => {
  await buildDemo(
    holder.context,
    undefined,
    demoMarkets.filter(({ code }) => ['PL', 'CZ', 'LV'].includes(code)),
  );
  for (const { code, id } of await listMarketsCached(holder.context)) ids.set(code, id);
  const grants = [{ role: 'market-manager' as const, market: 'LV' }];
  for (const person of ['sender', 'reviewer']) {
    await perform(holder.context, systemActor, issueToken, { person, label: 'test', grants });
    const actor = await holder.context.database.transaction({ role: 'gate' }, (tx) =>
      findActorByCode(tx, person),
    );
    people.set(person, actor!);
  }
}, 300_000);

test('a ranking is kept while no evidence changes, and whoever asks gets the same one', async () => {
  const first = await rank();
  expect(await rank()).toBe(first);
  const [a, b] = await Promise.all([rankAnew(), rankAnew()]);
  expect(a).toEqual(first);
  expect(b).toEqual(first);
});

const submit = () =>
  perform(holder.context, people.get('sender')!, submitAudit, {
    ...{ market: 'LV', id: audit, dealer: 'LV-001', visitDate: '2025-05-06' },
    checklist: { id: 'seven-personal-standards', version: '2025.1' },
    ...{ startedAt: '2025-05-06T09:00:00Z', finishedAt: '2025-05-06T09:40:00Z' },
    ...{ noInterestDeclaredAt: '2025-05-06T08:59:00Z' },
    answers: fill(shipped('seven-personal-standards/2025.1'), 'best'),
  });
const reviewer = () => people.get('reviewer')!;
const writes: readonly [string, () => Promise<unknown>, boolean][] = [
  ['an audit that nobody has reviewed', submit, false],
  [
    'its approval',
    async () => {
      await perform(holder.context, reviewer(), takeAuditUp, { market: 'LV', id: audit });
      await perform(holder.context, reviewer(), approveAudit, { market: 'LV', id: audit });
    },
    true,
  ],
  [
    'answers of customers in another market, on whose spread a small market leans',
    () =>
      perform(holder.context, systemActor, importJson, {
        ...{ market: 'PL', kind: 'responses' },
        ...{ checklist: 'after-sales-questionnaire', version: '2025.1' },
        rows: Array.from({ length: 40 }, (_, i) => ({
          ...{ dealer: 'PL-004', visit_date: '2025-06-01', reference: `R-${i}` },
          ...{ work_done_right: 1, advisor_explained: 1, ready_as_promised: 1, recommend: 0 },
        })),
      }),
    true,
  ],
  [
    'a waiver',
    () =>
      perform(holder.context, systemActor, waiveGate, {
        ...{ market: 'LV', programme: 'european-award', dealer: 'LV-001' },
        ...{ gate: 'financial-structure', reason: 'A strike', paper: 'letter of 3 May 2025' },
      }),
    true,
  ],
];

test.each(writes)('after %s it is what a new computation says', async (_, write, changes) => {
  const before = await rank();
  await write();
  const after = await rank();
  expect(after).toEqual(await rankAnew());
  if (changes) expect(after).not.toBe(before);
  else expect(after).toBe(before);
});

test('figures that lean on the whole network are the same for a market’s manager and the network’s', async () => {
  const ask = (actor: Actor) => perform({ ...holder.context }, actor, rankMarket, { market: 'LV' });
  expect(await ask(managerOf('LV'))).toEqual(await ask(networkManager));
});

test('a computation that failed is tried again, and another quarter of an hour asks anew', async () => {
  let runs = 0;
  const at = (minute: number, fails = false) =>
    remembered(holder.context, 'a test', new Date(Date.UTC(2026, 0, 1, 12, minute)), async () => {
      runs += 1;
      if (fails) throw new Error('broken');
      return runs;
    });
  await expect(at(0, true)).rejects.toThrow('broken');
  expect([await at(0), await at(14), await at(15)]).toEqual([2, 2, 3]);
});
