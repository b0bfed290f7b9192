import { beforeAll, expect, test, vi } from 'vitest';
import { useContext } from '../support/database.ts';
import { MatrixWorld, tryRefused } from '../support/matrix/matrix.ts';

/** Goal G2: the application's check says yes to everything; the database holds by itself. */
vi.mock('../../src/core/access.ts', () => ({
  decideAccess: (_: unknown, actor: { grants: readonly object[] }) => ({
    allowed: true,
    grant: actor.grants[0],
  }),
  ownOf: () => ({}),
}));
vi.mock('../../src/core/access-matrix.ts', async (original) => ({
  ...(await original<object>()),
  mayCall: () => true,
}));

const holder = useContext();
let world: MatrixWorld;
beforeAll(async () => {
  world = await MatrixWorld.open(holder.context);
}, 120_000);

test('row-level security alone: nothing of others is shown or changed', async () => {
  const { tried, wrong } = await tryRefused(world, ({ asker, refusal }, status) =>
    asker.role === undefined || asker.isRevoked ? refusal!.includes(status) : true,
  );
  console.log(`the database alone: ${tried} cells tried`);
  expect(wrong).toEqual([]);
}, 600_000);
