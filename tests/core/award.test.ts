import { describe, expect, test } from 'vitest';
import type { AuditScore } from '../../src/contracts/audits.ts';
import type { AwardPackage, DealerEvidence } from '../../src/contracts/awards.ts';
import type { Component, Gate } from '../../src/contracts/programmes.ts';
import { amendPackage, effectOn } from '../../src/core/awards/amendment.ts';
import {
  canonicalResult,
  decimal,
  evaluateAward,
  parseResult,
} from '../../src/core/awards/award.ts';
import { composite } from '../../src/core/awards/composite.ts';
import { decideGate, qualification } from '../../src/core/awards/gates.ts';
import { rankUnits } from '../../src/core/awards/ranking.ts';
import { verifyDecision } from '../../src/core/awards/verify.ts';
import { canonicalJson, canonicalSha256, sha256Hex } from '../../src/core/canonical.ts';
import { expectClose, reference } from '../support/reference.ts';

describe('the two-stage reference case', () => {
  const { inputs, value, expectAllRead } = reference('twostage-award');
  type Row = { dealer: string; market: string; auditSe: number; csiSe: number } & Record<
    string,
    number
  >;
  const given = inputs as {
    gates: { metric: string; min?: number; max?: number; kind?: 'sample' }[];
    components: { metric: string; lo: number; hi: number; weight: number }[];
    tieBreak: string[];
    dealers: Row[];
    leadIsClearThreshold: number;
  };
  const title = { en: 'x' };
  const gates = given.gates.map(
    (g) =>
      ({
        id: g.metric,
        metric: g.metric,
        title,
        kind: g.kind ?? 'performance',
        min: g.min,
        max: g.max,
      }) as Gate,
  );
  const components = given.components.map(
    (c) =>
      ({
        id: c.metric,
        metric: c.metric,
        title,
        low: c.lo,
        high: c.hi,
        weight: c.weight,
      }) as Component,
  );
  const decide = (row: Row) =>
    gates.map((gate) => decideGate(gate, { value: row[gate.metric]! }, undefined));

  test('gates', () => {
    const found = Object.fromEntries(
      given.dealers.map((row) => {
        const results = decide(row);
        const named = (result: string) =>
          results.filter((each) => each.result === result).map((each) => each.gate);
        // The reference's words: insufficient = open, pass = qualified.
        const status = { qualified: 'pass', disqualified: 'fail', open: 'insufficient' }[
          qualification(results)
        ];
        return [row.dealer, { failed: named('fail'), insufficient: named('open'), status }];
      }),
    );
    expect(found).toEqual(value('gates'));
  });

  test('composites, ranks, chances and outcomes', () => {
    type Market = {
      qualified: string[];
      ranking: { dealer: string }[];
      winner: string[];
      leadIsClear: boolean | null;
    };
    for (const [market, wanted] of Object.entries(value('markets') as Record<string, Market>)) {
      const qualified = given.dealers.filter(
        (row) => row.market === market && qualification(decide(row)) === 'qualified',
      );
      expect(qualified.map((row) => row.dealer)).toEqual(wanted.qualified);
      const values = qualified.map((row) =>
        composite(
          components,
          components.map((c) => ({
            value: row[c.metric]!,
            se: c.metric === 'audit' ? row.auditSe : c.metric === 'csi' ? row.csiSe : 0,
          })),
        ),
      );
      const places = rankUnits(
        qualified.map((row, i) => ({
          estimate: values[i]!.value!,
          se: values[i]!.se,
          tieBreaks: given.tieBreak.slice(1).map((key) => row[key]!),
        })),
        1,
      );
      const ranking = places.map((place) => ({
        dealer: qualified[place.index]!.dealer,
        composite: values[place.index]!.value,
        se: values[place.index]!.se,
        rank: place.rank,
        probabilityBest: place.probabilityFirst,
        expectedRank: place.expectedRank,
      }));
      for (const [i, row] of ranking.entries()) {
        const { rankByCompositeOnly: _, ...theirs } = wanted.ranking[i] as Record<string, unknown>;
        expectClose(row, theirs, 1e-6, 'abs', `${market}[${i}]`);
      }
    }
    expectAllRead();
  });
});

