import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../src/http/app.ts';
import { forget } from '../../src/operations/directory.ts';
import { perform, systemActor } from '../../src/operations/operation.ts';
import { issueToken } from '../../src/operations/people/tokens.ts';
import { useContext } from '../support/database.ts';
import { makeNetwork } from '../support/world.ts';

/**
 * Requests that nobody well-meaning sends, made from the API's own description: every route, with
 * wrong types, huge and deep values, broken text and injections in every place. The seed is fixed.
 */
const holder = useContext();
const seed = 20_261_123;
const perRoute = 70;
let app: FastifyInstance;
let token: string;

beforeAll(async () => {
  await makeNetwork(holder.context);
  // Somebody with every role that may do most: the guard alone would refuse the rest at once.
  const issued = await perform(holder.context, systemActor, issueToken, {
    person: 'everybody',
    label: 'hostile',
    grants: [
      { role: 'administrator' },
      { role: 'network-manager' },
      { role: 'market-manager', market: 'PL' },
      { role: 'auditor', market: 'PL' },
      { role: 'dealer', market: 'PL', dealer: 'PL-1', principal: true },
    ],
  });
  token = issued.token;
  forget(holder.context);
  app = await buildApp(holder.context);
});

interface Schema {
  readonly type?: string | string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Record<string, Schema>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly $ref?: string;
  readonly format?: string;
}
interface Described {
  readonly operationId?: string;
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema }> };
}

const nasty = fc.constantFrom(
  "' or 1=1; drop table people; --",
  '"); select pg_sleep(10); --',
  '<script>alert(1)</script>',
  "=cmd|' /C calc'!A0",
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '%00',
  'x\u0000y',
  '\ud800',
  '\u202egnp.exe',
  'a\r\nset-cookie: session=stolen',
  '{{7*7}}${7*7}<%= 7*7 %>',
  '__proto__',
  'constructor',
  'http://169.254.169.254/latest/meta-data/',
  'ﷺ'.repeat(300),
  'ａ'.repeat(5000),
  'a'.repeat(100_000),
  `${'a'.repeat(40)}!`,
  '1e309',
  '-0',
  '٣',
  '2026-02-30',
  '9999999999999999999999',
  '',
  ' ',
);
const scalar = fc.oneof(
  nasty,
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.double(),
  fc.bigInt().map((n) => Number(n)),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(2 ** 53, -(2 ** 63), 1e308, -1, 0, 0.1, 4_294_967_296),
);
const anything = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 5 }),
  fc.dictionary(
    fc.oneof(fc.constantFrom('__proto__', 'constructor', 'length', ''), fc.string()),
    scalar,
    { maxKeys: 4 },
  ),
  fc.constant(Array.from({ length: 20_000 }, () => 0)),
);

/** A value that nearly fits: right in most places, wrong in some. */
function near(schema: Schema | undefined, all: Record<string, Schema>): fc.Arbitrary<unknown> {
  if (!schema) return anything;
  if (schema.$ref) return near(all[schema.$ref.split('/').at(-1)!], all);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => near(each, all)), anything);
  const wrong = { weight: 2, arbitrary: anything };
  if (schema.enum)
    return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...schema.enum) }, wrong);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (schema.properties) {
    const fields = Object.fromEntries(
      Object.entries(schema.properties).map(([key, each]) => [
        key,
        fc.option(near(each, all), { freq: 8, nil: undefined }),
      ]),
    );
    return fc.oneof(
      { weight: 9, arbitrary: fc.record(fields) },
      { weight: 1, arbitrary: anything },
    );
  }
  if (type === 'array')
    return fc.oneof(
      { weight: 4, arbitrary: fc.array(near(schema.items, all), { maxLength: 4 }) },
      wrong,
    );
  if (type === 'integer' || type === 'number')
    return fc.oneof({ weight: 2, arbitrary: fc.integer() }, wrong);
  if (type === 'boolean') return fc.oneof({ weight: 4, arbitrary: fc.boolean() }, wrong);
  if (schema.format === 'uuid') return fc.oneof({ weight: 3, arbitrary: fc.uuid() }, wrong);
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom('PL', 'PL-1', 'european-award', '2025', '2025-05-05', 'dealers'),
    },
    { weight: 3, arbitrary: nasty },
    wrong,
  );
}

