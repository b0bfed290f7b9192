import path from 'node:path';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { closeContext, openContext } from '../context.ts';
import { makeBackup, restoreBackup } from '../operations/backup/backup.ts';
import { verifyLog } from '../operations/log/verify.ts';
import { perform, systemActor } from '../operations/operation.ts';
import { withRunner } from './command.ts';
import { printJson } from './output.ts';

interface Made {
  readonly rows: number;
  readonly files: number;
  readonly madeAt: string;
}

/** `backup` and `restore`. */
export function addBackupCommands(program: Command): void {
  program
    .command('backup')
    .description('copy database and evidence into a folder, also while the service runs')
    .argument('<folder>', 'made if absent; must be empty')
    .action((folder: string, _: object, command: Command) =>
      withRunner(command, async (runner, { json }) => {
        const made = await runner.run<Made>(makeBackup.name, { folder: path.resolve(folder) });
        if (json) return printJson(made);
        const { keysDir, anchorsFile } = readConfig();
        console.log(`${folder}: ${made.rows} rows, ${made.files} files, as of ${made.madeAt}`);
        console.log(
          `Not in it, to be kept elsewhere: the keys (${keysDir}) and the anchors (${anchorsFile}).`,
        );
      }),
    );

  program
    .command('restore')
    .description('fill an empty database and data folder from a backup, and check all of it')
    .argument('<folder>', 'what "backup" wrote')
    .action(async (folder: string, _: object, command: Command) => {
      const { json } = command.optsWithGlobals<{ json?: boolean }>();
      // Without the documents that a start brings: the copy has its own.
      const context = await openContext(readConfig());
      try {
        const given = { folder: path.resolve(folder) };
        const made = await perform(context, systemActor, restoreBackup, given);
        const log = await perform(context, systemActor, verifyLog, {});
        if (json) printJson({ ...made, log });
        else {
          console.log(`${made.rows} rows, ${made.files} files, as of ${made.madeAt}`);
          if (log.ok) console.log(`the log is good: ${log.records} records`);
          else for (const finding of log.findings) console.error(finding);
        }
        if (!log.ok) process.exitCode = 1;
      } finally {
        await closeContext(context);
      }
    });
}
