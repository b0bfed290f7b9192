import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { uuidv7 } from 'uuidv7';
import { readConfig } from '../src/config.ts';
import { closeContext, openContext } from '../src/context.ts';
import { buildDemo } from '../src/operations/demo/build.ts';
import { demoMarkets } from '../src/operations/demo/places.ts';
import { perform, systemActor } from '../src/operations/operation.ts';
import { issueToken } from '../src/operations/people/tokens.ts';
import { listScorecards } from '../src/operations/scorecards/scorecards.ts';
import { loadShipped } from '../src/operations/shipped.ts';
import { fill, shipped } from '../tests/support/fill.ts';
import type { BenchServer } from './server.ts';
import type { Line } from './table.ts';

interface Ask {
  readonly kind: 'scorecard' | 'list' | 'rank' | 'submit';
  readonly method: 'GET' | 'PUT';
  readonly path: string;
  readonly body?: string;
  readonly token: string;
}

interface Held {
  readonly sent: number;
  readonly failed: number;
  readonly shed: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/**
 * Open loop: a request is sent when its time has come, however many are still under way, as guests
 * come. A closed loop would wait for a slow service and call it fast.
 */
async function hold(
  address: string,
  rate: number,
  seconds: number,
  next: (n: number) => Ask,
  acknowledged: string[] = [],
): Promise<Held> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 2_000 });
  const { hostname, port } = new URL(address);
  const times: number[] = [];
  let failed = 0;
  let shed = 0;
  const waiting: Promise<void>[] = [];
  const started = performance.now();
  const count = rate * seconds;
  for (let n = 0; n < count; n++) {
    const due = started + (1000 * n) / rate;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    const ask = next(n);
    waiting.push(
      new Promise((resolve) => {
        const { method, path: place, body, token } = ask;
        const request = http.request(
          {
            ...{ agent, hostname, port, method, path: place, timeout: 60_000 },
            headers: {
              authorization: `Bearer ${token}`,
              ...(body
                ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
                : {}),
            },
          },
          (response) => {
            const status = response.statusCode!;
            response.resume();
            response.on('end', () => {
              if (status === 503 || status === 429) shed += 1;
              else if (status >= 300) failed += 1;
              else {
                // From when it was due: what waited in our own queue waited for the service too.
                times.push(performance.now() - due);
                if (ask.kind === 'submit') acknowledged.push(place.split('/').at(-1)!);
              }
              resolve();
            });
          },
        );
        request.on('error', () => {
          failed += 1;
          resolve();
        });
        request.end(body);
      }),
    );
  }
  await Promise.all(waiting);
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] ?? Number.NaN;
  return { sent: count, failed, shed, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** G10 and G11: a constant rate held, ten times of it shed, and normal again soon after. */
export async function benchHeld(server: BenchServer): Promise<Line[]> {
  const { url, ownerUrl } = await server.newDatabase();
  const settings = {
    ...{ DATABASE_URL: url, MIGRATION_DATABASE_URL: ownerUrl },
    KEYS_DIR: mkdtempSync(path.join(tmpdir(), 'bench-keys-')),
  };
  const folder = () => mkdtempSync(path.join(tmpdir(), 'bench-'));
  const context = await openContext(readConfig({ ...settings, DATA_DIR: folder(), THREADS: '0' }));
  await loadShipped(context);
  await buildDemo(context);
  const places = [];
  for (const { code } of demoMarkets) {
    const grants = [{ role: 'market-manager' as const, market: code }];
    const issue = { person: `bench-${code}`, label: 'bench', grants };
    const { token } = await perform(context, systemActor, issueToken, issue);
    const { items } = await perform(context, systemActor, listScorecards, { market: code });
    places.push({ code, token, items });
  }
  await closeContext(context);
  const child = spawn(process.execPath, ['src/http/main.ts'], {
    env: {
      ...{ PATH: process.env['PATH'] ?? '', PORT: '0', DEMO: 'off', LOG: 'info' },
      ...{ RATE_PERSON: '1000000', RATE_ADDRESS: '1000000' },
      ...{ ...settings, DATA_DIR: folder() },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the service did not start')));
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /serves at (\S+)/.exec(chunk.toString());
      if (found) resolve(found[1]!);
    });
  });
  const next = asks(places);
  const seconds = Number(process.env['HELD_SECONDS'] ?? 60);
  const rate = Number(process.env['HELD_RATE'] ?? 150);
  await hold(address, 20, 10, next);
  await hold(address, rate, Math.min(20, seconds), next);
  const before = residentMb(child.pid!);
  const held = await hold(address, rate, seconds, next);
  const after = residentMb(child.pid!);
  const acknowledged: string[] = [];
  const over = await hold(address, 10 * rate, 10, next, acknowledged);
  const started = performance.now();
  let recovered = Number.NaN;
  for (let round = 0; round < 60 && Number.isNaN(recovered); round++) {
    const again = await hold(address, 20, 1, next);
    if (again.failed === 0 && again.shed === 0 && again.p95 <= 150) {
      recovered = (performance.now() - started) / 1000;
    }
  }
  const lost = await countLost(address, places, acknowledged);
  child.kill('SIGTERM');
  const ms = (value: number) => value.toFixed(0);
  return [
    {
      goal: 'G10',
      what: `${rate} requests/s held for ${seconds} s (70 % scorecard, 20 % list and rank, 10 % submit): p50, p95, p99 in ms`,
      ours: `${ms(held.p50)}, ${ms(held.p95)}, ${ms(held.p99)}; ${held.failed} failed, ${held.shed} shed; memory ${before} to ${after} MB`,
      limit: 'p95 150, p99 400, 0 failed',
      ratio: '',
      wanted: 'within',
      met: held.failed + held.shed === 0 && held.p95 <= 150 && held.p99 <= 400,
    },
    {
      goal: 'G11',
      what: `${10 * rate} requests/s for 10 s: shed, lost, seconds until normal`,
      ours: `${over.shed} of ${over.sent} shed, ${over.failed} failed; ${lost} of ${acknowledged.length} acknowledged lost; normal after ${recovered.toFixed(1)} s`,
      limit: '0 lost, 10 s',
      ratio: '',
      wanted: 'within',
      met: lost === 0 && over.failed === 0 && recovered <= 10,
    },
  ];
}

