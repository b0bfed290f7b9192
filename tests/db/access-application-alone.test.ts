import { beforeAll, expect, test } from 'vitest';
import { useContext, withoutRowSecurity } from '../support/database.ts';
import { MatrixWorld, tryRefused } from '../support/matrix/matrix.ts';

/** Goal G2: row-level security is off; the application's check and its queries hold by themselves. */
const holder = useContext();
let world: MatrixWorld;
beforeAll(async () => {
  world = await MatrixWorld.open(holder.context);
  await withoutRowSecurity(holder.context);
}, 120_000);

test('the application alone: what the matrix refuses is refused, shows nothing, changes nothing', async () => {
  const { tried, wrong } = await tryRefused(world, ({ refusal }, status) =>
    refusal!.includes(status),
  );
  console.log(`the application alone: ${tried} cells tried`);
  expect(wrong).toEqual([]);
}, 600_000);
