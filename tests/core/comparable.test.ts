import { expect, test } from 'vitest';
import { compileChecklist } from '../../src/core/audits/answers.ts';
import { scoreAudit } from '../../src/core/audits/scoring.ts';
import { comparableItems } from '../../src/core/documents/comparison.ts';
import { commonGround } from '../../src/core/indices/comparable.ts';
import { fill, shipped } from '../support/fill.ts';

const older = { number: 1, ...shipped('seven-personal-standards/2025.1') };
const newer = { number: 2, ...shipped('seven-personal-standards/2026.1') };
const other = { number: 3, ...shipped('award-stage-1/2025.1') };

test('periods under the same versions are compared as they were scored', () => {
  expect(commonGround([older], [older])).toBeNull();
  expect(commonGround([older, newer], [newer, older])).toBeNull();
  expect(commonGround([], [newer])).toBeNull();
});

test('a change of weights alone is no change of a house: the same answers, the same score', () => {
  const reweighted = structuredClone(older.checklist);
  reweighted.scoring.weights = { ...reweighted.scoring.weights!, tact: 40 };
  const after = { number: 2, ...compileChecklist(reweighted) };
  const ground = commonGround([older], [after])!;
  // Weights show only where the standards differ.
  const worst = fill(older, 'worst');
  const answers = { ...fill(older, 'best'), name_badge: worst['name_badge']! };
  expect(ground.items.comparable).toBe(ground.items.of);
  expect(ground.score(1, answers)).toEqual(ground.score(2, answers));
  // As they were scored they differ.
  expect(scoreAudit(older, answers).final).not.toBe(scoreAudit(after, answers).final);
});

test('items that the versions score otherwise count on neither side', () => {
  const ground = commonGround([older], [newer])!;
  const alike = new Set(comparableItems(older.checklist, newer.checklist));
  const scored = [...newer.items.values()].filter(({ weight }) => weight > 0);
  expect(ground.items).toEqual({
    comparable: scored.filter(({ id }) => alike.has(id)).length,
    of: scored.length,
  });
  expect(ground.items.comparable).toBeLessThan(ground.items.of);
  const best = fill(older, 'best');
  const before = ground.score(1, best)!;
  // The rescored item may say what it likes.
  const slow = { ...best, minutes_until_greeted: { value: 4 } };
  expect(ground.score(1, slow)!.finalMicro).toBe(before.finalMicro);
  expect(scoreAudit(older, slow).final).not.toBe(scoreAudit(older, best).final);
  // A shared one counts on both sides alike.
  const worse = { ...best, name_badge: { value: 'no' } };
  expect(ground.score(1, worse)!.finalMicro).toBeLessThan(before.finalMicro!);
});

test('a checklist that only one period used is left out', () => {
  const ground = commonGround([older], [older, other])!;
  expect(ground.score(3, fill(other, 'best'))).toBeUndefined();
  expect(ground.score(1, fill(older, 'best'))).toBeDefined();
  expect(ground.items.of - ground.items.comparable).toBe(
    [...other.items.values()].filter(({ weight }) => weight > 0).length,
  );
});
