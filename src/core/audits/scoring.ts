import type { Answers, AuditScore } from '../../contracts/audits.ts';
import type { Item } from '../../contracts/checklists.ts';
import { standards } from '../../contracts/standards.ts';
import type { CompiledChecklist } from './answers.ts';
import { isScorable, itemShare } from './item-share.ts';

/** Points within this distance count as equal before any rounding (methods.md, notation). */
export const epsilon = 1e-9;

/**
 * The one rounding of scores: percent (0 to 100) to millionths of a point, half away from zero.
 * @example toMicro(84.2000005) // 84200001
 */
export function toMicro(percent: number): number {
  return Math.sign(percent) * Math.round(Math.abs(percent) * 1e6);
}

/** Score of an audit, unrounded: percentages 0 to 100, `null` = no value. */
export interface Score {
  readonly status: 'ok' | 'insufficient' | 'incomplete';
  readonly raw: number | null;
  readonly final: number | null;
  readonly coverage: number;
  readonly passed: boolean | null;
  readonly parts: ReadonlyMap<string, number | null>;
  readonly responsibility: number | null;
  readonly criticalFailed: readonly string[];
  readonly missing: readonly string[];
}

/** A part of a score while it is being summed. */
export interface Part {
  readonly weight: number;
  earned: number;
  answered: number;
  whole: number;
  zeroed: boolean;
}

/**
 * Score of one audit under its own checklist version.
 *
 * Parts are the seven standards or the sections. Item shares are averaged by weight inside a part,
 * part percentages by weight over the audit. "Not applicable" and hidden items leave both sums; a
 * hidden item also leaves the coverage, since it was never asked. A checklist with loss bands is
 * rated by the points lost instead, in total and by the worst item. Critical failures act in the
 * order section-zero, cap, knock-out; raw and final are both kept.
 *
 * @param compiled the checklist version, compiled
 * @param answers  already accepted by `checkAnswers`, or older data with gaps
 * @see methods.md, section 1
 */
export function scoreAudit(compiled: CompiledChecklist, answers: Answers): Score {
  const { scoring } = compiled.checklist;
  const visible = compiled.visibleItems(answers);
  const parts = makeParts(compiled);
  const responsibility = { weight: 1, earned: 0, answered: 0, whole: 0, zeroed: false };
  const missing: string[] = [];
  const criticalFailed: string[] = [];
  const losses: number[] = [];
  let cap = Number.POSITIVE_INFINITY;
  let knockedOut = false;

  for (const section of compiled.checklist.sections) {
    for (const item of section.items) {
      if (!visible.has(item.id)) continue;
      const part =
        item.standard === 'responsibility'
          ? responsibility
          : partOf(parts, section.id, item, scoring.parts);
      const answer = answers[item.id];
      const scored = item.weight > 0 && isScorable(item);
      if (scored && part) part.whole += item.weight;
      if (answer?.notApplicable !== undefined) continue;
      if (answer?.value === undefined) {
        if (scored) missing.push(item.id);
        continue;
      }
      const share = itemShare(item, answer.value);
      if (share === undefined) continue;
      if (scored && part) {
        part.earned += item.weight * share;
        part.answered += item.weight;
        losses.push(item.weight * (1 - share));
      }
      if (item.critical && share < item.critical.minScore - epsilon) {
        criticalFailed.push(item.id);
        if (item.critical.effect === 'cap') cap = Math.min(cap, item.critical.cap);
        if (item.critical.effect === 'knock-out') knockedOut = true;
        if (item.critical.effect === 'section-zero' && part) part.zeroed = true;
      }
    }
  }

  const raw = weightedMean(parts.values());
  const coverage = coverageOf(parts.values());
  const incomplete = missing.length > 0 && scoring.missing === 'incomplete';
  const status = incomplete
    ? 'incomplete'
    : raw === null || coverage < scoring.minCoverage - epsilon
      ? 'insufficient'
      : 'ok';
  const rated = raw === null || !scoring.lossBands ? raw : bandOf(losses, scoring.lossBands);
  const final = rated === null ? null : knockedOut ? 0 : Math.min(rated, cap);
  return {
    status,
    raw,
    final,
    coverage,
    passed: status === 'ok' ? !knockedOut && final! >= scoring.passMark - epsilon : null,
    parts: new Map([...parts].map(([id, part]) => [id, percentOf(part)])),
    responsibility: percentOf(responsibility),
    criticalFailed,
    missing,
  };
}

/** The stored form of a score: every percentage in millionths of a point. */
export function storeScore(score: Score): AuditScore {
  const micro = (percent: number | null) => (percent === null ? null : toMicro(percent));
  return {
    status: score.status,
    rawMicro: micro(score.raw),
    finalMicro: micro(score.final),
    coverage: toMicro(score.coverage) / 1e6,
    passed: score.passed,
    parts: Object.fromEntries([...score.parts].map(([id, percent]) => [id, micro(percent)])),
    responsibilityMicro: micro(score.responsibility),
    criticalFailed: [...score.criticalFailed],
    missing: [...score.missing],
  };
}

/** Score of the first band that holds the total of the losses and the worst of them. */
function bandOf(
  losses: readonly number[],
  bands: NonNullable<CompiledChecklist['checklist']['scoring']['lossBands']>,
): number {
  const total = losses.reduce((sum, each) => sum + each, 0);
  const worst = Math.max(0, ...losses);
  return bands.find(
    (band) =>
      total <= (band.total ?? Number.POSITIVE_INFINITY) + epsilon &&
      worst <= (band.worst ?? Number.POSITIVE_INFINITY) + epsilon,
  )!.score;
}

/** The parts of a checklist's score, empty: the standards that it asks for, or its sections. */
export function makeParts({ checklist }: CompiledChecklist): Map<string, Part> {
  const empty = { earned: 0, answered: 0, whole: 0, zeroed: false };
  if (checklist.scoring.parts === 'standards') {
    const used = new Set(
      checklist.sections.flatMap((section) => section.items.map((i) => i.standard)),
    );
    return new Map(
      standards
        .filter((standard) => used.has(standard))
        .map((standard) => [
          standard,
          { weight: checklist.scoring.weights?.[standard] ?? 1, ...empty },
        ]),
    );
  }
  return new Map(
    checklist.sections
      .filter((section) => section.weight !== 0)
      .map((section) => [section.id, { weight: section.weight ?? 1, ...empty }]),
  );
}

/** The part that an item counts in; none where it counts in no part. */
export function partOf(
  parts: ReadonlyMap<string, Part>,
  sectionId: string,
  item: Item,
  by: 'standards' | 'sections',
): Part | undefined {
  return parts.get(by === 'standards' ? (item.standard ?? '') : sectionId);
}

function percentOf(part: Part): number | null {
  if (part.answered === 0) return null;
  return part.zeroed ? 0 : (100 * part.earned) / part.answered;
}

function weightedMean(parts: Iterable<Part>): number | null {
  let sum = 0;
  let weights = 0;
  for (const part of parts) {
    const percent = percentOf(part);
    if (percent === null) continue;
    sum += part.weight * percent;
    weights += part.weight;
  }
  return weights > 0 ? sum / weights : null;
}

function coverageOf(parts: Iterable<Part>): number {
  let sum = 0;
  let weights = 0;
  for (const part of parts) {
    if (part.whole === 0) continue;
    sum += (part.weight * part.answered) / part.whole;
    weights += part.weight;
  }
  return weights > 0 ? sum / weights : 0;
}
