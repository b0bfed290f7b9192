import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Difference, DocumentSummary } from '../contracts/checklists.ts';
import { type Language, languages, type Texts } from '../contracts/primitives.ts';
import { readChecklist } from '../core/documents/checklists.ts';
import { documentTypeOf } from '../core/documents/documents.ts';
import { readProgramme } from '../core/documents/programmes.ts';
import { listShippedFiles } from '../operations/shipped.ts';
import { withRunner } from './command.ts';
import { addExchangeCommands } from './exchange.ts';
import { printJson, printTable } from './output.ts';

/** `checklists check | save | publish | retire | list | diff`. */
export function addChecklistCommands(program: Command): void {
  const checklists = program
    .command('checklists')
    .description('checklists and programmes: check, store, publish, compare');

  checklists
    .command('check')
    .description('check files (default: all shipped ones) without any database')
    .argument('[files...]')
    .action((files: string[], _flags: object, command: Command) => {
      const listed = files.length > 0 ? files : listShippedFiles().map(({ file }) => file);
      const results = listed.map((file) => {
        const source = readFileSync(file, 'utf8');
        const isProgramme = documentTypeOf(source) === 'programme';
        const read = isProgramme ? readProgramme(source) : readChecklist(source);
        return read.ok
          ? { file, sha256: read.sha256, faults: [] }
          : { file, sha256: null, faults: read.faults };
      });
      if (command.optsWithGlobals().json) printJson(results);
      for (const { file, sha256, faults } of results) {
        if (!command.optsWithGlobals().json)
          console.log(
            `${faults.length === 0 ? 'good' : 'faulty'}  ${file}${sha256 ? `  ${sha256.slice(0, 12)}` : ''}`,
          );
        for (const fault of faults)
          console.error(
            `${file}:${fault.line}:${fault.column}: ${fault.detail}  (${fault.pointer || '/'})`,
          );
      }
      if (results.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
    });

  checklists
    .command('save')
    .description('store a file as a draft')
    .argument('<file>')
    .action((file: string, _flags: object, command: Command) =>
      withRunner(command, async (runner, { json }) => {
        const source = readFileSync(file, 'utf8');
        const saved = await runner.run<DocumentSummary>('documents.save', {
          type: documentTypeOf(source),
          source,
          file,
        });
        if (json) printJson(saved);
        else console.log(`${saved.id} ${saved.version}: ${saved.state}, SHA-256 ${saved.sha256}`);
      }),
    );

  for (const [name, about] of [
    ['publish', 'publish a draft; takes another person (--as) than the one who stored it'],
    ['retire', 'retire a published version'],
  ] as const) {
    checklists
      .command(name)
      .description(about)
      .argument('<id>')
      .argument('<version>')
      .option('--programme', 'it is a programme')
      .action((id: string, version: string, flags: { programme?: boolean }, command: Command) =>
        withRunner(command, async (runner, { json }) => {
          const type = flags.programme ? 'programme' : 'checklist';
          const moved = await runner.run<DocumentSummary>(`documents.${name}`, {
            type,
            id,
            version,
          });
          if (json) printJson(moved);
          else console.log(`${moved.id} ${moved.version}: ${moved.state}`);
        }),
      );
  }

  checklists
    .command('list')
    .description('all versions with their states')
    .action((_: object, command: Command) =>
      withRunner(command, async (runner, { json }) => {
        const documents = [];
        for (const type of ['checklist', 'programme']) {
          documents.push(
            ...(await runner.run<{ documents: DocumentSummary[] }>('documents.list', { type }))
              .documents,
          );
        }
        if (json) printJson(documents);
        else
          printTable(
            ['document', 'version', 'kind', 'state', 'SHA-256'],
            documents.map((d) => [d.id, d.version, d.kind, d.state, d.sha256.slice(0, 12)]),
          );
      }),
    );

  checklists
    .command('diff')
    .description('what changed between two versions of a checklist')
    .argument('<id>')
    .argument('<from>')
    .argument('<to>')
    .action((id: string, from: string, to: string, _: object, command: Command) =>
      withRunner(command, async (runner, { json }) => {
        const report = await runner.run<{
          differences: Difference[];
          comparable: string[];
          items: number;
        }>('documents.compare', { id, from, to });
        if (json) return printJson(report);
        printTable(
          ['change', 'what', 'id', 'field', 'before', 'after'],
          report.differences.map((d) => [
            d.change,
            d.what,
            d.id,
            [d.field, languageOfChange(d)].filter(Boolean).join(' '),
            short(d.before, languageOfChange(d)),
            short(d.after, languageOfChange(d)),
          ]),
        );
        console.log(`${report.comparable.length} of ${report.items} items comparable`);
      }),
    );
  addExchangeCommands(checklists);
}

/** The first language in which a text differs; English where everything or nothing does. */
function languageOfChange({ before, after }: Difference): Language | undefined {
  const [was, is] = [before, after] as [Partial<Texts>?, Partial<Texts>?];
  if (typeof was?.en !== 'string' || typeof is?.en !== 'string') return undefined;
  return languages.find((language) => was[language] !== is[language]);
}

function short(value: unknown, language: Language = 'en'): string {
  if (value === undefined) return '';
  const text = (value as Partial<Texts> | null)?.[language] ?? JSON.stringify(value);
  return text.length > 44 ? `${text.slice(0, 44)}…` : text;
}
