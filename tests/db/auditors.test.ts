import supertest from 'supertest';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AuditorReport } from '../../src/contracts/auditors.ts';
import type { FirmnessReport } from '../../src/contracts/firmness.ts';
import type { ChangeReport } from '../../src/contracts/indices.ts';
import type { WhatIfReport } from '../../src/contracts/what-if.ts';
import { ranksOf } from '../../src/core/statistics/ranks.ts';
import { buildApp } from '../../src/http/app.ts';
import { reportAuditors } from '../../src/operations/auditors/report.ts';
import { reportFirmness } from '../../src/operations/awards/firmness.ts';
import { rankMarket } from '../../src/operations/awards/rank.ts';
import { buildDemo } from '../../src/operations/demo/build.ts';
import { demoMarkets } from '../../src/operations/demo/places.ts';
import { perform, systemActor } from '../../src/operations/operation.ts';
import { useContext } from '../support/database.ts';

const holder = useContext();
let report: AuditorReport;
let get: (person: string, url: string) => supertest.Test;
let post: (person: string, url: string, body: object) => supertest.Test;

beforeAll(async () => {
  const markets = demoMarkets.filter(({ code }) => ['PL', 'CZ'].includes(code));
  const tokens = new Map(
    (await buildDemo(holder.context, undefined, markets)).map(({ who, token }) => [who, token]),
  );
  const { server } = await buildApp(holder.context);
  get = (person, url) =>
    supertest(server)
      .get(`/api/v1${url}`)
      .set('authorization', `Bearer ${tokens.get(person)}`);
  post = (person, url, body) =>
    supertest(server)
      .post(`/api/v1${url}`)
      .set('authorization', `Bearer ${tokens.get(person)}`)
      .send(body);
  report = await perform(holder.context, systemActor, reportAuditors, { market: 'PL' });
}, 300_000);

describe('the auditors of a market', () => {
  test('are told apart from the houses, with their uncertainty', () => {
    const { components, auditors, audits } = report;
    expect(audits).toBe(auditors.reduce((sum, row) => sum + row.audits, 0));
    expect(components!.dealers).toBeGreaterThan(0);
    expect(components!.auditors).toBeGreaterThan(0);
    const { shares } = components!;
    expect(shares.dealers + shares.auditors + shares.rest).toBeCloseTo(1, 9);
    expect(auditors.reduce((sum, row) => sum + row.leniency!, 0)).toBeCloseTo(0, 6);
    for (const row of auditors) {
      expect(row.leniencySd).toBeGreaterThan(0);
      // Shrunk: never further from 0 than the plain distance.
      expect(Math.abs(row.leniency!)).toBeLessThanOrEqual(Math.abs(row.discrepancy!) + 3);
    }
  });
  test('show each house raw and corrected side by side, with both ranks and both winners', () => {
    const { dealers, award } = report;
    expect(dealers).toHaveLength(20);
    expect(dealers.some((row) => Math.abs(row.adjusted! - row.raw) > 1e-6)).toBe(true);
    for (const [values, ranks] of [
      [dealers.map((row) => row.raw), dealers.map((row) => row.rankRaw)],
      [dealers.map((row) => row.adjusted!), dealers.map((row) => row.rankAdjusted)],
    ] as const) {
      expect(ranksOf(values)).toEqual(ranks);
    }
    expect(award.raw).toHaveLength(1);
    expect(award.adjusted).not.toBeNull();
  });
  test('agreement stands by item, part and total where houses were visited twice', () => {
    const { rows, icc } = report.agreement;
    expect(new Set(rows.map((row) => row.kind))).toEqual(new Set(['item', 'part', 'total']));
    for (const { alpha } of rows) if (alpha !== null) expect(alpha).toBeLessThanOrEqual(1);
    expect(icc!.low).toBeLessThan(icc!.high);
  });
  test('the API gives the same to the manager, and nothing to a dealer or an auditor', async () => {
    expect((await get('market-manager', '/markets/PL/auditors')).body).toEqual(
      JSON.parse(JSON.stringify(report)),
    );
    expect((await get('dealer-principal', '/markets/PL/auditors')).status).toBe(403);
    expect((await get('AU-01', '/markets/PL/auditors')).status).toBe(403);
  });
  test('is the same in any order of arrival and on repeat', async () => {
    const again = await perform(holder.context, systemActor, reportAuditors, { market: 'PL' });
    expect(again).toEqual(report);
  });
});

test('an index in two periods: each change has its test, called only over all rows shown', async () => {
  const url = '/markets/PL/indices/after-sales/change?period=2025-H2&against=2025-H1';
  const { status, body } = await get('market-manager', url);
  expect([status, body.rows.length]).toEqual([200, 20]);
  for (const { before, after, change } of body.rows as ChangeReport['rows']) {
    if (!change) continue;
    expect(change.difference).toBeCloseTo(
      (after as { value: number }).value - (before as { value: number }).value,
      9,
    );
    expect(change.low).toBeLessThan(change.high);
    expect(change.direction === 'unclear').toBe(change.p > 0.05);
  }
  expect((await get('market-manager', `${url}&rank=true`)).status).toBe(400);
});

