import { describe, expect, test } from 'vitest';
import type { Answers } from '../../src/contracts/audits.ts';
import { checklist as shape } from '../../src/contracts/checklists.ts';
import { compileChecklist } from '../../src/core/audits/answers.ts';
import { pointsLost } from '../../src/core/audits/points-lost.ts';
import { scoreAudit, storeScore, toMicro } from '../../src/core/audits/scoring.ts';
import {
  compileQuestionnaire,
  packAnswers,
  scoreResponse,
} from '../../src/core/indices/responses.ts';
import { fill, shipped } from '../support/fill.ts';
import { expectClose, reference } from '../support/reference.ts';

interface ReferenceItem {
  id: string;
  type: string;
  weight: number;
  min?: number;
  max?: number;
  bands?: object[];
  points?: Record<string, number> | [number, number][];
  critical?: { effect: string; cap?: number; minScore?: number };
}
interface ReferenceSpec {
  sections: { id: string; weight: number; items: ReferenceItem[] }[];
  minCoverage?: number;
  missingPolicy?: string;
}

/** The reference's form as one of our checklists: its words are mapped, nothing is computed. */
function toChecklist(spec: ReferenceSpec) {
  const effects: Record<string, string> = {
    knockout: 'knock-out',
    sectionZero: 'section-zero',
    cap: 'cap',
  };
  const item = (each: ReferenceItem) => {
    const base = {
      id: each.id,
      question: { en: each.id },
      weight: each.weight,
      notApplicable: 'allowed',
      ...(each.critical
        ? { critical: { ...each.critical, effect: effects[each.critical.effect] } }
        : {}),
    };
    switch (each.type) {
      case 'yesno':
        return { ...base, type: 'yes-no' };
      case 'scale':
        return { ...base, type: 'scale', min: each.min, max: each.max };
      case 'banded':
        return { ...base, type: 'number', bands: each.bands };
      case 'linear':
        return { ...base, type: 'number', linear: each.points };
      default: {
        const options = Object.entries(each.points as Record<string, number>).map(
          ([id, points]) => ({ id, points, text: { en: id } }),
        );
        return { ...base, type: each.type === 'multi' ? 'multiple' : 'choice', options };
      }
    }
  };
  return compileChecklist(
    shape.parse({
      id: 'reference',
      version: '2024',
      kind: 'visit',
      languages: ['en'],
      title: { en: 'Reference' },
      scoring: {
        parts: 'sections',
        ...(spec.minCoverage === undefined ? {} : { minCoverage: spec.minCoverage }),
        missing: spec.missingPolicy === 'asNA' ? 'as-not-applicable' : 'incomplete',
      },
      sections: spec.sections.map((s) => ({
        id: s.id.toLowerCase(),
        title: { en: s.id },
        weight: s.weight,
        items: s.items.map(item),
      })),
    }),
  );
}

function toAnswers(answers: Record<string, unknown>): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([id, value]) => [
      id,
      value === 'NA'
        ? { notApplicable: true as const }
        : { value: typeof value === 'boolean' ? (value ? 'yes' : 'no') : (value as string) },
    ]),
  );
}

describe('an audit is scored as the reference cases say', () => {
  const cases = reference('checklist-rules');
  const all = (
    cases.inputs as {
      cases: Record<string, { spec: ReferenceSpec; answers: Record<string, unknown> }>;
    }
  ).cases;
  test.each(Object.keys(all))('%s', (name) => {
    const { spec, answers } = all[name]!;
    const score = scoreAudit(toChecklist(spec), toAnswers(answers));
    const sections = Object.fromEntries(
      spec.sections.map(({ id }) => [id, score.parts.get(id.toLowerCase())]),
    );
    const { raw, final, coverage, criticalFailed, missing, status, passed } = score;
    const lost = [...pointsLost(toChecklist(spec), toAnswers(answers)).values()];
    if (raw !== null) expect(lost.reduce((sum, points) => sum + points, raw)).toBeCloseTo(100, 9);
    cases.check(name, { sections, raw, final, coverage, criticalFailed, missing, status, passed });
  });
  test('every expected value was compared', () => cases.expectAllRead());
});

test('the best visit earns 100, the worst is capped at 59 and its papers zero a standard', () => {
  const checklist = shipped('seven-personal-standards/2026.1');
  expect(scoreAudit(checklist, fill(checklist, 'best')).final).toBe(100);
  const worst = scoreAudit(checklist, fill(checklist, 'worst'));
  expect(worst.criticalFailed).toEqual(['papers_right', 'no_argument']);
  expect(worst.final).toBe(0);
});

