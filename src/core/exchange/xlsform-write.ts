import type { Item } from '../../contracts/checklists.ts';
import { type Language, languages, type Texts } from '../../contracts/primitives.ts';
import { type Cell, type Sheet, writeSheet } from './sheet.ts';
import {
  companions,
  languageNames,
  namespace,
  notApplicableChoice,
  own,
  words,
} from './xlsform.ts';
import { celToXpath } from './xpath.ts';

type Record_ = Record<string, Cell | undefined>;
/** Fields as written, before defaults: what is absent stays absent. */
type RawItem = Partial<Item> & { readonly id: string; readonly type: Item['type'] } & Record<
    string,
    unknown
  >;

/** An XLSForm, and what of the checklist it holds only as a note or not at all. */
export interface XlsForm {
  readonly sheets: Sheet[];
  readonly notes: string[];
}

const types: Record<Exclude<Item['type'], 'yes-no' | 'scale' | 'choice' | 'multiple'>, string> = {
  number: 'decimal',
  duration: 'decimal',
  'date-time': 'dateTime',
  text: 'text',
  photo: 'image',
  file: 'file',
};
/** Photos are made small enough for a slow network, large enough to read a price label. */
const imageSize = 'max-pixels=2000';
/** Fields of an item that no question of an XLSForm has. */
const ownFields = [
  ...['cause', 'good', 'min', 'max', 'unit', 'maxLength', 'notApplicable'],
  ...['critical', 'evidence', 'bands', 'linear', 'answers', 'when', 'required', 'type'],
];

/**
 * A checklist as an XLSForm, so that a phone with ODK Collect or KoboCollect can fill it. Scores are
 * not computed there; ids, weights, conditions and texts are all in it and come back by `fromXlsform`.
 *
 * @param document the checklist as written, without defaults
 */
