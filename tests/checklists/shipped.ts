import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { Checklist, Item } from '../../src/contracts/checklists.ts';
import { type Language, languages, type Texts } from '../../src/contracts/primitives.ts';
import type { Programme } from '../../src/contracts/programmes.ts';
import { readChecklist } from '../../src/core/documents/checklists.ts';
import { readProgramme } from '../../src/core/documents/programmes.ts';
import { listShippedFiles, shippedFolder } from '../../src/operations/shipped.ts';

/** Every shipped checklist, by its file. */
export const shippedChecklists: { name: string; checklist: Checklist }[] = listShippedFiles()
  .filter(({ type }) => type === 'checklist')
  .map(({ file }) => {
    const read = readChecklist(readFileSync(file, 'utf8'));
    if (!read.ok) throw new Error(`${file}: ${JSON.stringify(read.faults)}`);
    return { name: nameOf(file), checklist: read.content };
  });

export const shippedProgrammes: { name: string; programme: Programme }[] = listShippedFiles()
  .filter(({ type }) => type === 'programme')
  .map(({ file }) => {
    const read = readProgramme(readFileSync(file, 'utf8'));
    if (!read.ok) throw new Error(`${file}: ${JSON.stringify(read.faults)}`);
    return { name: nameOf(file), programme: read.content };
  });

function nameOf(file: string): string {
  return path.relative(shippedFolder, file).replace('.yaml', '');
}

/** Every text of a shipped document with its place. */
export function textsOf(name: string): { readonly place: string; readonly texts: Texts }[] {
  const found: { place: string; texts: Texts }[] = [];
  const walk = (node: unknown, place: string): void => {
    if (node === null || typeof node !== 'object') return;
    if (isTexts(node)) return void found.push({ place, texts: node });
    for (const [key, value] of Object.entries(node)) {
      const id = (value as { id?: string } | null)?.id;
      walk(value, `${place}/${id ?? key}`);
    }
  };
  walk(parse(readFileSync(path.join(shippedFolder, `${name}.yaml`), 'utf8')), name);
  return found;
}

function isTexts(node: object): node is Texts {
  const keys = Object.keys(node);
  return keys.includes('en') && keys.every((key) => languages.includes(key as Language));
}

export const itemsOf = (checklist: Checklist): Item[] =>
  checklist.sections.flatMap((section) => section.items);
