import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import supertest from 'supertest';
import { beforeAll, describe, expect, test } from 'vitest';
import { openCompute } from '../../src/compute/pool.ts';
import type { AwardPackage, AwardResult } from '../../src/contracts/awards.ts';
import type { ComplaintReport } from '../../src/contracts/complaints.ts';
import type { IndexReport, TrendReport } from '../../src/contracts/indices.ts';
import type { DriverReport, QuestionReport, SignReport } from '../../src/contracts/surveys.ts';
import type { NetworkWhatIfReport } from '../../src/contracts/what-if.ts';
import { canonicalResult } from '../../src/core/awards/award.ts';
import { evaluateFrozen } from '../../src/core/awards/frozen.ts';
import { type HandedOut, verifyDecision } from '../../src/core/awards/verify.ts';
import { openStream } from '../../src/core/random.ts';
import { rowsOf } from '../../src/db/database.ts';
import { buildApp } from '../../src/http/app.ts';
import { computeFrozen } from '../../src/operations/awards/compute.ts';
import { buildDemo } from '../../src/operations/demo/build.ts';
import { demoMarkets } from '../../src/operations/demo/places.ts';
import { forget } from '../../src/operations/directory.ts';
import { publishDocument } from '../../src/operations/documents/move.ts';
import { saveDocument } from '../../src/operations/documents/save.ts';
import { importJson, importMarkets } from '../../src/operations/imports/run.ts';
import { perform, systemActor } from '../../src/operations/operation.ts';
import { useContext } from '../support/database.ts';

const holder = useContext();
let get: (person: string, url: string) => supertest.Test;
let send: (method: 'post' | 'put', person: string, url: string, body: object) => supertest.Test;
const ask = async <Report>(url: string): Promise<Report> => {
  const { status, body } = await get('market-manager', url);
  expect([status, body.detail]).toEqual([200, undefined]);
  return body as Report;
};

beforeAll(async () => {
  const markets = demoMarkets.filter(({ code }) => ['CN', 'CZ'].includes(code));
  const tokens = new Map(
    (await buildDemo(holder.context, undefined, markets)).map(({ who, token }) => [who, token]),
  );
  const { server } = await buildApp(holder.context);
  const auth = (person: string) => `Bearer ${tokens.get(person)}`;
  get = (person, url) => supertest(server).get(`/api/v1${url}`).set('authorization', auth(person));
  send = (method, person, url, body) =>
    supertest(server)[method](`/api/v1${url}`).set('authorization', auth(person)).send(body);
}, 300_000);

describe('answers by question', () => {
  test('are a plain count of the rows', async () => {
    const { questions, recommendation, factors, responses } = await ask<QuestionReport>(
      '/markets/CZ/surveys/questions?period=2025&against=2024',
    );
    const rows = await holder.context.database.transaction(
      { role: 'service', marketId: await marketId('CZ') },
      (tx) =>
        rowsOf<{ item: number; recommendation: number }>(
          tx,
          sql`select get_byte(items, 0) as item, recommendation from responses where market_id = app.market()`,
        ),
    );
    expect(responses).toBe(rows.length);
    const first = questions[0]!;
    const given = rows.map(({ item }) => item).filter((item) => item !== 255);
    if (!('figure' in first)) throw new Error('too few');
    expect(first.figure.n).toBe(given.length);
    expect(first.figure.mean).toBeCloseTo(given.reduce((a, b) => a + b, 0) / given.length, 9);
    expect(first.figure.topBox.share).toBeCloseTo(
      given.filter((item) => item === 10).length / given.length,
      12,
    );
    expect(first.figure.low!).toBeLessThan(first.figure.percent);
    expect(recommendation!.promoters).toBe(rows.filter((row) => row.recommendation >= 9).length);
    expect(factors.every(({ alpha }) => alpha === null || alpha <= 1)).toBe(true);
    // Nobody was asked in the earlier period: no change is claimed.
    expect(questions.every((each) => !('figure' in each) || each.change === null)).toBe(true);
  });
  test('of one house, with its change; too few are said', async () => {
    const url = '/markets/CZ/surveys/questions?dealer=CZ-001';
    const year = await ask<QuestionReport>(`${url}&period=2025-H2&against=2025-H1`);
    expect(year.questions.some((each) => 'figure' in each && each.change !== null)).toBe(true);
    const day = await ask<QuestionReport>(`${url}&period=2025-02-03/2025-02-04`);
    expect(day.questions.every((each) => 'tooFew' in each)).toBe(true);
    expect(day.recommendation).toBeNull();
  });
  test('refuse what cannot be asked, with its place', async () => {
    const bad = async (query: string) =>
      (await get('market-manager', `/markets/CZ/surveys/questions?${query}`)).body;
    expect((await bad('period=2025&against=2025-H1')).errors[0].pointer).toBe('/against');
    expect((await bad('period=2025&dealer=CZ-999')).status).toBe(404);
    expect((await bad('period=2025&checklist=showroom-visit')).errors[0].code).toBe('kind');
    expect((await bad('period=2025&checklist=nothing')).status).toBe(404);
  });
});

