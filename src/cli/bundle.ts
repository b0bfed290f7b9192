import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { parse } from 'yaml';
import { z } from 'zod';
import type { DocumentSummary } from '../contracts/checklists.ts';
import {
  type ImportReport,
  importFileOptions,
  importKinds,
  importMapping,
} from '../contracts/imports.ts';
import { role } from '../contracts/people.ts';
import { withRunner } from './command.ts';
import { printReport } from './imports.ts';

/** A bundle: people, documents and files of a network, taken in one after another by one command. */
const bundle = z.strictObject({
  people: z
    .array(z.strictObject({ person: z.string(), role, market: z.string().optional() }))
    .default([]),
  documents: z
    .array(
      z.strictObject({
        type: z.enum(['checklist', 'programme']),
        file: z.string(),
        publishAs: z
          .string()
          .optional()
          .describe('The second person; without one it stays a draft.'),
      }),
    )
    .default([]),
  imports: z.array(
    z.strictObject({
      kind: z.enum(importKinds),
      file: z.string(),
      market: z.string().optional(),
      checklist: z.string().optional(),
      version: z.string().optional(),
      mapping: importMapping.optional(),
      ...importFileOptions,
      decimal: importFileOptions.decimal.optional(),
    }),
  ),
});

/** `import-bundle FILE`: paths inside are relative to the file. */
export function addBundleCommand(program: Command): void {
  program
    .command('import-bundle')
    .description('import several files in order, as a YAML file lists them')
    .argument('<file>')
    .action(async (file: string, _: object, command: Command) => {
      const { people, documents, imports } = bundle.parse(parse(readFileSync(file, 'utf8')));
      const here = path.dirname(path.resolve(file));
      await withRunner(command, async (runner) => {
        for (const { person, ...grant } of people) {
          const issued = await runner.run<{ token: string }>('tokens.issue', {
            person,
            label: 'bundle',
            grants: [grant],
          });
          console.log(`${person} (${grant.role}): ${issued.token}`);
        }
        for (const document of documents) {
          const source = readFileSync(path.join(here, document.file), 'utf8');
          const saved = await runner.run<DocumentSummary>('documents.save', {
            type: document.type,
            source,
            file: document.file,
          });
          if (saved.state === 'draft' && document.publishAs) {
            const { id, version } = saved;
            await runner.run(
              'documents.publish',
              { type: document.type, id, version },
              document.publishAs,
            );
            console.log(`${id} ${version}: published`);
          } else if (saved.state === 'draft') {
            console.log(
              `${saved.id} ${saved.version} is stored as a draft; a second person publishes it`,
            );
          } else {
            console.log(`${saved.id} ${saved.version}: ${saved.state}`);
          }
        }
        for (const { file: name, ...each } of imports) {
          const input = { ...each, path: path.join(here, name) };
          const { kind, market, ...rest } = input;
          const report = await runner.run<ImportReport>(
            kind === 'markets' ? 'imports.markets' : 'imports.file',
            kind === 'markets' ? { path: rest.path } : { kind, market: market ?? '', ...rest },
          );
          printReport(report);
        }
      });
    });
}
