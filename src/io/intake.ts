import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import type { ScopedGrant } from '../core/access.ts';

/** An act as it was accepted: enough to perform it again. */
export interface Accepted {
  readonly operation: string;
  readonly input: Record<string, unknown>;
  readonly by: string;
  /** The grants under which it was accepted: a token's may be fewer than its person's. */
  readonly as: readonly ScopedGrant[];
  readonly at: string;
}

/**
 * What was accepted, synced to the disk before it is acknowledged. The embedded database never syncs:
 * after a power loss its last minutes may be gone, and are taken in again from here.
 */
export interface Intake {
  /** Several at once share one write and one sync. */
  append(accepted: Accepted): Promise<void>;
  /** All that is kept, in the order of acceptance, and how many lines cannot be read. */
  list(): { readonly accepted: readonly Accepted[]; readonly unreadable: number };
  /** Drops days that are older. */
  sweep(before: Date): void;
  close(): Promise<void>;
}

const nameOf = (at: string) => `${at.slice(0, 10)}.jsonl`;

/** Opens the journal of a data folder: one file a day. */
export function openIntake(folder: string): Intake {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = () =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .sort();
  let handle: { readonly name: string; readonly file: FileHandle } | undefined;
  let waiting: { readonly accepted: Accepted; readonly done: (error?: Error) => void }[] = [];
  let writing: Promise<void> | undefined;
  const fileFor = async (name: string) => {
    if (handle?.name === name) return handle.file;
    await handle?.file.close();
    const file = await open(path.join(folder, name), 'a', 0o600);
    // What a crash or a full disk cut off stays a line of its own, and takes no other with it.
    await file.appendFile('\n');
    const place = await open(folder, 'r');
    await place.sync();
    await place.close();
    handle = { name, file };
    return file;
  };
  const write = async () => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const file = await fileFor(nameOf(batch[0]!.accepted.at));
        const lines = batch.map(({ accepted }) => `${JSON.stringify(accepted)}\n`);
        await file.appendFile(lines.join(''));
        await file.datasync();
        for (const { done } of batch) done();
      } catch (error) {
        await handle?.file.close().catch(() => undefined);
        handle = undefined;
        for (const { done } of batch) done(error as Error);
      }
    }
    writing = undefined;
  };
  return {
    append: (accepted) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ accepted, done: (error) => (error ? reject(error) : resolve()) });
        writing ??= write();
      }),
    list() {
      const accepted: Accepted[] = [];
      let unreadable = 0;
      for (const name of files()) {
        for (const line of readFileSync(path.join(folder, name), 'utf8').split('\n')) {
          if (line === '') continue;
          try {
            accepted.push(JSON.parse(line) as Accepted);
          } catch {
            unreadable += 1;
          }
        }
      }
      return { accepted, unreadable };
    },
    sweep(before) {
      const oldest = nameOf(before.toISOString());
      for (const name of files()) if (name < oldest) rmSync(path.join(folder, name));
    },
    async close() {
      await writing;
      await handle?.file.close();
      handle = undefined;
    },
  };
}