test('drivers share out what is explained, with intervals, beside where the house stands', async () => {
  const report = await ask<DriverReport>(
    '/markets/CZ/surveys/drivers?period=2025&dealer=CZ-001&paths=true',
  );
  for (const found of [report.factors, report.items]) {
    const { drivers, r2 } = found!;
    expect(drivers.reduce((sum, { importance }) => sum + importance, 0)).toBeCloseTo(1, 6);
    expect(r2).toBeGreaterThan(0);
    for (const { importance, low, high } of drivers) {
      expect(low).toBeLessThanOrEqual(importance + 0.02);
      expect(high).toBeGreaterThanOrEqual(importance - 0.02);
    }
  }
  // Two markets have too few houses for seven standards.
  expect(report.standards).toBeNull();
  // Of the demo the car says nothing about the workshop.
  const car = report.items!.drivers.find(({ id }) => id === 'car_as_expected')!;
  expect(car.importance).toBeLessThan(0.05);
  expect(report.paths!.factors.map(({ id }) => id)).toEqual(
    report.factors!.drivers.map(({ id }) => id),
  );
  expect(report.performance.some(({ house }) => house && 'value' in house)).toBe(true);
  const day = await ask<DriverReport>('/markets/CZ/surveys/drivers?period=2025-02-03/2025-02-04');
  expect([day.factors, day.items]).toEqual([null, null]);
});

describe('signs of gaming', () => {
  test('name the house that helped its customers, three times, and nobody else', async () => {
    const { signs, timed, withDevice, responses, causes } = await ask<SignReport>(
      '/markets/CN/surveys/signs?period=2025',
    );
    expect([timed, withDevice]).toEqual([responses, responses]);
    expect(new Set(signs.map(({ dealer }) => dealer))).toEqual(new Set(['CN-009']));
    expect(signs.map(({ sign }) => sign).sort()).toEqual(['all-top-run', 'burst', 'shared-device']);
    for (const { from, to } of signs) expect(from.slice(0, 10)).toBe(to.slice(0, 10));
    expect(causes).toHaveLength(new Set(causes.map(({ dealer }) => dealer)).size);
    expect(causes.some(({ below }) => below === 'dealer')).toBe(true);
    expect(causes.some(({ below }) => below === 'both')).toBe(false);
  });
  test('change no figure', async () => {
    const url = '/markets/CN/indices/after-sales?period=2025&by=dealer';
    const before = await ask<IndexReport>(url);
    await ask('/markets/CN/surveys/signs?period=2025');
    expect(await ask<IndexReport>(url)).toEqual(before);
  });
  test('a market without gaming has none', async () => {
    expect((await ask<SignReport>('/markets/CZ/surveys/signs?period=2025')).signs).toEqual([]);
  });
});

