import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../../src/context.ts';
import type { DocumentSummary } from '../../src/contracts/checklists.ts';
import { buildApp } from '../../src/http/app.ts';
import { openMail } from '../../src/io/mail.ts';
import { runLocally } from '../../src/operations/local.ts';
import { buildPages, openBrowser } from '../support/browser.ts';
import { useContext } from '../support/database.ts';
import { presser } from '../support/keyboard.ts';
import { lookAt, openPlace } from '../support/look.ts';
import { freePort, openMailServer } from '../support/mail-server.ts';
import { takeSeat } from '../support/seats.ts';
import { makeNetwork } from '../support/world.ts';

/**
 * A new checklist version, from the shipped one to the first assignment under it: written with its
 * faults and its looks beside it, published by a second administrator; and a person with a role that
 * two administrators gave.
 */
const holder = useContext();
const watched = { faults: [] as string[], foreign: [] as string[] };
let mailServer: Awaited<ReturnType<typeof openMailServer>>;
let context: Context;
let app: FastifyInstance;
let browser: Browser;
let origin: string;
let first: Page;
let second: Page;
let page: Page;

const ask = <Output>(operation: string, input: object, as?: string) =>
  runLocally(context, operation, input, as) as Promise<Output>;
const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const press = presser(() => page);
const look = (name: string) => lookAt(page, name, true);
const wide = () => page.setViewportSize({ width: 1280, height: 844 });
const source = () => page.getByLabel('Text (YAML)');

beforeAll(async () => {
  buildPages();
  const port = await freePort();
  origin = `http://localhost:${port}`;
  mailServer = await openMailServer();
  context = {
    ...holder.context,
    now: () => new Date(),
    site: { origin },
    mail: openMail(mailServer.url, 'omotenashi@example.org'),
  };
  await makeNetwork(context);
  app = await buildApp(context);
  await app.listen({ host: '127.0.0.1', port });
  browser = await openBrowser();
  first = await takeSeat(context, browser, watched, 'first', { role: 'administrator' });
  second = await takeSeat(context, browser, watched, 'second', { role: 'administrator' });
  page = first;
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await app?.close();
  await mailServer?.close();
});

test('an administrator opens on the checklists, and reads one with its looks', async () => {
  await page.goto(origin);
  await page.waitForURL('**/admin/checklists');
  await heading('Checklists').waitFor();
  await page.getByRole('link', { name: '2026.1' }).first().waitFor();
  await look('admin-checklists');
  await wide();
  await page.goto(`${origin}/admin/checklists/seven-personal-standards/2026.1`);
  await page.getByText('No faults.').waitFor();
  await page.getByRole('heading', { name: 'As the auditor sees it' }).waitFor();
  await look('admin-editor');
});

test('an item by its form: what changes goes into the text, and the looks follow', async () => {
  await wide();
  await page.goto(`${origin}/admin/checklists/contact-telephone/2026.1`);
  const field = (label: string | RegExp) => page.locator('.item-form').getByLabel(label);
  const text = async () => {
    await press('Text (YAML)');
    const found = await source().inputValue();
    await press('As a form');
    return found;
  };
  await page.locator('.outline button').nth(1).click();
  const before = await text();
  const asked = await field('Question (English)').inputValue();
  await field('Question (English)').fill('When exactly did you call?');
  await page.locator('.preview').getByText('When exactly did you call?').waitFor();
  await field('Weight').fill('much');
  await page
    .locator('.item-form')
    .getByText(/^weight: /)
    .waitFor();
  await look('admin-form-fault');
  await wide();
  await field('Weight').fill('');
  await page.getByText('No faults.').waitFor();
  // By the keyboard: down and up again is where it was; nothing else of the text has changed.
  await field('Weight').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => page.locator('.outline [aria-current]').innerText()).toContain('exactly');
  expect((await text()).indexOf('id: attempts')).toBeLessThan(
    (await text()).indexOf('id: called_at'),
  );
  await field('Weight').focus();
  await page.keyboard.press('Alt+ArrowUp');
  await field('Question (English)').fill(asked);
  await page.locator('.preview').getByText(asked).waitFor();
  expect(await text()).toBe(before);
  // Another kind of answer takes what it needs with it; a new item is there at once.
  await press('Add one below');
  await field('Kind of answer').selectOption('choice');
  await page.locator('.item-form').getByRole('textbox', { name: 'Option 1' }).fill('By telephone');
  await page.locator('.preview').getByText('By telephone').waitFor();
  await field('Words in').selectOption('pl');
  await field('Question (Polski)').fill('Skąd?');
  await look('admin-form');
  await wide();
  await press('Remove this item');
  await page.locator('.preview').getByText('By telephone').waitFor({ state: 'detached' });
  expect(await text()).toBe(before);
});

