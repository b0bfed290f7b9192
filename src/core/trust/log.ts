import {
  anchor as anchorShape,
  type LogRow,
  type PublicKey,
  type Signed,
} from '../../contracts/log.ts';
import { canonicalJson, sha256Hex } from '../canonical.ts';
import { faultOfSigned } from './signatures.ts';

/** What stands before every hashed record, so that no other text has the same hash. */
export const logDomain = 'omotenashi-log/1\n';

/** The hash of a record: SHA-256 of the domain, the hash before (none for the first) and the record. */
export function hashOfRecord(previous: string, record: string): string {
  return sha256Hex(logDomain + previous + record);
}

/** An anchor as it is signed and kept outside the database. */
export function anchorText(value: {
  readonly market: number;
  readonly seq: number;
  readonly hash: string;
  readonly at: string;
}): string {
  return canonicalJson({ kind: 'omotenashi-anchor/1', ...value });
}

/** Reads an anchor's text; `undefined` where it is none. */
export function readAnchor(text: string) {
  try {
    const { kind, ...rest } = JSON.parse(text) as { kind: string };
    const parsed = anchorShape.safeParse(rest);
    return kind === 'omotenashi-anchor/1' && parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

interface Anchored {
  readonly seq: number;
  readonly hash: string;
  readonly signed: Signed;
}

/**
 * Checks one market's chain row by row, in bounded memory: gaps, doubles, changed records, and
 * anchors whose head the chain does not have. A change or a removal is named by its place; a cut tail
 * or a chain that was written anew is found by an anchor kept elsewhere.
 */
export class ChainCheck {
  readonly findings: string[] = [];
  count = 0;
  #previous = '';
  #seq = 0;
  readonly #market: number;
  readonly #keys: readonly PublicKey[];
  readonly #anchors: Map<number, Anchored[]>;
  /** Anchors that say what the chain says. */
  readonly #agreeing: Anchored[] = [];

  /** @param anchors signed heads of any market; those of others are left aside */
  constructor(market: number, anchors: readonly Signed[] = [], keys: readonly PublicKey[] = []) {
    this.#market = market;
    this.#keys = keys;
    this.#anchors = new Map();
    for (const signed of anchors) {
      const anchor = readAnchor(signed.statement);
      if (!anchor || anchor.market !== market) continue;
      const known = this.#anchors.get(anchor.seq) ?? [];
      this.#anchors.set(anchor.seq, [...known, { ...anchor, signed }]);
    }
  }

  /** The next row, in the order of `seq`. */
  add({ seq, record, hash }: LogRow): void {
    this.count += 1;
    const expected = this.#seq + 1;
    if (seq > expected) {
      this.#find(
        seq === expected + 1
          ? `record ${expected} is missing`
          : `records ${expected} to ${seq - 1} are missing`,
      );
    } else if (seq < expected) {
      this.#find(`record ${seq} stands twice or out of order`);
    }
    // Behind a gap the hash before is unknown: nothing more can be said of this record.
    const isAfterGap = seq > expected;
    if (!isAfterGap && hashOfRecord(this.#previous, record) !== hash) {
      this.#find(`record ${seq} was changed`);
    }
    for (const anchored of this.#anchors.get(seq) ?? []) {
      if (anchored.hash === hash) this.#agreeing.push(anchored);
      else if (this.#isGenuine(anchored)) {
        this.#find(`record ${seq} is not the one that was anchored: the chain was written anew`);
      }
    }
    this.#anchors.delete(seq);
    this.#seq = seq;
    this.#previous = hash;
  }

  /** @param head what the chain says its head is, where it is known */
  end(head?: { readonly seq: number; readonly hash: string }): readonly string[] {
    for (const [seq, anchored] of this.#anchors) {
      if (anchored.some((each) => this.#isGenuine(each))) {
        this.#find(`record ${seq} was anchored and is missing: the chain was cut`);
      }
    }
    // The last one that is genuine vouches for all before it: each record holds the hash before.
    while (this.#agreeing.length > 0) if (this.#isGenuine(this.#agreeing.pop()!)) break;
    if (head && (head.seq !== this.#seq || (this.#seq > 0 && head.hash !== this.#previous))) {
      this.#find(`the chain's head says record ${head.seq}, its last is ${this.#seq}`);
    }
    return this.findings;
  }

  /** An anchor that was not signed by a key of ours counts for nothing, and is named. */
  #isGenuine({ seq, signed }: Anchored): boolean {
    const fault = faultOfSigned(signed, this.#keys);
    if (fault) this.#find(`anchor at record ${seq}: ${fault}`);
    return fault === undefined;
  }

  #find(what: string): void {
    // Enough to see what happened; a chain of which all is wrong needs no list of all.
    if (this.findings.length < 1000) this.findings.push(`chain ${this.#market}: ${what}`);
  }
}
