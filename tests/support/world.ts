import type { FastifyInstance } from 'fastify';
import supertest from 'supertest';
import { uuidv7 } from 'uuidv7';
import type { Context } from '../../src/context.ts';
import type { Role } from '../../src/contracts/people.ts';
import { buildApp } from '../../src/http/app.ts';
import { offerAssignment } from '../../src/operations/assignments/steps.ts';
import { forget } from '../../src/operations/directory.ts';
import { importJson, importMarkets } from '../../src/operations/imports/run.ts';
import { perform, systemActor } from '../../src/operations/operation.ts';
import { issueToken } from '../../src/operations/people/tokens.ts';

/** Two small markets with three houses each, an advisor in every house. */
export async function makeNetwork(context: Context): Promise<void> {
  await perform(context, systemActor, importMarkets, {
    rows: [
      { code: 'PL', name: 'Poland', time_zone: 'Europe/Warsaw', languages: 'pl en' },
      { code: 'JP', name: 'Japan', time_zone: 'Asia/Tokyo', languages: 'ja en' },
    ],
  });
  forget(context);
  for (const market of ['PL', 'JP']) {
    const dealers = [1, 2, 3].map((n) => ({
      code: `${market}-${n}`,
      name: `House ${n}`,
      valid_from: '2025-01-01',
      five_star: true,
    }));
    await perform(context, systemActor, importJson, { market, kind: 'dealers', rows: dealers });
    await perform(context, systemActor, importJson, {
      market,
      kind: 'staff',
      rows: dealers.map(({ code }) => ({ dealer: code, code: 'SA-1', role: 'service-advisor' })),
    });
  }
}

/** Tokens of a person in each role in PL, and a manager of JP. */
export async function makeTokens(context: Context): Promise<Record<string, string>> {
  const people: [string, { role: Role; market?: string; dealer?: string }][] = [
    ['administrator', { role: 'administrator' }],
    ['administrator2', { role: 'administrator' }],
    ['network', { role: 'network-manager' }],
    ['manager', { role: 'market-manager', market: 'PL' }],
    ['manager2', { role: 'market-manager', market: 'PL' }],
    ['managerJP', { role: 'market-manager', market: 'JP' }],
    ['auditor', { role: 'auditor', market: 'PL' }],
    ['auditor2', { role: 'auditor', market: 'PL' }],
    ['dealer', { role: 'dealer', market: 'PL', dealer: 'PL-1' }],
    ['dealer2', { role: 'dealer', market: 'PL', dealer: 'PL-2' }],
  ];
  const tokens: Record<string, string> = {};
  for (const [person, grant] of people) {
    const issued = await perform(context, systemActor, issueToken, {
      person,
      label: 'test',
      grants: [grant],
    });
    tokens[person] = issued.token;
  }
  forget(context);
  return tokens;
}

/** The API as each of these people. */
export interface World {
  readonly app: FastifyInstance;
  as(person: string): {
    get(url: string): supertest.Test;
    post(url: string, body?: object): supertest.Test;
    put(url: string, body?: object): supertest.Test;
    /** Sends bytes as they are. */
    send(method: 'put' | 'post', url: string, bytes: Buffer): supertest.Test;
  };
}

export async function openWorld(context: Context): Promise<World> {
  await makeNetwork(context);
  const tokens = await makeTokens(context);
  const app = await buildApp(context);
  const request = supertest(app.server);
  const signed = (test: supertest.Test, person: string) =>
    tokens[person] ? test.set('authorization', `Bearer ${tokens[person]}`) : test;
  return {
    app,
    as: (person) => ({
      get: (url) => signed(request.get(`/api/v1${url}`), person),
      post: (url, body = {}) => signed(request.post(`/api/v1${url}`).send(body), person),
      put: (url, body = {}) => signed(request.put(`/api/v1${url}`).send(body), person),
      send: (method, url, bytes) =>
        signed(
          request[method](`/api/v1${url}`).set('content-type', 'application/octet-stream'),
          person,
        ).send(bytes as never),
    }),
  };
}

/** An assignment of `auditor`, at PL-1 and under the newest personal standards where not told. */
export async function anAssignment(
  context: Context,
  dealer = 'PL-1',
  checklist = 'seven-personal-standards',
): Promise<string> {
  const id = uuidv7();
  await perform(context, systemActor, offerAssignment, {
    market: 'PL',
    id,
    dealer,
    auditor: 'auditor',
    checklist,
    from: '2026-01-01',
    to: '2026-01-31',
  });
  return id;
}