export function toXlsform(document: Record<string, unknown>): XlsForm {
  const notes: string[] = [];
  const survey: Record_[] = [];
  const choices: Record_[] = [];
  const claimed = document['languages'] as Language[];
  const text = (column: string, texts: Texts) =>
    Object.fromEntries(claimed.map((l) => [`${column}::${languageNames[l]}`, texts[l]]));
  const sections = document['sections'] as {
    id: string;
    title: Texts;
    intro?: Texts;
    items: RawItem[];
  }[];
  const addChoices = (list: string, entries: readonly { name: string; texts: Texts }[]) => {
    for (const { name, texts } of entries)
      choices.push({ list_name: list, name, ...text('label', texts) });
  };
  const yesNo = [
    { name: 'yes', texts: words.yes },
    { name: 'no', texts: words.no },
  ];
  const notApplicable = { name: notApplicableChoice, texts: words.notApplicable };
  addChoices('yes_no', yesNo);
  addChoices('yes_no_na', [...yesNo, notApplicable]);
  addChoices('na_only', [notApplicable]);

  const answeredNa = new Set(sections.flatMap(({ items }) => items).flatMap(naSelect));
  for (const section of sections) {
    const { items, title, intro, ...rest } = section;
    survey.push({
      type: 'begin_group',
      name: section.id,
      ...text('label', title),
      appearance: 'field-list',
      [own('section')]: JSON.stringify(rest),
    });
    if (intro) survey.push(note(`${section.id}${companions.intro}`, intro));
    for (const item of items) addItem(item);
    survey.push({ type: 'end_group', name: section.id });
  }

  function note(name: string, texts: Texts, relevant?: string): Record_ {
    return { type: 'note', name, ...text('label', texts), relevant };
  }

  function addItem(item: RawItem): void {
    const mayBeNa = item.notApplicable !== undefined && item.notApplicable !== 'no';
    const relevant = item.when === undefined ? undefined : celToXpath(item.when, answeredNa);
    if (item.when !== undefined && relevant === undefined) {
      notes.push(
        `${item.id}: its condition cannot be said in XPath; the form asks it always (${item.when})`,
      );
    }
    const isSelect = ['yes-no', 'scale', 'choice', 'multiple'].includes(item.type);
    for (const field of ['expectation', 'duty'] as const) {
      const texts = item[field];
      if (texts) survey.push(note(`${item.id}${companions[field]}`, texts, relevant));
    }
    const mark = `${item.id}${companions.notApplicable}`;
    if (mayBeNa && (!isSelect || item.type === 'multiple')) {
      survey.push({
        type: 'select_multiple na_only',
        name: mark,
        ...text('label', words.notApplicable),
        relevant,
      });
    }
    const marked = mayBeNa && (!isSelect || item.type === 'multiple');
    const asked = marked ? `not(selected(\${${mark}}, '${notApplicableChoice}'))` : undefined;
    const isRequired = item.required ?? (item.weight ?? 0) > 0;
    survey.push({
      type: typeOf(item, mayBeNa),
      name: item.id,
      ...text('label', item.question!),
      ...(item.hint ? text('hint', item.hint) : {}),
      required: isRequired ? 'yes' : undefined,
      relevant: [relevant, asked].filter(Boolean).join(' and ') || undefined,
      constraint: constraintOf(item),
      appearance: item.type === 'text' ? 'multiline' : undefined,
      parameters: item.type === 'photo' ? imageSize : undefined,
      [own('weight')]: item.weight,
      [own('standard')]: item.standard,
      [own('item')]: JSON.stringify(
        Object.fromEntries(ownFields.flatMap((f) => (item[f] === undefined ? [] : [[f, item[f]]]))),
      ),
    });
    if (item.notApplicable === 'with-reason') {
      const chosen = marked
        ? `selected(\${${mark}}, '${notApplicableChoice}')`
        : `\${${item.id}} = '${notApplicableChoice}'`;
      survey.push({
        type: 'text',
        name: `${item.id}${companions.reason}`,
        ...text('label', words.reason),
        relevant: chosen,
        required: 'yes',
      });
    }
    if (item.evidence) addEvidence(item, relevant);
    if (
      (item.type === 'photo' || item.type === 'file') &&
      (item['max'] as number | undefined) !== 1
    )
      notes.push(`${item.id}: the form takes one file`);
  }

  function addEvidence(item: RawItem, relevant: string | undefined): void {
    const { kind, when = 'always' } = item.evidence!;
    if (when === 'below-full') {
      notes.push(
        `${item.id}: evidence is offered for every answer, not demanded below the full one`,
      );
    }
    survey.push({
      type: kind === 'photo' ? 'image' : 'file',
      name: `${item.id}${companions.evidence}`,
      ...text('label', words.evidence),
      relevant,
      required: when === 'always' ? 'yes' : undefined,
      parameters: kind === 'photo' ? imageSize : undefined,
    });
  }

  function typeOf(item: RawItem, mayBeNa: boolean): string {
    if (item.type === 'yes-no') return `select_one ${mayBeNa ? 'yes_no_na' : 'yes_no'}`;
    if (item.type === 'scale') {
      const { min, max, anchors } = item as RawItem & Extract<Item, { type: 'scale' }>;
      const steps = Array.from({ length: max - min + 1 }, (_, i) => String(min + i));
      addChoices(item.id, [
        ...steps.map((step) => ({ name: step, texts: anchorOf(step, anchors?.[step]) })),
        ...(mayBeNa ? [notApplicable] : []),
      ]);
      return `select_one ${item.id}`;
    }
    if (item.type === 'choice' || item.type === 'multiple') {
      const { options } = item as RawItem & Extract<Item, { type: 'choice' | 'multiple' }>;
      for (const { id, text: texts, points } of options)
        choices.push({ list_name: item.id, name: id, ...text('label', texts), points });
      if (mayBeNa && item.type === 'choice') addChoices(item.id, [notApplicable]);
      return `${item.type === 'choice' ? 'select_one' : 'select_multiple'} ${item.id}`;
    }
    return types[item.type];
  }

  const title = document['title'] as Texts;
  if (document['description']) {
    const texts = document['description'] as Texts;
    survey.unshift({ type: 'note', name: `form${companions.intro}`, ...text('label', texts) });
  }
  const { sections: _, languages: __, title: ___, description: ____, ...head } = document;
  const settings: Record_ = {
    form_title: title.en,
    form_id: document['id'] as string,
    version: document['version'] as string,
    default_language: languageNames.en,
    namespaces: `omotenashi="${namespace}"`,
    'attribute::omotenashi:title': JSON.stringify(title),
    'attribute::omotenashi:head': JSON.stringify(head),
  };
  const byLanguage = (column: string) => languages.map((l) => `${column}::${languageNames[l]}`);
  return {
    sheets: [
      writeSheet(
        'survey',
        [
          ...['type', 'name', ...byLanguage('label'), ...byLanguage('hint'), 'required'],
          ...[
            'relevant',
            'constraint',
            'appearance',
            'parameters',
            own('section'),
            own('weight'),
            own('standard'),
            own('item'),
          ],
        ],
        survey,
      ),
      writeSheet('choices', ['list_name', 'name', ...byLanguage('label'), 'points'], choices),
      writeSheet('settings', Object.keys(settings), [settings]),
    ],
    notes,
  };
}

/** Items whose choices of the form hold "not applicable". */
function naSelect(item: RawItem): string[] {
  const mayBeNa = item.notApplicable !== undefined && item.notApplicable !== 'no';
  return mayBeNa && ['yes-no', 'scale', 'choice'].includes(item.type) ? [item.id] : [];
}

/** The number itself stands in front of an anchor, and alone where there is none. */
function anchorOf(step: string, anchor: Texts | undefined): Texts {
  return Object.fromEntries(
    languages.map((l) => [l, anchor?.[l] ? `${step} – ${anchor[l]}` : step]),
  ) as Texts;
}

function constraintOf(item: RawItem): string | undefined {
  if (item.type !== 'number' && item.type !== 'duration') return undefined;
  const { min, max } = item as { min?: number; max?: number };
  const low = item.type === 'duration' ? 0 : min;
  return (
    [low === undefined ? '' : `. >= ${low}`, max === undefined ? '' : `. <= ${max}`]
      .filter(Boolean)
      .join(' and ') || undefined
  );
}
