import type { Answer } from '../../contracts/audits.ts';
import type { Item } from '../../contracts/checklists.ts';
import { complaintCategories } from '../../contracts/imports.ts';
import type { CompiledChecklist } from '../../core/audits/answers.ts';
import { isRequired } from '../../core/audits/answers.ts';
import { itemShare } from '../../core/audits/item-share.ts';
import { addDays } from '../../core/periods.ts';
import type { RandomStream } from '../../core/random.ts';

/** A house of the demo with what nobody sees: how good it really is. */
export interface DemoDealer {
  readonly code: string;
  readonly name: string;
  readonly town: string;
  readonly size: 'small' | 'medium' | 'large';
  /** About -2 to 2; 0 is the network's mean. */
  readonly quality: number;
  readonly index: number;
}

/** An auditor of the demo: severity in the same units, above 0 is strict. */
export interface DemoAuditor {
  readonly code: string;
  readonly severity: number;
}

export type DemoRow = Record<string, string | number | boolean | null>;

const logistic = (x: number) => 1 / (1 + Math.exp(-x));
const pick = <T>(random: RandomStream, list: readonly T[]): T => list[random.below(list.length)]!;

/** A house of these qualities earns about 3 points in 4 where nobody is strict. */
const easiness = 1.25;

/** Fills a checklist as an auditor would have: better houses earn more, strict auditors give less. */
export function fillAudit(
  checklist: CompiledChecklist,
  quality: number,
  severity: number,
  random: RandomStream,
): Record<string, string | number> {
  const cells: Record<string, string | number> = {};
  const answers: Record<string, Answer> = {};
  for (const item of checklist.items.values()) {
    const isVisible = checklist.visibleItems(answers).has(item.id);
    if (!isVisible) continue;
    if (item.notApplicable !== 'no' && random.uniform() < 0.06) {
      cells[item.id] = 'NA';
      continue;
    }
    if (!isRequired(item)) continue;
    const share = logistic(easiness + 0.75 * quality - 0.5 * severity + 0.9 * random.normal());
    const value = valueFor(item, share, random);
    if (value === undefined) continue;
    cells[item.id] = Array.isArray(value) ? value.join(' ') : value;
    answers[item.id] = { value };
  }
  return cells;
}

/** A value of an item that earns about the given share. */
function valueFor(
  item: Item,
  share: number,
  random: RandomStream,
): string | number | string[] | undefined {
  switch (item.type) {
    case 'yes-no': {
      // What is critical goes wrong rarely, even in a weak house.
      const chance = item.critical ? 0.93 + 0.07 * share : 0.25 + 0.75 * share;
      const isGood = random.uniform() < chance;
      return isGood === (item.good === 'yes') ? 'yes' : 'no';
    }
    case 'scale':
      return Math.round(item.min + share * (item.max - item.min));
    case 'choice':
      return nearest(
        item.options.map((option) => option.id),
        (id) => itemShare(item, id),
        share,
      );
    case 'multiple': {
      const good = item.options
        .filter((option) => (option.points ?? 0) > 0)
        .map((option) => option.id);
      const chosen = good.filter(() => random.uniform() < 0.2 + 0.8 * share);
      return chosen.length > 0 ? chosen : good.slice(0, 1);
    }
    case 'duration':
      return Math.round(2 * 6 * (1 - share)) / 2;
    case 'number':
      return Math.round(5 * share);
    default:
      return undefined;
  }
}

function nearest(
  ids: readonly string[],
  shareOf: (id: string) => number | undefined,
  share: number,
): string {
  return ids.reduce((best, id) =>
    Math.abs((shareOf(id) ?? 0) - share) < Math.abs((shareOf(best) ?? 0) - share) ? id : best,
  );
}

/** A civil date inside a half-year of 2025, no Sunday. */
export function dateIn(half: 1 | 2, random: RandomStream): string {
  const start = half === 1 ? '2025-01-07' : '2025-07-01';
  const date = addDays(start, random.below(170));
  return new Date(`${date}T00:00:00Z`).getUTCDay() === 0 ? addDays(date, 1) : date;
}

