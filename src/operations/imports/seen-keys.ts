import { createHash } from 'node:crypto';

/**
 * Keys seen in a file, with the line of their first row, in bounded memory: 12 bytes a key instead
 * of a string each. Keys are compared by 64 bits of SHA-256; among a million, a false double has a
 * chance of 3 in 10^8.
 */
export class SeenKeys {
  private keys = new BigUint64Array(1 << 12);
  private lines = new Uint32Array(1 << 12);
  private size = 0;

  /** The line where the key stood before, or `undefined` and from now on it stands here. */
  firstLine(key: string, line: number): number | undefined {
    if (2 * (this.size + 1) > this.keys.length) this.grow();
    const hash = createHash('sha256').update(key).digest().readBigUInt64LE() || 1n;
    const slot = this.slotOf(hash);
    if (this.keys[slot] === hash) return this.lines[slot];
    this.keys[slot] = hash;
    this.lines[slot] = line;
    this.size += 1;
    return undefined;
  }

  private slotOf(hash: bigint): number {
    const mask = this.keys.length - 1;
    let slot = Number(hash & BigInt(mask));
    while (this.keys[slot] !== 0n && this.keys[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { keys, lines } = this;
    this.keys = new BigUint64Array(keys.length * 2);
    this.lines = new Uint32Array(keys.length * 2);
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === 0n) continue;
      const slot = this.slotOf(keys[i]!);
      this.keys[slot] = keys[i]!;
      this.lines[slot] = lines[i]!;
    }
  }
}
