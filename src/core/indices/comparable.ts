import type { Answers, AuditScore } from '../../contracts/audits.ts';
import type { Checklist } from '../../contracts/checklists.ts';
import type { CompiledChecklist } from '../audits/answers.ts';
import { isScorable } from '../audits/item-share.ts';
import { scoreAudit, storeScore } from '../audits/scoring.ts';
import { comparableItems } from '../documents/comparison.ts';

/** A version that audits of the compared periods were given under. */
export interface UsedVersion extends CompiledChecklist {
  /** Its number in the database; later versions have higher ones. */
  readonly number: number;
}

/** What audits of two periods have in common, and how they score by that alone. */
export interface CommonGround {
  /** Scored items that all versions share, of those that the newest ones ask. */
  readonly items: { readonly comparable: number; readonly of: number };
  /** @returns `undefined` for an audit under a checklist that only one of the periods used */
  readonly score: (version: number, answers: Answers) => AuditScore | undefined;
}

/**
 * The common ground of two periods: of every checklist that both used, the items that all its versions
 * score alike. Audits are scored anew by these items alone, with the weights of the newest version, so
 * that a change of the checklist is no change of the house. What an audit's own version hid stays hidden.
 *
 * @returns `null` where both periods used the same versions: scores can be compared as they are
 * @see model.md, "Checklists"; docs/decisions/0014-comparable-items.md
 */
export function commonGround(
  before: readonly UsedVersion[],
  after: readonly UsedVersion[],
): CommonGround | null {
  const numbers = (versions: readonly UsedVersion[]) =>
    versions
      .map(({ number }) => number)
      .sort((a, b) => a - b)
      .join(' ');
  if (before.length === 0 || after.length === 0 || numbers(before) === numbers(after)) return null;
  const byChecklist = Map.groupBy([...before, ...after], ({ checklist }) => checklist.id);
  const scored = new Map<number, CompiledChecklist>();
  let [comparable, of] = [0, 0];
  for (const [id, used] of byChecklist) {
    const newest = used.reduce((a, b) => (b.number > a.number ? b : a));
    const isInBoth = [before, after].every((side) => side.some((each) => each.checklist.id === id));
    of += scoredItems(newest.checklist).length;
    if (!isInBoth) continue;
    const shared = used.reduce(
      (ids, version) => {
        const alike = new Set(comparableItems(version.checklist, newest.checklist));
        return ids.filter((item) => alike.has(item));
      },
      scoredItems(newest.checklist).map((item) => item.id),
    );
    comparable += shared.length;
    const checklist = onlyItems(newest.checklist, new Set(shared));
    const items = new Map(
      checklist.sections.flatMap((section) => section.items.map((item) => [item.id, item])),
    );
    for (const { number, visibleItems } of used) {
      scored.set(number, { checklist, items, visibleItems });
    }
  }
  return {
    items: { comparable, of },
    score: (version, answers) => {
      const found = scored.get(version);
      return found && storeScore(scoreAudit(found, answers));
    },
  };
}

function scoredItems(checklist: Checklist) {
  return checklist.sections
    .flatMap((section) => section.items)
    .filter((item) => item.weight > 0 && isScorable(item));
}

/** The same checklist as if it scored these items alone. */
function onlyItems(checklist: Checklist, ids: ReadonlySet<string>): Checklist {
  return {
    ...checklist,
    sections: checklist.sections.map((section) => ({
      ...section,
      items: section.items.map((item) => {
        if (ids.has(item.id)) return item;
        const { critical: _, ...rest } = item;
        return { ...rest, weight: 0 } as typeof item;
      }),
    })),
  };
}