/** Memory that a process holds, in MB; 0 where the system does not tell. */
function residentMb(pid: number): number {
  try {
    const found = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Math.round(Number(found?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}

interface Place {
  readonly code: string;
  readonly token: string;
  readonly items: readonly { readonly id: string; readonly dealer: string }[];
}

function asks(places: readonly Place[]): (n: number) => Ask {
  const answers = fill(shipped('seven-personal-standards/2026.1'), 'best');
  return (n) => {
    const place = places[(n * 7) % places.length]!;
    const base = `/api/v1/markets/${place.code}`;
    const { token } = place;
    const turn = n % 10;
    if (turn < 7) {
      const { id } = place.items[(n * 13) % place.items.length]!;
      return { kind: 'scorecard', method: 'GET', path: `${base}/scorecards/${id}`, token };
    }
    if (turn === 7) return { kind: 'list', method: 'GET', path: `${base}/audits?limit=50`, token };
    if (turn === 8) return { kind: 'rank', method: 'GET', path: `${base}/ranking`, token };
    const body = JSON.stringify({
      dealer: place.items[0]!.dealer,
      checklist: { id: 'seven-personal-standards', version: '2026.1' },
      ...{ visitDate: '2026-01-10', startedAt: '2026-01-10T11:00:00Z' },
      ...{ finishedAt: '2026-01-10T11:40:00Z', noInterestDeclaredAt: '2026-01-10T10:59:00Z' },
      answers,
    });
    return { kind: 'submit', method: 'PUT', path: `${base}/audits/${uuidv7()}`, body, token };
  };
}

async function countLost(
  address: string,
  places: readonly Place[],
  acknowledged: readonly string[],
): Promise<number> {
  const there = new Set<string>();
  for (const { code, token } of places) {
    let after = '';
    for (;;) {
      const answer = await fetch(
        `${address}/api/v1/markets/${code}/audits?limit=200${after ? `&cursor=${after}` : ''}`,
        { headers: { authorization: `Bearer ${token}` } },
      );
      if (!answer.ok) throw new Error(`${code}: ${answer.status} ${await answer.text()}`);
      const { items } = (await answer.json()) as { items: { id: string }[] };
      for (const { id } of items) there.add(id);
      if (items.length < 200) break;
      after = items.at(-1)!.id;
    }
  }
  return acknowledged.filter((id) => !there.has(id)).length;
}
