import type { AuditorReport } from '../../contracts/auditors.ts';
import { itemShare } from '../audits/item-share.ts';
import { cronbachAlpha } from '../statistics/cronbach.ts';
import { decisionStudy, nestedComponentsOf } from '../statistics/generalizability.ts';
import { ratersNeeded } from '../statistics/intraclass.ts';
import { sampleOf } from '../statistics/moments.ts';
import { correlation } from '../statistics/ranks.ts';
import type { ComparedVisit } from './double-visits.ts';

type Components = NonNullable<AuditorReport['components']>;

/** Numbers of visits a house is planned with. */
const plans = [1, 2, 3, 4, 6, 8, 12];
const wanted = 0.8;

/**
 * How far a house's mean can be relied on after so many visits, each by another auditor, or all corrected
 * for severity; and how many visits reach .8.
 *
 * @param components variances of a visit's score
 * @see methods.md, 5.1
 */
export function planningOf({ dealers, auditors, rest }: Components): AuditorReport['planning'] {
  const components = {
    ...{ persons: dealers, tasks: 0, raters: auditors, personsByTasks: 0, rest },
  };
  const single = decisionStudy(components, { tasks: 1, raters: 1 });
  return {
    visits: plans.map((visits) => {
      const plan = decisionStudy(components, { tasks: 1, raters: visits });
      return { visits, asGiven: plan?.absolute ?? null, corrected: plan?.relative ?? null };
    }),
    neededFor80: single && ratersNeeded(single.absolute, wanted),
  };
}

/** Share of the visits in which an item must have been answered, and fewest visits, to be looked at. */
const answered = 0.95;
const fewestVisits = 10;

/**
 * Checklists as instruments: by version how far a visit's score rests on what was seen rather than on which
 * items were asked, and by item how hard it is and whether it goes with the rest.
 *
 * Items that nearly every visit answered count; visits that lack one of them are left out.
 * @see Brennan 2001; methods.md, 5.1
 */
export function checklistReliability(
  visits: readonly ComparedVisit[],
): AuditorReport['checklists'] {
  const byVersion = Map.groupBy(
    visits,
    ({ version: { checklist } }) => `${checklist.id} ${checklist.version}`,
  );
  return [...byVersion]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, own]) => {
      if (own.length < fewestVisits) return [];
      const { checklist } = own[0]!.version;
      const items = checklist.sections.flatMap((section) =>
        section.items
          .filter((item) => item.weight > 0 && item.standard !== 'responsibility')
          .map((item) => ({
            item,
            part: checklist.scoring.parts === 'standards' ? item.standard! : section.id,
            shares: own.map(({ answers }) => {
              const value = answers[item.id]?.value;
              return value === undefined ? undefined : itemShare(item, value);
            }),
          })),
      );
      const kept = items.filter(
        ({ shares }) =>
          shares.filter((share) => share !== undefined).length >= answered * own.length,
      );
      const rows = own.flatMap((_, v) => {
        const row = kept.map(({ shares }) => shares[v]);
        return row.every((share) => share !== undefined) ? [row as number[]] : [];
      });
      const parts = [...new Set(kept.map(({ part }) => part))];
      const cells = rows.map((row) =>
        parts.map((part) => row.filter((_, i) => kept[i]!.part === part)),
      );
      const components = rows.length < fewestVisits ? null : nestedComponentsOf(cells);
      const each = kept.length / Math.max(1, parts.length);
      const study = components && decisionStudy(components, { tasks: parts.length, raters: each });
      return [
        {
          checklist: name,
          visits: own.length,
          complete: rows.length,
          items: kept.length,
          relative: study?.relative ?? null,
          absolute: study?.absolute ?? null,
          alpha: rows.length < fewestVisits ? null : cronbachAlpha(rows),
          hardest: hardestOf(items, kept, rows),
        },
      ];
    });
}

type Shares = readonly {
  readonly item: { readonly id: string };
  readonly shares: readonly (number | undefined)[];
}[];

/** The ten items that earn least, with how they go with the rest of the visit. */
function hardestOf(items: Shares, kept: Shares, rows: readonly number[][]) {
  return items
    .map((entry) => {
      const given = entry.shares.filter((share) => share !== undefined);
      const at = kept.indexOf(entry);
      const rest = rows.map((row) =>
        row.reduce((sum, share, i) => sum + (i === at ? 0 : share), 0),
      );
      const own = rows.map((row) => row[at]!);
      return {
        item: entry.item.id,
        n: given.length,
        meanShare: given.length === 0 ? null : sampleOf(given).mean,
        itemRest: at < 0 || rows.length < fewestVisits ? null : correlation(own, rest),
      };
    })
    .filter((row) => row.meanShare !== null)
    .sort((a, b) => a.meanShare! - b.meanShare! || (a.item < b.item ? -1 : 1))
    .slice(0, 10)
    .map((row) => ({ ...row, meanShare: row.meanShare! }));
}
