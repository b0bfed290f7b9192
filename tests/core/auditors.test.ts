import { describe, expect, test } from 'vitest';
import { auditorSeverity } from '../../src/core/auditors/auditors.ts';
import { indexChanges } from '../../src/core/indices/index-change.ts';
import { crossedEffects } from '../../src/core/statistics/crossed-effects.ts';
import { invertPositiveDefinite } from '../../src/core/statistics/positive-definite.ts';

describe('crossed random effects at the edges', () => {
  test('nothing to estimate gives no fit', () => {
    expect(crossedEffects({ y: [1, 2], first: [0, 1], second: [0, 1] })).toBeNull();
    expect(crossedEffects({ y: [1, 2, 3], first: [0, 1, 2], second: [0, 0, 0] })).toBeNull();
    expect(
      crossedEffects({ y: [5, 5, 5, 5], first: [0, 0, 1, 1], second: [0, 1, 0, 1] }),
    ).toBeNull();
  });
  test('a factor without effect has variance 0', () => {
    const y = [1, 2, 1, 2, 1, 2, 1, 2];
    const fit = crossedEffects({
      y,
      first: [0, 0, 1, 1, 2, 2, 3, 3],
      second: [0, 1, 1, 0, 0, 1, 1, 0],
    })!;
    expect(fit.first.variance).toBeLessThan(1e-6);
    expect([...fit.first.value].every(Number.isFinite)).toBe(true);
  });
  test('a matrix that is not positive definite is refused', () => {
    expect(() => invertPositiveDefinite(Float64Array.of(1, 0, 2, 1), 2)).toThrow(RangeError);
    const { inverse, logDeterminant } = invertPositiveDefinite(Float64Array.of(4, 0, 2, 3), 2);
    expect(logDeterminant).toBeCloseTo(Math.log(8), 12);
    expect([...inverse]).toEqual([0.375, -0.25, -0.25, 0.5].map((x) => expect.closeTo(x, 12)));
  });
});

describe('changes between periods', () => {
  const estimate = (value: number, se: number) => ({ n: 30, value, se, df: 29 });
  test('are called up or down only where they hold among many', () => {
    const clear = { before: estimate(70, 1), after: estimate(80, 1) };
    const weak = { before: estimate(70, 1), after: estimate(73, 1) };
    const none = { before: estimate(70, 1), after: estimate(70, 1) };
    expect(indexChanges([weak]).map((each) => each?.direction)).toEqual(['up']);
    const many = indexChanges([clear, weak, ...Array.from({ length: 20 }, () => none)]);
    expect(many.slice(0, 3).map((each) => each?.direction)).toEqual(['up', 'unclear', 'unclear']);
  });
  test('need a value with an error in both periods', () => {
    const one = estimate(70, 1);
    expect(indexChanges([{ before: one, after: undefined }])).toEqual([null]);
    expect(indexChanges([{ before: { ...one, se: null }, after: one }])).toEqual([null]);
    expect(indexChanges([{ before: { ...one, se: 0 }, after: { ...one, se: 0 } }])).toEqual([null]);
    expect(indexChanges([])).toEqual([]);
  });
  test('where no false claim at all is wanted, fewer hold', () => {
    const at = (difference: number) => ({
      before: { value: 80, se: 1, n: 100, df: 99 },
      after: { value: 80 + difference, se: 1, n: 100, df: 99 },
    });
    const units = [at(4.2), at(3.6), at(3.2), at(0), at(0)] as never;
    const said = (adjust?: 'holm') => indexChanges(units, adjust).map((each) => each!.direction);
    expect(said()).toEqual(['up', 'up', 'up', 'unclear', 'unclear']);
    expect(said('holm')).toEqual(['up', 'up', 'unclear', 'unclear', 'unclear']);
  });
});

