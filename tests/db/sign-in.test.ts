import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../../src/context.ts';
import { buildApp } from '../../src/http/app.ts';
import { makeSetUpLink } from '../../src/operations/accounts/set-up.ts';
import { forget } from '../../src/operations/directory.ts';
import { perform, systemActor } from '../../src/operations/operation.ts';
import { invitePerson } from '../../src/operations/people/people.ts';
import { issueToken } from '../../src/operations/people/tokens.ts';
import { testNow, useContext } from '../support/database.ts';
import { makeNetwork, makeTokens } from '../support/world.ts';

/** What sign-in promises to people, and to those who attack it. */
const holder = useContext();
let context: Context;
let app: FastifyInstance;
let tokens: Record<string, string>;
let now = testNow;
const password = 'seven lanterns by the gate';
const own = { origin: 'http://localhost:8080' };

beforeAll(async () => {
  context = { ...holder.context, now: () => now };
  await makeNetwork(context);
  tokens = await makeTokens(context);
  app = await buildApp(context);
});
afterAll(() => app.close());

interface Sent {
  readonly cookie?: string;
  readonly headers?: Record<string, string>;
  readonly from?: string;
}

const post = (path: string, payload: object, { cookie, headers, from }: Sent = {}) =>
  app.inject({
    method: 'POST',
    url: `/api/v1${path}`,
    payload,
    remoteAddress: from ?? '192.0.2.1',
    headers: { ...own, ...headers, ...(cookie ? { cookie } : {}) },
  });
const get = (path: string, headers: Record<string, string>) =>
  app.inject({ method: 'GET', url: `/api/v1${path}`, headers });
const cookiesOf = (answer: Awaited<ReturnType<typeof post>>) =>
  answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');

/** Invites somebody and uses their link: the cookies of their session. */
async function join(person: string): Promise<string> {
  const email = `${person}@example.org`;
  const made = await perform(context, systemActor, invitePerson, { person, name: person, email });
  const answer = await post('/sign-in/link', { link: made.link!.split('#')[1], password });
  expect(answer.statusCode, answer.body).toBe(200);
  return cookiesOf(answer);
}