test('responsibility makes a score of its own and never enters the seven', () => {
  const checklist = shipped('seven-personal-standards/2026.1');
  const best = fill(checklist, 'best');
  const careless = { ...best, small_details: { value: 'no' }, farewell: { value: 'no' } };
  const score = scoreAudit(checklist, careless);
  expect(score.final).toBe(100);
  expect(score.parts.has('responsibility')).toBe(false);
  expect(score.responsibility).toBeLessThan(100);
});

describe('what an answer cost', () => {
  const checklist = shipped('seven-personal-standards/2026.1');
  const best = fill(checklist, 'best');
  const worst = fill(checklist, 'worst');

  test('one answer alone cost what the score would have gained by it', () => {
    for (const id of Object.keys(best)) {
      const answers = { ...best, [id]: worst[id]! };
      const { raw } = scoreAudit(checklist, answers);
      const lost = pointsLost(checklist, answers);
      expect(
        [...lost.values()].reduce((sum, points) => sum + points, raw!),
        id,
      ).toBeCloseTo(100);
      expect([...lost.keys()], id).toEqual(raw === 100 ? [] : [id]);
    }
  });

  test('a part that was set to 0 charges the item that failed with what the others did not lose', () => {
    const answers = { ...best, papers_right: worst['papers_right']! };
    const lost = pointsLost(checklist, answers);
    const { raw, parts } = scoreAudit(checklist, answers);
    expect(parts.get('working-skills')).toBe(0);
    expect(lost.get('papers_right')).toBeCloseTo(100 - raw!, 9);
  });

  test('two that set one part to 0 share its cost', () => {
    const zero = { effect: 'sectionZero', minScore: 1 };
    const item = (id: string, critical?: ReferenceItem['critical']) => ({
      ...{ id, type: 'yesno', weight: 1 },
      ...(critical ? { critical } : {}),
    });
    const two = toChecklist({
      sections: [
        { id: 'one', weight: 1, items: [item('a', zero), item('b', zero), item('c'), item('d')] },
        { id: 'two', weight: 1, items: [item('e')] },
      ],
    });
    const answers = toAnswers({ a: false, b: false, c: true, d: true, e: true });
    expect([...pointsLost(two, answers)]).toEqual([
      ['a', 25],
      ['b', 25],
    ]);
  });

  test.each([
    'service-process/2026.1',
    'contact-telephone/2026.1',
    'seven-personal-standards/2026.1',
  ])('the losses and the raw score of %s add up to 100', (file) => {
    const compiled = shipped(file);
    const good = fill(compiled, 'best');
    const bad = fill(compiled, 'worst');
    for (const every of [1, 2, 3, 5]) {
      const answers = Object.fromEntries(
        Object.entries(good).map(([id, answer], n) => [
          id,
          n % every === 0 ? (bad[id] ?? answer) : n % 7 === 3 ? { notApplicable: true } : answer,
        ]),
      ) as Answers;
      const lost = [...pointsLost(compiled, answers).values()];
      const { raw } = scoreAudit(compiled, answers);
      expect(lost.reduce((sum, points) => sum + points, raw!)).toBeCloseTo(100, 9);
    }
  });
});

test('rounding to millionths is half away from zero', () => {
  expect([84.2000005, 0.0000005, 100].map(toMicro)).toEqual([84_200_001, 1, 100_000_000]);
});

test('a stored score holds whole numbers only', () => {
  const checklist = shipped('seven-personal-standards/2025.1');
  const stored = storeScore(
    scoreAudit(checklist, { ...fill(checklist, 'best'), tone_of_voice: { value: 2 } }),
  );
  for (const micro of [stored.rawMicro, stored.finalMicro, ...Object.values(stored.parts)]) {
    expect(Number.isInteger(micro)).toBe(true);
  }
});

test('a respondent needs half of a factor and 60 percent of all factors', () => {
  const questionnaire = compileQuestionnaire(shipped('after-sales-questionnaire/2025.1').checklist);
  const score = (answers: Answers) =>
    scoreResponse(questionnaire, packAnswers(questionnaire, answers));
  const all = Object.fromEntries(questionnaire.items.map((id) => [id, { value: 10 }]));
  expect(score(all).index).toBe(100);
  // 32 of the factor weight alone is too little; 32 + 19 + 19 = 70 of 100 is enough.
  expect(score({ work_done_right: { value: 10 } }).index).toBeNull();
  const enough = {
    work_done_right: { value: 10 },
    advisor_explained: { value: 1 },
    ready_as_promised: { value: 10 },
  };
  expectClose(score(enough).index, (100 * (32 + 19)) / 70, 1e-12, 'abs', 'index');
});
