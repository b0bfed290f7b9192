import type { AgreementRow, AuditorReport } from '../../contracts/auditors.ts';
import type { Answers } from '../../contracts/audits.ts';
import type { Item } from '../../contracts/checklists.ts';
import type { CompiledChecklist } from '../audits/answers.ts';
import { itemShare } from '../audits/item-share.ts';
import { addDays } from '../periods.ts';
import { intraclass } from '../statistics/intraclass.ts';
import { cohenKappa, fleissKappa } from '../statistics/kappa.ts';
import { krippendorff, type Metric, nominalAgreement } from '../statistics/krippendorff.ts';
import { sampleOf } from '../statistics/moments.ts';
import { panelDistances, panelTotal } from './panels.ts';

/** An audit with all that can be compared with another one of the same house. */
export interface ComparedVisit {
  readonly dealer: string;
  readonly auditor: string;
  readonly date: string;
  readonly score: number;
  readonly parts: Readonly<Record<string, number | null>>;
  readonly answers: Answers;
  readonly version: CompiledChecklist;
}

/** Fewest groups of visits before an agreement is shown. */
const fewest = 2;

/**
 * How far auditors agree who visited the same house under the same checklist version within some
 * days: Krippendorff's alpha by item, by part and of the total, AC1 of yes/no items, and the
 * intraclass correlation of totals. A group holds each auditor once.
 *
 * @see methods.md, 5.1
 */
export function agreementOf(
  visits: readonly ComparedVisit[],
  withinDays: number,
): AuditorReport['agreement'] {
  const groups = groupsOf(visits, withinDays);
  const rows: AuditorReport['agreement']['rows'] = [];
  const add = (
    of: Pick<AgreementRow, 'what' | 'kind' | 'title'>,
    units: readonly number[][],
    metric: Metric,
    categories?: number,
  ) => {
    const compared = units.filter((values) => values.length > 1).length;
    if (compared < fewest) return;
    const alpha = krippendorff(units, metric)?.alpha ?? null;
    const nominal = categories === undefined ? null : nominalAgreement(units, categories);
    const { ac1 = null, kappa = null, observed = null } = nominal ?? {};
    const kappaP = categories === undefined ? null : (pairTest(units)?.p ?? null);
    rows.push({ ...of, alpha, ac1, kappa, kappaP, observed, visits: compared });
  };
  for (const { checklist, id, item } of itemsOf(groups)) {
    const units = groups.map((group) =>
      group.flatMap(({ answers, version }) => {
        const value = answers[id]?.value;
        const own = version.checklist.id === checklist ? version.items.get(id) : undefined;
        if (own?.type !== item.type) return [];
        const share = value === undefined ? undefined : itemShare(own, value);
        return share === undefined ? [] : [share];
      }),
    );
    const isYesNo = item.type === 'yes-no';
    add(
      { what: id, kind: 'item', title: item.question },
      units,
      isYesNo ? 'nominal' : item.type === 'scale' ? 'ordinal' : 'interval',
      isYesNo ? 2 : undefined,
    );
  }
  const titles = new Map(
    groups
      .flat()
      .flatMap(({ version }) => version.checklist.sections.map(({ id, title }) => [id, title])),
  );
  for (const part of new Set(groups.flat().flatMap(({ parts }) => Object.keys(parts)))) {
    const units = groups.map((group) =>
      group.flatMap(({ parts }) =>
        parts[part] === null || parts[part] === undefined ? [] : [parts[part]],
      ),
    );
    add({ what: part, kind: 'part', title: titles.get(part) ?? null }, units, 'interval');
  }
  add(
    { what: 'total', kind: 'total', title: null },
    groups.map((group) => group.map(({ score }) => score)),
    'interval',
  );
  const pairs = groups.map(([one, other]) => [one!.score, other!.score]);
  // Other auditors make each pair, so the raters are not the same from pair to pair: ICC(1,1).
  const icc = intraclass(pairs)?.oneWay;
  return {
    withinDays,
    rows,
    icc:
      icc && Number.isFinite(icc.single95[0]) && Number.isFinite(icc.single95[1])
        ? { single: icc.single, low: icc.single95[0], high: icc.single95[1], pairs: pairs.length }
        : null,
    colleagues: colleaguesOf(groups),
    pairs: pairsOf(groups),
    panels: groups.flatMap((group) => {
      const { mean, trimmed } = panelTotal(group.map(({ score }) => score));
      return trimmed === null
        ? []
        : [{ dealer: group[0]!.dealer, visits: group.length, mean, trimmed }];
    }),
  };
}

