import { describe, expect, test } from 'vitest';
import type { AwardPackage } from '../../src/contracts/awards.ts';
import { checklist as shape } from '../../src/contracts/checklists.ts';
import { auditorSeverity } from '../../src/core/auditors/auditors.ts';
import { correctForSeverity } from '../../src/core/awards/severity-correction.ts';
import { driversOf, factorPredictors, pathDriversOf } from '../../src/core/indices/drivers.ts';
import { compileQuestionnaire } from '../../src/core/indices/responses.ts';
import { surveyCauses, surveySigns } from '../../src/core/indices/survey-signs.ts';
import { type SurveyRow, surveyTable } from '../../src/core/indices/survey-table.ts';
import { openStream } from '../../src/core/random.ts';

const version = (number: string, factors: Record<string, string[]>) => {
  const checklist = shape.parse({
    ...{ id: 'q', version: number, kind: 'survey', touchpoint: 'workshop', languages: ['en'] },
    title: { en: 'Q' },
    scoring: { parts: 'sections' },
    sections: Object.entries(factors).map(([id, items]) => ({
      ...{ id, title: { en: id } },
      items: items.map((item) => ({
        ...{ id: item, type: 'scale', min: 1, max: 10, weight: 1, question: { en: '?' } },
        cause: item === 'car' ? 'car' : 'dealer',
      })),
    })),
  });
  return { checklist, questionnaire: compileQuestionnaire(checklist) };
};

const old = version('2025.1', { talk: ['heard', 'clear'], work: ['right', 'car'] });
const next = version('2026.1', { talk: ['heard', 'clear'], work: ['right', 'car'], web: ['site'] });

/** Answers that go together, of houses A to F, without anything odd. */
function honest(count: number, time: (i: number) => Date | null = () => null) {
  const random = openStream(8);
  return Array.from({ length: count }, (_, i) => {
    const mood = random.normal();
    const rating = () => Math.max(1, Math.min(10, Math.round(7.5 + mood + random.normal())));
    return {
      dealer: 'ABCDEF'[i % 6]!,
      visitDate: `2025-01-${String(1 + (i % 28)).padStart(2, '0')}`,
      answeredAt: time(i),
      device: null,
      index: 70,
      recommendation: rating(),
      version: old,
      items: Uint8Array.from({ length: 4 }, rating),
    };
  });
}

describe('answers under several versions', () => {
  test('a version that nobody answered yet takes nothing away', () => {
    const alone = surveyTable([old], honest(120));
    const beside = surveyTable([old, next], honest(120));
    expect(beside).toEqual(alone);
    expect(driversOf(factorPredictors(beside))!.drivers.map(({ id }) => id)).toEqual([
      'talk',
      'work',
    ]);
  });
  test('a factor that most were not asked is left out, and the others keep their rows', () => {
    const few = honest(20).map((row) => ({
      ...row,
      version: next,
      items: Uint8Array.from([...row.items, 8]),
    }));
    const table = surveyTable([old, next], [...honest(120), ...few]);
    const predictors = factorPredictors(table);
    expect(predictors.ids).toEqual(['talk', 'work']);
    expect(predictors.rows).toHaveLength(140);
  });
  test('the order of arrival changes nothing', () => {
    const rows = honest(60);
    expect(surveyTable([old, next], rows.toReversed())).toEqual(surveyTable([old, next], rows));
  });
});

describe('drivers', () => {
  test('that say the same share their importance and have no coefficients', () => {
    const x = Array.from({ length: 60 }, (_, i) => (i * 7) % 10);
    const z = Array.from({ length: 60 }, (_, i) => (i * 3) % 7);
    const found = driversOf({
      ids: ['a', 'b', 'c'],
      rows: x.map((value, i) => [value, value, z[i]!]),
      outcome: x.map((value, i) => value + z[i]! / 2),
    })!;
    const [a, b] = found.drivers;
    expect(a!.importance).toBeCloseTo(b!.importance, 9);
    expect([a!.beta, a!.shapley]).toEqual([null, null]);
  });
  test('a path model leaves out factors without questions, and a factor may be called outcome', () => {
    const column = (k: number) => Array.from({ length: 60 }, (_, i) => (i * k) % 11);
    const found = pathDriversOf(
      { outcome: { x: column(7) }, other: { y: column(5) }, empty: {} },
      column(3),
    )!;
    expect(found.factors.map(({ id }) => id)).toEqual(['outcome', 'other']);
  });
});

