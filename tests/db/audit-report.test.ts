import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { uuidv7 } from 'uuidv7';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Answers } from '../../src/contracts/audits.ts';
import { useContext } from '../support/database.ts';
import { aSubmission, fill, shipped } from '../support/fill.ts';
import { expectPages, textOfPdf } from '../support/pages.ts';
import { needs } from '../support/tools.ts';
import { anAssignment, openWorld, type World } from '../support/world.ts';

const holder = useContext();
let world: World;
const probe = shipped('contact-telephone/2026.1');
const standards = shipped('seven-personal-standards/2026.1');
let call: string;
let visit: string;
beforeAll(async () => {
  world = await openWorld(holder.context);
  call = await released('contact-telephone', { ...fill(probe, 'best'), attempts: { value: 3 } });
  visit = await released('seven-personal-standards', {
    ...fill(standards, 'best'),
    posture: { value: 2, note: 'Leaning on the counter.' },
    eye_contact: { value: 'no' },
    papers_right: { value: 'no', evidence: [await photographed()] },
  });
});

/** A file at the service, by its SHA-256. */
async function photographed(): Promise<string> {
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'white' } })
    .png()
    .toBuffer();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await world.as('auditor').send('put', `/markets/PL/files/${sha256}`, bytes).expect(201);
  return sha256;
}

async function released(id: string, answers: Answers): Promise<string> {
  const audit = uuidv7();
  const url = `/markets/PL/audits/${audit}`;
  const assignment = await anAssignment(holder.context, 'PL-1', id);
  const body = aSubmission(assignment, answers, { checklist: { id, version: '2026.1' } });
  const sent = await world.as('auditor').put(url, body);
  expect([sent.status, sent.body.errors]).toEqual([201, undefined]);
  await world.as('manager').post(`${url}/approve`).expect(200);
  await world.as('manager').post(`${url}/release`).expect(200);
  return audit;
}

const pdf = (person: string, id: string, language = 'en') =>
  world.as(person).get(`/markets/PL/audits/${id}/pdf?language=${language}`).buffer();

describe('the full report of an audit', () => {
  test('is the same file each time, and is the house’s own and nobody else’s', async () => {
    const one = await pdf('dealer', visit);
    expect([one.status, one.headers['content-type']]).toEqual([200, 'application/pdf']);
    const two = await pdf('dealer', visit);
    expect(two.body.equals(one.body)).toBe(true);
    expect(two.headers['etag']).toBe(one.headers['etag']);
    expect((await pdf('dealer2', visit)).status).toBe(404);
    expect((await pdf('auditor', visit)).status).toBe(403);
    expect((await pdf('managerJP', visit)).status).toBe(404);
  });

  test('says what each answer cost to everybody but who answered', async () => {
    const lost = async (person: string) =>
      (await world.as(person).get(`/markets/PL/audits/${visit}`)).body.lostMicro;
    expect(await lost('dealer')).toEqual(await lost('manager'));
    expect(Object.keys(await lost('dealer'))).toEqual(['eye_contact', 'posture', 'papers_right']);
    expect(await lost('auditor')).toEqual({});
  });

  test.skipIf(needs('qpdf', 'pdftotext'))('holds every question, answer and loss', async () => {
    const text = textOfPdf((await pdf('dealer', visit)).body);
    for (const said of ['Audit report', 'House 1', 'January 2026', 'mystery visit']) {
      expect(text).toContain(said);
    }
    expect(text).toContain('Leaning on the counter.');
    expect(text).toContain('Critical: a failure sets its part to 0');
    const written = textOfPdf((await pdf('dealer', visit)).body, 'raw').replace(/\s/g, '');
    const asked = [...standards.visibleItems(fill(standards, 'best'))];
    const missing = asked.filter((id) => {
      const { question } = standards.items.get(id)!;
      return !written.includes(question.en.replace(/\s/g, ''));
    });
    expect([asked.length, missing]).toEqual([50, []]);
    const lost: Record<string, number> = (
      await world.as('dealer').get(`/markets/PL/audits/${visit}`)
    ).body.lostMicro;
    const losses = Object.values(lost).map((micro) => `−${(micro / 1e6).toFixed(1)}`);
    expect(losses).toEqual(['−3.0', '−2.0', '−15.0']);
    for (const loss of losses) expect(text.split(loss).length).toBeGreaterThanOrEqual(2);
  });

  test.skipIf(needs('qpdf', 'pdftotext'))(
    'tells a house neither who came nor when, and a manager the day and the hour',
    async () => {
      const house = textOfPdf((await pdf('dealer', call)).body);
      expect(house).toContain('a time, not told');
      expect(house).not.toMatch(/10 January|January 10|2026-01-10|11:00|12:00|auditor\d?$/m);
      const manager = textOfPdf((await pdf('manager', call)).body);
      expect(manager).toContain('January 10, 2026');
      // By the clock of the house, in Warsaw.
      expect(manager).toContain('12:00');
    },
  );

  test('an item that asks for a time is told to a house without it, on pages and in appeals', async () => {
    const url = `/markets/PL/audits/${call}`;
    const told = (await world.as('dealer').get(url)).body.answers;
    expect(told['called_at']).toEqual({});
    expect(told['attempts'].value).toBeTypeOf('number');
    const known = (await world.as('manager').get(url)).body.answers;
    expect(known['called_at'].value).toBe('2026-01-10T11:00:00Z');
    const appeal = uuidv7();
    const filed = await world.as('dealer').put(`/markets/PL/appeals/${appeal}`, {
      auditId: call,
      items: [{ itemId: 'called_at', statement: 'Nobody called us.' }],
    });
    expect([filed.status, filed.body.items[0].original]).toEqual([201, {}]);
    const seen = await world.as('manager').get(`/markets/PL/appeals/${appeal}`);
    expect(seen.body.items[0].original.value).toBe('2026-01-10T11:00:00Z');
    expect(JSON.stringify((await world.as('dealer').get(url)).body)).not.toContain('2026-01-10');
  });

  test.skipIf(needs('pdftoppm'))('looks as it did when a person last looked', async () => {
    for (const language of ['en', 'pl', 'ja']) {
      expectPages((await pdf('dealer', visit, language)).body, `audit-${language}`);
    }
  });
});
