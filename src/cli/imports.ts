import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { parse } from 'yaml';
import { type ImportReport, importFileOptions, importKinds } from '../contracts/imports.ts';
import { withRunner } from './command.ts';
import { printJson } from './output.ts';

interface ImportFlags {
  readonly market?: string;
  readonly checklist?: string;
  readonly version?: string;
  readonly mapping?: string;
  readonly dryRun?: boolean;
  readonly skipFaulty?: boolean;
  readonly delimiter?: string;
  readonly decimal?: string;
  readonly encoding?: string;
}

/** `import KIND FILE` and `template KIND`. */
export function addImportCommands(program: Command): void {
  program
    .command('import')
    .description(`import a CSV (plain or .gz) or XLSX file; kinds: ${importKinds.join(', ')}`)
    .argument('<kind>')
    .argument('<file>')
    .option('-m, --market <code>', 'market of the rows (all kinds but markets)')
    .option('-c, --checklist <id>', 'responses, audits: the checklist')
    .option('-v, --version <version>', 'of that checklist; default: the newest published')
    .option('--mapping <yaml>', 'how columns and values of a foreign file are read')
    .option('--dry-run', 'check every row, store nothing')
    .option('--skip-faulty', 'store the good rows and report the others')
    .option('--delimiter <sign>')
    .addOption(new Option('--decimal <sign>').choices(['point', 'comma']))
    .addOption(new Option('--encoding <name>').choices(importFileOptions.encoding.unwrap().options))
    .action(async (kind: string, file: string, flags: ImportFlags, command: Command) => {
      await withRunner(command, async (runner, { json }) => {
        const { mapping, market, checklist, version, skipFaulty, ...rest } = pickFlags(flags);
        const input =
          kind === 'markets'
            ? { path: path.resolve(file), ...rest }
            : {
                kind,
                path: path.resolve(file),
                market: market ?? '',
                ...(checklist ? { checklist } : {}),
                ...(version ? { version } : {}),
                ...(skipFaulty ? { skipFaulty } : {}),
                ...(mapping ? { mapping: parse(readFileSync(mapping, 'utf8')) } : {}),
                ...rest,
              };
        const report = await runner.run<ImportReport>(
          kind === 'markets' ? 'imports.markets' : 'imports.file',
          input,
        );
        if (json) printJson(report);
        else printReport(report);
        if (report.faultyRows > 0) process.exitCode = 1;
      });
    });

  program
    .command('template')
    .description('write a template file for a kind of import')
    .argument('<kind>')
    .option('-c, --checklist <id>', 'responses, audits: the checklist')
    .option('-o, --out <file>', 'default: standard output')
    .action(async (kind: string, flags: { checklist?: string; out?: string }, command: Command) => {
      await withRunner(command, async (runner, { json }) => {
        const template = await runner.run<{ csv: string; columns: unknown[] }>('imports.template', {
          kind,
          ...(flags.checklist ? { checklist: flags.checklist } : {}),
        });
        if (json) printJson(template);
        else if (flags.out) writeFileSync(flags.out, template.csv);
        else process.stdout.write(template.csv);
      });
    });
}

/** What an import did, in one or two lines. */
export function printReport(report: ImportReport): void {
  const verb = report.dryRun ? 'would be stored' : 'stored';
  console.log(
    `${report.kind}: ${report.rows} rows read, ${report.stored} ${verb}, ${report.unchanged} unchanged, ${report.faultyRows} faulty`,
  );
  for (const fault of report.errors.slice(0, 50)) {
    console.error(
      `  line ${fault.line}${fault.column ? `, column ${fault.column}` : ''}: ${fault.detail}`,
    );
  }
}

/** Only the flags that were given, so that the operation's own defaults hold. */
function pickFlags(flags: ImportFlags): ImportFlags {
  return Object.fromEntries(Object.entries(flags).filter(([key]) => !['json', 'as'].includes(key)));
}
