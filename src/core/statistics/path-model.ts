import { sampleOf } from './moments.ts';
import { correlation } from './ranks.ts';
import { correlationsOf, standardise, standardisedRegression } from './regression.ts';

/** Latent variables, each measured by some columns, and which one acts on which. */
export interface PathModel {
  readonly blocks: Readonly<Record<string, readonly string[]>>;
  /** From, to; without circles. */
  readonly paths: readonly (readonly [string, string])[];
}

/** How the inner step weighs the neighbours of a latent variable. */
export type InnerScheme = 'centroid' | 'factorial' | 'path';

export interface PathModelFit {
  /** Weight of each column in the score of its latent variable, on standardised columns. */
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly loadings: Readonly<Record<string, readonly number[]>>;
  /** Standardised coefficients, in the order of the paths. */
  readonly coefficients: readonly number[];
  /** Share of variance explained, by latent variable with at least one path into it. */
  readonly r2: Readonly<Record<string, number>>;
  /** Scores with unit variance. */
  readonly scores: Readonly<Record<string, readonly number[]>>;
  readonly rounds: number;
}

const tolerance = 1e-10;
const mostRounds = 1000;

/**
 * Partial least squares path model with reflective blocks (Mode A), as the national customer
 * satisfaction indices are estimated: outer scores from the columns, inner scores from the
 * neighbours, weights from their correlations, until nothing changes by 1e-10.
 *
 * @param columns complete, all of one length
 * @returns `null` where a column does not vary or the steps do not settle
 * @see Tenenhaus, Esposito Vinzi, Chatelin & Lauro 2005, CSDA 48:159-205; methods.md, 2.2
 */
export function fitPathModel(
  columns: Readonly<Record<string, readonly number[]>>,
  { blocks, paths }: PathModel,
  scheme: InnerScheme = 'centroid',
): PathModelFit | null {
  const names = Object.keys(blocks);
  const data = names.map((name) => blocks[name]!.map((id) => standardise(columns[id]!)));
  if (data.flat().some((column) => column === null)) return null;
  const standard = data as number[][][];
  const at = new Map(names.map((name, index) => [name, index]));
  const links = paths.map(([from, to]) => [at.get(from)!, at.get(to)!] as const);
  let weights = standard.map((block) => block.map(() => 1));
  let scores = standard.map((block, j) => outer(block, weights[j]!));
  for (let round = 1; round <= mostRounds; round++) {
    const inner = scores.map((_, j) => innerScore(scores, links, j, scheme));
    const next = standard.map((block, j) => {
      const raw = block.map((column) => correlation(column, inner[j]!) ?? 0);
      return scaleToUnit(block, raw);
    });
    const change = Math.max(
      ...next.flatMap((block, j) => block.map((w, h) => Math.abs(w - weights[j]![h]!))),
    );
    if (!Number.isFinite(change)) return null;
    weights = next;
    scores = standard.map((block, j) => outer(block, weights[j]!));
    if (change < tolerance) return { ...described(), rounds: round };
  }
  return null;

  function described(): Omit<PathModelFit, 'rounds'> {
    const named = <T>(list: readonly T[]) =>
      Object.fromEntries(names.map((name, j) => [name, list[j]!]));
    const coefficients = new Array<number>(paths.length).fill(0);
    const r2: Record<string, number> = {};
    for (const [j, name] of names.entries()) {
      const into = links.flatMap(([, to], path) => (to === j ? [path] : []));
      if (into.length === 0) continue;
      const found = correlationsOf(
        into.map((path) => scores[links[path]![0]]!),
        scores[j]!,
      );
      const fit = found && standardisedRegression(found);
      for (const [k, path] of into.entries()) coefficients[path] = fit?.betas[k] ?? 0;
      r2[name] = fit?.r2 ?? 0;
    }
    return {
      weights: named(weights),
      loadings: named(
        standard.map((block, j) => block.map((column) => correlation(column, scores[j]!) ?? 0)),
      ),
      coefficients,
      r2,
      scores: named(scores),
    };
  }
}

function innerScore(
  scores: readonly number[][],
  links: readonly (readonly [number, number])[],
  own: number,
  scheme: InnerScheme,
): number[] {
  const before = links.flatMap(([from, to]) => (to === own ? [from] : []));
  const after = links.flatMap(([from, to]) => (from === own ? [to] : []));
  const share = new Map<number, number>();
  for (const i of [...before, ...after]) {
    const r = correlation(scores[own]!, scores[i]!) ?? 0;
    share.set(i, scheme === 'centroid' ? Math.sign(r) : r);
  }
  if (scheme === 'path' && before.length > 0) {
    const found = correlationsOf(
      before.map((i) => scores[i]!),
      scores[own]!,
    );
    const fit = found && standardisedRegression(found);
    for (const [k, i] of before.entries()) share.set(i, fit?.betas[k] ?? 0);
  }
  return scores[own]!.map((_, row) => {
    let sum = 0;
    for (const [i, e] of share) sum += e * scores[i]![row]!;
    return sum;
  });
}

function outer(block: readonly number[][], weights: readonly number[]): number[] {
  const scaled = scaleToUnit(block, weights);
  return combine(block, scaled);
}

function combine(block: readonly number[][], weights: readonly number[]): number[] {
  return block[0]!.map((_, row) => {
    let sum = 0;
    for (let h = 0; h < block.length; h++) sum += weights[h]! * block[h]![row]!;
    return sum;
  });
}

/** Weights under which the score of the block has unit variance. */
function scaleToUnit(block: readonly number[][], weights: readonly number[]): number[] {
  const sd = Math.sqrt(sampleOf(combine(block, weights)).variance ?? 0);
  return weights.map((weight) => weight / sd);
}

/** A latent variable as an index of 0 to 100. */
export interface LatentIndex {
  /** Weight of each column, of raw answers, summing to 1. */
  readonly weights: readonly number[];
  readonly values: readonly number[];
  /** A weight was negative, so all columns count alike. */
  readonly isEqual: boolean;
}

/**
 * Score of a block as an index: weights of the standardised columns over their spreads, scaled to sum
 * 1, on answers brought to 0..100. With a negative weight all columns count alike.
 *
 * @param block   columns of raw answers
 * @param weights of `fitPathModel`
 * @see methods.md, 2.2
 */
export function latentIndex(
  block: readonly (readonly number[])[],
  weights: readonly number[],
  { min, max }: { readonly min: number; readonly max: number },
): LatentIndex {
  const isEqual = weights.some((weight) => weight < 0);
  const raw = block.map((column, h) =>
    isEqual ? 1 : weights[h]! / Math.sqrt(sampleOf(column).variance ?? 1),
  );
  const sum = raw.reduce((total, each) => total + each, 0);
  const shares = raw.map((each) => each / sum);
  const values = block[0]!.map((_, row) =>
    shares.reduce((total, w, h) => total + (w * 100 * (block[h]![row]! - min)) / (max - min), 0),
  );
  return { weights: shares, values, isEqual };
}
