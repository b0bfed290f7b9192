import { type Checklist, checklist } from '../../contracts/checklists.ts';
import type { Language, Texts } from '../../contracts/primitives.ts';
import { checkChecklist } from '../documents/checklists.ts';
import { type ReadDocument, readValue } from '../documents/documents.ts';
import { cellOf, readRows, type Sheet, type SheetRow } from './sheet.ts';
import { companions, notApplicableChoice, own, toItemId, toSlug } from './xlsform.ts';
import { foreignItem, numberedOption, optionOf } from './xlsform-foreign.ts';
import { type TextReader, textReader } from './xlsform-texts.ts';
import { type AnswerKind, type AnswerName, celToXpath, xpathToCel } from './xpath.ts';

type Raw = Record<string, unknown>;

/** A draft from an XLSForm, whether it is whole, and a list of what could not be carried over. */
export interface FromXlsform {
  readonly raw: Raw;
  readonly read: ReadDocument<Checklist>;
  readonly notes: string[];
}

/** What a question of the form became, before its condition is read. */
interface Found {
  readonly item: Raw;
  readonly name: string;
  readonly relevant: string;
}

/** Choices of all questions together. */
const mostChoices = 20_000;
const scoredTypes = ['yes-no', 'scale'];
const ignored = ['start', 'end', 'today', 'deviceid', 'username', 'audit', 'start-geopoint'];

/**
 * A checklist draft from an XLSForm: one of ours comes back as it was, with the texts, weights and
 * conditions that somebody changed in it; anybody else's becomes a draft as far as the two have the
 * same notions, and `notes` says what was left behind.
 *
 * @param sheets of the workbook: survey, choices, settings
 * @see https://xlsform.org
 */
export function fromXlsform(sheets: readonly Sheet[]): FromXlsform {
  const notes: string[] = [];
  const rowsOf = (name: string) => {
    const sheet = sheets.find((each) => each.name.toLowerCase() === name);
    return sheet ? readRows(sheet) : [];
  };
  const settings = rowsOf('settings')[0];
  const survey = rowsOf('survey');
  if (survey.length === 0) notes.push('the workbook has no sheet "survey" with a header and rows');
  const texts = textReader(survey, settings, notes);
  const lists = Map.groupBy(rowsOf('choices'), (row) =>
    String(cellOf(row, 'list_name') ?? cellOf(row, 'list name') ?? ''),
  );
  const builder = new Builder(
    notes,
    texts,
    lists,
    survey.some((row) => row.cells.has(own('item'))),
  );
  for (const row of survey) builder.add(row);
  const sections = builder.finish();
  const head = headOf(settings, texts.claimed, notes);
  if (!builder.isOurs) weighAnew(sections, notes);
  const raw: Raw = { ...head, ...builder.description, sections };
  const place = () => ({ column: 'survey!A1' });
  return { raw, read: readValue(raw, checklist, checkChecklist, place), notes };
}

function headOf(settings: SheetRow | undefined, claimed: Language[], notes: string[]): Raw {
  const get = (name: string) => String(cellOf(settings, name) ?? '').trim();
  const ours = parseOwn(get('attribute::omotenashi:head'));
  const title = parseOwn(get('attribute::omotenashi:title')) as Texts | undefined;
  const formTitle = get('form_title') || get('form_id') || 'Untitled form';
  if (ours) {
    const { id, version, scoring, recommendation, ...rest } = ours;
    return {
      ...{ id: get('form_id') || id, version: get('version') || version, ...rest },
      languages: claimed,
      title: { ...title, en: formTitle },
      scoring,
      ...(recommendation === undefined ? {} : { recommendation }),
    };
  }
  const version = /^\d{4}(\.\d{1,3})?$/.exec(get('version'))?.[0];
  if (!version)
    notes.push(`version "${get('version')}": a draft needs one like 2026.1; set to 2000.1`);
  notes.push('kind: an XLSForm has none; set to visit, scored by sections');
  return {
    id: toSlug(get('form_id') || formTitle),
    version: version ?? '2000.1',
    kind: 'visit',
    languages: claimed,
    title: Object.fromEntries(claimed.map((language) => [language, formTitle])),
    scoring: { parts: 'sections' },
  };
}

/** Where a form brings no weights every question that can be scored counts the same. */
function weighAnew(sections: Raw[], notes: string[]): void {
  let scored = 0;
  for (const section of sections) {
    const items = section['items'] as Raw[];
    const own = items.filter(
      (item) =>
        scoredTypes.includes(String(item['type'])) ||
        ((item['options'] ?? []) as Raw[]).some((option) => option['points'] !== undefined),
    );
    for (const item of own) item['weight'] = 1;
    if (own.length === 0) section['weight'] = 0;
    scored += own.length;
  }
  notes.push(`weights: the form has none; each of ${scored} questions that can be scored got 1`);
}