test('what is wrong is said with its place while one writes, and a reload loses nothing', async () => {
  await wide();
  await page.goto(`${origin}/admin/checklists/seven-personal-standards/2026.1`);
  await press('Text (YAML)');
  const before = await source().inputValue();
  const changed = before
    .replace('version: "2026.1"', 'version: "2027.1"')
    .replace('version: 2026.1', 'version: "2027.1"')
    .replace('Were the entrance and the way to the reception clean', 'Was the way in clean')
    .replace('weight: 1', 'weight: heavy');
  expect(changed).not.toBe(before);
  await source().fill(changed);
  const line = changed.split('\n').findIndex((each) => each.includes('weight: heavy')) + 1;
  const place = page.getByRole('button', { name: new RegExp(`^Line ${line}, column`) });
  await place.click();
  const at = await source().evaluate((area) => (area as HTMLTextAreaElement).selectionStart);
  expect(changed.slice(0, at).split('\n').length).toBe(line);
  // The looks of the last good text stay.
  await page.getByRole('heading', { name: 'As the auditor sees it' }).waitFor();
  await look('admin-editor-faults');
  await wide();
  await page.reload();
  await place.waitFor();
  await press('Text (YAML)');
  await source().fill(changed.replace('weight: heavy', 'weight: 1'));
  await page.getByText('No faults.').waitFor();
  await page.locator('.preview').getByText('Was the way in clean').waitFor();
});

test('it becomes a draft; whoever wrote it cannot publish it, another can after reading the changes', async () => {
  await press('Save as a draft');
  await page.waitForURL('**/2027.1');
  await press('Publish');
  await page.getByText('This step needs a second person').waitFor();
  page = second;
  await page.goto(`${origin}/admin/checklists`);
  await page.getByText('Draft').waitFor();
  await page.locator('a[href*="/seven-personal-standards/changes?from=2026.1&to=2027.1"]').click();
  await page.getByText(/items can be compared between the two/).waitFor();
  await page.locator('mark', { hasText: 'in' }).first().waitFor();
  await look('admin-changes');
  await wide();
  await page.goto(`${origin}/admin/checklists/seven-personal-standards/2027.1`);
  await press('Publish');
  await page.getByText('Published', { exact: false }).first().waitFor();
  await page.locator('summary', { hasText: 'Retire this version' }).waitFor();
});

test('the next assignment is made under it, the shipped one stays as it was', async () => {
  await ask('people.invite', {
    ...{ person: 'AU-01', name: 'Anna', email: 'anna@example.org' },
    grants: [{ role: 'auditor', market: 'PL' }],
  });
  const offered = await ask<{ checklist: { version: string } }>('assignments.offer', {
    ...{ market: 'PL', id: uuidv7(), dealer: 'PL-1', auditor: 'AU-01' },
    ...{ checklist: 'seven-personal-standards', scenario: 'Ask for a test drive.' },
    ...{ from: '2027-02-01', to: '2027-02-28' },
  });
  expect(offered.checklist.version).toBe('2027.1');
  const { documents } = await ask<{ documents: DocumentSummary[] }>('documents.list', {
    type: 'checklist',
  });
  const states = documents
    .filter(({ id }) => id === 'seven-personal-standards')
    .map(({ version, state }) => [version, state]);
  expect(states).toContainEqual(['2026.1', 'published']);
  expect(states).toContainEqual(['2027.1', 'published']);
});

test('a person is invited by one administrator; the role is granted by another', async () => {
  page = first;
  await wide();
  await page.goto(`${origin}/admin/people`);
  await heading('People').waitFor();
  await page.getByLabel('Code').fill('MM-PL');
  await page.getByLabel('Name').fill('Maria');
  await page.getByLabel('E-mail address').fill('maria@example.org');
  await page.locator('main select').first().selectOption('market-manager');
  await page.locator('select[name=market]').selectOption('PL');
  await press('Invite a person');
  await page.getByText('Maria gets a link by mail.').waitFor();
  await press('Grant');
  await page.getByRole('alert').filter({ hasText: 'second person' }).waitFor();
  await look('admin-people');
  page = second;
  await wide();
  await page.goto(`${origin}/admin/people`);
  await page.getByText('asked for by first').waitFor();
  await press('Grant');
  await page.getByText('asked for by first').waitFor({ state: 'detached' });
  const row = page.locator('tr', { hasText: 'maria@example.org' });
  expect(await row.innerText()).toContain('Market manager · PL');
});

