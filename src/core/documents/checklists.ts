import { type Checklist, checklist, type Item } from '../../contracts/checklists.ts';
import { type Language, languages } from '../../contracts/primitives.ts';
import { standards } from '../../contracts/standards.ts';
import { isScorable } from '../audits/item-share.ts';
import { checkConditions } from './conditions.ts';
import { type DocumentFault, type ReadDocument, readDocument } from './documents.ts';

/**
 * Reads a checklist from YAML. Returns the document with its canonical form and hash, or all faults.
 * @see docs/checklists.md
 */
export function readChecklist(source: string): ReadDocument<Checklist> {
  return readDocument(source, checklist, checkChecklist);
}

/** Faults of meaning in a checklist of the right shape: ids, weights, scores, conditions, languages. */
export function checkChecklist(document: Checklist): DocumentFault[] {
  return [
    ...duplicateIds(document),
    ...document.sections.flatMap((section, s) =>
      section.items.flatMap((item, i) => itemFaults(document, item, ['sections', s, 'items', i])),
    ),
    ...weightFaults(document),
    ...surveyFaults(document),
    ...languageFaults(document, document.languages),
    ...checkConditions(document),
  ];
}

type Path = readonly (string | number)[];

function duplicateIds(document: Checklist): DocumentFault[] {
  const faults: DocumentFault[] = [];
  const note = (seen: Map<string, Path>, id: string, path: Path) => {
    if (seen.has(id)) faults.push({ path, code: 'duplicate-id', detail: `"${id}" is used twice` });
    seen.set(id, path);
  };
  const sections = new Map<string, Path>();
  const items = new Map<string, Path>();
  for (const [s, section] of document.sections.entries()) {
    note(sections, section.id, ['sections', s, 'id']);
    for (const [i, item] of section.items.entries()) {
      note(items, item.id, ['sections', s, 'items', i, 'id']);
      if (item.type !== 'choice' && item.type !== 'multiple') continue;
      const options = new Map<string, Path>();
      for (const [o, option] of item.options.entries()) {
        note(options, option.id, ['sections', s, 'items', i, 'options', o, 'id']);
      }
    }
  }
  return faults;
}

function itemFaults(document: Checklist, item: Item, path: Path): DocumentFault[] {
  const faults: DocumentFault[] = [];
  const add = (field: string, code: string, detail: string) =>
    faults.push({ path: [...path, field], code, detail });
  if (item.weight > 0 && !isScorable(item)) {
    add('weight', 'not-scorable', `a ${item.type} item without points cannot have a weight`);
  }
  if (item.critical && !isScorable(item)) add('critical', 'not-scorable', 'it can never fail');
  if (document.scoring.parts === 'standards' && item.weight > 0 && item.standard === undefined) {
    add('standard', 'missing', 'each scored item names its standard here');
  }
  if (item.type === 'scale') {
    if (item.max <= item.min) add('max', 'range', 'max must be above min');
    if (item.max - item.min > 100) add('max', 'range', 'a scale has at most 101 steps');
    for (const step of Object.keys(item.anchors)) {
      if (Number(step) < item.min || Number(step) > item.max) {
        add('anchors', 'range', `there is no step ${step} on this scale`);
      }
    }
  }
  if ('bands' in item && item.bands) faults.push(...bandFaults(item.bands, [...path, 'bands']));
  if ('linear' in item && item.linear)
    faults.push(...linearFaults(item.linear, [...path, 'linear']));
  if ('bands' in item && item.bands && item.linear)
    add('linear', 'two-scores', 'give bands or linear');
  return faults;
}

function bandFaults(bands: readonly { upTo?: number | undefined }[], path: Path): DocumentFault[] {
  const faults: DocumentFault[] = [];
  for (const [index, band] of bands.entries()) {
    const last = index === bands.length - 1;
    const previous = bands[index - 1]?.upTo;
    if (last !== (band.upTo === undefined)) {
      faults.push({
        path: [...path, index],
        code: 'bands',
        detail: last ? 'the last band has no upTo' : 'every band but the last needs upTo',
      });
    } else if (band.upTo !== undefined && previous !== undefined && band.upTo <= previous) {
      faults.push({ path: [...path, index, 'upTo'], code: 'bands', detail: 'bounds must rise' });
    }
  }
  return faults;
}

function linearFaults(points: readonly (readonly number[])[], path: Path): DocumentFault[] {
  return points.flatMap((point, index) =>
    index > 0 && point[0]! <= points[index - 1]![0]!
      ? [{ path: [...path, index], code: 'linear', detail: 'x must rise from point to point' }]
      : [],
  );
}