const programme = {
  id: 'test',
  version: '2025',
  languages: ['en'],
  title: { en: 'Test' },
  period: '2025',
  seed: 1,
  checklists: { visits: ['v'] },
  minimumEvidence: { audits: 2, responses: 0, coverage: 0 },
  gates: [
    { id: 'stars', title: { en: 'Stars' }, metric: 'five-star', min: 1 },
    { id: 'answers', title: { en: 'Answers' }, metric: 'complaint-answers', min: 0.9 },
  ],
  composite: [
    {
      id: 'audits',
      title: { en: 'Audits' },
      metric: 'omotenashi-index',
      weight: 1,
      low: 0,
      high: 100,
    },
  ],
  tieBreaks: ['omotenashi-index'],
};
const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const dealer = (
  name: string,
  scores: number[],
  rest: Partial<DealerEvidence> = {},
): DealerEvidence => ({
  dealer: name,
  audits: scores.map((score, i) => ({
    id: uuid(i + 1),
    revision: 1,
    date: '2025-05-01',
    type: 'mystery',
    finalMicro: score * 1e6,
    coverage: 1,
    knockedOut: false,
  })),
  afterSales: { n: 0, sum: '0', sumSquares: '0' },
  sales: { n: 0, sum: '0', sumSquares: '0' },
  complaints: { met: 0, breached: 0, pending: 0 },
  figures: {},
  brandStandards: null,
  fiveStar: true,
  integrityCases: 0,
  ...rest,
});
const aPackage = (dealers: DealerEvidence[], rest: Partial<AwardPackage> = {}): AwardPackage => ({
  format: 'omotenashi-award-package/1',
  programme,
  programmeSha256: canonicalSha256(programme),
  market: 'XX',
  asOf: '2026-01-22T00:00:00.000Z',
  pools: { audits: null, afterSales: null, complaints: null },
  waivers: [],
  excluded: [],
  dealers,
  ...rest,
});

describe('an award', () => {
  const three = [dealer('a', [80, 90]), dealer('b', [60, 70]), dealer('c', [75, 85])];
  const byName = (frozen: AwardPackage) =>
    new Map(evaluateAward(frozen).dealers.map((d) => [d.dealer, d]));

  test('ranks by the composite and says how firm the lead is', () => {
    const result = evaluateAward(aPackage(three));
    expect(result.dealers.map((d) => [d.dealer, d.ranking?.rank])).toEqual([
      ['a', 1],
      ['c', 2],
      ['b', 3],
    ]);
    expect(result.leadIsClear).toBe(false);
    expect(result.outcome).toBe('single');
  });
  test('too little evidence leaves a dealer open, with the reason', () => {
    const found = byName(aPackage([...three, dealer('d', [99])])).get('d')!;
    expect(found.status).toBe('open');
    expect(found.reasons).toEqual(['minimum-audits: open (1, needs at least 2)']);
  });
  test('one failed gate disqualifies, and fail wins over open', () => {
    const found = byName(aPackage([...three, dealer('d', [99], { fiveStar: false })])).get('d')!;
    expect(found.status).toBe('disqualified');
    expect(found.reasons[0]).toBe('stars: fail (0, needs at least 1)');
  });
  test('a waived gate counts as met and shows as waived', () => {
    const waivers = [
      { dealer: 'd', gate: 'stars', by: 'n', reason: 'rebuilding', paper: 'letter 7' },
    ];
    const found = byName(
      aPackage([...three, dealer('d', [99, 98], { fiveStar: false })], { waivers }),
    ).get('d')!;
    expect(found.status).toBe('ranked');
    expect(found.gates[0]).toMatchObject({
      result: 'waived',
      note: 'waived by n: rebuilding (letter 7)',
    });
  });
  test('no complaint due passes that gate with a note', () => {
    expect(byName(aPackage(three)).get('a')!.gates[1]).toMatchObject({
      result: 'pass',
      note: 'no case due',
    });
  });
  test('winners of markets are drawn toward the network, never toward each other', () => {
    const winners = [88, 89, 90, 91].flatMap((score, i) => [
      dealer(`m${i}`, [score - 4, score + 4]),
      dealer(`n${i}`, [score - 3, score + 5]),
    ]);
    const pools = {
      audits: { within: 32, between: 36, centre: 75 },
      afterSales: null,
      complaints: null,
    };
    const list = evaluateAward(aPackage(winners, { market: 'network', pools }));
    const composites = list.dealers.map((each) => each.ranking!.composite);
    expect(Math.max(...composites) - Math.min(...composites)).toBeGreaterThan(1.5);
  });
  test('a spread that nobody knows is no certainty: without it there is no rank', () => {
    const lone = [90, 80, 85].map((score, i) => dealer(`d${i}`, [score]));
    const one = { ...programme, minimumEvidence: { audits: 1, responses: 0, coverage: 0 } };
    expect(evaluateAward({ ...aPackage(lone), programme: one }).outcome).toBe('no-award');
  });
  test('nobody qualified means no award', () => {
    expect(evaluateAward(aPackage([dealer('a', [50])])).outcome).toBe('no-award');
    expect(evaluateAward(aPackage([])).outcome).toBe('no-award');
  });
  test('equals in every key share rank 1', () => {
    const result = evaluateAward(aPackage([dealer('a', [80, 90]), dealer('b', [80, 90])]));
    expect([result.outcome, result.first]).toEqual(['shared', ['a', 'b']]);
  });
  test('gives the same bytes every time, whatever the order of dealers among the ranked', () => {
    expect(canonicalResult(evaluateAward(aPackage(three))).text).toBe(
      canonicalResult(evaluateAward(aPackage(three))).text,
    );
  });
  test('its canonical figures have six places and can be read back', () => {
    const { text } = canonicalResult(evaluateAward(aPackage(three)));
    expect(text).toContain('"composite":"');
    const back = parseResult(text) as { dealers: { ranking: { composite: number } }[] };
    expect(back.dealers[0]!.ranking.composite).toBeCloseTo(
      evaluateAward(aPackage(three)).dealers[0]!.ranking!.composite,
      6,
    );
    expect([decimal(76.175), decimal(-0.0000001), decimal(2)]).toEqual([
      '76.175000',
      '0.000000',
      '2.000000',
    ]);
  });
});

