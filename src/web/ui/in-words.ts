import type { Answer } from '../../contracts/audits.ts';
import type { Item } from '../../contracts/checklists.ts';
import { textIn } from '../../core/format.ts';
import type { Texts } from '../texts/texts.ts';

/** Hashes of the files that an answer names: as its value, or as its evidence. */
export function filesOf(item: Item, { value, evidence }: Answer): readonly string[] {
  const isFiles = item.type === 'photo' || item.type === 'file';
  return [...(isFiles && Array.isArray(value) ? value : []), ...(evidence ?? [])];
}

/** An answer as its reader says it, files left out. */
export function saidInWords(item: Item, { value, notApplicable, note }: Answer, t: Texts): string {
  const said =
    notApplicable === undefined
      ? valueInWords(item, value, t)
      : [t('notApplicable'), notApplicable === true ? '' : notApplicable]
          .filter(Boolean)
          .join(': ');
  return [said, note].filter(Boolean).join(' · ');
}

/** An answer as its reader says it, files counted. */
export function inWords(item: Item, answer: Answer, t: Texts): string {
  const files = filesOf(item, answer).map((_, index) => t('photo', { n: index + 1 }));
  return [saidInWords(item, answer, t), t.list(files)].filter(Boolean).join(' · ');
}

function valueInWords(item: Item, value: Answer['value'], t: Texts): string {
  const option = (id: string) => {
    const found = 'options' in item ? item.options.find((each) => each.id === id) : undefined;
    return found ? textIn(found.text, t.language) : id;
  };
  switch (item.type) {
    case 'yes-no':
      return t(value === 'yes' ? 'yes' : 'no');
    case 'choice':
      return option(String(value));
    case 'multiple':
      return t.list((value as string[]).map(option));
    case 'photo':
    case 'file':
      return '';
    case 'duration':
      return `${value} ${t(`unit.${item.unit}`)}`;
    case 'number':
      return [value, item.unit && textIn(item.unit, t.language)].filter(Boolean).join(' ');
    default:
      return String(value ?? '');
  }
}
