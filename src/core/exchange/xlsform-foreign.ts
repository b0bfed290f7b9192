import { cellOf, type SheetRow } from './sheet.ts';
import { notApplicableChoice, toItemId } from './xlsform.ts';
import type { TextReader } from './xlsform-texts.ts';

type Raw = Record<string, unknown>;

/** A question of a form that was not made by the product. */
export interface ForeignQuestion {
  readonly row: SheetRow;
  readonly name: string;
  /** The first word of its type. */
  readonly verb: string;
  readonly choices: readonly SheetRow[];
  readonly texts: TextReader;
  /** Takes what could not be carried over. */
  readonly notes: string[];
}

/** Names under which forms offer "not applicable". */
const naNames = [notApplicableChoice, 'na', 'n_a', 'not_applicable_'];

/** The nearest type of item with its own fields; `undefined` where there is none. */
export function foreignItem(question: ForeignQuestion): Raw | undefined {
  const { row, name, verb, notes } = question;
  switch (verb) {
    case 'select_one':
    case 'select_multiple':
      return select(question);
    case 'integer':
    case 'decimal':
    case 'range':
      return { type: 'number', ...bounds(row, name, notes) };
    case 'text':
      return { type: 'text' };
    case 'dateTime':
      return { type: 'date-time' };
    case 'date':
    case 'time':
      notes.push(`${name}: a ${verb} became a date with time`);
      return { type: 'date-time' };
    case 'image':
      return { type: 'photo', max: 1 };
    case 'file':
    case 'audio':
    case 'video':
      return { type: 'file', max: 1 };
    default:
      return undefined;
  }
}

function select({ name, verb, choices, texts: reader, notes }: ForeignQuestion): Raw | undefined {
  const names = choices.map((row) => String(cellOf(row, 'name')));
  if (choices.length === 0) {
    notes.push(`${name}: its list of choices is not there`);
    return undefined;
  }
  const isNa = (each: string) => naNames.includes(each.toLowerCase().replace(/\W/g, '_'));
  const real = choices.filter((row) => !isNa(String(cellOf(row, 'name'))));
  const na = real.length < choices.length ? { notApplicable: 'allowed' } : {};
  const key = names.filter((each) => !isNa(each)).map((each) => each.toLowerCase());
  if (verb === 'select_one' && [...key].sort().join() === 'no,yes')
    return { type: 'yes-no', ...na };
  const steps = key.map(Number);
  const isScale = steps.every((step, i) => Number.isInteger(step) && step === steps[0]! + i);
  if (verb === 'select_one' && isScale && steps.length > 1) {
    const anchors = Object.fromEntries(
      real.flatMap((row, i) => {
        const texts = reader.read(row, 'label');
        return texts && texts.en !== key[i] ? [[key[i]!, texts]] : [];
      }),
    );
    return { type: 'scale', min: steps[0], max: steps.at(-1), anchors, ...na };
  }
  const options = real.map((row, i) => optionOf(row, reader, optionId(row, i)));
  return { type: verb === 'select_one' ? 'choice' : 'multiple', options, ...na };
}

/** Bounds of a number from its constraint or its range; what else the constraint says is noted. */
function bounds(row: SheetRow, name: string, notes: string[]): Raw {
  const constraint = String(cellOf(row, 'constraint') ?? '');
  const parameters = String(cellOf(row, 'parameters') ?? '');
  const number = (pattern: RegExp, text: string) => {
    const found = pattern.exec(text)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const min = number(/\.\s*>=\s*(-?[\d.]+)/, constraint) ?? number(/start=(-?[\d.]+)/, parameters);
  const max = number(/\.\s*<=\s*(-?[\d.]+)/, constraint) ?? number(/end=(-?[\d.]+)/, parameters);
  const rest = constraint.replaceAll(/\.\s*[<>]=\s*-?[\d.]+|and|\s/g, '');
  if (rest !== '') {
    notes.push(`${name}: the constraint "${constraint}" was left behind`);
    return {};
  }
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** A choice's name as an id; one without a Latin letter or digit is numbered. */
function optionId(row: SheetRow, index: number): string {
  const id = toItemId(String(cellOf(row, 'name')));
  return id === 'q' ? `${numberedOption}${index + 1}` : id;
}

/** How options begin whose names could not become ids. */
export const numberedOption = 'option_';

/** An option with its points, if the choices have a column for them. */
export function optionOf(row: SheetRow, texts: TextReader, id: string): Raw {
  const points = cellOf(row, 'points');
  return {
    id,
    ...(points === undefined ? {} : { points: Number(points) }),
    text: texts.read(row, 'label') ?? { en: id },
  };
}
