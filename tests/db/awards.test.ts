import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import supertest from 'supertest';
import { uuidv7 } from 'uuidv7';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../src/http/app.ts';
import { rankMarket, rankNetwork } from '../../src/operations/awards/rank.ts';
import { waiveGate } from '../../src/operations/awards/waive.ts';
import { buildDemo } from '../../src/operations/demo/build.ts';
import { demoMarkets } from '../../src/operations/demo/places.ts';
import { listMarketsCached } from '../../src/operations/directory.ts';
import { computeIndex } from '../../src/operations/indices/compute.ts';
import { perform, systemActor } from '../../src/operations/operation.ts';
import { refoldMarket } from '../../src/operations/responses/refold.ts';
import { useContext } from '../support/database.ts';

const holder = useContext();
let ask: (
  person: string,
  method: 'get' | 'put' | 'post',
  url: string,
  body?: object,
) => supertest.Test;

beforeAll(async () => {
  const markets = demoMarkets.filter(({ code }) => ['PL', 'CZ', 'LV'].includes(code));
  const tokens = new Map(
    (await buildDemo(holder.context, undefined, markets)).map(({ who, token }) => [who, token]),
  );
  const { server } = await buildApp(holder.context);
  ask = (person, method, url, body) => {
    const request = supertest(server)
      [method](`/api/v1${url}`)
      .set('authorization', `Bearer ${tokens.get(person)}`);
    return body ? request.send(body) : request;
  };
}, 300_000);

describe('the ranking of a market', () => {
  test('holds gates, composite, rank, interval, P(first), n, and a reason for everybody unranked', async () => {
    const { body } = await ask('market-manager', 'get', '/markets/PL/ranking');
    expect(body.dealers).toHaveLength(20);
    const ranked = body.dealers.filter((dealer: { ranking: unknown }) => dealer.ranking);
    expect(ranked.length).toBeGreaterThan(3);
    for (const dealer of ranked) {
      expect(dealer.gates).toHaveLength(9);
      expect(dealer.ranking.rankLow).toBeLessThanOrEqual(dealer.ranking.rank);
      expect(dealer.audits).toBeGreaterThanOrEqual(3);
      expect(dealer.responses).toBeGreaterThanOrEqual(30);
    }
    const sum = ranked.reduce(
      (total: number, dealer: { ranking: { probabilityFirst: number } }) =>
        total + dealer.ranking.probabilityFirst,
      0,
    );
    expect(Math.abs(sum - 1)).toBeLessThan(1e-6);
    for (const dealer of body.dealers.slice(ranked.length))
      expect(dealer.reasons.length, dealer.dealer).toBeGreaterThan(0);
    const reasons = body.dealers.flatMap((dealer: { reasons: string[] }) => dealer.reasons);
    expect(
      reasons.some((reason: string) =>
        reason.startsWith('minimum-audits: open (2, needs at least 3)'),
      ),
    ).toBe(true);
  });
  test('is the same by the API and inside', async () => {
    const inside = await perform(holder.context, systemActor, rankMarket, { market: 'PL' });
    expect((await ask('network-manager', 'get', '/markets/PL/ranking')).body).toEqual(
      JSON.parse(JSON.stringify(inside)),
    );
  });
  test('of three houses borrows its variances from the network', async () => {
    const result = await perform(holder.context, systemActor, rankMarket, { market: 'LV' });
    for (const dealer of result.dealers.filter((each) => each.ranking))
      expect(dealer.ranking!.se).toBeGreaterThan(0);
  });
  test('is not for dealers or auditors', async () => {
    expect((await ask('dealer-principal', 'get', '/markets/PL/ranking')).status).toBe(403);
    expect((await ask('AU-01', 'get', '/markets/PL/ranking')).status).toBe(403);
  });
  test('does not change by evidence that comes in after the cut-off', async () => {
    const before = (await ask('market-manager', 'get', '/markets/PL/ranking')).body;
    const late = { ...holder.context, now: () => new Date('2026-03-01T00:00:00Z') };
    const { importJson } = await import('../../src/operations/imports/run.ts');
    await perform(late, systemActor, importJson, {
      market: 'PL',
      kind: 'responses',
      checklist: 'after-sales-questionnaire',
      version: '2025.1',
      rows: Array.from({ length: 50 }, (_, i) => ({
        dealer: 'PL-004',
        visit_date: '2025-06-01',
        reference: `LATE-${i}`,
        work_done_right: 1,
        advisor_explained: 1,
        ready_as_promised: 1,
        recommend: 0,
      })),
    });
    const after = await perform(late, systemActor, rankMarket, { market: 'PL' });
    const scores = (result: typeof after) =>
      result.dealers.map((dealer) => [dealer.dealer, dealer.responses, dealer.ranking?.composite]);
    expect(scores(after)).toEqual(scores(before));

    // An amendment after the cut-off leaves what the customer had said in time; refolded or not.
    const known = {
      ...{ dealer: 'PL-004', visit_date: '2025-06-01', reference: 'AMENDED-1' },
      ...{ work_done_right: 10, advisor_explained: 10, ready_as_promised: 10, recommend: 10 },
    };
    const send = (context: typeof late, row: object) =>
      perform(context, systemActor, importJson, {
        ...{ market: 'PL', kind: 'responses' },
        ...{ checklist: 'after-sales-questionnaire', version: '2025.1' },
        rows: [row],
      });
    await send(holder.context, known);
    const inTime = scores(await perform(late, systemActor, rankMarket, { market: 'PL' }));
    expect(inTime).not.toEqual(scores(before));
    await send(late, { ...known, visit_date: '2025-07-02', work_done_right: 1 });
    expect(scores(await perform(late, systemActor, rankMarket, { market: 'PL' }))).toEqual(inTime);
    for (const { id } of await listMarketsCached(late)) await refoldMarket(late, id);
    expect(scores(await perform(late, systemActor, rankMarket, { market: 'PL' }))).toEqual(inTime);
  });
});

