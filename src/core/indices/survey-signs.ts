import type { SignReport, SurveySign } from '../../contracts/surveys.ts';
import { canonicalJson, sha256Hex } from '../canonical.ts';
import { civilDateOf } from '../periods.ts';
import { betaCdf, chiSquareCdf } from '../statistics/distributions.ts';
import { type Sample, sampleOf } from '../statistics/moments.ts';
import { benjaminiHochberg } from '../statistics/multiple-tests.ts';
import { welch } from '../statistics/welch.ts';
import { fewestRespondents, figureOfSample } from './indices.ts';
import { meanOfItems, type SurveyRow, type SurveyTable } from './survey-table.ts';

/** A sign is shown where so many answers would come by chance in fewer than one house of a hundred. */
const level = 0.01;
/** Answers from one device from which it is named. */
const sharedFrom = 3;
/** Shortest run and smallest burst that are looked at. */
const fewestInRow = 5;
const burstMs = 3_600_000;
/** Answers of other houses without which nothing is held against a house. */
const fewestElsewhere = 30;
/** Hours of a day in which customers answer, for the rate that a burst is held against. */
const hoursADay = 12;

type Candidate = Omit<SurveySign, 'p'> & { readonly p: number | null };

/**
 * Signs that answers were not the customers' own: runs of the best possible answers, one device for
 * several customers, many answers within an hour, and answers on the very day of the visit. Each is held
 * against what the other houses of the market show, adjusted over all houses and signs. A sign opens a
 * review; it changes no figure.
 *
 * @param timeZone of the market, in which a day begins and ends
 * @see methods.md, 2.5
 */
export function surveySigns(table: SurveyTable, timeZone: string): SurveySign[] {
  const byDealer = Map.groupBy(table.rows, ({ dealer }) => dealer);
  const isTop = (row: SurveyRow) => {
    const given = row.values.flatMap((value, i) => (value === null ? [] : [[value, i] as const]));
    return given.length > 0 && given.every(([value, i]) => value === table.items[i]!.max);
  };
  const isSameDay = (row: SurveyRow) =>
    row.answeredAt !== null && civilDateOf(row.answeredAt, timeZone) <= row.visitDate;
  const timed = table.rows.filter((row) => row.answeredAt !== null);
  const tops = countBy(timed, isTop);
  const sameDays = countBy(timed, isSameDay);
  const found = [...byDealer].flatMap(([dealer, rows]): Candidate[] => [
    ...topRun(dealer, rows, isTop, tops),
    ...sharedDevices(dealer, rows),
    ...burst(dealer, rows),
    ...sameDay(dealer, rows, isSameDay, sameDays),
  ]);
  const tested = found.filter(({ p }) => p !== null);
  // Houses without a candidate were looked at too: they count among the tests, as chance would have it.
  const looks = Math.max(tested.length, 3 * byDealer.size);
  const padded = [...tested.map(({ p }) => p!), ...new Array(looks - tested.length).fill(1)];
  const adjusted = benjaminiHochberg(padded);
  let next = 0;
  return found
    .map((sign): SurveySign => ({ ...sign, p: sign.p === null ? null : adjusted[next++]! }))
    .filter(({ p }) => p === null || p <= level)
    .sort((a, b) => (a.p ?? 0) - (b.p ?? 0) || (a.dealer < b.dealer ? -1 : 1));
}

/** How many rows of each house, and of all, have a property. */
function countBy(rows: readonly SurveyRow[], has: (row: SurveyRow) => boolean) {
  const own = new Map<string, { yes: number; n: number }>();
  const all = { yes: 0, n: 0 };
  for (const row of rows) {
    const count = own.get(row.dealer) ?? { yes: 0, n: 0 };
    own.set(row.dealer, count);
    for (const each of [count, all]) {
      each.n += 1;
      if (has(row)) each.yes += 1;
    }
  }
  /** Share of the other houses, drawn a little inward so that none is 0 or 1; `null` of too few. */
  const elsewhere = (dealer: string): number | null => {
    const mine = own.get(dealer) ?? { yes: 0, n: 0 };
    const n = all.n - mine.n;
    return n < fewestElsewhere ? null : (all.yes - mine.yes + 0.5) / (n + 1);
  };
  return { own, elsewhere };
}

function topRun(
  dealer: string,
  rows: readonly SurveyRow[],
  isTop: (row: SurveyRow) => boolean,
  counts: ReturnType<typeof countBy>,
): Candidate[] {
  // Without their time answers have no order in which a run could stand.
  const ordered = inOrder(rows.filter(({ answeredAt }) => answeredAt !== null));
  let best = { from: 0, length: 0 };
  for (let from = 0; from < ordered.length; ) {
    let to = from;
    while (to < ordered.length && isTop(ordered[to]!)) to += 1;
    if (to - from > best.length) best = { from, length: to - from };
    from = Math.max(to, from + 1);
  }
  const share = counts.elsewhere(dealer);
  if (best.length < fewestInRow || share === null) return [];
  const starts = ordered.length - best.length + 1;
  const run = ordered.slice(best.from, best.from + best.length);
  return [
    {
      sign: 'all-top-run',
      dealer,
      responses: best.length,
      of: ordered.length,
      // Longest run to be expected in so many answers (Erdős and Rényi).
      expected: Math.log(Math.max(1, ordered.length * (1 - share))) / -Math.log(share),
      p: Math.min(1, (1 + (starts - 1) * (1 - share)) * share ** best.length),
      ...spanOf(run),
    },
  ];
}

