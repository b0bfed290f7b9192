import type { Answers, Audit } from '../../contracts/audits.ts';
import type { CompiledChecklist } from './answers.ts';
import { isScorable, itemShare } from './item-share.ts';
import { epsilon, makeParts, type Part, partOf } from './scoring.ts';

/** How many of the dearest answers head an audit, on screen and on paper. */
const mostCosts = 6;

/**
 * What each answer took from an audit's raw score, in points of 100, unrounded. The losses add up to
 * 100 less the raw score; what lost nothing is left out, and so is the sense of responsibility, which
 * has a score of its own. Where a critical failure set its part to 0, what the part's answers did not
 * lose themselves is shared evenly by the items that failed.
 *
 * @param compiled the checklist version, compiled
 * @param answers  already accepted by `checkAnswers`, or older data with gaps
 * @returns item ids with their points, > 0
 * @see methods.md, section 1
 */
export function pointsLost(
  compiled: CompiledChecklist,
  answers: Answers,
): ReadonlyMap<string, number> {
  const { checklist } = compiled;
  const visible = compiled.visibleItems(answers);
  const parts = makeParts(compiled);
  const failed = new Map<Part, string[]>();
  const losses: { readonly id: string; readonly part: Part; readonly loss: number }[] = [];
  for (const section of checklist.sections) {
    for (const item of section.items) {
      const answer = answers[item.id];
      if (!visible.has(item.id) || answer?.notApplicable !== undefined) continue;
      if (answer?.value === undefined || item.standard === 'responsibility') continue;
      const share = itemShare(item, answer.value);
      const part = partOf(parts, section.id, item, checklist.scoring.parts);
      if (share === undefined || !part) continue;
      if (item.weight > 0 && isScorable(item)) {
        part.earned += item.weight * share;
        part.answered += item.weight;
        losses.push({ id: item.id, part, loss: item.weight * (1 - share) });
      }
      if (item.critical?.effect === 'section-zero' && share < item.critical.minScore - epsilon) {
        failed.set(part, [...(failed.get(part) ?? []), item.id]);
      }
    }
  }
  const counted = [...parts.values()].filter((part) => part.answered > 0);
  const whole = counted.reduce((sum, part) => sum + part.weight, 0);
  const inPoints = (part: Part, of: number) =>
    (100 * part.weight * of) / (whole * part.answered || 1);
  const lost = new Map<string, number>();
  const add = (id: string, points: number) => {
    if (points > 0) lost.set(id, (lost.get(id) ?? 0) + points);
  };
  for (const { id, part, loss } of losses) add(id, inPoints(part, loss));
  for (const [part, ids] of failed) {
    for (const id of ids) add(id, inPoints(part, part.earned) / ids.length);
  }
  return lost;
}

/** The answers that cost the most, the dearest first; equal ones in the checklist's order. */
export function dearest(lostMicro: Audit['lostMicro']): readonly (readonly [string, number])[] {
  return Object.entries(lostMicro)
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostCosts);
}
