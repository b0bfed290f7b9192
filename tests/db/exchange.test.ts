import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readingCopy } from '../../reports/reading-copy.ts';
import { languages } from '../../src/contracts/primitives.ts';
import { canonicalSha256 } from '../../src/core/canonical.ts';
import { readWorkbook, writeWorkbook } from '../../src/io/workbooks.ts';
import { exportChecklist } from '../../src/operations/documents/exchange.ts';
import { perform, systemActor } from '../../src/operations/operation.ts';
import { shippedChecklists } from '../checklists/shipped.ts';
import { useContext } from '../support/database.ts';
import { needs } from '../support/tools.ts';
import { openWorld, type World } from '../support/world.ts';

const holder = useContext();
let world: World;
beforeAll(async () => {
  world = await openWorld(holder.context);
});
const folder = mkdtempSync(path.join(tmpdir(), 'omotenashi-exchange-'));
const place = (format: string, rest = '') =>
  `/checklists/workshop-visit/2026.1/files/${format}${rest}`;

describe('files leave the house', () => {
  test.each(['yaml', 'spreadsheet', 'xlsform', 'reading-copy'])('as %s', async (format) => {
    const [one, two] = [
      await world
        .as('manager')
        .get(place(format))
        .buffer(true)
        .parse(bytes as never),
      await world
        .as('manager')
        .get(place(format))
        .buffer(true)
        .parse(bytes as never),
    ];
    expect([one.status, one.headers['etag']]).toEqual([200, two.headers['etag']]);
    expect(one.body.equals(two.body)).toBe(true);
    expect(one.headers['content-disposition']).toMatch(/attachment; filename="workshop-visit-2026/);
  });
  test('an auditor and a dealer get the reading copy without weights, and nothing else', async () => {
    for (const person of ['auditor', 'dealer']) {
      expect((await world.as(person).get(place('spreadsheet'))).status).toBe(404);
      expect((await world.as(person).get(place('yaml'))).status).toBe(404);
      expect((await world.as(person).get(place('reading-copy'))).status).toBe(200);
    }
    expect((await world.as('manager').get(place('word'))).status).toBe(400);
    expect((await world.as('manager').get('/checklists/nothing/2026.1/files/yaml')).status).toBe(
      404,
    );
  });
});

describe('and come back', () => {
  test.each(['spreadsheet', 'xlsform'])('as %s, to the same document', async (format) => {
    const sent = await world
      .as('manager')
      .get(place(format))
      .buffer(true)
      .parse(bytes as never);
    const { status, body } = await world
      .as('manager')
      .post('/checklists/convert', { format, file: sent.body.toString('base64') });
    expect([status, body.faults, body.notes]).toEqual([200, [], []]);
    const stored = (await world.as('manager').get('/documents/checklist/workshop-visit/2026.1'))
      .body.summary;
    expect(canonicalSha256(parse(body.source))).toBe(stored.sha256);
  });
  test('a small file that unpacks to a large one is refused before it is unpacked', async () => {
    const rows = Array.from({ length: 2_500 }, (_, i) => [`${i}${'x'.repeat(30_000)}`]);
    const bomb = await writeWorkbook([{ name: 'survey', rows: [['type'], ...rows] }]);
    expect(bomb.byteLength).toBeLessThan(1_000_000);
    await expect(readWorkbook(bomb)).rejects.toThrow();
    // One far cell must not make a rectangle of millions.
    const far = Array.from({ length: 900 }, () => null);
    const wide = await writeWorkbook([{ name: 'survey', rows: [['type', ...far, 'x']] }]);
    expect((await readWorkbook(wide))[0]!.rows[0]!.length).toBeLessThanOrEqual(120);
  });
  test('what is no workbook is refused, whatever it is', async () => {
    const junk = [
      Buffer.from('not a workbook'),
      Buffer.from('PK\u0003\u0004 cut off'),
      Buffer.alloc(0),
    ];
    for (const file of junk) {
      const answer = await world
        .as('manager')
        .post('/checklists/convert', { format: 'xlsform', file: file.toString('base64') });
      expect([400, 422]).toContain(answer.status);
      expect(answer.body.errors?.length).toBeGreaterThan(0);
    }
    expect(
      (await world.as('auditor').post('/checklists/convert', { format: 'xlsform', file: '' }))
        .status,
    ).toBe(403);
  });
});

describe('the reading copy', () => {
  test('can be set for every checklist in every language, every word there', () => {
    for (const { checklist } of shippedChecklists) {
      for (const language of languages) {
        const copy = { checklist, sha256: 'a'.repeat(64), isAuditorCopy: false };
        const pages = JSON.stringify(readingCopy(copy, language).content);
        for (const { title, items } of checklist.sections) {
          expect(pages).toContain(JSON.stringify(title[language]).slice(1, -1));
          for (const { question } of items)
            expect(pages).toContain(JSON.stringify(question[language]).slice(1, -1));
        }
        expect(pages).not.toContain('undefined');
      }
    }
  });
  test('leaves weights, points and criticality out of the auditor’s', () => {
    const { checklist } = shippedChecklists.find(({ name }) => name.startsWith('workshop-visit'))!;
    const copy = (isAuditorCopy: boolean) =>
      JSON.stringify(
        readingCopy({ checklist, sha256: 'a'.repeat(64), isAuditorCopy }, 'en').content,
      );
    for (const word of ['Weight', 'Critical', '100%', '70%']) {
      expect(copy(false)).toContain(word);
      expect(copy(true)).not.toContain(word);
    }
  });
  test.skipIf(needs('qpdf', 'pdftotext'))(
    'is a sound PDF in six languages whose text can be found',
    async () => {
      const { checklist } = shippedChecklists.find(({ name }) =>
        name.startsWith('complaint-handling'),
      )!;
      for (const language of languages) {
        const { bytes: made } = await perform(holder.context, systemActor, exportChecklist, {
          ...{
            id: checklist.id,
            version: checklist.version,
            format: 'reading-copy' as const,
            language,
          },
        });
        const file = path.join(folder, `${language}.pdf`);
        writeFileSync(file, Buffer.from(made, 'base64'));
        execFileSync('qpdf', ['--check', file], { stdio: 'pipe' });
        const text = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' });
        expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
        expect(text.replaceAll(/\s/g, '')).toContain(
          checklist.title[language]!.replaceAll(/\s/g, ''),
        );
      }
    },
  );
});

/** Collects a binary answer. */
function bytes(response: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void) {
  const parts: Buffer[] = [];
  response.on('data', (part: Buffer) => parts.push(part));
  response.on('end', () => done(null, Buffer.concat(parts)));
}