/** Whole bodies that are wrong before any field is. */
const deep = (open: string, close: string) => open.repeat(50_000) + close.repeat(50_000);
const bodies = fc.constantFrom(
  ['application/json', deep('[', ']')],
  ['application/json', deep('{"a":', '}').replace('}', '1}')],
  [
    'application/json',
    '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
  ],
  ['application/json', '{"a":1,"a":2'],
  ['application/json', '"'],
  ['application/json', '\ufeff{}'],
  ['application/json; charset=utf-16', '{}'],
  ['text/plain', 'hello'],
  ['application/xml', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'],
  [
    'multipart/form-data; boundary=x',
    '--x\r\ncontent-disposition: form-data; name="a"; filename="../../x"\r\n\r\n1\r\n--x--',
  ],
  ['application/x-www-form-urlencoded', 'a[__proto__][polluted]=1'],
  ['application/yaml', 'a: &a [*a]'],
) as fc.Arbitrary<readonly [string, string]>;

interface Request {
  readonly url: string;
  readonly payload?: string;
  readonly type?: string;
}

function requestsOf(
  path: string,
  described: Described,
  all: Record<string, Schema>,
): fc.Arbitrary<Request> {
  const parameters = described.parameters ?? [];
  const body = described.requestBody?.content['application/json']?.schema;
  const textOf = (schema: Schema) =>
    near(schema, all).map(
      (value) => (typeof value === 'string' ? value : JSON.stringify(value)) ?? '',
    );
  return fc
    .record({
      values: fc.tuple(...parameters.map(({ schema }) => textOf(schema))),
      body: fc.oneof(
        {
          weight: 6,
          arbitrary: near(body, all).map(
            (value) => ['application/json', JSON.stringify(value) ?? 'null'] as const,
          ),
        },
        { weight: 1, arbitrary: bodies },
      ),
      keep: fc.array(fc.boolean(), { minLength: parameters.length, maxLength: parameters.length }),
    })
    .map(({ values, body: [type, payload], keep }) => {
      let url = path;
      const query: string[] = [];
      for (const [index, { in: where, name }] of parameters.entries()) {
        // Long paths are cut by the server before any route is asked; keep some of each length.
        const text = encodeURIComponent(values[index]!.toWellFormed().slice(0, 3_000));
        if (where === 'path') url = url.replace(`{${name}}`, text === '' ? '%20' : text);
        else if (keep[index]) query.push(`${name}=${text}`);
      }
      return { url: url + (query.length > 0 ? `?${query.join('&')}` : ''), type, payload };
    });
}

const leak =
  /node_modules|\bat .*\.ts:\d+|drizzle|Failed query|select .* from |pg_catalog|password_hash|hunter2/i;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What is really held, after a collection. */
function heapBytes(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

test('thousands of hostile requests get an answer of 2xx to 4xx, leak nothing and leave the service well', async () => {
  const description = app.swagger() as unknown as {
    paths: Record<string, Record<string, Described>>;
    components: { schemas: Record<string, Schema> };
  };
  const all = description.components.schemas;
  const wrong: string[] = [];
  const statuses = new Map<number, number>();
  const times: number[] = [];
  let sent = 0;
  const before = heapBytes();
  for (const [path, methods] of Object.entries(description.paths)) {
    for (const [method, described] of Object.entries(methods)) {
      const samples = fc.sample(requestsOf(path, described, all), { seed, numRuns: perRoute });
      for (const { url, payload, type } of samples) {
        const hasBody = method === 'post' || method === 'put';
        const started = performance.now();
        const answer = await app.inject({
          method: method.toUpperCase() as 'POST',
          url,
          headers: {
            authorization: `Bearer ${token}`,
            ...(hasBody ? { 'content-type': type! } : {}),
          },
          ...(hasBody ? { payload: payload! } : {}),
        });
        times.push(performance.now() - started);
        sent += 1;
        const { statusCode: status } = answer;
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        const name = `${method} ${url.slice(0, 160)} ${payload?.slice(0, 300) ?? ''}: ${status}`;
        if (status >= 500 || status < 200) wrong.push(`${name} ${answer.body.slice(0, 200)}`);
        if (status >= 400) {
          if (!answer.headers['content-type']?.toString().startsWith('application/problem+json')) {
            wrong.push(`${name} is no problem: ${answer.body.slice(0, 100)}`);
          }
          // What was sent may be told back; nothing of ours may.
          if (leak.test(answer.body) && !leak.test(decodeURIComponent(url) + (payload ?? ''))) {
            wrong.push(`${name} leaks ${answer.body.slice(0, 300)}`);
          }
        }
        if (answer.headers['set-cookie'] && /stolen/.test(String(answer.headers['set-cookie']))) {
          wrong.push(`${name} sets a cookie`);
        }
      }
    }
  }
  const sorted = times.toSorted((a, b) => a - b);
  console.log(
    `${sent} hostile requests; p50 ${sorted[Math.floor(sent / 2)]!.toFixed(1)} ms, p99 ${sorted[Math.floor(sent * 0.99)]!.toFixed(1)} ms; answers ${[
      ...statuses,
    ]
      .sort(([a], [b]) => a - b)
      .map(([status, n]) => `${status}: ${n}`)
      .join(', ')}; heap ${Math.round((heapBytes() - before) / 1e6)} MB more`,
  );
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(sent).toBeGreaterThan(5_000);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  times.length = 0;
  expect(heapBytes() - before).toBeLessThan(100e6);
  const after = await app.inject({ url: '/readyz' });
  expect(after.statusCode).toBe(200);
}, 600_000);