describe('an index', () => {
  const url = '/markets/CZ/indices/after-sales?period=2025&by=dealer';
  test('on other scales, with other ties, and as the market’s mix', async () => {
    const plain = await ask<IndexReport>(`${url}&rank=true`);
    const scaled = await ask<IndexReport>(
      `${url}&rank=true&ties=fractional&scale=ratings&mix=tenure`,
    );
    for (const row of scaled.rows) {
      const own = plain.rows.find(({ key }) => key === row.key)!;
      if (!('value' in row.figure) || !('value' in own.figure)) continue;
      expect(row.figure.value).toBeCloseTo(100 + 9 * own.figure.value, 9);
      expect(row.place?.rank).toBe(own.place?.rank);
      expect(row.mixed!.effectiveN).toBeLessThanOrEqual(row.figure.n + 1e-9);
      expect(Math.abs(row.mixed!.value - row.figure.value)).toBeLessThan(60);
    }
    expect(plain.differences!.between).toBeGreaterThan(0);
    const audits = '/markets/CZ/indices/omotenashi?period=2025';
    expect((await get('market-manager', `${audits}&mix=tenure`)).body.errors[0].code).toBe('mix');
    const drawn = await ask<IndexReport>(audits);
    expect(drawn.rows.some(({ shrunk }) => shrunk && shrunk.reliability < 1)).toBe(true);
  });
  test('over twelve months, with a trend; two dates have none before them', async () => {
    const months = await ask<TrendReport>(
      '/markets/CZ/indices/after-sales/trend?period=2025-12&by=market',
    );
    expect(months.periods).toHaveLength(12);
    expect(months.rows[0]!.trend).toMatchObject({ kind: 'tested' });
    const quarters = await ask<TrendReport>(
      '/markets/CZ/indices/after-sales/trend?period=2025-Q4&periods=4&by=market',
    );
    expect(quarters.rows[0]!.trend).toMatchObject({ kind: 'described' });
    const bad = await get(
      'market-manager',
      '/markets/CZ/indices/after-sales/trend?period=2025-01-01/2025-02-01',
    );
    expect(bad.body.errors[0].pointer).toBe('/period');
  });
});