/** Fleiss's test against no agreement; he wants as many ratings of each unit, so the first two count. */
function pairTest(units: readonly number[][]) {
  const pairs = units.filter((values) => values.length >= 2);
  return fleissKappa(
    pairs.map(([one, other]) => {
      const yes = [one!, other!].filter((share) => share === 1).length;
      return [2 - yes, yes];
    }),
  );
}

/** How far each auditor lies from all who visited the same houses. */
function colleaguesOf(
  groups: readonly ComparedVisit[][],
): AuditorReport['agreement']['colleagues'] {
  return [...panelDistances(groups)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([auditor, distances]) => {
      const { n, mean, variance } = sampleOf(distances);
      return { auditor, n, mean, sd: variance === null ? null : Math.sqrt(variance) };
    });
}

/** Answers that two auditors must both have given before they are compared. */
const fewestAnswers = 30;

/** Cohen's kappa of every two auditors on the yes/no items of houses that both visited. */
function pairsOf(groups: readonly ComparedVisit[][]): AuditorReport['agreement']['pairs'] {
  const tables = new Map<string, number[][]>();
  for (const group of groups) {
    const items = [...group[0]!.version.items].filter(([, item]) => item.type === 'yes-no');
    if (items.length === 0) continue;
    const sorted = [...group].sort((a, b) => (a.auditor < b.auditor ? -1 : 1));
    for (const [i, one] of sorted.entries()) {
      for (const other of sorted.slice(i + 1)) {
        const key = `${one.auditor}\n${other.auditor}`;
        const table = tables.get(key) ?? [
          [0, 0],
          [0, 0],
        ];
        tables.set(key, table);
        for (const [id] of items) {
          const [a, b] = [one.answers[id]?.value, other.answers[id]?.value];
          if (a === undefined || b === undefined) continue;
          table[a === 'yes' ? 1 : 0]![b === 'yes' ? 1 : 0]! += 1;
        }
      }
    }
  }
  return [...tables]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, table]) => {
      const answers = table.flat().reduce((sum, each) => sum + each, 0);
      const found = answers < fewestAnswers ? null : cohenKappa(table);
      const [one, other] = key.split('\n') as [string, string];
      return found ? [{ auditors: [one, other] as [string, string], answers, ...found }] : [];
    });
}

/** Visits of one house and version by different auditors, the first opening a window of days. */
function groupsOf(visits: readonly ComparedVisit[], withinDays: number): ComparedVisit[][] {
  const byHouse = Map.groupBy(
    visits,
    ({ dealer, version }) => `${dealer}\n${version.checklist.id}\n${version.checklist.version}`,
  );
  return [...byHouse.values()].flatMap((own) => {
    // The auditor and the score decide within a day, never the order of arrival.
    const key = ({ date, auditor }: ComparedVisit) => `${date}\n${auditor}`;
    const dated = [...own].sort((a, b) =>
      key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.score - b.score,
    );
    const groups: ComparedVisit[][] = [];
    for (const visit of dated) {
      const open = groups.at(-1);
      const isSame =
        open &&
        visit.date <= addDays(open[0]!.date, withinDays) &&
        open.every(({ auditor }) => auditor !== visit.auditor);
      if (isSame) open.push(visit);
      else groups.push([visit]);
    }
    return groups.filter((group) => group.length > 1);
  });
}

/** Scored items of the checklists compared, each as its newest version here has it. */
function itemsOf(groups: readonly ComparedVisit[][]) {
  const items = new Map<string, { checklist: string; id: string; item: Item }>();
  for (const { version } of groups.flat()) {
    const checklist = version.checklist.id;
    for (const [id, item] of version.items) {
      if (item.weight > 0) items.set(`${checklist}/${id}`, { checklist, id, item });
    }
  }
  return [...items.values()];
}