describe('what if', () => {
  const ask = (body: object) => post('market-manager', '/markets/PL/what-if', body);
  test('nothing changes, nobody moves; and nothing is stored by any of it', async () => {
    const before = (await get('market-manager', '/markets/PL/ranking')).body;
    const same = (await ask({})).body as WhatIfReport;
    expect([same.changes, same.firstNow]).toEqual([[], before.first]);
    expect(same.result).toEqual(before);
    await ask({ weights: { 'business-performance': 100 } });
    expect((await get('market-manager', '/markets/PL/ranking')).body).toEqual(before);
  });
  test('all weight on one component: its points are the composite, and the ranks are theirs', async () => {
    const kept = 'after-sales';
    const weights = { 'guest-service': 0, 'complaint-answers': 0, 'business-performance': 0 };
    const { result, changes } = (await ask({ weights })).body as WhatIfReport;
    const ranked = result.dealers.filter((each) => each.ranking);
    const pointsOf = (each: (typeof ranked)[number]) =>
      each.components.find(({ component }) => component === kept)!.points!;
    expect(ranked.length).toBeGreaterThan(1);
    for (const each of ranked) {
      expect(each.ranking!.composite).toBeCloseTo(pointsOf(each), 9);
      const better = ranked.filter((other) => pointsOf(other) > pointsOf(each) + 1e-9).length;
      expect(each.ranking!.rank).toBe(better + 1);
    }
    expect(changes).not.toEqual([]);
  });
  test('the first is excluded: the second leads, and the exclusion is said', async () => {
    const { body } = await get('market-manager', '/markets/PL/ranking');
    const [first, second] = body.dealers.map((each: { dealer: string }) => each.dealer);
    const then = (await ask({ excluded: [{ dealer: first }] })).body as WhatIfReport;
    expect(then.result.first).toEqual([second]);
    expect(then.changes.find((each) => each.dealer === first)?.would.status).toBe('excluded');
  });
  test('a gate that nobody meets leaves no award; one taken away lets more in', async () => {
    const none = (await ask({ gates: { 'financial-structure': { min: 5 } } })).body as WhatIfReport;
    expect([none.result.outcome, none.result.first]).toEqual(['no-award', []]);
    const ranked = (report: WhatIfReport) => report.result.dealers.filter((d) => d.ranking).length;
    const open = { 'business-plan': { min: -1 }, 'sales-plan': { min: -1 } };
    expect(ranked((await ask({ gates: open })).body)).toBeGreaterThan(ranked((await ask({})).body));
  });
  test('what cannot be is refused with all its places', async () => {
    const { status, body } = await ask({
      weights: {
        nothing: 1,
        'guest-service': 0,
        'after-sales': 0,
        'complaint-answers': 0,
        'business-performance': 0,
      },
      gates: { 'five-star': { min: null } },
      excluded: [{ dealer: 'XX-1' }],
    });
    expect(status).toBe(422);
    expect(body.errors.map((each: { pointer: string }) => each.pointer)).toEqual([
      '/weights/nothing',
      '/excluded/0/dealer',
      '/gates/4',
      '/composite',
    ]);
    expect((await post('dealer-principal', '/markets/PL/what-if', {})).status).toBe(403);
  });
});

describe('the firmness of a winner', () => {
  let firmness: FirmnessReport;
  beforeAll(async () => {
    firmness = await perform(holder.context, systemActor, reportFirmness, { market: 'PL' });
  });
  test('names the first, the chance and the margin as the ranking does', async () => {
    const ranking = await perform(holder.context, systemActor, rankMarket, { market: 'PL' });
    expect(firmness.first).toEqual(ranking.first);
    expect(firmness.probabilityFirst).toBeCloseTo(ranking.dealers[0]!.ranking!.probabilityFirst, 9);
    expect(firmness.marginToSecond!.points).toBeCloseTo(ranking.marginToSecond!.points, 9);
  });
  test('tries other weights, and leaves out components, auditors and last visits', () => {
    const { weights, withoutAuditor, withoutLastVisit, nextVisit } = firmness;
    const sum = (rows: { share: number }[]) => rows.reduce((all, { share }) => all + share, 0);
    expect(sum(weights.any)).toBeCloseTo(1, 9);
    expect(sum(weights.near)).toBeCloseTo(1, 9);
    expect(weights.leaveOut).toHaveLength(4);
    expect(withoutAuditor.map((row) => row.without)).toEqual(
      report.auditors.map((row) => row.auditor),
    );
    expect(withoutLastVisit.map((row) => row.without)).toContain(firmness.first[0]);
    expect(nextVisit.every((row) => row.gain >= 0)).toBe(true);
  });
  test('comes by the API too, for managers only', async () => {
    expect((await get('market-manager', '/markets/PL/firmness')).body).toEqual(
      JSON.parse(JSON.stringify(firmness)),
    );
    expect((await get('dealer-principal', '/markets/PL/firmness')).status).toBe(403);
  });
});
