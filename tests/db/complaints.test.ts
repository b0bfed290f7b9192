import { beforeAll, expect, test } from 'vitest';
import type { ComplaintRow } from '../../src/contracts/complaints.ts';
import { importJson } from '../../src/operations/imports/run.ts';
import { perform, systemActor } from '../../src/operations/operation.ts';
import { useContext } from '../support/database.ts';
import { openWorld, type World } from '../support/world.ts';

/** The register of complaints, two working days for an answer, read on Thursday 15 January 2026. */
const holder = useContext();
let world: World;

beforeAll(async () => {
  world = await openWorld(holder.context);
  const complaint = (code: string, received: string, rest: object = {}) => ({
    ...{ code, dealer: 'PL-1', touchpoint: 'workshop', category: 'no-reply' },
    ...{ channel: 'telephone', severity: 'low', customer: `Guest of ${code}` },
    received_at: `${received}T10:00:00+01:00`,
    ...rest,
  });
  await perform(holder.context, systemActor, importJson, {
    ...{ market: 'PL', kind: 'complaints' },
    rows: [
      complaint('A-in-time', '2025-12-01', { answered_at: '2025-12-03T18:00:00+01:00' }),
      complaint('B-late', '2025-12-05', { answered_at: '2025-12-10T09:00:00+01:00' }),
      complaint('C-overdue', '2025-12-22'),
      complaint('D-long-overdue', '2025-12-18', { dealer: 'PL-2' }),
      complaint('E-before', '2024-12-31'),
      // Still the old year in London, the new one in Warsaw.
      { ...complaint('F-new-year', ''), received_at: '2025-12-31T23:30:00+00:00' },
      complaint('G-fresh', '2026-01-15'),
    ],
  });
});

async function register(period: string): Promise<readonly ComplaintRow[]> {
  const { status, body } = await world.as('manager').get(`/markets/PL/complaints?period=${period}`);
  expect(status).toBe(200);
  expect(JSON.stringify(body)).not.toContain('Guest of');
  return body.items;
}

test('what waits for an answer comes first, by its last day; then the newest', async () => {
  const rows = await register('2025');
  expect(rows.map(({ code }) => code)).toEqual([
    'D-long-overdue',
    'C-overdue',
    'B-late',
    'A-in-time',
  ]);
  expect(rows.map(({ answer }) => [answer.deadline, answer.state, answer.isRunning])).toEqual([
    ['2025-12-22', 'breached', true],
    ['2025-12-24', 'breached', true],
    ['2025-12-09', 'breached', false],
    ['2025-12-03', 'met', false],
  ]);
  expect(rows[0]!.dealer).toBe('PL-2');
});

test('a complaint is of the day that it was at the house', async () => {
  const rows = await register('2026');
  expect(rows.map(({ code, received }) => [code, received])).toEqual([
    ['F-new-year', '2026-01-01'],
    ['G-fresh', '2026-01-15'],
  ]);
  expect(rows[1]!.answer).toEqual({ deadline: '2026-01-19', state: 'pending', isRunning: true });
});