describe('signs', () => {
  const best = (row: ReturnType<typeof honest>[number]) => ({
    ...row,
    items: Uint8Array.from([10, 10, 10, 10]),
  });
  test('best answers without their time make no run, however many stand together', () => {
    const rows = honest(240).map((row, i) => (i % 3 === 0 ? best(row) : row));
    expect(surveySigns(surveyTable([old], rows), 'UTC')).toEqual([]);
  });
  test('a house alone in its market is held against nobody', () => {
    const rows = honest(200, (i) => new Date(Date.UTC(2025, 0, 1, i)))
      .map((row) => ({ ...row, dealer: 'A' }))
      .map((row, i) => (i % 10 < 7 ? best(row) : row));
    const table = surveyTable([old], rows);
    expect(surveySigns(table, 'UTC').filter(({ sign }) => sign !== 'burst')).toEqual([]);
    expect(surveyCauses(table)[0]!.below).toBe('none');
  });
  test('the day of the visit is that of the market’s clock', () => {
    const at = new Date('2025-01-18T22:30:00Z');
    const rows = (hour: string): ReturnType<typeof honest> =>
      honest(120, (i) => (i % 6 === 0 ? at : new Date(`2025-02-20T${hour}:00:00Z`))).map((row) => ({
        ...row,
        visitDate: '2025-01-18',
      }));
    const signs = (zone: string) =>
      surveySigns(surveyTable([old], rows('10')), zone).map(({ sign, dealer }) => [sign, dealer]);
    expect(signs('UTC')).toContainEqual(['same-day', 'A']);
    expect(signs('Asia/Tokyo')).not.toContainEqual(['same-day', 'A']);
  });
});

test('what others answered is the whole less the house’s own', () => {
  const table = surveyTable([old], honest(120));
  const worse = {
    ...table,
    rows: table.rows.map(
      (row): SurveyRow =>
        row.dealer === 'B' ? { ...row, values: row.values.map((x, i) => (i === 3 ? 1 : x)) } : row,
    ),
  };
  const causes = surveyCauses(worse);
  expect(causes.find(({ dealer }) => dealer === 'B')!.below).toBe('car');
  expect(causes.filter(({ below }) => below !== 'none')).toHaveLength(1);
});

describe('severity', () => {
  test('advisors of one house do not count its audits twice', () => {
    const random = openStream(2);
    const audits = (house: number) =>
      Array.from({ length: 6 }, (_, i) => ({
        id: `00000000-0000-4000-8000-${String(100 * house + i).padStart(12, '0')}`,
        ...{ revision: 1, date: `2025-0${1 + i}-01`, type: 'mystery' as const, coverage: 1 },
        finalMicro: Math.round(1e6 * (80 + 4 * random.normal())),
        ...{ knockedOut: false, auditor: `auditor-${1 + ((house + i) % 3)}`, kind: 'v' },
      }));
    const houses = [1, 2, 3, 4].map((house) => ({ house: `H${house}`, audits: audits(house) }));
    const pack = (dealers: object[]) => ({ dealers }) as unknown as AwardPackage;
    const once = pack(houses.map(({ house, audits: own }) => ({ dealer: house, audits: own })));
    const advisors = pack(
      houses.flatMap(({ house, audits: own }) =>
        [1, 2, 3].map((n) => ({ dealer: `${house}/SA-${n}`, house, audits: own })),
      ),
    );
    const micros = (of: AwardPackage, step: number) =>
      correctForSeverity({ severityCorrection: true }, of, 'always')
        .corrected.dealers.filter((_, i) => i % step === 0)
        .map((dealer) => dealer.audits.map(({ finalMicro }) => finalMicro));
    expect(micros(advisors, 3)).toEqual(micros(once, 1));
  });
  test('scores that differ by their kind alone leave nothing to share out, and never NaN', () => {
    const visits = ['A', 'B', 'C'].flatMap((dealer) =>
      ['X', 'Y'].flatMap((auditor) => [
        { dealer, auditor, date: '2025-01-01', kind: 'mystery', score: 80.1 },
        { dealer, auditor, date: '2025-01-02', kind: 'announced', score: 90.3 },
      ]),
    );
    const found = auditorSeverity(visits);
    expect(found.components).toBeNull();
    expect(found.correction.allowed).toBe(false);
    expect(JSON.stringify(found)).not.toMatch(/NaN/);
  });
});
