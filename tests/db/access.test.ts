import { beforeAll, expect, test } from 'vitest';
import { useContext } from '../support/database.ts';
import { type Cell, isWrite, MatrixWorld, nameOf, tryRefused } from '../support/matrix/matrix.ts';

/** Goal G1: both locks together. */
const holder = useContext();
let world: MatrixWorld;
beforeAll(async () => {
  world = await MatrixWorld.open(holder.context);
}, 120_000);

test('what the matrix refuses is refused, shows nothing and changes nothing', async () => {
  const { tried, wrong } = await tryRefused(world, ({ refusal }, status) =>
    refusal!.includes(status),
  );
  console.log(
    `both locks: ${tried} of ${world.cells().length} cells (route × asker × thing) refused`,
  );
  expect(wrong).toEqual([]);
  expect(tried).toBeGreaterThan(2_000);
}, 600_000);

test('what the matrix allows shows nothing of others; every operation does work', async () => {
  const allowed = world.cells().filter((cell) => cell.refusal === undefined);
  // Reads first: writes change what can be read, and what is withdrawn can be read no more.
  const turn = ({ operation }: Cell) =>
    isWrite(operation) ? (operation.endsWith('.withdraw') ? 2 : 1) : 0;
  const inOrder = allowed.toSorted((a, b) => turn(a) - turn(b));
  const wrong: string[] = [];
  const reached = new Map<string, Set<number>>();
  for (const cell of inOrder) {
    const { status, leaks, body } = await world.ask(cell);
    reached.set(cell.operation, (reached.get(cell.operation) ?? new Set()).add(status));
    if ([400, 401, 403].includes(status) || status >= 500) {
      wrong.push(`${nameOf(cell)}: ${status} ${body.slice(0, 200)}`);
    }
    wrong.push(...leaks.map(({ cell: where, what }) => `${where}: shows ${what}`));
  }
  expect(wrong).toEqual([]);
  // Refused for its state (409) is understood too. The workbook to convert is none, the passkey to
  // add does not fit (422), and there is none to remove (404): browser tests have real ones.
  const isUnderstood = (operation: string, status: number) =>
    status < 300 ||
    status === 409 ||
    (/^(documents.convert|account.add-passkey)$/.test(operation) && status === 422) ||
    (operation === 'account.remove-passkey' && status === 404);
  const never = [...reached].filter(
    ([operation, statuses]) => ![...statuses].some((each) => isUnderstood(operation, each)),
  );
  expect(never.map(([operation, statuses]) => [operation, ...statuses])).toEqual([]);
}, 600_000);
