import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { TestProject } from 'vitest/node';
import type { Context } from '../../src/context.ts';
import { openPglite } from '../../src/db/embedded.ts';
import { loadShipped } from '../../src/operations/shipped.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The dump of a migrated embedded database with the shipped checklists; '' on PostgreSQL. */
    templateDump: string;
  }
}

let folder: string | undefined;

/**
 * Makes the migrated template once, before any worker starts: two workers that each made it on
 * demand could read what the other had half written.
 */
export async function setup(project: TestProject): Promise<void> {
  if ((process.env['TEST_ENGINE'] ?? 'pglite') !== 'pglite') {
    project.provide('templateDump', '');
    return;
  }
  folder = mkdtempSync(path.join(tmpdir(), 'omotenashi-template-'));
  const dump = path.join(folder, 'template.tgz');
  const template = await openPglite(await PGlite.create());
  await loadShipped({ database: template } as Context);
  const file = await template.pglite!.dumpDataDir('gzip');
  writeFileSync(dump, Buffer.from(await file.arrayBuffer()));
  await template.close();
  project.provide('templateDump', dump);
}

export function teardown(): void {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