test('service advisors are ranked by their own customers, and gated by their house', async () => {
  const rank = () =>
    perform(holder.context, systemActor, rankMarket, { market: 'PL', programme: 'advisor-award' });
  const { dealers } = await rank();
  const ranked = dealers.filter((each) => each.ranking);
  expect(ranked.length).toBeGreaterThan(10);
  expect(ranked.every((each) => /^PL-\d{3}\/SA-\d$/.test(each.dealer))).toBe(true);
  const index = await perform(holder.context, systemActor, computeIndex, {
    ...{ market: 'PL', index: 'advisor', by: 'staff', period: '2025' },
  });
  for (const { dealer, responses } of ranked.slice(0, 5)) {
    const { figure } = index.rows.find((row) => row.key === dealer)!;
    expect('n' in figure && figure.n).toBe(responses);
  }
  const refused = dealers.find((each) => each.reasons.some((r) => r.startsWith('integrity')));
  const barred = dealers.find(
    (each) => each.status === 'disqualified' && each.dealer !== refused?.dealer,
  )!;
  const [house] = barred.dealer.split('/');
  const gate = barred.gates.find(({ result }) => result === 'fail')!.gate;
  await perform(holder.context, systemActor, waiveGate, {
    ...{ market: 'PL', programme: 'advisor-award', dealer: house!, gate },
    ...{ reason: 'A strike of the post', paper: 'letter of 3 May 2025' },
  });
  const after = (await rank()).dealers.filter(({ dealer }) => dealer.startsWith(`${house}/`));
  for (const { gates } of after) {
    expect(gates.find((each) => each.gate === gate)?.result).toBe('waived');
  }
});