/** Turns the rows of the survey into sections, one row after the other. */
class Builder {
  isOurs = false;
  #choices = 0;
  /** Whether the form carries bindings of ours at all; only then are rows beside a question ours. */
  readonly #byOwnMark: boolean;
  readonly #sections: { section: Raw; found: Found[] }[] = [];
  readonly #depth: string[] = [];
  readonly #notes: string[];
  readonly #texts: TextReader;
  readonly #lists: ReadonlyMap<string, readonly SheetRow[]>;
  readonly #byName = new Map<string, Found>();
  readonly #waiting = new Map<string, Raw>();

  constructor(
    notes: string[],
    texts: TextReader,
    lists: ReadonlyMap<string, readonly SheetRow[]>,
    byOwnMark: boolean,
  ) {
    this.#byOwnMark = byOwnMark;
    this.#notes = notes;
    this.#texts = texts;
    this.#lists = lists;
  }

  add(row: SheetRow): void {
    const type = String(cellOf(row, 'type') ?? '')
      .trim()
      .replace(/\s+/g, ' ');
    const name = String(cellOf(row, 'name') ?? '').trim();
    const [verb = '', list = ''] = type.replace(/^(begin|end) (group|repeat)$/, '$1_$2').split(' ');
    if (verb === 'begin_group' || verb === 'begin_repeat') this.#open(row, name, verb);
    else if (verb === 'end_group' || verb === 'end_repeat') this.#depth.pop();
    else if (this.#isCompanion(row, name) || ignored.includes(verb)) return;
    else if (verb === 'note') this.#note(row, name);
    else this.#question(row, name, verb, list, type);
  }

  #question(row: SheetRow, name: string, verb: string, list: string, type: string): void {
    const item = this.#item(row, name, verb, list);
    if (!item) {
      return void this.#notes.push(
        `${name || `row ${row.row}`}: a question of type "${type}" has no counterpart`,
      );
    }
    const found = { item, name, relevant: String(cellOf(row, 'relevant') ?? '').trim() };
    if (this.#byName.has(name)) this.#notes.push(`${name}: this name stands there twice`);
    this.#byName.set(name, found);
    this.#current().found.push(found);
  }

  finish(): Raw[] {
    for (const { found } of this.#sections) {
      for (const each of found) {
        this.#condition(each, (source) => xpathToCel(source, (name) => this.#answer(name)));
      }
    }
    return this.#sections
      .filter(({ found }) => found.length > 0)
      .map(({ section, found }) => ({ ...section, items: found.map(({ item }) => item) }));
  }

