import path from 'node:path';
import { type Compute, openCompute } from './compute/pool.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import { openEmbedded } from './db/embedded.ts';
import { type Notices, openNotices } from './db/notices.ts';
import { openServer } from './db/server.ts';
import { type AnchorFile, openAnchors } from './io/anchors.ts';
import { type ExportFiles, openExportFiles } from './io/export-files.ts';
import { type FileStore, openFileStore } from './io/files.ts';
import { type Intake, openIntake } from './io/intake.ts';
import { type Keys, openKeys } from './io/keys.ts';
import { type Mail, openMail } from './io/mail.ts';
import type { Site } from './io/passkeys.ts';
import { openProvider, type SignInProvider } from './io/sign-in-provider.ts';

/** What every act may use of the world. Built once by a door and handed down by argument. */
export interface Context {
  readonly database: Database;
  readonly files: FileStore;
  /** CSV files that somebody asked for. */
  readonly exportFiles: ExportFiles;
  readonly compute: Compute;
  readonly keys: Keys;
  /** Signed heads of the log, kept outside the database. */
  readonly anchors: AnchorFile;
  /** Where people reach the service: links in letters, passkeys and the sign-in provider lean on it. */
  readonly site: Site;
  /** Absent where no mail server is configured. */
  readonly mail?: Mail | undefined;
  /** Absent where no sign-in provider is configured. */
  readonly provider?: SignInProvider | undefined;
  readonly notices: Notices;
  /** With the embedded database only: a server syncs by itself. */
  readonly intake?: Intake | undefined;
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
export async function openContext(config: Config, log: Log = silent): Promise<Context> {
  const database = config.databaseUrl
    ? await openServer({ url: config.databaseUrl, migrationUrl: config.migrationDatabaseUrl })
    : await openEmbedded(config.dataDir);
  const now = () => new Date();
  const { publicUrl: origin, smtp, provider } = config;
  return {
    database,
    files: openFileStore(config.dataDir),
    exportFiles: openExportFiles(config.dataDir),
    compute: openCompute(config.threads),
    keys: openKeys(config.keysDir, now),
    anchors: openAnchors(config.anchorsFile),
    site: { origin },
    mail: smtp && openMail(smtp.url, smtp.from),
    provider:
      provider && openProvider({ ...provider, redirectUri: `${origin}${providerReturnPath}` }),
    intake: config.databaseUrl ? undefined : openIntake(path.join(config.dataDir, 'intake')),
    notices: openNotices(database, now, (error) =>
      log.warn({ cause: (error as Error).message }, 'notices wait for the log'),
    ),
    now,
    log,
  };
}

/** Where the sign-in provider sends people back to. */
export const providerReturnPath = '/api/v1/sign-in/provider/return';

/** Writes what is still noted, ends the threads and lets the database go. */
export async function closeContext(context: Context): Promise<void> {
  const { compute, database, intake, notices } = context;
  await notices.close();
  await intake?.close();
  await compute.close();
  await database.close();
}
