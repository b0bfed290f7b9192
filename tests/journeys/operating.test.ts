import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashBytes } from '../../src/io/uploads.ts';
import { aSubmission, fill, shipped } from '../support/fill.ts';
import { cli, newFolder, type Service, start } from '../support/service.ts';

/** What whoever runs the service sees of it: its log, measures and traces; its end; its copies. */
const run = promisify(execFile);
const folder = newFolder();
const best = fill(shipped('seven-personal-standards/2026.1'), 'best');
/** Things of people that must not be told on. */
const secret = { name: 'Canary Person', mail: 'canary@example.org', note: 'canary words', key: '' };
const spans: { name: string; traceId: string; parentSpanId?: string; attributes: unknown[] }[] = [];
const collector = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString());
    for (const { scopeSpans } of resourceSpans) {
      for (const scope of scopeSpans) spans.push(...scope.spans);
    }
    response.end('{}');
  });
});
let service: Service;
let metrics: string;
let token: string;

const ask = (method: string, place: string, body?: unknown, headers: object = {}) =>
  fetch(`${service.address}/api/v1${place}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

beforeAll(async () => {
  const files = newFolder();
  writeFileSync(path.join(files, 'm.csv'), 'code,name,time_zone\nPL,Poland,Europe/Warsaw\n');
  writeFileSync(path.join(files, 'd.csv'), 'code,name\nPL-1,One\n');
  await cli(folder, 'import', 'markets', path.join(files, 'm.csv'));
  await cli(folder, 'import', 'dealers', path.join(files, 'd.csv'), '--market', 'PL');
  token = (await cli(folder, 'token', 'mm', 'market-manager', '--market', 'PL')).out.trim();
  secret.key = token;
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const port = await freePort();
  metrics = `http://127.0.0.1:${port}/metrics`;
  service = await start({
    ...{ DATA_DIR: folder, LOG: 'debug', METRICS_PORT: String(port) },
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
  });
  expect(service.address, service.output).not.toBe('');
}, 120_000);
afterAll(async () => {
  await service?.stop();
  collector.close();
});

test('measures tell what is asked for and how long it takes, at a door of their own', async () => {
  await ask('GET', '/markets/PL/dealers');
  await ask('GET', '/markets/XX/dealers');
  const text = await (await fetch(metrics)).text();
  expect(text).toMatch(
    /http_request_duration_seconds_count\{operation="dealers.list",method="GET",status="200"\} 1/,
  );
  expect(text).toMatch(/operation="dealers.list",method="GET",status="404"/);
  expect(text).toMatch(/nodejs_eventloop_lag_p99_seconds \d/);
  expect(text).toMatch(/database_waiting 0/);
  expect(text).not.toContain('XX');
  expect((await fetch(`${service.address}/metrics`)).status).toBe(404);
});

test('a trace goes on through the request, the act and its transaction', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  await ask('GET', '/markets/PL/dealers', undefined, {
    traceparent: `00-${traceId}-b7ad6b7169203331-01`,
  });
  for (let round = 0; round < 100 && !spans.some((span) => span.traceId === traceId); round++) {
    await wait(100);
  }
  const own = spans.filter((span) => span.traceId === traceId);
  const [request, act, transaction] = ['dealers.list', 'dealers.list', 'transaction'].map(
    (name, index) => own.filter((span) => span.name === name).at(index === 1 ? 0 : -1),
  );
  expect(own.map(({ name }) => name).sort()).toEqual([
    'dealers.list',
    'dealers.list',
    'transaction',
  ]);
  const ids = own.map((span) => (span as unknown as { spanId: string }).spanId);
  expect(request!.parentSpanId).toBe('b7ad6b7169203331');
  expect(ids).toContain(act!.parentSpanId);
  expect(ids).toContain(transaction!.parentSpanId);
}, 30_000);

test('log and traces hold nothing of people: no name, address, word, token or key', async () => {
  const id = uuidv7();
  const answers = structuredClone(best);
  const [first] = Object.keys(answers);
  answers[first!] = { ...answers[first!]!, note: secret.note };
  const submission = { ...aSubmission(id, answers, { dealer: 'PL-1' }), assignmentId: undefined };
  expect((await ask('PUT', `/markets/PL/audits/${id}`, submission)).status).toBe(201);
  await ask('PUT', `/markets/PL/audits/${id}`, { ...submission, visitDate: secret.note });
  await ask('POST', '/markets/PL/imports', { rows: [{ name: secret.name }] });
  await ask('GET', `/markets/PL/dealers/${secret.name}?q=${secret.mail}`);
  await fetch(`${service.address}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: secret.mail, password: secret.note }),
  });
  await wait(200);
  const lines = service
    .heard()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) {
    const { reqId, operation, status, msg } = JSON.parse(line);
    if (msg !== 'answered') continue;
    expect(reqId).toMatch(/^[0-9a-f-]{36}$/);
    expect([typeof operation, typeof status]).toEqual(['string', 'number']);
  }
  const told = service.heard() + JSON.stringify(spans);
  for (const each of [...Object.values(secret), encodeURIComponent(secret.name), id]) {
    expect(told).not.toContain(each);
  }
});

test('a copy is made while it serves, and another installation goes on from it', async () => {
  const copy = path.join(newFolder(), 'copy');
  const made = await cli(folder, 'backup', copy);
  expect(made.err).toBe('');
  expect(made.out).toMatch(/\d+ rows, \d+ files, as of/);
  const other = newFolder();
  const restored = await cli(other, 'restore', copy);
  expect([restored.code, restored.err]).toEqual([0, '']);
  expect(restored.out).toMatch(/the log is good/);
  const second = await start({ DATA_DIR: other });
  const answer = await fetch(`${second.address}/api/v1/markets/PL/audits`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(((await answer.json()) as { items: unknown[] }).items).toHaveLength(1);
  await second.stop();
  const over = await cli(other, 'restore', copy);
  expect(over.code).toBe(3);
  expect(over.err).toMatch(/holds data already/);
}, 120_000);

test('asked to end, it answers what is under way, takes nothing new, and leaves nothing locked', async () => {
  const bytes = await sharp({ create: { width: 400, height: 400, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const url = new URL(`${service.address}/api/v1/markets/PL/files/${hashBytes(bytes)}`);
  const upload = httpRequest(url, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/octet-stream',
      'content-length': bytes.length,
    },
  });
  const answered = once(upload, 'response');
  upload.write(bytes.subarray(0, 100));
  await wait(300);
  const ended = service.stop();
  await wait(300);
  await expect(ask('GET', '/markets/PL/dealers')).rejects.toThrow();
  upload.end(bytes.subarray(100));
  const [response] = (await answered) as [IncomingMessage];
  response.resume();
  expect(response.statusCode).toBe(201);
  await ended;
  expect(service.child.exitCode).toBe(0);
  expect(existsSync(path.join(folder, 'server.json'))).toBe(false);
  const after = await cli(folder, '--json', 'log', 'verify');
  expect(JSON.parse(after.out)).toMatchObject({ ok: true });
}, 60_000);

test.each([
  ['its start', '20'],
  ['a computation', '1000'],
])(
  'a thread that dies amid %s is replaced, and the computation done again',
  async (_, after) => {
    const { stdout } = await run(process.execPath, ['tests/support/dying-thread.ts', after]);
    expect(JSON.parse(stdout)).toEqual({ threads: 2, isSame: true });
  },
  60_000,
);
