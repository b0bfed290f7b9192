import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { type Signed, signed } from '../contracts/log.ts';

/** Signed heads of the chains, one a line, in a file outside the database. */
export interface AnchorFile {
  append(anchor: Signed): void;
  list(): Signed[];
  /** When it was last written, in milliseconds of Unix time; 0 = never. */
  lastAt(): number;
}

/** @param file is made with its first anchor; put it where whoever keeps the database cannot write */
export function openAnchors(file: string): AnchorFile {
  return {
    append(anchor) {
      mkdirSync(path.dirname(file), { recursive: true });
      const handle = openSync(file, 'a', 0o600);
      appendFileSync(handle, `${JSON.stringify(anchor)}\n`);
      fsyncSync(handle);
      closeSync(handle);
    },
    lastAt: () => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0,
    list() {
      return existsSync(file) ? readAnchors(readFileSync(file, 'utf8')) : [];
    },
  };
}

/** Reads anchors; a line that was cut off by a crash is left out. */
export function readAnchors(text: string): Signed[] {
  return text.split('\n').flatMap((line) => {
    if (line === '') return [];
    try {
      return [signed.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}
