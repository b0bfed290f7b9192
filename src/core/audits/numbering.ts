import type { Checklist } from '../../contracts/checklists.ts';

/**
 * What each item is called on every page, screen and letter: items that are always asked count 1, 2,
 * 3 … through all sections; one that depends on an answer has the number before and a letter. A number
 * never shifts while a form is filled.
 *
 * @example numberItems(checklist).get('which_drink') // '4a'
 */
export function numberItems({ sections }: Pick<Checklist, 'sections'>): Map<string, string> {
  const numbers = new Map<string, string>();
  let count = 0;
  let followUps = 0;
  for (const { id, when } of sections.flatMap((section) => section.items)) {
    // A form that begins with a condition has nothing before it to hang on.
    if (when === undefined || count === 0) {
      count += 1;
      followUps = 0;
      numbers.set(id, String(count));
    } else {
      followUps += 1;
      numbers.set(id, `${count}${letters(followUps)}`);
    }
  }
  return numbers;
}

/** 1 = a, 26 = z, 27 = aa. */
function letters(n: number): string {
  const rest = (n - 1) % 26;
  const letter = String.fromCharCode(97 + rest);
  return n > 26 ? letters((n - 1 - rest) / 26) + letter : letter;
}
