import { languages } from '../../contracts/primitives.ts';

/**
 * A checklist as a workbook of four sheets, for people who edit in a spreadsheet: `checklist` (one
 * field a row), `sections`, `items`, and `options` (options of a choice, anchors of a scale). What
 * is written can be read again to the very same document.
 * @see docs/checklists.md, "Spreadsheets"
 */

export type Raw = Record<string, unknown>;
export type Path = readonly (string | number)[];

/** Plain fields of an item, in the order of the columns. */
export const itemFields = [
  ...['type', 'standard', 'weight', 'required', 'when', 'notApplicable', 'cause', 'good'],
  ...['min', 'max', 'maxLength'],
];
export const itemTexts = ['question', 'hint', 'expectation', 'duty'];
export const sectionFields = ['weight', 'passMark'];
export const headFields = ['id', 'version', 'kind', 'touchpoint', 'recommendation'];
export const scoringFields = ['parts', 'minCoverage', 'passMark', 'missing'];
/** Fields that are texts even where a spreadsheet made a number of them. */
export const asText = new Set(['id', 'version', 'when', 'recommendation']);

export const textColumns = (field: string) => languages.map((language) => `${field} ${language}`);

/** Every column that a sheet can have. */
export const columnsOf: Readonly<
  Record<'checklist' | 'sections' | 'items' | 'options', readonly string[]>
> = {
  checklist: ['field', 'value', ...languages],
  sections: ['id', ...sectionFields, ...textColumns('title'), ...textColumns('intro')],
  items: [
    ...['section', 'id', ...itemFields, 'unit', ...textColumns('unit'), 'bands', 'linear'],
    ...['critical', 'cap', 'minScore', 'evidence', 'evidenceWhen', 'evidenceMax', 'answers'],
    ...itemTexts.flatMap(textColumns),
  ],
  options: ['item', 'id', 'points', ...textColumns('text')],
};

/** Bands of losses as a cell holds them. */
export type LossBands = { total?: number; worst?: number; score: number }[];