describe('severity of auditors', () => {
  const visit = (dealer: string, auditor: string, score: number, date = '2025-03-01') => ({
    ...{ dealer, auditor, score, date },
  });
  /** Six houses of different worth, three auditors; one gives 8 points less. */
  const quality = { A: 70, B: 74, C: 78, D: 82, E: 86, F: 90 };
  const severe = { X: 0, Y: 1, Z: -8 };
  const visits = Object.entries(quality).flatMap(([dealer, worth], d) =>
    Object.entries(severe).map(([auditor, bias], a) =>
      visit(dealer, auditor, worth + bias + (((d * 7 + a * 3) % 5) - 2) / 2),
    ),
  );
  test('finds the severe one, and corrects the houses for it', () => {
    const { auditors, correction, components } = auditorSeverity(visits);
    const z = auditors.find((row) => row.auditor === 'Z')!;
    expect(z.leniency).toBeLessThan(-4);
    expect(z.flags).toContain('discrepant');
    expect(components!.shares.dealers).toBeGreaterThan(0.5);
    expect(correction).toEqual({ allowed: true, reasons: [] });
  });
  test('does not depend on the order of the visits', () => {
    const shuffled = visits.map((_, i) => visits[(i * 11) % visits.length]!);
    expect(auditorSeverity(shuffled)).toEqual(auditorSeverity(visits));
  });
  test('says which parts of the market cannot be compared', () => {
    const apart = [...visits, ...['P', 'Q'].flatMap((d) => [visit(d, 'W', 80), visit(d, 'V', 85)])];
    const { groups, correction } = auditorSeverity(apart);
    expect(groups.map((group) => group.auditors)).toEqual([
      ['X', 'Y', 'Z'],
      ['V', 'W'],
    ]);
    expect(correction.allowed).toBe(false);
    expect(correction.reasons[0]).toContain('2 parts');
  });
  test.each([
    ['no visit', []],
    ['one visit', [visit('A', 'X', 80)]],
    ['one auditor only', [visit('A', 'X', 80), visit('B', 'X', 70), visit('C', 'X', 75)]],
    ['no variation', ['A', 'B'].flatMap((d) => [visit(d, 'X', 80), visit(d, 'Y', 80)])],
  ])('with %s has a defined result, and never NaN', (_, few) => {
    const result = auditorSeverity(few);
    expect(result.components).toBeNull();
    expect(result.correction.allowed).toBe(false);
    expect(JSON.stringify(result)).not.toMatch(/NaN|Infinity/);
  });
  test('drift is told from the day it shows', () => {
    const drifting = Object.keys(quality).flatMap((dealer, d) =>
      ['X', 'Y', 'Z'].flatMap((auditor) =>
        Array.from({ length: 6 }, (__, k) => {
          const date = `2025-0${k + 1}-${String(10 + d).padStart(2, '0')}`;
          const fallen = auditor === 'Z' && k >= 3 ? -9 : 0;
          return visit(dealer, auditor, 80 + d + (((k * 5 + d * 3) % 7) - 3) / 3 + fallen, date);
        }),
      ),
    );
    const { auditors } = auditorSeverity(drifting);
    expect(auditors.find((row) => row.auditor === 'Z')!.driftSince).not.toBeNull();
    expect(auditors.find((row) => row.auditor === 'X')!.driftSince).toBeNull();
    expect(auditors.find((row) => row.auditor === 'Z')).toMatchObject({
      shiftSince: expect.stringMatching(/^2025-0[1-6]/),
      flags: expect.arrayContaining(['drift', 'shift']),
    });
    expect(auditors.find((row) => row.auditor === 'X')!.shiftSince).toBeNull();
  });
});

describe('what a hostile or unlucky market brings', () => {
  const visit = (dealer: string, auditor: string, score: number, kind = 'a') => ({
    ...{ dealer, auditor, score, kind, date: '2025-03-01' },
  });
  test('auditors who do another kind of visit are not called severe for it', () => {
    const houses = Array.from({ length: 12 }, (_, i) => `H${i}`);
    const visits = houses.flatMap((house, h) =>
      ['X', 'Y', 'Z', 'W'].map((auditor, a) => {
        const isWorkshop = a >= 2;
        const noise = (((h * 7 + a * 5) % 11) - 5) / 2;
        return visit(house, auditor, 80 + h + noise - (isWorkshop ? 9 : 0), isWorkshop ? 'w' : 's');
      }),
    );
    expect(auditorSeverity(visits).auditors.flatMap((row) => row.flags)).toEqual([]);
    const blind = auditorSeverity(visits.map((each) => ({ ...each, kind: 'one' })));
    expect(blind.auditors.some((row) => row.flags.includes('discrepant'))).toBe(true);
  });
  test('houses visited once each tell nothing of houses apart from chance', () => {
    const once = Array.from({ length: 9 }, (_, i) => visit(`H${i}`, `A${i % 3}`, 70 + i * 2));
    expect(auditorSeverity(once).components).toBeNull();
  });
});
