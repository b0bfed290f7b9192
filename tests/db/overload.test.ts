import { beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../src/http/app.ts';
import { useContext } from '../support/database.ts';
import { makeNetwork, makeTokens } from '../support/world.ts';

/** More than the machine can do in good time is refused at once, and it is well again afterwards. */
const holder = useContext();
let app: Awaited<ReturnType<typeof buildApp>>;
let token: string;

beforeAll(async () => {
  await makeNetwork(holder.context);
  token = (await makeTokens(holder.context))['manager']!;
  app = await buildApp(holder.context, { limits: { reads: 3, writes: 5 } });
});

const read = () =>
  app.inject({ url: '/api/v1/markets/PL/dealers', headers: { authorization: `Bearer ${token}` } });
const write = () =>
  app.inject({
    method: 'POST',
    url: '/api/v1/markets/PL/cells/rebuild',
    headers: { authorization: `Bearer ${token}` },
    payload: {},
  });

test('reads are shed before writes, with the time to come back; watchers get through', async () => {
  const reads = await Promise.all(Array.from({ length: 10 }, read));
  const served = reads.filter(({ statusCode }) => statusCode === 200);
  expect(served).toHaveLength(3);
  const [shed] = reads.filter(({ statusCode }) => statusCode === 503);
  expect(shed!.json()).toMatchObject({ type: '/problems/overloaded', retryAfterSeconds: 2 });
  expect(shed!.headers['retry-after']).toBe('2');
  const mixed = await Promise.all([
    ...Array.from({ length: 3 }, read),
    ...Array.from({ length: 3 }, write),
    app.inject({ url: '/healthz' }),
  ]);
  expect(mixed.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200, 503, 200]);
});

test('afterwards everybody is served again', async () => {
  for (let round = 0; round < 20; round++) expect((await read()).statusCode).toBe(200);
});

test('one person, and one address, may ask so often a minute; others are not held back by them', async () => {
  const limited = await buildApp(holder.context, { rates: { person: 3, address: 5 } });
  const ask = (remoteAddress: string, authorization = `Bearer ${token}`) =>
    limited.inject({
      ...{ url: '/api/v1/markets/PL/dealers', remoteAddress },
      headers: { authorization },
    });
  const statuses = [];
  for (let n = 0; n < 4; n++) statuses.push((await ask(`192.0.2.${n}`)).statusCode);
  expect(statuses).toEqual([200, 200, 200, 429]);
  const refused = await ask('192.0.2.9');
  expect(refused.json()).toMatchObject({ type: '/problems/too-many', status: 429 });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  // Strangers are counted by their address, of IPv6 by the network that it comes from.
  const strangers = [];
  for (let n = 0; n < 6; n++) strangers.push((await ask(`2001:db8::${n}`, 'Bearer x')).statusCode);
  expect(strangers).toEqual([401, 401, 401, 401, 401, 429]);
  expect((await ask('2001:db8:0:1::1', 'Bearer x')).statusCode).toBe(401);
  expect((await limited.inject({ url: '/healthz', remoteAddress: '2001:db8::1' })).statusCode).toBe(
    200,
  );
  await limited.close();
});