describe('a decision', () => {
  const id = uuidv7();
  const url = `/markets/PL/decisions/${id}`;
  let first: string;
  let others: string[];

  test('is frozen once; a second one at the same time is refused', async () => {
    const frozen = await ask('market-manager', 'put', url, {});
    expect([frozen.status, frozen.body.state]).toEqual([201, 'frozen']);
    [first] = frozen.body.result.first;
    others = frozen.body.result.dealers
      .filter((d: { ranking: object | null }) => d.ranking)
      .slice(1)
      .map((d: { dealer: string }) => d.dealer);
    expect(
      (await ask('market-manager', 'put', `/markets/PL/decisions/${uuidv7()}`, {})).status,
    ).toBe(409);
  });
  test('names only ranked houses, one, and departs from the ranking only with a reason', async () => {
    const propose = (body: object) => ask('market-manager', 'post', `${url}/propose`, body);
    expect((await propose({ winners: ['PL-999'] })).body.errors[0].code).toBe('not-ranked');
    expect((await propose({ winners: [first, others[0]!] })).body.errors[0].code).toBe('too-many');
    expect((await propose({ winners: [others[0]!] })).body.errors[0].pointer).toBe('/reason');
    expect((await propose({ winners: [] })).body.errors[0].pointer).toBe('/reason');
    expect((await propose({ winners: [first], embargoUntil: '2026-02-01' })).body).toMatchObject({
      state: 'proposed',
      winners: [first],
    });
  });
  test('is confirmed by a second person and published after its embargo', async () => {
    expect((await ask('market-manager', 'post', `${url}/confirm`)).body.type).toBe(
      '/problems/second-person-needed',
    );
    expect((await ask('market-manager', 'post', `${url}/publish`)).status).toBe(409);
    expect((await ask('network-manager', 'post', `${url}/confirm`)).body.state).toBe('confirmed');
    expect((await ask('market-manager', 'post', `${url}/publish`)).body.detail).toContain(
      'embargo until 2026-02-01',
    );
  });
  test('recomputed offline from its package by the command line gives the same bytes; a changed input is named', async () => {
    const { body } = await ask('network-manager', 'get', `${url}/package`);
    const folder = mkdtempSync(path.join(tmpdir(), 'omotenashi-verify-'));
    const file = path.join(folder, 'decision.json');
    writeFileSync(file, JSON.stringify(body));
    const cli = (...args: string[]) =>
      execFileSync(process.execPath, ['src/cli/main.ts', ...args], {
        encoding: 'utf8',
        env: { PATH: '', DATA_DIR: '/nowhere' },
      });
    expect(JSON.parse(cli('--json', 'verify', file))).toMatchObject({
      ok: true,
      resultSha256: body.resultSha256,
    });
    const changed = structuredClone(body);
    changed.package.dealers[0].audits[0].finalMicro -= 1_000_000;
    const copy = path.join(folder, 'changed.json');
    writeFileSync(copy, JSON.stringify(changed));
    const failed = (() => {
      try {
        return cli('--json', 'verify', copy, '--against', file);
      } catch (error) {
        return (error as { stdout: string }).stdout;
      }
    })();
    expect(JSON.parse(failed).differences.join('\n')).toContain('/dealers/0/audits/0/finalMicro');
  });
  test('is withdrawn only with a reason, stays on record, and makes room for a new one', async () => {
    expect((await ask('network-manager', 'post', `${url}/withdraw`, {})).status).toBe(400);
    const withdrawn = await ask('network-manager', 'post', `${url}/withdraw`, {
      reason: 'integrity case',
    });
    expect(withdrawn.body.steps.map((step: { step: string }) => step.step)).toEqual([
      'frozen',
      'proposed',
      'confirmed',
      'withdrawn',
    ]);
    expect(
      (await ask('market-manager', 'put', `/markets/PL/decisions/${uuidv7()}`, {})).status,
    ).toBe(201);
  });
});

test('the network list orders the winners by one composite', async () => {
  const result = await perform(holder.context, systemActor, rankNetwork, {});
  expect(result.list.every((dealer) => /^(PL|CZ|LV)\//.test(dealer))).toBe(true);
  expect(result.undecided).toContain('LV');
  const composites = result.dealers
    .filter((dealer) => dealer.ranking)
    .map((dealer) => dealer.ranking!.composite);
  expect(composites).toEqual([...composites].sort((a, b) => b - a));
});

test('a gate is waived only by the network, with reason and document, and shows', async () => {
  const { dealers } = (await ask('market-manager', 'get', '/markets/CZ/ranking')).body;
  const failing = dealers.find(
    (dealer: { status: string; gates: { result: string }[] }) => dealer.status === 'disqualified',
  );
  const gate = failing.gates.find((each: { result: string }) => each.result === 'fail').gate;
  const body = {
    programme: 'european-award',
    dealer: failing.dealer,
    gate,
    reason: 'flood damage',
    paper: 'letter 12',
  };
  expect((await ask('market-manager', 'post', '/markets/CZ/waivers', body)).status).toBe(403);
  expect((await ask('network-manager', 'post', '/markets/CZ/waivers', body)).status).toBe(201);
  const after = (await ask('market-manager', 'get', '/markets/CZ/ranking')).body.dealers.find(
    (each: { dealer: string }) => each.dealer === failing.dealer,
  );
  expect(after.gates.find((each: { gate: string }) => each.gate === gate)).toMatchObject({
    result: 'waived',
    note: expect.stringContaining('flood damage'),
  });
});
