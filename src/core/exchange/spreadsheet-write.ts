import { languages, type Texts } from '../../contracts/primitives.ts';
import { type Cell, type Sheet, writeSheet } from './sheet.ts';
import {
  columnsOf,
  headFields,
  itemFields,
  itemTexts,
  type LossBands,
  type Raw,
  scoringFields,
  sectionFields,
} from './spreadsheet.ts';

/** @param document as written, without defaults */
export function toSpreadsheet(document: Raw): Sheet[] {
  const sections = document['sections'] as Raw[];
  const items = sections.flatMap((section) =>
    (section['items'] as Raw[]).map((item) => ({ section: section['id'] as string, item })),
  );
  return [
    writeSheet('checklist', columnsOf.checklist, headRecords(document)),
    writeSheet(
      'sections',
      columnsOf.sections,
      sections.map((section) => ({
        ...pick(section, ['id', ...sectionFields]),
        ...spread('title', section['title']),
        ...spread('intro', section['intro']),
      })),
    ),
    writeSheet(
      'items',
      columnsOf.items,
      items.map(({ section, item }) => ({ section, ...itemRecord(item) })),
    ),
    writeSheet(
      'options',
      columnsOf.options,
      items.flatMap(({ item }) => optionRecords(item)),
    ),
  ];
}

function headRecords(document: Raw): Record<string, Cell | undefined>[] {
  const scoring = (document['scoring'] ?? {}) as Raw;
  const weights = (scoring['weights'] ?? {}) as Raw;
  const field = (name: string, value: unknown) =>
    value === undefined ? [] : [{ field: name, value: value as Cell }];
  return [
    ...headFields.flatMap((name) => field(name, document[name])),
    ...field('languages', (document['languages'] as string[]).join(' ')),
    ...['title', 'description'].flatMap((name) =>
      document[name] ? [{ field: name, ...(document[name] as Texts) }] : [],
    ),
    ...scoringFields.flatMap((name) => field(`scoring.${name}`, scoring[name])),
    ...field('scoring.lossBands', writeLossBands(scoring['lossBands'])),
    ...Object.entries(weights).flatMap(([name, weight]) =>
      field(`scoring.weights.${name}`, weight),
    ),
  ];
}

/** @example "15/5: 100, 20/10: 80, more/more: 0" */
function writeLossBands(bands: unknown): string | undefined {
  return (bands as LossBands | undefined)
    ?.map(({ total, worst, score }) => `${total ?? 'more'}/${worst ?? 'more'}: ${score}`)
    .join(', ');
}

function itemRecord(item: Raw): Record<string, Cell | undefined> {
  const critical = item['critical'] as Raw | undefined;
  const evidence = item['evidence'] as Raw | undefined;
  const isTextUnit = typeof item['unit'] === 'object';
  return {
    ...pick(item, ['id', ...itemFields]),
    required: item['required'] === undefined ? undefined : item['required'] ? 'yes' : 'no',
    ...(isTextUnit ? spread('unit', item['unit']) : { unit: item['unit'] as Cell | undefined }),
    bands: (item['bands'] as { upTo?: number; score: number }[] | undefined)
      ?.map(({ upTo, score }) => `${upTo ?? 'more'}: ${score}`)
      .join(', '),
    linear: (item['linear'] as [number, number][] | undefined)
      ?.map(([x, score]) => `${x}: ${score}`)
      .join(', '),
    critical: critical?.['effect'] as Cell | undefined,
    cap: critical?.['cap'] as Cell | undefined,
    minScore: critical?.['minScore'] as Cell | undefined,
    evidence: evidence?.['kind'] as Cell | undefined,
    evidenceWhen: evidence?.['when'] as Cell | undefined,
    evidenceMax: evidence?.['max'] as Cell | undefined,
    answers: (item['answers'] as string[] | undefined)?.join(' '),
    ...Object.assign({}, ...itemTexts.map((field) => spread(field, item[field]))),
  };
}

function optionRecords(item: Raw): Record<string, Cell | undefined>[] {
  const anchors = Object.entries((item['anchors'] ?? {}) as Record<string, Texts>);
  const options = (item['options'] ?? []) as Raw[];
  const of = item['id'] as string;
  return [
    ...anchors.map(([step, text]) => ({ item: of, id: Number(step), ...spread('text', text) })),
    ...options.map((option) => ({
      item: of,
      ...pick(option, ['id', 'points']),
      ...spread('text', option['text']),
    })),
  ];
}

function pick(record: Raw, fields: readonly string[]): Record<string, Cell | undefined> {
  return Object.fromEntries(fields.map((field) => [field, record[field] as Cell | undefined]));
}

function spread(field: string, texts: unknown): Record<string, Cell | undefined> {
  if (!texts) return {};
  return Object.fromEntries(
    languages.map((language) => [`${field} ${language}`, (texts as Texts)[language]]),
  );
}
