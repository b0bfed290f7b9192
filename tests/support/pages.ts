import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { expect } from 'vitest';

const kept = new URL('../../docs/pictures/', import.meta.url).pathname;

/**
 * The text of a PDF in its layout, or as it was written, cell after cell; the file is sound. Needs qpdf
 * and pdftotext.
 */
export function textOfPdf(pdf: Uint8Array, order: 'layout' | 'raw' = 'layout'): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'omotenashi-pdf-')), 'file.pdf');
  writeFileSync(file, pdf);
  execFileSync('qpdf', ['--check', file], { stdio: 'pipe' });
  return execFileSync('pdftotext', [`-${order}`, file, '-'], { encoding: 'utf8' });
}

/**
 * Expects each page of a PDF to look as its picture in docs/ does, which a person looked at. A changed
 * one is saved beside it. Needs pdftoppm.
 */
export function expectPages(pdf: Uint8Array, name: string): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'omotenashi-pages-'));
  const file = path.join(folder, 'file.pdf');
  writeFileSync(file, pdf);
  execFileSync('pdftoppm', ['-r', '80', '-png', file, path.join(folder, name)]);
  const pages = readdirSync(folder).filter((each) => each.endsWith('.png'));
  expect(pages.length).toBeGreaterThan(0);
  for (const page of pages) comparePicture(path.join(folder, page), page);
}

function comparePicture(made: string, name: string): void {
  const before = path.join(kept, name);
  if (!existsSync(before) || process.env['UPDATE_PICTURES']) {
    mkdirSync(kept, { recursive: true });
    writeFileSync(before, readFileSync(made));
    if (process.env['CI']) throw new Error(`${name} was missing`);
    return;
  }
  const [a, b] = [PNG.sync.read(readFileSync(before)), PNG.sync.read(readFileSync(made))];
  expect([b.width, b.height]).toEqual([a.width, a.height]);
  const differing = pixelmatch(a.data, b.data, null as never, a.width, a.height, {
    threshold: 0.15,
  });
  if (differing > 60) writeFileSync(before.replace('.png', '.actual.png'), readFileSync(made));
  expect(differing, `${name} looks different`).toBeLessThanOrEqual(60);
}
