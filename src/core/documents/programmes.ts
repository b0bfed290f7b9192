import { type Programme, programme } from '../../contracts/programmes.ts';
import { parsePeriod } from '../periods.ts';
import { checkLanguages } from './checklists.ts';
import { type DocumentFault, type ReadDocument, readDocument } from './documents.ts';

/** Reads a programme from YAML. Returns the document with its canonical form and hash, or all faults. */
export function readProgramme(source: string): ReadDocument<Programme> {
  return readDocument(source, programme, checkProgramme);
}

/** Faults of meaning in a programme of the right shape: ids, bounds, goalposts, weights, languages. */
export function checkProgramme(document: Programme): DocumentFault[] {
  const faults: DocumentFault[] = [...checkLanguages(document, document.languages)];
  try {
    parsePeriod(document.period);
  } catch (error) {
    faults.push({ path: ['period'], code: 'period', detail: (error as Error).message });
  }
  const ids = new Set<string>();
  for (const [list, entries] of [
    ['gates', document.gates],
    ['composite', document.composite],
  ] as const) {
    for (const [index, entry] of entries.entries()) {
      if (ids.has(entry.id)) {
        faults.push({
          path: [list, index, 'id'],
          code: 'duplicate-id',
          detail: `"${entry.id}" is used twice`,
        });
      }
      ids.add(entry.id);
    }
  }
  for (const [index, gate] of document.gates.entries()) {
    if (gate.min === undefined && gate.max === undefined) {
      faults.push({ path: ['gates', index], code: 'gate', detail: 'a gate needs min or max' });
    }
    if (gate.min !== undefined && gate.max !== undefined && gate.max < gate.min) {
      faults.push({ path: ['gates', index, 'max'], code: 'gate', detail: 'max is below min' });
    }
  }
  for (const [index, component] of document.composite.entries()) {
    if (component.high <= component.low) {
      faults.push({
        path: ['composite', index, 'high'],
        code: 'goalposts',
        detail: 'high must be above low',
      });
    }
  }
  if (sum(document.composite.map((component) => component.weight)) === 0) {
    faults.push({ path: ['composite'], code: 'zero-weights', detail: 'weights sum to 0' });
  }
  if (document.keyFigures.length > 0 && sum(document.keyFigures.map((k) => k.weight)) === 0) {
    faults.push({ path: ['keyFigures'], code: 'zero-weights', detail: 'weights sum to 0' });
  }
  const usesKpi = [...document.composite, ...document.gates].some(
    (use) => use.metric === 'kpi-index',
  );
  if (usesKpi && document.keyFigures.length === 0) {
    faults.push({
      path: ['keyFigures'],
      code: 'missing',
      detail: 'kpi-index is used, but no key figures are named',
    });
  }
  return faults;
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