describe('a decision that was handed out', () => {
  const handOut = (frozen: AwardPackage) => {
    const result = canonicalResult(evaluateAward(frozen));
    return {
      package: frozen as unknown,
      packageSha256: sha256Hex(canonicalJson(frozen)),
      resultSha256: result.sha256,
      result: result.text,
    };
  };
  const good = handOut(aPackage([dealer('a', [80, 90]), dealer('b', [60, 70])]));

  test('is recomputed to the same bytes', () =>
    expect(verifyDecision(good)).toMatchObject({ ok: true, differences: [] }));
  test('with a changed input is refused, and the input is named', () => {
    const changed = structuredClone(good) as {
      package: { dealers: { audits: { finalMicro: number }[] }[] };
    } & typeof good;
    changed.package.dealers[1]!.audits[0]!.finalMicro = 95_000_000;
    const found = verifyDecision(changed, good);
    expect(found.ok).toBe(false);
    expect(found.differences).toContain(
      '/dealers/1/audits/0/finalMicro: 95000000, frozen was 60000000',
    );
    expect(found.differences.some((line) => line.startsWith('result /'))).toBe(true);
  });
});

describe('an amended audit', () => {
  /** Houses whose audits have ids of their own. */
  const houses = (['a', 'b', 'c'] as const).map((name, n) => {
    const made = dealer(
      name,
      [
        [80, 90],
        [60, 70],
        [78, 88],
      ][n]!,
    );
    return { ...made, audits: made.audits.map((each, i) => ({ ...each, id: uuid(10 * n + i) })) };
  });
  const before = aPackage(houses);
  const score = (finalMicro: number, status: 'ok' | 'insufficient' = 'ok'): AuditScore => ({
    ...{ status, finalMicro, rawMicro: finalMicro, coverage: 1, passed: true, parts: {} },
    ...{ responsibilityMicro: null, criticalFailed: [], missing: [] },
  });
  const effect = (of: string, audit: string, amended: AuditScore) => {
    const after = amendPackage(before, audit, amended)!;
    const side = (frozen: AwardPackage) => ({ frozen, result: evaluateAward(frozen) });
    return effectOn(of, side(before), side(after));
  };

  test('moves its house: the index by what it weighs, the rank as an evaluation says', () => {
    const found = effect('b', uuid(10), score(100e6));
    expect(found.index.before).toMatchObject({ value: 65, n: 2 });
    expect(found.index.after).toMatchObject({ value: 85, n: 2 });
    expect([found.place.before!.rank, found.place.after!.rank]).toEqual([3, 1]);
    expect(found.gates).toEqual([]);
  });
  test('without a score it leaves the evidence, and a gate may turn', () => {
    const found = effect('b', uuid(10), score(0, 'insufficient'));
    expect(found.index.after).toMatchObject({ n: 1 });
    expect(found.status).toEqual({ before: 'ranked', after: 'open' });
    expect(found.place.after).toBeNull();
    expect(found.gates).toEqual([{ gate: 'minimum-audits', before: 'pass', after: 'open' }]);
  });
  test('leaves every other house as it was, and is none where the award does not rest on it', () => {
    const found = effect('a', uuid(10), score(61e6));
    expect(found.index.after).toEqual(found.index.before);
    expect(amendPackage(before, uuid(99), score(1))).toBeNull();
  });
});