test('complaints and aftercare: counts add up, shares have intervals, jobs are counted', async () => {
  const { rows, all } = await ask<ComplaintReport>('/markets/CZ/complaints/report?period=2025');
  const sum = (of: (row: ComplaintReport['all']) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  expect(sum((row) => row.complaints)).toBe(all.complaints);
  expect(sum((row) => row.answeredInTime.n)).toBe(all.answeredInTime.n);
  expect(sum((row) => row.followedUp.successes)).toBe(all.followedUp.successes);
  expect(all.fixedFirstTime.share!).toBeGreaterThan(0.8);
  expect(all.perThousandJobs!.low).toBeLessThan(all.perThousandJobs!.value);
  expect(all.answeredInTime.low!).toBeLessThan(all.answeredInTime.share!);
  const none = await ask<ComplaintReport>('/markets/CZ/complaints/report?period=2020');
  expect(none.all).toMatchObject({ complaints: 0, perThousandJobs: null, medianDaysToSolve: null });
  expect(none.all.answeredInTime).toMatchObject({ n: 0, share: null });
});

test('workshop jobs are imported by code, once; only one-way codes of cars are kept', async () => {
  const job = { code: 'J-1', dealer: 'CZ-001', vehicle: 'WBA123', concern: 'brakes' };
  const load = (row: object) =>
    perform(holder.context, systemActor, importJson, {
      ...{ market: 'CZ', kind: 'repairs', rows: [row] },
    });
  expect(await load({ ...job, opened: '2025-03-01', closed: '2025-03-02' })).toMatchObject({
    stored: 1,
  });
  expect(await load({ ...job, opened: '2025-03-01', closed: '2025-03-02' })).toMatchObject({
    stored: 0,
  });
  await expect(load({ ...job, opened: '2025-03-01', closed: '2025-02-02' })).rejects.toMatchObject({
    details: { errors: [{ pointer: '/1/closed', code: 'order' }] },
  });
  const kept = await holder.context.database.transaction(
    { role: 'service', marketId: await marketId('CZ') },
    (tx) => rowsOf<{ vehicle: string }>(tx, sql`select vehicle from repairs where code = 'J-1'`),
  );
  expect(kept[0]!.vehicle).toMatch(/^[0-9a-f]{16}$/);
});

test.each([
  '/markets/CZ/surveys/questions?period=2025',
  '/markets/CZ/surveys/drivers?period=2025',
  '/markets/CZ/surveys/signs?period=2025',
  '/markets/CZ/complaints/report?period=2025',
  '/markets/CZ/indices/after-sales/trend?period=2025-12',
])('%s is not for dealers or auditors', async (url) => {
  for (const person of ['dealer-principal', 'AU-01'])
    expect((await get(person, url)).status).toBe(403);
});

test('in any order of arrival, in any batches, reports are the same', async () => {
  const random = openStream(4);
  const rows = Array.from({ length: 900 }, (_, i) => {
    const rating = () => 1 + random.below(10);
    return {
      dealer: `D-${i % 6}`,
      visit_date: `2025-${String(1 + (i % 12)).padStart(2, '0')}-1${i % 9}`,
      reference: `R-${i}`,
      customer_years: i % 11,
      answered_at: `2025-12-0${1 + (i % 9)}T1${i % 10}:00:00Z`,
      device: `d-${i % 300}`,
      ...Object.fromEntries(
        [
          'received_promptly',
          'advisor_courteous',
          'advisor_explained',
          'ready_as_promised',
          'invoice_clear',
          'work_done_right',
          'car_as_expected',
          'easy_to_book',
          'facility_pleasant',
          'recommend',
        ].map((item) => [item, rating()]),
      ),
    };
  });
  const load = async (code: string, order: typeof rows, size: number) => {
    await perform(holder.context, systemActor, importMarkets, {
      rows: [{ code, name: 'Same', time_zone: 'UTC' }],
    });
    forget(holder.context);
    const dealers = Array.from({ length: 6 }, (_, d) => ({ code: `D-${d}`, name: `House ${d}` }));
    await perform(holder.context, systemActor, importJson, {
      ...{ market: code, kind: 'dealers', rows: dealers },
    });
    for (let at = 0; at < order.length; at += size) {
      await perform(holder.context, systemActor, importJson, {
        ...{ market: code, kind: 'responses', checklist: 'after-sales-questionnaire' },
        ...{ version: '2025.1', rows: order.slice(at, at + size) },
      });
    }
    const reports = ['questions', 'drivers', 'signs'].map(async (name) => {
      const { body } = await get('network-manager', `/markets/${code}/surveys/${name}?period=2025`);
      return { ...body, market: '' };
    });
    const { body } = await get(
      'network-manager',
      `/markets/${code}/indices/after-sales?period=2025&rank=true&mix=tenure`,
    );
    return [...(await Promise.all(reports)), { ...body, market: '' }].map(
      ({ standards: _, ...rest }) => rest,
    );
  };
  const one = await load('SA', rows, 900);
  const other = await load('SB', rows.toReversed(), 170);
  // A one-way code of a device is a market's own; nothing shown depends on it but whether it is shared.
  expect(other).toEqual(one);
}, 120_000);

describe('an award that corrects for severity', () => {
  beforeAll(async () => {
    const file = new URL('../../checklists/programmes/european-award/2025.yaml', import.meta.url);
    const source = readFileSync(file, 'utf8')
      .replace('id: european-award', 'id: corrected-award')
      .replace(/^minimumEvidence:/m, 'severityCorrection: true\nminimumEvidence:');
    await perform(holder.context, systemActor, saveDocument, { type: 'programme', source });
    await perform(holder.context, { ...systemActor, code: 'second' }, publishDocument, {
      ...{ type: 'programme', id: 'corrected-award', version: '2025' },
    });
  });
  test('says whether it does, why not, and both orders', async () => {
    const plain = await ask<AwardResult>('/markets/CN/ranking');
    const { correction, dealers } = await ask<AwardResult>(
      '/markets/CN/ranking?programme=corrected-award',
    );
    expect(plain.correction).toBeUndefined();
    const ranked = dealers.filter(({ ranking }) => ranking).map(({ dealer }) => dealer);
    expect(correction!.otherOrder.map(({ dealer }) => dealer).sort()).toEqual(ranked.toSorted());
    const order = (of: AwardResult['dealers']) =>
      of
        .filter(({ ranking }) => ranking)
        .map(({ dealer, ranking }) => [dealer, ranking!.composite]);
    if (correction!.applied) {
      expect(correction!.reasons).toEqual([]);
      expect(order(dealers)).not.toEqual(order(plain.dealers));
      expect(correction!.otherOrder.map(({ dealer }) => dealer)).toEqual(
        order(plain.dealers).map(([dealer]) => dealer),
      );
    } else {
      expect(correction!.reasons.length).toBeGreaterThan(0);
      expect(order(dealers)).toEqual(order(plain.dealers));
    }
  });
  test('freezes with its answers, is resampled once, and is computed again to the same bytes', async () => {
    const id = '01900000-0000-7000-8000-0000000000c1';
    const url = `/markets/CN/decisions/${id}`;
    const frozen = await send('put', 'market-manager', url, { programme: 'corrected-award' });
    expect([frozen.status, frozen.body.detail]).toEqual([201, undefined]);
    // The same bytes on every database; they change only where the demo's evidence or a method does.
    expect(frozen.body.resultSha256).toBe(
      'e7cc4746729e43293760193160625546990dc61c3823620b7a79bdd8da3eb805',
    );
    const { resampling, dealers } = frozen.body.result as AwardResult;
    expect(resampling!.draws).toBe(2000);
    const first = resampling!.dealers.reduce((sum, row) => sum + row.probabilityFirst, 0);
    expect(first + resampling!.noAward).toBeCloseTo(1, 5);
    for (const { dealer, ranking } of dealers) {
      const row = resampling!.dealers.find((each) => each.dealer === dealer)!;
      if (ranking?.rank === 1) expect(row.probabilityFirst).toBeGreaterThan(0);
    }
    const handed = (await get('market-manager', `${url}/package`)).body as HandedOut;
    expect(JSON.stringify(handed.package)).not.toMatch(/AU-\d/);
    expect(verifyDecision(handed)).toMatchObject({ ok: true, differences: [] });
    const tampered = structuredClone(handed);
    const [house] = (tampered.package as AwardPackage).dealers;
    house!.samples!.afterSales.byAdvisor[0]![0]! -= 1;
    expect(verifyDecision(tampered).ok).toBe(false);
  }, 120_000);
  test('gives the same bytes with any number of threads', async () => {
    const url = '/markets/CN/decisions/01900000-0000-7000-8000-0000000000c1/package';
    const { package: frozen, resultSha256 } = (await get('market-manager', url)).body;
    const here = canonicalResult(evaluateFrozen(frozen as AwardPackage));
    expect(here.sha256).toBe(resultSha256);
    for (const threads of [1, 2, 3]) {
      const compute = openCompute(threads);
      const there = canonicalResult(await computeFrozen(compute, frozen as AwardPackage));
      await compute.close();
      expect(there.text).toBe(here.text);
    }
  }, 120_000);
});

test('what if the whole network had other weights', async () => {
  const { status, body } = await send('post', 'network-manager', '/network/what-if', {
    weights: { 'business-performance': 100 },
  });
  expect(status).toBe(200);
  const { markets } = body as NetworkWhatIfReport;
  expect(markets.map(({ market }) => market)).toEqual(expect.arrayContaining(['CN', 'CZ']));
  const cn = markets.find(({ market }) => market === 'CN')!;
  expect(cn.firstNow).toEqual((await ask<AwardResult>('/markets/CN/ranking')).first);
  expect(cn.changes.length).toBeGreaterThan(0);
  const bad = await send('post', 'network-manager', '/network/what-if', { weights: { none: 1 } });
  expect(bad.body.errors[0].pointer).toBe('/weights/none');
  expect((await send('post', 'market-manager', '/network/what-if', {})).status).toBe(403);
});

async function marketId(code: string): Promise<number> {
  const [row] = await holder.context.database.transaction({ role: 'nobody' }, (tx) =>
    rowsOf<{ id: number }>(tx, sql`select id from markets where code = ${code}`),
  );
  return row!.id;
}