  /** Own items whose choices hold "not applicable". */
  #mayBeNa(): ReadonlySet<string> {
    const isSelect = (type: unknown) => ['yes-no', 'scale', 'choice'].includes(String(type));
    return new Set(
      [...this.#byName].flatMap(([name, { item }]) =>
        isSelect(item['type']) && (item['notApplicable'] ?? 'no') !== 'no' ? [name] : [],
      ),
    );
  }

  /** How an answer of the form is written in a condition of the product. */
  #answer(name: string): AnswerName | undefined {
    const item = this.#byName.get(name)?.item;
    const kind = item && answerKind(String(item['type']));
    if (!kind) return undefined;
    const options = (item['options'] ?? []) as { id: string }[];
    // A condition on choices that were numbered anew would never hold: better left behind, and said.
    if (!this.isOurs && options.some(({ id }) => id.startsWith(numberedOption))) return undefined;
    const isChosen = !this.isOurs && (item['options'] !== undefined || item['type'] === 'yes-no');
    return { id: String(item['id']), kind, ...(isChosen ? { value: toItemId } : {}) };
  }

  #current() {
    let current = this.#sections.at(-1);
    if (!current || this.#depth.length === 0) {
      const general = this.#sections.find(({ section }) => section['id'] === 'general');
      if (general) return general;
      current = { section: { id: 'general', title: { en: 'General' } }, found: [] };
      this.#sections.push(current);
    }
    return current;
  }

  #open(row: SheetRow, name: string, verb: string): void {
    if (verb === 'begin_repeat')
      this.#notes.push(`${name}: a repeat; its questions are asked once`);
    this.#depth.push(name);
    const ours = parseOwn(String(cellOf(row, own('section')) ?? ''));
    const title = this.#texts.read(row, 'label') ?? { en: name };
    if (this.#depth.length > 1) {
      return void this.#notes.push(
        `${name}: a group within a group; its questions joined the outer one`,
      );
    }
    if (!ours && cellOf(row, 'relevant') !== undefined) {
      this.#notes.push(`${name}: the condition of the whole group was left behind`);
    }
    const { id, ...rest } = ours ?? { id: toSlug(name) };
    this.#sections.push({ section: { id, title, ...rest }, found: [] });
  }

  #note(row: SheetRow, name: string): void {
    const text = this.#texts.read(row, 'label');
    const section = this.#sections.at(-1);
    if (text && section && this.#depth.length > 0 && section.found.length === 0) {
      if (!section.section['intro']) {
        section.section['intro'] = text;
        return;
      }
    }
    this.#notes.push(`${name}: a note among the questions has no counterpart`);
  }

  /** Rows of our own beside a question; what they say is part of the question. */
  #isCompanion(row: SheetRow, name: string): boolean {
    const [end] = Object.entries(companions).find(([, tail]) => name.endsWith(tail)) ?? [];
    if (!end) return false;
    const isOurs = this.#byOwnMark;
    if (!isOurs) return false;
    const of = name.slice(0, -companions[end as keyof typeof companions].length);
    if (end === 'intro') {
      const texts = this.#texts.read(row, 'label');
      if (of === 'form') this.#waiting.set('', { description: texts });
      else if (this.#sections.at(-1)) this.#sections.at(-1)!.section['intro'] = texts;
    } else if (end === 'expectation' || end === 'duty') {
      const waiting = this.#waiting.get(of) ?? {};
      this.#waiting.set(of, { ...waiting, [end]: this.#texts.read(row, 'label') });
    }
    return true;
  }

  get description(): Raw {
    return this.#waiting.get('') ?? {};
  }

  #item(row: SheetRow, name: string, verb: string, list: string): Raw | undefined {
    const question = this.#texts.read(row, 'label') ?? { en: name };
    const hint = this.#texts.read(row, 'hint');
    const texts = { question, ...(hint ? { hint } : {}), ...this.#waiting.get(name) };
    const ours = parseOwn(String(cellOf(row, own('item')) ?? ''));
    const listed = this.#lists.get(list) ?? [];
    this.#choices += listed.length;
    // A long list shared by many questions would multiply; a checklist holds the options themselves.
    const choices = this.#choices <= mostChoices ? listed : [];
    if (ours) {
      this.isOurs = true;
      const weight = cellOf(row, own('weight'));
      const isAsked = /^(yes|true|true\(\))$/i.test(String(cellOf(row, 'required') ?? ''));
      const wasAsked = ours['required'] ?? Number(weight ?? 0) > 0;
      const standard = cellOf(row, own('standard'));
      return {
        id: name,
        ...(standard === undefined ? {} : { standard }),
        ...ours,
        ...(weight === undefined ? {} : { weight: Number(weight) }),
        ...(isAsked === wasAsked ? {} : { required: isAsked }),
        ...texts,
        ...this.#ownChoices(ours, choices),
      };
    }
    const required = /^(yes|true|true\(\))$/i.test(String(cellOf(row, 'required') ?? ''));
    const question_ = { row, name, verb, choices, texts: this.#texts, notes: this.#notes };
    const shape = foreignItem(question_);
    return (
      shape && {
        id: toItemId(name),
        ...shape,
        ...(required ? { required } : { required: false }),
        ...texts,
      }
    );
  }

  #ownChoices(ours: Raw, choices: readonly SheetRow[]): Raw {
    const real = choices.filter((row) => cellOf(row, 'name') !== notApplicableChoice);
    if (ours['type'] === 'scale') {
      const anchors = Object.fromEntries(
        real.flatMap((row) => {
          const step = String(cellOf(row, 'name'));
          const texts = this.#texts.read(row, 'label', (text) => text.replace(`${step} – `, ''));
          return texts && texts.en !== step ? [[step, texts]] : [];
        }),
      );
      return Object.keys(anchors).length > 0 ? { anchors } : {};
    }
    if (ours['type'] !== 'choice' && ours['type'] !== 'multiple') return {};
    return { options: real.map((row) => optionOf(row, this.#texts, String(cellOf(row, 'name')))) };
  }

  /** Keeps our own condition where the form's still says the same; else reads the form's. */
  #condition({ item, name, relevant }: Found, read: (source: string) => string | undefined): void {
    const mark = `not(selected(\${${name}${companions.notApplicable}}, '${notApplicableChoice}'))`;
    const source = relevant.replace(` and ${mark}`, '').replace(mark, '').trim();
    const when = item['when'] as string | undefined;
    const said = when === undefined ? '' : (celToXpath(when, this.#mayBeNa()) ?? '');
    if (source === said) return;
    delete item['when'];
    if (source === '') return;
    const found = read(source);
    if (found) item['when'] = found;
    else this.#notes.push(`${name}: the condition "${source}" was left behind`);
  }
}

function answerKind(type: string): AnswerKind | undefined {
  if (['yes-no', 'choice', 'text', 'date-time'].includes(type)) return 'text';
  if (type === 'multiple') return 'list';
  if (type === 'scale') return 'int';
  return type === 'number' || type === 'duration' ? 'double' : undefined;
}

function parseOwn(text: string): Raw | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Raw;
  } catch {
    return undefined;
  }
}
