import { type Compute, openCompute } from './compute/pool.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import { openEmbedded } from './db/embedded.ts';
import { openServer } from './db/server.ts';
import { type FileStore, openFileStore } from './io/files.ts';

/** What every act may use of the world. Built once by a door and handed down by argument. */
export interface Context {
  readonly database: Database;
  readonly files: FileStore;
  readonly compute: Compute;
  readonly now: () => Date;
  readonly log: Log;
}

/** The part of a logger that acts use; no personal data goes in. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Opens what the configuration names: the server's database, or the embedded one in the data folder. */
export async function openContext(
  config: Pick<Config, 'dataDir' | 'databaseUrl' | 'migrationDatabaseUrl' | 'threads'>,
  log: Log = silent,
): Promise<Context> {
  const database = config.databaseUrl
    ? await openServer({ url: config.databaseUrl, migrationUrl: config.migrationDatabaseUrl })
    : await openEmbedded(config.dataDir);
  return {
    database,
    files: openFileStore(config.dataDir),
    compute: openCompute(config.threads),
    now: () => new Date(),
    log,
  };
}

/** Ends the threads and lets the database go. */
export async function closeContext({ compute, database }: Context): Promise<void> {
  await compute.close();
  await database.close();
}
