import type { Answer, Answers } from '../../../contracts/audits.ts';
import type { Checklist, Item } from '../../../contracts/checklists.ts';
import type { Column } from '../../../contracts/imports.ts';
import { inputRefused, notFound } from '../../../contracts/problems.ts';
import type { CompiledChecklist } from '../../../core/audits/answers.ts';
import { type DocumentRow, findDocument } from '../../../db/documents.ts';
import { compiled } from '../../directory.ts';
import type { Act } from '../../operation.ts';
import type { ImporterOptions, ImportRow } from '../importer.ts';

/** What an item's cell may hold for "not applicable". */
const notApplicable = 'NA';

/** The checklist version that rows with answers belong to. @throws input-refused, not-found */
export async function checklistOf(
  { context, tx }: Act,
  { checklist, version }: ImporterOptions,
): Promise<CompiledChecklist & { readonly row: DocumentRow }> {
  if (checklist === undefined) {
    throw inputRefused({
      errors: [
        {
          pointer: '/checklist',
          code: 'missing',
          detail: 'name the checklist that these answers belong to',
        },
      ],
    });
  }
  const row = await findDocument(tx, 'checklist', checklist, version);
  if (!row || row.state === 'draft')
    throw notFound({
      what: 'published checklist',
      id: [checklist, version].filter(Boolean).join(' '),
    });
  return { ...compiled(context, row), row };
}

/** One column an item. Cells are checked as answers, so the column itself only takes text. */
export function answerColumns(checklist: Checklist): Column[] {
  return checklist.sections
    .flatMap((section) => section.items)
    .map((item) => ({
      name: item.id,
      type: 'text',
      max: 20_000,
      required: false,
      about: `${item.question.en} (${expected(item)})`,
      example: '',
    }));
}

/** The answers of a row: empty cells are unanswered, "NA" is not applicable. */
export function answersOf(items: Iterable<Item>, row: ImportRow): Answers {
  const answers: Record<string, Answer> = {};
  for (const item of items) {
    const cell = row[item.id];
    if (cell === undefined) continue;
    answers[item.id] =
      cell === notApplicable ? { notApplicable: true } : { value: chooseValue(item, String(cell)) };
  }
  return answers;
}

function chooseValue(item: Item, cell: string): NonNullable<Answer['value']> {
  switch (item.type) {
    case 'scale':
    case 'number':
    case 'duration': {
      const x = Number(cell.replace(',', '.'));
      return Number.isFinite(x) ? x : cell;
    }
    case 'multiple':
    case 'photo':
    case 'file':
      return cell.split(/[\s,;]+/).filter((each) => each !== '');
    default:
      return cell;
  }
}

function expected(item: Item): string {
  switch (item.type) {
    case 'yes-no':
      return 'yes or no';
    case 'scale':
      return `${item.min} to ${item.max}`;
    case 'choice':
      return item.options.map((option) => option.id).join(', ');
    case 'multiple':
      return `some of ${item.options.map((option) => option.id).join(', ')}`;
    case 'duration':
      return item.unit;
    default:
      return item.type;
  }
}