test('cookies are unreadable for scripts; only hashes are stored', async () => {
  const link = (await makeSetUpLink(context))!.split('#')[1];
  const answer = await post('/sign-in/link', { link, password, email: 'root@example.org' });
  expect(answer.headers['set-cookie']).toEqual([
    expect.stringMatching(/^session=[\w-]{43}; .*HttpOnly; SameSite=Lax/),
    expect.stringMatching(/^device=[\w-]{43}; .*HttpOnly; SameSite=Lax/),
  ]);
  const [secret] = answer.cookies.map(({ value }) => value);
  const rows = await context.database.transaction({ role: 'gate' }, async (tx) => {
    const { listSessions, findAccount } = await import('../../src/db/accounts.ts');
    const { account } = (await findAccount(tx, 'root@example.org'))!;
    expect(account.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    return listSessions(tx, account.personId, now);
  });
  expect(JSON.stringify(rows)).not.toContain(secret);
});

test('another site cannot act with the cookies; our own pages can', async () => {
  const cookie = await join('auditor');
  const label = { label: 'x', expiresAt: '2026-02-01T00:00:00Z' };
  for (const headers of [
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ] as Record<string, string>[]) {
    const answer = await post('/account/tokens', label, { cookie, headers });
    expect(answer.json().type).toBe('/problems/foreign-origin');
  }
  const ours = { cookie, headers: { 'sec-fetch-site': 'same-origin' } };
  expect((await post('/account/tokens', label, ours)).statusCode).toBe(201);
  const signIn = { email: 'a@example.org', password };
  const foreign = await post('/sign-in/password', signIn, {
    headers: { origin: 'https://evil.example' },
  });
  expect(foreign.statusCode).toBe(403);
});

test('an unknown address and a wrong password get the same answer', async () => {
  const tries = [
    { email: 'auditor@example.org', password: 'not this one at all' },
    { email: 'nobody@example.org', password: 'not this one at all' },
  ];
  const bodies = await Promise.all(tries.map((each) => post('/sign-in/password', each)));
  const [known, unknown] = bodies.map((answer) => ({ ...answer.json(), instance: '' }));
  expect(known).toEqual(unknown);
  expect(known).toMatchObject({ status: 401, type: '/problems/sign-in-refused' });
});

test('strangers are shut out after 19 tries an hour; the owner’s device is not', async () => {
  const cookie = await join('manager');
  const device = cookie.split('; ').find((each) => each.startsWith('device='))!;
  const wrong = { email: 'manager@example.org', password: 'not this one at all' };
  const right = { email: 'manager@example.org', password };
  const statuses = [];
  for (let i = 0; i < 20; i++) {
    statuses.push((await post('/sign-in/password', wrong, { from: `192.0.2.${i}` })).statusCode);
  }
  expect(statuses.filter((status) => status === 401)).toHaveLength(19);
  expect(statuses.at(-1)).toBe(429);
  // Even with the right password a stranger learns nothing any more.
  expect((await post('/sign-in/password', right, { from: '192.0.2.99' })).statusCode).toBe(429);
  expect((await post('/sign-in/password', right, { cookie: device })).statusCode).toBe(200);
  now = new Date(now.getTime() + 3_700_000);
  expect((await post('/sign-in/password', right, { from: '192.0.2.99' })).statusCode).toBe(200);
});

test('a session ends by signing out, by idling, and with its time', async () => {
  const cookie = await join('dealer');
  expect((await get('/account', { cookie })).statusCode).toBe(200);
  await post('/sign-in/end', {}, { cookie });
  expect((await get('/account', { cookie })).statusCode).toBe(401);
  const next = cookiesOf(
    await post('/sign-in/password', { email: 'dealer@example.org', password }),
  );
  now = new Date(now.getTime() + 6 * 86_400_000);
  forget(context);
  expect((await get('/account', { cookie: next })).statusCode).toBe(200);
  now = new Date(now.getTime() + 8 * 86_400_000);
  forget(context);
  expect((await get('/account', { cookie: next })).statusCode).toBe(401);
});

test('a link is spent after use, and when a newer one was used', async () => {
  const person = 'managerJP';
  await join(person);
  const { resetPerson } = await import('../../src/operations/people/people.ts');
  const [first, second] = await Promise.all(
    [1, 2].map(() => perform(context, systemActor, resetPerson, { person })),
  );
  const use = ({ link }: { link?: string | undefined }) =>
    post('/sign-in/link', { link: link!.split('#')[1], password });
  expect((await use(second!)).statusCode).toBe(200);
  expect((await use(second!)).json().type).toBe('/problems/link-spent');
  expect((await use(first!)).json().type).toBe('/problems/link-spent');
});

test('a token reads only where it was made so, acts only in its scope, and ends at once', async () => {
  const cookie = await join('network');
  const until = new Date(now.getTime() + 86_400_000).toISOString();
  const made = await post('/account/tokens', { label: 'x', expiresAt: until }, { cookie });
  const { token, id } = made.json();
  const bearer = { authorization: `Bearer ${token}` };
  expect((await get('/markets', bearer)).json().items).toHaveLength(2);
  const write = await post('/account/tokens/revoke', { id }, { headers: bearer });
  expect(write.json().type).toBe('/problems/token-reads-only');
  const past = { label: 'x', expiresAt: '2020-01-01T00:00:00Z' };
  expect((await post('/account/tokens', past, { cookie })).statusCode).toBe(422);
  expect((await post('/account/tokens/revoke', { id }, { cookie })).statusCode).toBe(200);
  expect((await get('/markets', bearer)).statusCode).toBe(401);
  // Scoped: a person with two roles, a token with one of them.
  const scoped = { person: 'twofold', label: 'x' };
  await perform(context, systemActor, issueToken, {
    ...scoped,
    grants: [{ role: 'market-manager', market: 'JP' }],
  });
  const one = await perform(context, systemActor, issueToken, {
    ...scoped,
    grants: [{ role: 'market-manager', market: 'PL' }],
  });
  const markets = await get('/markets', { authorization: `Bearer ${one.token}` });
  expect(markets.json().items.map((each: { code: string }) => each.code)).toEqual(['PL']);
});

const asAdministrator = (which: string) => ({
  headers: { authorization: `Bearer ${tokens[which]}` },
});

test('a role takes two administrators; nobody raises themselves', async () => {
  const wanted = { person: 'auditor2', grant: { role: 'market-manager', market: 'PL' } };
  const asked = await post('/grants', wanted, asAdministrator('administrator'));
  const decision = { id: asked.json().request, grant: true };
  const alone = await post('/grants/decide', decision, asAdministrator('administrator'));
  expect(alone.json().type).toBe('/problems/second-person-needed');
  const direct = await post(
    '/tokens',
    { person: 'auditor2', label: 'x', grants: [wanted.grant] },
    asAdministrator('administrator'),
  );
  expect(direct.json().type).toBe('/problems/second-person-needed');
  const second = await post('/grants/decide', decision, asAdministrator('administrator2'));
  expect(second.json()).toEqual({ granted: true });
  const self = await post(
    '/grants',
    { person: 'administrator2', grant: { role: 'network-manager' } },
    asAdministrator('administrator'),
  );
  const own = await post(
    '/grants/decide',
    { id: self.json().request, grant: true },
    asAdministrator('administrator2'),
  );
  expect(own.json().type).toBe('/problems/second-person-needed');
});

test('a principal keeps the people of their own house, and of no other', async () => {
  const principal = { role: 'dealer', market: 'PL', dealer: 'PL-3', principal: true } as const;
  const { token } = await perform(context, systemActor, issueToken, {
    person: 'principal',
    label: 'x',
    grants: [principal],
  });
  const headers = { authorization: `Bearer ${token}` };
  const mate = { person: 'mate', name: 'Mate', email: 'mate@example.org' };
  const invited = await post('/markets/PL/house', mate, { headers });
  expect(invited.statusCode, invited.body).toBe(201);
  const again = await post('/markets/PL/house', { ...mate, person: 'mate2' }, { headers });
  expect(again.json().detail).toBe('this address has an account already');
  const link = invited.json().link.split('#')[1];
  const cookie = cookiesOf(await post('/sign-in/link', { link, password }));
  expect((await get('/markets/PL/dealers', { cookie })).json().items).toMatchObject([
    { code: 'PL-3' },
  ]);
  const plain = await post('/markets/PL/house', mate, { cookie });
  expect(plain.json()).toMatchObject({
    status: 403,
    detail: expect.stringContaining('principal'),
  });
  const house = await get('/markets/PL/house', headers);
  expect(house.json().items).toMatchObject([{ person: 'mate' }, { person: 'principal' }]);
  expect((await post('/markets/JP/house', mate, { headers })).statusCode).toBe(404);
  const out = await post('/markets/PL/house/remove', { person: 'mate' }, { headers });
  expect(out.statusCode, out.body).toBe(200);
  expect((await get('/markets/PL/dealers', { cookie })).statusCode).toBe(403);
  const foreign = await post('/markets/PL/house/remove', { person: 'dealer2' }, { headers });
  expect(foreign.statusCode).toBe(404);
});

test('a role of a house is shown by its codes, and taken back as it is shown', async () => {
  const house = { role: 'dealer', market: 'PL', dealer: 'PL-3' } as const;
  await perform(context, systemActor, issueToken, {
    person: 'seller',
    label: 'x',
    grants: [house],
  });
  const asked = await post(
    '/grants',
    { person: 'seller', grant: { ...house, dealer: 'PL-2' } },
    asAdministrator('administrator'),
  );
  expect(asked.statusCode, asked.body).toBe(201);
  const { items, requests } = (
    await get('/people', asAdministrator('administrator').headers)
  ).json();
  const seller = items.find(({ person }: { person: string }) => person === 'seller');
  expect(seller.grants).toEqual([house]);
  expect(requests.at(-1)).toMatchObject({ person: 'seller', grant: { dealer: 'PL-2' } });
  const taken = await post(
    '/grants/revoke',
    { person: 'seller', grant: seller.grants[0] },
    asAdministrator('administrator'),
  );
  expect(taken.statusCode, taken.body).toBe(200);
});

test('a token makes no way in: no passkey, no successor, nothing that outlives it', async () => {
  const cookie = await join('administrator2');
  const until = new Date(now.getTime() + 86_400_000).toISOString();
  const wanted = { label: 'x', expiresAt: until, readsOnly: false };
  const { token } = (await post('/account/tokens', wanted, { cookie })).json();
  const headers = { authorization: `Bearer ${token}` };
  for (const [path, body] of [
    ['/account/tokens', wanted],
    ['/account/passkeys/question', { current: password }],
    ['/account/totp', { current: password }],
    ['/account/password', { current: password, password: 'another long sentence' }],
  ] as const) {
    const answer = await post(path, body, { headers });
    expect([path, answer.statusCode, answer.json().detail]).toEqual([
      path,
      409,
      'this is done signed in, not by a token',
    ]);
  }
  // A reset puts out whoever took the account over: the tokens that they made end with it.
  const { resetPerson } = await import('../../src/operations/people/people.ts');
  const { link } = await perform(context, systemActor, resetPerson, { person: 'administrator2' });
  expect((await get('/people', headers)).statusCode).toBe(200);
  await post('/sign-in/link', { link: link!.split('#')[1], password: 'a third long sentence' });
  expect((await get('/people', headers)).statusCode).toBe(401);
});

test('an administrator acts as nobody else: no token, no address, no link of others', async () => {
  const headers = asAdministrator('administrator').headers;
  const grants = [{ role: 'market-manager', market: 'PL' }];
  const token = await post('/tokens', { person: 'manager2', label: 'x', grants }, { headers });
  expect(token.json().type).toBe('/problems/second-person-needed');
  const invite = { person: 'manager2', name: 'x', email: 'mine@example.org' };
  expect((await post('/people', invite, { headers })).json().type).toBe(
    '/problems/second-person-needed',
  );
  const reset = await post('/people/reset', { person: 'auditor' }, { headers });
  expect(reset.json()).toEqual({ person: 'auditor', mailed: false });
  const own = { person: 'administrator', grant: { role: 'network-manager' } };
  expect((await post('/grants', own, { headers })).json().type).toBe(
    '/problems/second-person-needed',
  );
});
