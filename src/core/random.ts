import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { normalQuantile } from './statistics/distributions.ts';

/**
 * A seeded stream of random numbers: the same seed gives the same numbers on every machine.
 * The generator is xoroshiro128+; the seed is part of whatever used it.
 */
export interface RandomStream {
  /** Uniform on (0, 1), in steps of 2^-32, never 0 or 1. */
  uniform(): number;
  /** Whole number from 0 to `below - 1`. */
  below(below: number): number;
  /** Standard normal by inversion of the distribution function. */
  normal(): number;
}

/**
 * Opens a stream. Give each unit of work a stream of its own (`stream`), so that the order of work
 * or the number of workers never changes a result.
 *
 * @param seed   whole number, 0 to 2^32-1
 * @param stream whole number; streams of one seed are independent for our purposes
 * @see methods.md, notation
 */
export function openStream(seed: number, stream = 0): RandomStream {
  const generator = xoroshiro128plus(mix(seed, stream));
  const uniform = () => ((generator.next() >>> 0) + 0.5) / 4_294_967_296;
  return {
    uniform,
    below: (below) => Math.floor(uniform() * below),
    normal: () => normalQuantile(uniform()),
  };
}

/** A 32-bit finaliser (Murmur3's constants), so that neighbouring streams start far apart. */
function mix(seed: number, stream: number): number {
  let h = (seed ^ Math.imul(stream + 1, 0x9e3779b1)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
