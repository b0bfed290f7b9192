import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { chainFor, type Family, fontFiles, runs } from './fonts.ts';

const allowed = new Set(Object.values(fontFiles).flatMap((faces) => Object.values(faces)));
pdfmake.setFonts(fontFiles);
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path: string) => allowed.has(path));

/**
 * Makes a PDF from a definition. The same definition gives the same bytes: dates come from it, and
 * every text is split into runs by the font that has its characters.
 *
 * @param definition without functions of state; its `info.creationDate` must be set
 */
export async function makePdf(
  definition: TDocumentDefinitions,
  language: string,
): Promise<Uint8Array> {
  const chain = chainFor(language);
  const { footer } = definition;
  const prepared = {
    ...definition,
    version: '1.7',
    compress: true,
    defaultStyle: { font: 'NotoSans', ...definition.defaultStyle },
    content: withRuns(definition.content, chain),
    ...(typeof footer === 'function'
      ? {
          footer: (page: number, pages: number, size: never) =>
            withRuns(footer(page, pages, size) as Content, chain),
        }
      : {}),
  } as TDocumentDefinitions;
  const buffer = await pdfmake.createPdf(prepared).getBuffer();
  return new Uint8Array(buffer);
}

/** Walks a definition and splits every text; definitions are plain data. */
function withRuns(node: unknown, chain: readonly Family[]): Content {
  if (typeof node === 'string') return { text: split(node, chain) } as Content;
  if (Array.isArray(node)) return node.map((each) => withRuns(each, chain)) as Content;
  if (node === null || typeof node !== 'object') return node as never;
  const copy: Record<string, unknown> = { ...node };
  for (const key of ['stack', 'columns', 'content']) {
    if (key in copy) copy[key] = withRuns(copy[key], chain);
  }
  if (typeof copy['text'] === 'string') copy['text'] = split(copy['text'], chain);
  if (copy['table']) {
    const table = copy['table'] as { body: unknown[][] };
    copy['table'] = {
      ...table,
      body: table.body.map((row) => row.map((cell) => withRuns(cell, chain))),
    };
  }
  return copy as unknown as Content;
}

function split(text: string, chain: readonly Family[]) {
  const parts = runs(text, chain);
  return parts.length === 1 && parts[0]!.font === 'NotoSans' ? text : parts;
}
