import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Answers } from '../../src/contracts/audits.ts';
import { checkAnswers, compileChecklist } from '../../src/core/audits/answers.ts';
import { scoreAudit } from '../../src/core/audits/scoring.ts';
import { fill } from '../support/fill.ts';
import { shippedChecklists } from './shipped.ts';

type Pair = readonly [weight: number, share: number | string];
interface Example {
  readonly from: 'best' | 'worst';
  readonly but: Record<string, string | number | string[] | { na: string }>;
  readonly working: Record<string, { of: number; lost?: Pair[]; earned?: Pair[] }>;
  /** Parts that nothing is asked of any more. */
  readonly leaves?: string[];
  readonly critical?: string[];
  readonly score: number;
}

const examples = parse(readFileSync(new URL('./examples.yaml', import.meta.url), 'utf8')) as Record<
  string,
  Record<'good' | 'middling' | 'poor', Example>
>;

test('every checklist has a good, a middling and a poor example', () => {
  expect(Object.keys(examples).sort()).toEqual(shippedChecklists.map(({ name }) => name).sort());
  for (const three of Object.values(examples)) {
    expect(Object.keys(three)).toEqual(['good', 'middling', 'poor']);
    expect(three.good.score).toBeGreaterThan(three.middling.score);
    expect(three.middling.score).toBeGreaterThan(three.poor.score);
  }
  const all = Object.values(examples).flatMap((three) => Object.values(three));
  expect(all.some(({ critical }) => critical)).toBe(true);
  expect(all.filter(({ but }) => Object.values(but).some(isNa)).length).toBeGreaterThan(15);
});

describe.each(shippedChecklists)('$name', ({ name, checklist }) => {
  const compiled = compileChecklist(checklist);
  test.each(Object.entries(examples[name] ?? {}))('%s', (_, example) => {
    const answers: Answers = { ...fill(compiled, example.from) };
    for (const [id, value] of Object.entries(example.but)) {
      expect(compiled.items.has(id), id).toBe(true);
      answers[id] = isNa(value) ? { notApplicable: value.na || true } : { value };
    }
    const faults = checkAnswers(compiled, answers).filter(({ code }) => code !== 'evidence');
    expect(faults).toEqual([]);
    const { parts, raw, final, criticalFailed, status } = scoreAudit(compiled, answers);
    expect(status).toBe('ok');
    expect(criticalFailed).toEqual(example.critical ?? []);
    const weights = partWeights();
    let sum = 0;
    let whole = 0;
    for (const [part, percent] of parts) {
      if (example.leaves?.includes(part)) {
        expect(percent, part).toBeNull();
        continue;
      }
      const reckoned = reckon(example, part);
      expect(percent, part).toBeCloseTo(reckoned, 9);
      sum += weights.get(part)! * reckoned;
      whole += weights.get(part)!;
    }
    expect(raw).toBeCloseTo(sum / whole, 9);
    expect(Math.round(final! * 10) / 10).toBe(example.score);
  });

  function partWeights(): Map<string, number> {
    const { parts, weights } = checklist.scoring;
    return new Map(
      parts === 'standards'
        ? Object.entries(weights ?? {})
        : checklist.sections.map((section) => [section.id, section.weight ?? 1]),
    );
  }
});

/** A part's percentage from the working that stands beside the example. */
function reckon({ from, working }: Example, part: string): number {
  const shown = working[part];
  if (!shown) return from === 'best' ? 100 : 0;
  const total = (pairs: readonly Pair[] = []) =>
    pairs.reduce((sum, [weight, share]) => sum + weight * fraction(share), 0);
  const earned = from === 'best' ? shown.of - total(shown.lost) : total(shown.earned);
  return (100 * earned) / shown.of;
}

function fraction(share: number | string): number {
  if (typeof share === 'number') return share;
  const [over, under] = share.split('/').map(Number);
  return over! / under!;
}

function isNa(value: unknown): value is { na: string } {
  return typeof value === 'object' && value !== null && 'na' in value;
}