function lossBandFaults({ scoring }: Checklist): DocumentFault[] {
  const bands = scoring.lossBands ?? [];
  const fault = (index: number, detail: string) => ({
    path: ['scoring', 'lossBands', index],
    code: 'loss-bands',
    detail,
  });
  return bands.flatMap((band, index) => {
    const above = bands[index - 1];
    const isLast = index === bands.length - 1;
    const isOpen = band.total === undefined && band.worst === undefined;
    const less = (key: 'total' | 'worst') =>
      (band[key] ?? Number.POSITIVE_INFINITY) < (above?.[key] ?? 0);
    return [
      ...(isLast && !isOpen ? [fault(index, 'the last band has no bounds')] : []),
      ...(!isLast && isOpen ? [fault(index, 'only the last band has no bounds')] : []),
      ...(above && band.score >= above.score
        ? [fault(index, 'scores fall from band to band')]
        : []),
      ...(above && (less('total') || less('worst'))
        ? [fault(index, 'bounds rise from band to band')]
        : []),
    ];
  });
}

function weightFaults(document: Checklist): DocumentFault[] {
  const faults = lossBandFaults(document);
  if (document.scoring.parts === 'standards') {
    const used = new Set(
      document.sections.flatMap((section) => section.items.map((i) => i.standard)),
    );
    const sum = standards
      .filter((standard) => used.has(standard))
      .reduce((total, standard) => total + (document.scoring.weights?.[standard] ?? 1), 0);
    if (sum === 0) {
      faults.push({
        path: ['scoring', 'weights'],
        code: 'zero-weights',
        detail: 'weights sum to 0',
      });
    }
    for (const standard of standards) {
      if (document.scoring.weights?.[standard] !== undefined && !used.has(standard)) {
        faults.push({
          path: ['scoring', 'weights', standard],
          code: 'unused',
          detail: `no item scores ${standard}`,
        });
      }
    }
    return faults;
  }
  for (const [s, section] of document.sections.entries()) {
    const sum = section.items.reduce((total, item) => total + item.weight, 0);
    if (section.weight !== 0 && sum === 0) {
      faults.push({
        path: ['sections', s],
        code: 'zero-weights',
        detail: `the items of section "${section.id}" have weights that sum to 0; give the section weight 0 if it only informs`,
      });
    }
  }
  if (document.sections.every((section) => section.weight === 0)) {
    faults.push({ path: ['sections'], code: 'zero-weights', detail: 'section weights sum to 0' });
  }
  return faults;
}

function surveyFaults(document: Checklist): DocumentFault[] {
  const items = document.sections.flatMap((section) => section.items);
  const faults: DocumentFault[] = [];
  if (document.recommendation && !items.some((item) => item.id === document.recommendation)) {
    faults.push({
      path: ['recommendation'],
      code: 'unknown-item',
      detail: 'there is no such item',
    });
  }
  if (document.kind !== 'survey') return faults;
  if (document.scoring.parts !== 'sections') {
    faults.push({
      path: ['scoring', 'parts'],
      code: 'survey',
      detail: "a survey's parts are its sections (the factors)",
    });
  }
  const scored = items.filter((item) => item.weight > 0);
  if (scored.length > 64) {
    faults.push({
      path: ['sections'],
      code: 'survey',
      detail: 'a survey has at most 64 scored items',
    });
  }
  for (const [s, section] of document.sections.entries()) {
    for (const [i, item] of section.items.entries()) {
      const isByteScale = item.type === 'scale' && item.min >= 0 && item.max < 255;
      if (item.weight > 0 && !isByteScale) {
        faults.push({
          path: ['sections', s, 'items', i, 'type'],
          code: 'survey',
          detail: 'a scored survey item is a scale between 0 and 254',
        });
      }
    }
  }
  return faults;
}

/** Texts that miss one of the languages that the document claims. */
function languageFaults(
  node: unknown,
  claimed: readonly Language[],
  path: Path = [],
): DocumentFault[] {
  if (Array.isArray(node)) {
    return node.flatMap((each, index) => languageFaults(each, claimed, [...path, index]));
  }
  if (node === null || typeof node !== 'object') return [];
  if (isTexts(node)) {
    const missing = claimed.filter((language) => node[language] === undefined);
    return missing.length === 0
      ? []
      : [{ path, code: 'language', detail: `this text is missing in ${missing.join(', ')}` }];
  }
  return Object.entries(node).flatMap(([key, value]) =>
    languageFaults(value, claimed, [...path, key]),
  );
}

function isTexts(node: object): node is Partial<Record<Language, string>> {
  const keys = Object.keys(node);
  return keys.includes('en') && keys.every((key) => (languages as readonly string[]).includes(key));
}

/** Completeness in the claimed languages, for documents other than checklists. */
export const checkLanguages = languageFaults;
