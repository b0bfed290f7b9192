import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { migrateServer } from '../db/server.ts';
import { withRunner } from './command.ts';
import { printJson } from './output.ts';

/** `migrate`, `token`, `rebuild`. */
export function addMaintenanceCommands(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to this version (a start does it too)')
    .action(async (_: object, command: Command) => {
      const { databaseUrl, migrationDatabaseUrl } = readConfig();
      if (databaseUrl)
        await migrateServer({ url: databaseUrl, migrationUrl: migrationDatabaseUrl });
      else await withRunner(command, async () => undefined);
      console.log('the database is at this version');
    });

  program
    .command('token')
    .description('issue a bearer token; it is shown once')
    .argument('<person>', 'code of the person; made if unknown')
    .argument('<role>', 'administrator, network-manager, market-manager, auditor or dealer')
    .option('-m, --market <code>')
    .option('-d, --dealer <code>')
    .option('--name <name>')
    .option('--label <text>', 'what the token is for', 'command line')
    .option('--expires <instant>', 'for example 2027-01-01T00:00:00Z')
    .action((person: string, role: string, flags: Record<string, string>, command: Command) =>
      withRunner(command, async (runner, { json }) => {
        const { market, dealer } = flags;
        const issued = await runner.run<{ token: string }>('tokens.issue', {
          person,
          label: flags['label'],
          ...(flags['name'] ? { name: flags['name'] } : {}),
          ...(flags['expires'] ? { expiresAt: flags['expires'] } : {}),
          grants: [
            {
              role,
              ...(market ? { market } : {}),
              ...(dealer ? { dealer } : {}),
            },
          ],
        });
        if (json) printJson(issued);
        else console.log(issued.token);
      }),
    );

  program
    .command('rebuild')
    .description('rebuild the derived sums of a market from its rows; no figure changes')
    .argument('<market>')
    .action((market: string, _: object, command: Command) =>
      withRunner(command, async (runner, { json }) => {
        const result = await runner.run<{ dealerMonths: number }>('cells.rebuild', { market });
        if (json) printJson(result);
        else console.log(`${result.dealerMonths} dealer-months rebuilt`);
      }),
    );
}
