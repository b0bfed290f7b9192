import type { GateResult } from '../../contracts/awards.ts';
import type { Programme } from '../../contracts/programmes.ts';
import { textIn } from '../../core/format.ts';
import type { Texts } from '../texts/texts.ts';

/** What a gate is called: by its programme, or by us where every programme has it. */
export function gateTitle(gate: string, programme: Programme | undefined, t: Texts): string {
  const found = programme?.gates.find(({ id }) => id === gate);
  return found ? textIn(found.title, t.language) : t.named(`gate.${gate}`, gate);
}

export function boundOf({ min, max }: Pick<GateResult, 'min' | 'max'>, t: Texts): string {
  const least = min === null ? [] : [`≥\u00a0${t.number(min)}`];
  const most = max === null ? [] : [`≤\u00a0${t.number(max)}`];
  return [...least, ...most].join(' ');
}
