import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { readWorkbook } from '../io/workbooks.ts';
import { convert, exportFormats } from '../operations/documents/exchange.ts';
import { withRunner } from './command.ts';
import { printJson } from './output.ts';

/** `checklists export | convert`: files that leave the house and come back. */
export function addExchangeCommands(checklists: Command): void {
  checklists
    .command('export')
    .description(`a checklist as a file: ${exportFormats.join(', ')}`)
    .argument('<id>')
    .argument('<version>')
    .option('-f, --format <format>', exportFormats.join(' | '), 'reading-copy')
    .option('-l, --language <language>', 'of the reading copy: en, pl, zh, it, ru or ja', 'en')
    .option('-o, --out <file>', 'default: named by id, version and format')
    .action(
      (
        id: string,
        version: string,
        flags: { format: string; language: string; out?: string },
        command: Command,
      ) =>
        withRunner(command, async (runner, { json }) => {
          const { format, language } = flags;
          const made = await runner.run<{ bytes: string; fileName: string }>('documents.export', {
            ...{ id, version, format, language },
          });
          const file = flags.out ?? made.fileName;
          writeFileSync(file, Buffer.from(made.bytes, 'base64'));
          if (json) printJson({ file, id, version, format });
          else console.log(file);
        }),
    );

  checklists
    .command('convert')
    .description('an edited workbook or an XLSForm as the YAML of a draft, without any database')
    .argument('<file>')
    .option('-f, --format <format>', 'spreadsheet or xlsform', 'spreadsheet')
    .option('-o, --out <file>', 'default: the file with .yaml in place of .xlsx')
    .action(async (file: string, flags: { format: string; out?: string }, command: Command) => {
      const { format } = flags;
      if (format !== 'spreadsheet' && format !== 'xlsform') {
        throw new Error(`--format is spreadsheet or xlsform, not "${format}"`);
      }
      const { source, faults, notes } = convert(format, await readWorkbook(readFileSync(file)));
      const out = flags.out ?? `${file.replace(/\.xlsx$/i, '')}.yaml`;
      writeFileSync(out, source);
      if (command.optsWithGlobals()['json']) printJson({ out, faults, notes });
      else {
        for (const note of notes) console.log(`left behind  ${note}`);
        for (const { column, detail } of faults) console.error(`${file} ${column}: ${detail}`);
        console.log(`${out}  ${faults.length === 0 ? 'good' : `${faults.length} faults`}`);
      }
      if (faults.length > 0) process.exitCode = 1;
    });
}
