import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answers } from '../../src/contracts/audits.ts';
import type { Checklist, Item } from '../../src/contracts/checklists.ts';
import { checkAnswers, compileChecklist } from '../../src/core/audits/answers.ts';
import { numberItems } from '../../src/core/audits/numbering.ts';
import { auditorCopy } from '../../src/core/documents/auditor-copy.ts';
import { instantIn, localIn } from '../../src/web/offline/zones.ts';
import { shipped } from '../support/fill.ts';

/** What a phone decides by the auditor's copy is what the service decides by the whole checklist. */
const visits = [
  'seven-personal-standards/2026.1',
  'showroom-visit/2026.1',
  'workshop-visit/2026.1',
];
const others = [
  'service-process',
  'contact-telephone',
  'contact-e-mail',
  'contact-web-form',
].flatMap((id) =>
  readdirSync(new URL(`../../checklists/${id}`, import.meta.url)).map(
    (file) => `${id}/${file.replace('.yaml', '')}`,
  ),
);

function anyAnswer(item: Item): fc.Arbitrary<Answers[string]> {
  const value: fc.Arbitrary<string | number | string[]> =
    item.type === 'yes-no'
      ? fc.constantFrom('yes', 'no')
      : item.type === 'scale'
        ? fc.integer({ min: item.min, max: item.max })
        : item.type === 'choice'
          ? fc.constantFrom(...item.options.map(({ id }) => id))
          : item.type === 'multiple'
            ? fc.subarray(
                item.options.map(({ id }) => id),
                { minLength: 1 },
              )
            : item.type === 'number' || item.type === 'duration'
              ? fc.integer({ min: 0, max: 10 })
              : item.type === 'date-time'
                ? fc.constant('2026-03-01T10:15:00+01:00')
                : item.type === 'text'
                  ? fc.constant('a word')
                  : fc.constant(['a'.repeat(64)]);
  return fc.oneof(
    value.map((given) => ({ value: given })),
    value.map((given) => ({ value: given, evidence: ['b'.repeat(64)] })),
    fc.constant({ notApplicable: true as const }),
  );
}

/** Evidence for a measured answer is the one thing that the copy leaves to the service. */
const isMeasured = (type: Item['type']) =>
  type === 'number' || type === 'duration' || type === 'multiple';

describe.each([...visits, ...others])('%s', (file) => {
  const full = shipped(file);
  const copy = compileChecklist(auditorCopy(full.checklist) as unknown as Checklist);
  test('asks, refuses and demands the same of any answers', () => {
    const arbitrary = fc.record(
      Object.fromEntries([...full.items.values()].map((item) => [item.id, anyAnswer(item)])),
      { requiredKeys: [] },
    ) as fc.Arbitrary<Answers>;
    fc.assert(
      fc.property(arbitrary, (answers) => {
        const told = (faults: ReturnType<typeof checkAnswers>) =>
          faults
            .filter(({ pointer, code }) => {
              const { type } = full.items.get(pointer.split('/')[2]!)!;
              return code !== 'evidence' || !isMeasured(type);
            })
            .map(({ pointer, code }) => `${pointer} ${code}`);
        expect([...copy.visibleItems(answers)]).toEqual([...full.visibleItems(answers)]);
        expect(told(checkAnswers(copy, answers))).toEqual(told(checkAnswers(full, answers)));
      }),
      { numRuns: 200, seed: 7 },
    );
  });
  test('numbers every item once, the same in both, follow-ups under what they hang on', () => {
    const numbers = numberItems(full.checklist);
    expect([...numberItems(copy.checklist)]).toEqual([...numbers]);
    expect(new Set(numbers.values()).size).toBe(full.items.size);
    for (const [id, number] of numbers) {
      const isFollowUp = full.items.get(id)!.when !== undefined;
      expect(/[a-z]$/.test(number), `${id} ${number}`).toBe(isFollowUp);
    }
  });
});

test('numbers count on through sections; a letter hangs on the number before', () => {
  const section = (...items: { id: string; when?: string }[]) => ({ items });
  const numbers = numberItems({
    sections: [
      section({ id: 'a' }, { id: 'b', when: 'x' }, { id: 'c', when: 'x' }),
      section({ id: 'd' }, ...Array.from({ length: 28 }, (_, i) => ({ id: `e${i}`, when: 'x' }))),
    ],
  } as never);
  expect(['a', 'b', 'c', 'd', 'e0', 'e25', 'e26', 'e27'].map((id) => numbers.get(id))).toEqual([
    ...['1', '1a', '1b', '2', '2a', '2z', '2aa', '2ab'],
  ]);
});

test('wall-clock times of a house go into instants and back, over changes of the clocks', () => {
  const cases: [string, string, string][] = [
    ['2026-07-01T10:15', 'Europe/Warsaw', '2026-07-01T10:15:00+02:00'],
    ['2026-01-01T10:15', 'Europe/Warsaw', '2026-01-01T10:15:00+01:00'],
    ['2026-03-29T03:30', 'Europe/Warsaw', '2026-03-29T03:30:00+02:00'],
    ['2026-03-29T01:30', 'Europe/Warsaw', '2026-03-29T01:30:00+01:00'],
    ['2026-07-01T10:15', 'Asia/Kolkata', '2026-07-01T10:15:00+05:30'],
    ['2026-07-01T10:15', 'America/St_Johns', '2026-07-01T10:15:00-02:30'],
  ];
  for (const [local, zone, instant] of cases) {
    expect(instantIn(local, zone)).toBe(instant);
    expect(localIn(instant, zone)).toBe(local);
  }
});
