import { z } from 'zod';
import {
  type Column,
  importColumns,
  importKinds,
  kindsWithAnswers,
} from '../../contracts/imports.ts';
import { inputRefused, notFound } from '../../contracts/problems.ts';
import { defineOperation } from '../operation.ts';
import { answerColumns, checklistOf } from './kinds/answers.ts';

const column = z.strictObject({
  name: z.string(),
  type: z.string(),
  required: z.boolean(),
  about: z.string(),
  example: z.string(),
});

/** The columns of a kind of import, with an example each, and the template file that they make. */
export const importTemplate = defineOperation({
  name: 'imports.template',
  summary: 'Columns and a template file of a kind of import',
  input: z.strictObject({
    kind: z.enum(importKinds),
    checklist: z.string().optional(),
    version: z.string().optional(),
  }),
  output: z.strictObject({ columns: z.array(column), csv: z.string() }),
  scope: 'network',
  writes: false,
  refuses: [inputRefused, notFound],
  async act(act, { kind, checklist, version }) {
    const columns: Column[] = [...importColumns[kind]];
    if (kindsWithAnswers.includes(kind)) {
      const { checklist: document } = await checklistOf(act, { checklist, version });
      columns.push(...answerColumns(document));
    }
    const lines = [columns.map((each) => each.name), columns.map((each) => each.example)];
    return {
      columns: columns.map(({ name, type, required, about, example }) => ({
        name,
        type,
        required,
        about,
        example,
      })),
      csv: `${lines.map((cells) => cells.map(quote).join(',')).join('\r\n')}\r\n`,
    };
  },
});

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