/** A customer's answers: eleven ratings around the house's quality, a few of them missing. */
export function responseRow(
  dealer: DemoDealer,
  advisor: { readonly code: string; readonly skill: number },
  number: number,
  random: RandomStream,
): DemoRow {
  const mood = random.normal();
  const rating = (shift: number) => {
    const raw = 8 + 0.55 * dealer.quality + 0.6 * mood + shift + 0.9 * random.normal();
    return Math.max(1, Math.min(10, Math.round(raw)));
  };
  const row: DemoRow = {
    dealer: dealer.code,
    staff: random.uniform() < 0.92 ? advisor.code : null,
    visit_date: dateIn(random.uniform() < 0.5 ? 1 : 2, random),
    reference: `WO-${dealer.code}-${number}`,
    customer_years: random.uniform() < 0.85 ? random.below(16) : null,
    received_promptly: rating(0),
    advisor_courteous: rating(0.4 + advisor.skill),
    advisor_explained: rating(advisor.skill),
    ready_as_promised: rating(-0.2),
    invoice_clear: rating(0.1),
    work_done_right: rating(0.2),
    car_as_expected: Math.max(1, Math.min(10, Math.round(8.3 + 1.2 * random.normal()))),
  };
  if (random.uniform() < 0.9) row['easy_to_book'] = rating(-0.1);
  if (random.uniform() < 0.9) row['facility_pleasant'] = rating(0.3);
  const satisfied = 8 + 0.55 * dealer.quality + 0.6 * mood;
  row['recommend'] = Math.max(0, Math.min(10, Math.round(satisfied + 0.8 * random.normal())));
  return row;
}

/** The year's figures of a house: two half-years of plan measures, one ratio. */
export function figureRows(dealer: DemoDealer, random: RandomStream): DemoRow[] {
  const base = { small: 150, medium: 320, large: 640 }[dealer.size];
  const rows: DemoRow[] = [
    {
      dealer: dealer.code,
      measure: 'equity-ratio',
      period: '2025',
      kind: 'ratio',
      value: round(0.33 + 0.03 * dealer.quality + 0.06 * random.normal(), 4),
      supplied_by: 'market',
    },
    {
      dealer: dealer.code,
      measure: 'business-plan',
      period: '2025',
      kind: 'percentage',
      value: round(106 + 2 * dealer.quality + 4 * random.normal(), 2),
      target: 100,
      supplied_by: 'dealer',
    },
  ];
  for (const period of ['2025-H1', '2025-H2']) {
    const sales = Math.max(
      5,
      Math.round(base * (1.08 + 0.02 * dealer.quality + 0.06 * random.normal())),
    );
    rows.push(
      {
        dealer: dealer.code,
        measure: 'new-car-sales',
        period,
        kind: 'count',
        value: sales,
        target: base,
        supplied_by: 'market',
      },
      {
        dealer: dealer.code,
        measure: 'service-revenue',
        period,
        kind: 'amount',
        value: Math.round(base * 900 * (1.03 + 0.04 * random.normal())),
        target: base * 900,
        currency: 'EUR',
        supplied_by: 'dealer',
      },
      {
        dealer: dealer.code,
        measure: 'stock-days',
        period,
        kind: 'ratio',
        value: round(60 - 2 * dealer.quality + 8 * random.normal(), 1),
        target: 60,
        supplied_by: 'dealer',
      },
    );
  }
  return rows;
}

/** The complaints of a house: better ones have fewer and answer sooner. */
export function complaintRows(dealer: DemoDealer, random: RandomStream): DemoRow[] {
  const count = Math.max(0, Math.round(6 - 1.5 * dealer.quality + 2 * random.normal()));
  return Array.from({ length: count }, (_, index) => {
    const date = dateIn(random.uniform() < 0.5 ? 1 : 2, random);
    const at = (days: number, hour: number) =>
      `${addDays(date, days)}T${String(hour).padStart(2, '0')}:${String(random.below(60)).padStart(2, '0')}:00Z`;
    const late = random.uniform() > logistic(1.9 + 0.7 * dealer.quality);
    const answered = late ? 5 + random.below(8) : 1;
    const solved = answered + 1 + random.below(12);
    return {
      code: `C-${dealer.code}-${index + 1}`,
      dealer: dealer.code,
      touchpoint: pick(random, ['sales', 'workshop', 'telephone', 'web-form', 'e-mail'] as const),
      category: pick(random, complaintCategories),
      channel: pick(random, ['in-person', 'telephone', 'web-form', 'e-mail'] as const),
      received_at: at(0, 8),
      acknowledged_at: at(0, 10),
      answered_at: at(answered, 9),
      solved_at: at(solved, 15),
      escalated: random.uniform() < 0.06,
      severity: pick(random, ['low', 'medium', 'high'] as const),
      outcome: pick(random, ['explained', 'repaired', 'compensated'] as const),
      accepted: random.uniform() < logistic(1.6 + 0.5 * dealer.quality),
      cause: `cause-${random.below(12)}`,
    };
  });
}

function round(x: number, digits: number): number {
  return Math.round(x * 10 ** digits) / 10 ** digits;
}