function sharedDevices(dealer: string, rows: readonly SurveyRow[]): Candidate[] {
  const known = rows.filter(({ device }) => device !== null);
  return [...Map.groupBy(known, ({ device }) => device)].flatMap(([, own]) =>
    own.length < sharedFrom
      ? []
      : [
          {
            sign: 'shared-device' as const,
            dealer,
            responses: own.length,
            of: known.length,
            expected: null,
            p: null,
            ...spanOf(inOrder(own)),
          },
        ],
  );
}

function burst(dealer: string, rows: readonly SurveyRow[]): Candidate[] {
  const timed = inOrder(rows.filter(({ answeredAt }) => answeredAt !== null));
  const times = timed.map(({ answeredAt }) => answeredAt!.getTime());
  let best = { from: 0, length: 0 };
  for (let from = 0, to = 0; from < times.length; from++) {
    while (to < times.length && times[to]! - times[from]! <= burstMs) to += 1;
    if (to - from > best.length) best = { from, length: to - from };
  }
  if (best.length < fewestInRow) return [];
  const days = Math.max(1, (times.at(-1)! - times[0]!) / 86_400_000);
  const rate = (times.length - best.length) / (days * hoursADay);
  return [
    {
      sign: 'burst',
      dealer,
      responses: best.length,
      of: times.length,
      expected: rate,
      // Any of the answers may begin the hour; the rest must follow within it.
      p: Math.min(1, times.length * poissonAtLeast(best.length - 1, rate)),
      ...spanOf(timed.slice(best.from, best.from + best.length)),
    },
  ];
}

function sameDay(
  dealer: string,
  rows: readonly SurveyRow[],
  isSameDay: (row: SurveyRow) => boolean,
  counts: ReturnType<typeof countBy>,
): Candidate[] {
  const { yes, n } = counts.own.get(dealer) ?? { yes: 0, n: 0 };
  const share = counts.elsewhere(dealer);
  if (yes < fewestInRow || share === null) return [];
  return [
    {
      sign: 'same-day',
      dealer,
      responses: yes,
      of: n,
      expected: n * share,
      p: betaCdf(share, yes, n - yes + 1),
      ...spanOf(inOrder(rows.filter(isSameDay))),
    },
  ];
}

/** P(X >= k) of a Poisson variable, by its kinship with chi-square. */
function poissonAtLeast(k: number, rate: number): number {
  if (k <= 0) return 1;
  return rate > 0 ? chiSquareCdf(2 * rate, 2 * k) : 0;
}

const timeOf = ({ answeredAt, visitDate }: SurveyRow) => answeredAt?.toISOString() ?? visitDate;

/** By time; those of one instant stand in an order that has nothing to do with what was answered. */
function inOrder(rows: readonly SurveyRow[]): SurveyRow[] {
  const keyed = rows.map((row) => {
    const { recommendation, device, values } = row;
    const mark = sha256Hex(canonicalJson([values, recommendation, device]));
    return { row, key: `${timeOf(row)} ${mark}` };
  });
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ row }) => row);
}

const spanOf = (ordered: readonly SurveyRow[]) => ({
  from: timeOf(ordered[0]!),
  to: timeOf(ordered.at(-1)!),
});

/**
 * What a house causes beside what the car causes: means of the questions of either kind, and which of
 * them lies below the other houses of the market by more than noise. A house is not to be blamed for
 * what comes from the factory, nor a fault of its own to be laid there.
 *
 * @see methods.md, 2.5
 */
export function surveyCauses(table: SurveyTable): SignReport['causes'] {
  const kinds = ['dealer', 'car'] as const;
  const scores = table.rows.map((row) => ({
    house: row.dealer,
    dealer: meanOfItems(table, row, (item) => item.cause === 'dealer'),
    car: meanOfItems(table, row, (item) => item.cause === 'car'),
  }));
  const byHouse = Map.groupBy(scores, ({ house }) => house);
  const dealers = [...byHouse.keys()].sort();
  const sampleBy = (rows: typeof scores, kind: (typeof kinds)[number]) =>
    sampleOf(rows.flatMap((row) => row[kind] ?? []));
  const all = kinds.map((kind) => sampleBy(scores, kind));
  const samples = dealers.map((house) =>
    kinds.map((kind, k) => {
      const own = sampleBy(byHouse.get(house)!, kind);
      const others = without(all[k]!, own);
      return { own, test: own.n < fewestRespondents ? null : welch(own, others) };
    }),
  );
  const adjusted = benjaminiHochberg(samples.flat().map(({ test }) => test?.p ?? 1));
  return dealers.map((dealer, d) => {
    const [houseSide, carSide] = samples[d]!;
    const isBelow = (k: number) => {
      const { test } = samples[d]![k]!;
      return test !== null && test.difference < 0 && adjusted[2 * d + k]! <= 0.05;
    };
    const below = isBelow(0) ? (isBelow(1) ? 'both' : 'dealer') : isBelow(1) ? 'car' : 'none';
    return {
      dealer,
      dealerItems: figureOfSample(houseSide!.own),
      carItems: figureOfSample(carSide!.own),
      below,
    };
  });
}

/** Moments of all less a part of them. */
function without(all: Sample, part: Sample): Sample {
  const n = all.n - part.n;
  if (n === 0) return { n, mean: 0, variance: null };
  const mean = (all.n * all.mean - part.n * part.mean) / n;
  const squares =
    (all.n - 1) * (all.variance ?? 0) -
    Math.max(0, part.n - 1) * (part.variance ?? 0) -
    ((part.n * n) / all.n) * (part.mean - mean) ** 2;
  return { n, mean, variance: n < 2 ? null : Math.max(0, squares / (n - 1)) };
}