test('a person’s roles are asked for and taken back, and a lost way in is renewed', async () => {
  page = first;
  await wide();
  await page.goto(`${origin}/admin/people`);
  await page.getByRole('link', { name: 'Maria' }).click();
  await heading('Maria').waitFor();
  await page.locator('select[name=role]').selectOption('dealer');
  await page.locator('select[name=market]').selectOption('PL');
  await page.getByLabel('Dealer’s code').fill('PL-1');
  await press('Ask for this role');
  await page.getByText('Asked for. A second administrator grants it.').waitFor();
  await page.locator('li', { hasText: 'waits for a second administrator' }).waitFor();
  await press('Send a link for a new password');
  await page.getByText('Maria gets a link by mail.').waitFor();
  await look('admin-person');
  await press('Take back');
  await page.getByText('Taken back: Market manager · PL.').waitFor();
  await page.getByText('No role yet.').waitFor();
});

test('a market’s clock, languages and working days; what cannot be is said at its field', async () => {
  await wide();
  await openPlace(page, 'Markets');
  await heading('Markets').waitFor();
  await look('admin-markets');
  await page.getByRole('link', { name: /^Poland/ }).click();
  await heading('Poland').waitFor();
  await page.getByLabel('Holidays').fill('2026-01-01 in May');
  await press('Save the market');
  await page.getByText('Expected dates such as 2026-01-01, not in, May').waitFor();
  await look('admin-market-refused');
  await page.getByLabel('Holidays').fill('2026-01-01 2026-05-01');
  await page.getByRole('checkbox', { name: 'Saturday' }).uncheck();
  await page.getByLabel('Days for an appeal').fill('21');
  await press('Save the market');
  await page.getByText('Saved. It holds from now on.').waitFor();
  expect(await ask('markets.get', { market: 'PL' })).toEqual({
    ...{ code: 'PL', name: 'Poland', languages: ['pl', 'en'], timeZone: 'Europe/Warsaw' },
    ...{ weekend: [7], holidays: ['2026-01-01', '2026-05-01'], extraWorkingDays: [] },
    ...{ staffNamed: false, appealDays: 21 },
  });
  await page.goto(`${origin}/admin/markets/new`);
  await page.getByLabel('Code').fill('LV');
  await page.getByLabel('Name in English').fill('Latvia');
  await page.getByLabel('Time zone').selectOption('Europe/Riga');
  await press('Save the market');
  await heading('Latvia').waitFor();
  await look('admin-market');
});

test('the brand on every paper, and who signs a certificate', async () => {
  await wide();
  await openPlace(page, 'Brand');
  await heading('Brand').waitFor();
  await page.getByLabel('Name of the brand').fill('Minamo');
  await page.getByLabel('Who signs a certificate').fill('One\nTwo\nThree\nFour');
  await press('Save the brand');
  await page.locator('.fault').waitFor();
  await page.getByLabel('Who signs a certificate').fill('Managing director');
  await press('Save the brand');
  await page.getByText('Saved. Everything made from now on carries it.').waitFor();
  await look('admin-brand');
  expect(await ask('brand.get', {})).toEqual({
    name: 'Minamo',
    signatories: ['Managing director'],
  });
});

test('the log has it all, and can be filtered', async () => {
  await wide();
  await page.goto(`${origin}/admin/log`);
  await page.getByText('documents.publish').first().waitFor();
  await look('admin-log');
  await wide();
  await page.getByLabel('Operation').fill('grants.decide');
  await press('Filter');
  await page.getByText('documents.publish').first().waitFor({ state: 'detached' });
  await page.getByText('grants.decide').first().waitFor();
});

test('every page speaks six languages, and everything fits', async () => {
  for (const language of ['pl', 'zh', 'it', 'ru', 'ja']) {
    await page.evaluate((code) => localStorage.setItem('language', code), language);
    for (const place of [
      'checklists',
      'checklists/seven-personal-standards/2027.1',
      'checklists/seven-personal-standards/changes?from=2026.1&to=2027.1',
      'people',
      'people/MM-PL',
      'markets',
      'markets/PL',
      'brand',
      'log',
      'help',
    ]) {
      await page.goto(`${origin}/admin/${place}`);
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
      await look(`${language}-admin-${place.replace(/\W.*\//, '-').replace(/\?.*/, '')}`);
    }
  }
}, 240_000);

test('no page failed in its console, and nothing was asked of anybody else', () => {
  expect(watched).toEqual({ faults: [], foreign: [] });
});
