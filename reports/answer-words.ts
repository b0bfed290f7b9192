import type { Answer } from '../src/contracts/audits.ts';
import type { Item } from '../src/contracts/checklists.ts';
import type { Language } from '../src/contracts/primitives.ts';
import { series, textIn } from '../src/core/format.ts';

/** What answers are worded with; pages and papers have each their own words behind it. */
export interface AnswerVoice {
  (key: AnswerWord, values?: Readonly<Record<string, string | number>>): string;
  readonly language: Language;
  readonly list: (parts: readonly string[]) => string;
  /** An instant as day and time, by the clock that this reader goes by. */
  readonly here: (instant: string) => string;
}

type AnswerWord = 'yes' | 'no' | 'notApplicable' | 'timeUntold' | 'photoNumber';

/** Hashes of the files that an answer names: as its value, or as its evidence. */
export function filesOf(item: Item, { value, evidence }: Answer): readonly string[] {
  const isFiles = item.type === 'photo' || item.type === 'file';
  return [...(isFiles && Array.isArray(value) ? value : []), ...(evidence ?? [])];
}

/** An answer as its reader says it, files left out. */
export function saidInWords(item: Item, answer: Answer, voice: AnswerVoice): string {
  return [answerInWords(item, answer, voice), answer.note].filter(Boolean).join(' · ');
}

/** An answer as its reader says it, files counted. */
export function inWords(item: Item, answer: Answer, voice: AnswerVoice): string {
  return [saidInWords(item, answer, voice), filesInWords(item, answer, voice)]
    .filter(Boolean)
    .join(' · ');
}

/** What was answered, without its note and its files. */
export function answerInWords(item: Item, answer: Answer, voice: AnswerVoice): string {
  const { notApplicable } = answer;
  if (notApplicable === undefined) return valueInWords(item, answer.value, voice);
  return [voice('notApplicable'), notApplicable === true ? '' : notApplicable]
    .filter(Boolean)
    .join(': ');
}

/** The files of an answer, by their numbers. */
export function filesInWords(item: Item, answer: Answer, voice: AnswerVoice): string {
  return voice.list(
    filesOf(item, answer).map((_, index) => voice('photoNumber', { n: index + 1 })),
  );
}

function valueInWords(item: Item, value: Answer['value'], voice: AnswerVoice): string {
  const option = (id: string) => {
    const found = 'options' in item ? item.options.find((each) => each.id === id) : undefined;
    return found ? textIn(found.text, voice.language) : id;
  };
  switch (item.type) {
    case 'yes-no':
      return voice(value === 'yes' ? 'yes' : 'no');
    case 'choice':
      return option(String(value));
    case 'multiple':
      return series((value as string[]).map(option), voice.language);
    case 'photo':
    case 'file':
      return '';
    case 'duration':
      return new Intl.NumberFormat(voice.language, {
        style: 'unit',
        unit: item.unit.slice(0, -1),
        unitDisplay: 'long',
      }).format(Number(value));
    case 'scale':
      return `${value} / ${item.max}`;
    case 'number':
      return [value, item.unit && textIn(item.unit, voice.language)].filter(Boolean).join(' ');
    case 'date-time':
      // A dealer gets the answer without its time.
      return typeof value === 'string' ? voice.here(value) : voice('timeUntold');
    default:
      return String(value ?? '');
  }
}
