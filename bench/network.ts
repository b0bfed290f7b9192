import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '../src/config.ts';
import { type Context, openContext } from '../src/context.ts';
import { forget } from '../src/operations/directory.ts';
import { importJson, importMarkets } from '../src/operations/imports/run.ts';
import { perform, systemActor } from '../src/operations/operation.ts';
import { loadShipped } from '../src/operations/shipped.ts';
import type { BenchServer } from './server.ts';

export interface Network {
  readonly context: Context;
  readonly url: string;
  readonly ownerUrl: string;
}

/** A fresh database with the shipped checklists, these markets, and houses D-0, D-1, … in each. */
export async function openNetwork(
  server: BenchServer,
  markets: readonly string[],
  houses: number,
): Promise<Network> {
  const { url, ownerUrl } = await server.newDatabase();
  const context = await openContext(
    readConfig({
      DATA_DIR: mkdtempSync(path.join(tmpdir(), 'bench-')),
      DATABASE_URL: url,
      MIGRATION_DATABASE_URL: ownerUrl,
      THREADS: '0',
    }),
  );
  await loadShipped(context);
  await perform(context, systemActor, importMarkets, {
    rows: markets.map((code) => ({ code, name: code, time_zone: 'UTC' })),
  });
  forget(context);
  const rows = Array.from({ length: houses }, (_, i) => ({ code: `D-${i}`, name: `House ${i}` }));
  for (const market of markets)
    await perform(context, systemActor, importJson, { market, kind: 'dealers', rows });
  return { context, url, ownerUrl };
}
