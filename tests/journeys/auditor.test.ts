import type { FastifyInstance } from 'fastify';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../../src/context.ts';
import type { Item } from '../../src/contracts/checklists.ts';
import { numberItems } from '../../src/core/audits/numbering.ts';
import { buildApp } from '../../src/http/app.ts';
import { runLocally } from '../../src/operations/local.ts';
import { perform, systemActor } from '../../src/operations/operation.ts';
import { issueToken } from '../../src/operations/people/tokens.ts';
import { buildPages, openBrowser } from '../support/browser.ts';
import { useContext } from '../support/database.ts';
import { fill, shipped } from '../support/fill.ts';
import { pressByKeyboard } from '../support/keyboard.ts';
import { lookAt, watch as watchPage } from '../support/look.ts';
import { freePort } from '../support/mail-server.ts';

/**
 * An auditor's day without a connection: fetched in the morning, filled in a car park, the tab killed,
 * gone on with, submitted, sent when the connection comes back, sent back by the reviewer, corrected.
 */
const holder = useContext();
const password = 'seven lanterns by the gate';
const checklist = shipped('seven-personal-standards/2026.1');
const numbers = numberItems(checklist.checklist);
const answers = fill(checklist, 'best');
const assignment = '01900000-0000-7000-8000-00000000000a';
let context: Context;
let app: FastifyInstance;
let browser: Browser;
let visit: BrowserContext;
let page: Page;
let origin: string;
let audit: string;
const faults: string[] = [];
const foreign: string[] = [];

const ask = <Output>(operation: string, input: object, as?: string) =>
  runLocally(context, operation, input, as) as Promise<Output>;

const watch = (opened: Page) => watchPage(opened, () => origin, { faults, foreign });

beforeAll(async () => {
  buildPages();
  const port = await freePort();
  origin = `http://localhost:${port}`;
  // Half past ten in Warsaw, so that the visit's day is the same in every zone near it.
  context = { ...holder.context, now: () => new Date(), site: { origin } };
  await ask('imports.markets', {
    rows: [{ code: 'PL', name: 'Poland', time_zone: 'Europe/Warsaw', languages: 'pl en' }],
  });
  await ask('imports.rows', {
    market: 'PL',
    kind: 'dealers',
    rows: [{ code: 'PL-001', name: 'Dom Samochodowy Wisła', town: 'Warszawa' }],
  });
  const market = { role: 'market-manager' as const, market: 'PL' };
  for (const person of ['manager', 'reviewer']) {
    await perform(context, systemActor, issueToken, { person, label: 'test', grants: [market] });
  }
  app = await buildApp(context);
  await app.listen({ host: '127.0.0.1', port });
  browser = await openBrowser();
  const { link } = await ask<{ link: string }>('people.invite', {
    ...{ person: 'AU-01', name: 'Anna', email: 'anna@example.org' },
    grants: [{ role: 'auditor', market: 'PL' }],
  });
  const day = (ahead: number) =>
    new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  await ask(
    'assignments.offer',
    {
      ...{ market: 'PL', id: assignment, dealer: 'PL-001', auditor: 'AU-01' },
      checklist: 'seven-personal-standards',
      scenario:
        'Ask how a child’s seat is fixed. After the talk say that you waited for your drink.',
      ...{ from: day(-1), to: day(6) },
    },
    'manager',
  );
  visit = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  page = watch(await visit.newPage());
  await page.goto(link);
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Begin' }).click();
  await heading('Your visits').waitFor();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const heading = (name: string) => page.getByRole('heading', { level: 1, name });
const card = (id: string) => page.locator(`#${id}`);

const look = (name: string) => lookAt(page, name);

/** Answers an item as a thumb does. */
async function answerItem(id: string): Promise<void> {
  const item = checklist.items.get(id)!;
  const { value } = answers[id]!;
  const here = card(id);
  switch (item.type) {
    case 'yes-no':
      await here.getByRole('radio', { name: value === 'yes' ? 'Yes' : 'No', exact: true }).check();
      break;
    case 'scale':
      await here.getByRole('radio', { name: String(value), exact: true }).check();
      break;
    case 'choice': {
      const option = item.options.find((each) => each.id === value)!;
      await here.getByRole('radio', { name: option.text.en, exact: true }).check();
      break;
    }
    case 'multiple':
      for (const chosen of value as string[]) {
        const option = item.options.find((each) => each.id === chosen)!;
        await here.getByRole('checkbox', { name: option.text.en, exact: true }).check();
      }
      break;
    case 'number':
    case 'duration':
      await here.getByRole('textbox').first().fill(String(value));
      break;
    case 'date-time':
      await here.getByRole('button', { name: 'Now' }).click();
      break;
    default:
      await here.getByRole('textbox').first().fill(String(value));
  }
}

/** Answers an item as somebody does who has no pointer: by keys alone, on from where they are. */
async function answerByKeyboard(item: Item, value: unknown): Promise<void> {
  const isHere = () =>
    page.evaluate(
      (id) => document.activeElement?.matches(`#${id} :is(input, select, textarea)`) ?? false,
      item.id,
    );
  for (let step = 0; step < 40 && !(await isHere()); step += 1) await page.keyboard.press('Tab');
  expect(await isHere(), item.id).toBe(true);
  switch (item.type) {
    case 'yes-no':
    case 'scale':
    case 'choice': {
      const values =
        item.type === 'yes-no'
          ? ['yes', 'no']
          : item.type === 'choice'
            ? item.options.map(({ id }) => id)
            : Array.from({ length: item.max - item.min + 1 }, (_, i) => item.min + i);
      await page.keyboard.press('Space');
      for (let step = 0; step < values.indexOf(value as never); step += 1) {
        await page.keyboard.press('ArrowDown');
      }
      break;
    }
    case 'date-time':
      return pressByKeyboard(page, 'Now');
    case 'multiple': {
      const chosen = value as string[];
      for (const option of item.options) {
        if (chosen.includes(option.id)) await page.keyboard.press('Space');
        await page.keyboard.press('Tab');
      }
      break;
    }
    default:
      await page.keyboard.type(String(value));
  }
}

const drafts = () =>
  page.evaluate(
    () =>
      new Promise<{ answers: object }[]>((resolve) => {
        const open = indexedDB.open('visits of AU-01');
        open.onsuccess = () => {
          const all = open.result.transaction('drafts').objectStore('drafts').getAll();
          all.onsuccess = () => resolve(all.result as { answers: object }[]);
        };
      }),
  );

test('the assignment is fetched with all that its form needs', async () => {
  await page.goto(origin);
  await heading('Your visits').waitFor();
  // A phone's line is slow: nothing large comes as it lies on the disk.
  const scripts = await page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>(
        'script[src], link[rel=stylesheet]',
      ),
    ].map((each) => ('src' in each ? each.src : each.href)),
  );
  expect(scripts.length).toBeGreaterThan(1);
  for (const encoding of ['br', 'gzip']) {
    for (const script of scripts) {
      const answer = await fetch(script, { headers: { 'accept-encoding': encoding } });
      expect([script, answer.headers.get('content-encoding')]).toEqual([script, encoding]);
      expect((await answer.text()).length).toBeGreaterThan(1_000);
    }
  }
  await page.getByText('Ready offline').waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await page.getByText('Dom Samochodowy Wisła').waitFor();
  await look('list');
});

test('every page opens without a connection, from a cold start', async () => {
  await page.close();
  await visit.setOffline(true);
  page = watch(await visit.newPage());
  await page.goto(origin);
  await heading('Your visits').waitFor();
  await page.getByText('No connection. Everything you write is kept on this device.').waitFor();
  await page.getByRole('link', { name: /Dom Samochodowy Wisła/ }).click();
  await heading('Dom Samochodowy Wisła').waitFor();
  await page.getByText('Ask how a child’s seat is fixed.').waitFor();
  await look('briefing');
  await page.goto(`${origin}/outbox`);
  await heading('Outbox').waitFor();
  await page.getByText('Nothing waits here.').waitFor();
  await page.goto(`${origin}/audits/${assignment}`);
});

test('the form begins with the declaration, and keeps every answer at once', async () => {
  await page.getByRole('button', { name: 'I am on site' }).click();
  await page.getByRole('button', { name: 'Start filling' }).click();
  await page.getByText('Confirm this sentence before you start.').waitFor();
  await look('briefing-refused');
  await page.getByRole('checkbox', { name: /I am independent/ }).check();
  await page.getByRole('button', { name: 'Start filling' }).click();
  const [first] = checklist.checklist.sections;
  await heading(first!.title.en).waitFor();
  await look('section');
  const ids = first!.items.map(({ id }) => id).filter((id) => answers[id]);
  for (const id of ids) await answerItem(id);
  await page.getByText('Saved on this device').waitFor();
  const [kept] = await drafts();
  expect(Object.keys(kept!.answers).sort()).toEqual(ids.sort());
});

test('the tab is killed amid a section; everything is back', async () => {
  const place = page.url();
  await page.close();
  page = watch(await visit.newPage());
  await page.goto(origin);
  await page.getByRole('link', { name: /Dom Samochodowy Wisła/ }).click();
  await page.getByRole('link', { name: 'Go on filling' }).click();
  await page.waitForURL(place);
  const [first] = checklist.checklist.sections;
  const id = first!.items.find((item) => item.type === 'yes-no' && answers[item.id])!.id;
  const chosen = answers[id]!.value === 'yes' ? 'Yes' : 'No';
  expect(await card(id).getByRole('radio', { name: chosen, exact: true }).isChecked()).toBe(true);
});

test('it speaks six languages, and everything fits in each', async () => {
  const place = page.url();
  const names = { pl: 'Wygląd', zh: '仪表', it: 'Aspetto', ru: 'Внешний вид', ja: '身だしなみ' };
  for (const language of Object.keys(names)) {
    for (const path of [
      '/',
      new URL(place).pathname,
      `${new URL(place).pathname.split('/s/')[0]}/check`,
    ]) {
      await page.evaluate((code) => localStorage.setItem('language', code), language);
      await page.goto(origin + path);
      await page.locator('h1').waitFor();
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
      await look(
        `${language}-${path === '/' ? 'list' : path.includes('/s/') ? 'section' : 'check'}`,
      );
    }
  }
  await page.evaluate(() => localStorage.setItem('language', 'en'));
  await page.goto(place);
}, 180_000);

test('the rest is filled by sections; numbers are those of the version; nothing missing is let through', async () => {
  const { sections } = checklist.checklist;
  for (const [index, section] of sections.entries()) {
    await heading(section.title.en).waitFor();
    if (index > 0) {
      for (const { id } of section.items) if (answers[id]) await answerItem(id);
    }
    const shown = await page.locator('.item .number').allTextContents();
    const inOrder = section.items.map(({ id }) => numbers.get(id));
    expect(inOrder).toEqual(expect.arrayContaining(shown));
    if (index + 1 < sections.length) await page.getByRole('link', { name: 'Next' }).click();
  }
  // One answer is taken away again.
  const last = sections
    .at(-1)!
    .items.findLast(({ id }) => answers[id] && checklist.items.get(id)!.weight > 0)!;
  await card(last.id).getByRole('button', { name: 'Clear answer' }).click();
  await page.getByRole('contentinfo').getByRole('link', { name: 'Check answers' }).click();
  await heading('Check answers').waitFor();
  await page.getByRole('button', { name: 'Submit' }).click();
  const summary = page.getByRole('alert');
  await summary.getByText(`Answer question ${numbers.get(last.id)}`).waitFor();
  await summary.getByText('Confirm that you saw and heard this yourself.').waitFor();
  await look('check-refused');
  await summary.getByText(`Answer question ${numbers.get(last.id)}`).click();
  await answerItem(last.id);
});

test('a photo is drawn anew and kept; it travels with the audit', async () => {
  const withPhoto = checklist.checklist.sections
    .flatMap((section) => section.items.map((item) => ({ section, item })))
    .find(({ item }) => item.evidence?.kind === 'photo' && answers[item.id])!;
  const [{ id }] = (await drafts()) as unknown as [{ id: string }];
  audit = id;
  await page.goto(`${origin}/audits/${audit}/s/${withPhoto.section.id}`);
  const photo = await sharp({
    create: { width: 2_400, height: 1_200, channels: 3, background: '#4e9c8f' },
  })
    .jpeg()
    .withExif({ IFD0: { Artist: 'device of somebody' } })
    .toBuffer();
  await card(withPhoto.item.id)
    .locator('input[type=file]')
    .setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: photo });
  await card(withPhoto.item.id).getByRole('img', { name: 'Photo 1' }).waitFor();
  await look('section-filled');
});

test('submitted without a connection it waits; with one it is sent once, and repeating changes nothing', async () => {
  await page.goto(`${origin}/audits/${audit}/check`);
  await page.getByRole('checkbox', { name: /What I have written/ }).check();
  await look('check');
  await page.getByRole('button', { name: 'Submit' }).click();
  await heading('Your visit is on its way').waitFor();
  await page.getByText('It is sent as soon as there is a connection.').waitFor();
  await page.getByRole('link', { name: 'Outbox' }).click();
  await page.getByText('Waiting for a connection').waitFor();
  await look('outbox');
  // A photo that does not get through leaves the visit waiting: nothing half is on the service.
  let failed = 0;
  const photos = '**/api/v1/markets/PL/files/*';
  await page.route(photos, async (route) => {
    failed += 1;
    await route.abort();
  });
  await visit.setOffline(false);
  await expect.poll(() => failed, { timeout: 15_000 }).toBeGreaterThan(0);
  await page.getByText('Waiting for a connection').waitFor();
  expect(await ask('audits.list', { market: 'PL' })).toMatchObject({ items: [] });
  await page.unroute(photos);
  await page.getByText('Received', { exact: true }).waitFor({ timeout: 60_000 });
  const stored = await ask<{
    state: string;
    auditor: string;
    answers: Record<string, { evidence?: string[] }>;
  }>('audits.get', { market: 'PL', id: audit });
  expect([stored.state, stored.auditor]).toEqual(['submitted', 'AU-01']);
  // A house that sees this id later learns the month of the visit, and no more.
  expect(new Date(Number.parseInt(audit.replace('-', '').slice(0, 12), 16)).toISOString()).toMatch(
    /^\d{4}-\d{2}-01T00:00:00\.000Z$/,
  );
  expect(Object.values(stored.answers).flatMap(({ evidence }) => evidence ?? [])).toHaveLength(1);
  expect(Object.keys(stored.answers)).toEqual(expect.arrayContaining(Object.keys(answers)));
  expect(await drafts()).toEqual([]);
  const { items } = await ask<{ items: unknown[] }>('audits.list', { market: 'PL' });
  expect(items).toHaveLength(1);
});

test('sent back with a remark it comes back, is corrected, and approved by another person', async () => {
  const item = [...checklist.items.values()].find(
    ({ id, type }) => type === 'yes-no' && answers[id],
  )!;
  await ask('audits.take-up', { market: 'PL', id: audit }, 'reviewer');
  await ask(
    'audits.return',
    { market: 'PL', id: audit, remarks: { [item.id]: 'Please look at this again.' } },
    'reviewer',
  );
  await page.goto(origin);
  await page.getByText('Sent back to you').waitFor();
  await look('list-returned');
  await page.getByRole('link', { name: /Sent back with 1 remark/ }).click();
  await page.getByRole('link', { name: /Please look at this again/ }).click();
  await card(item.id).getByText('Please look at this again.').waitFor();
  await look('section-remark');
  const other = answers[item.id]!.value === 'yes' ? 'No' : 'Yes';
  await card(item.id).getByRole('radio', { name: other, exact: true }).check();
  const proof = card(item.id).locator('input[type=file]');
  if ((await proof.count()) > 0) {
    const shape = { width: 40, height: 40, channels: 3, background: 'black' } as const;
    const buffer = await sharp({ create: shape }).png().toBuffer();
    await proof.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer });
    await card(item.id).getByRole('img').last().waitFor();
  }
  await page.getByText('Saved on this device').waitFor();
  await page.goto(`${origin}/account`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('1 visit of yours is on this device alone.').waitFor();
  await page.goto(`${origin}/audits/${audit}/check`);
  await page.getByRole('checkbox', { name: /What I have written/ }).check();
  await page.getByRole('button', { name: 'Submit' }).click();
  await page.getByText('The service has received it.').waitFor();
  await ask('audits.approve', { market: 'PL', id: audit }, 'manager');
  const { state, revision } = await ask<{ state: string; revision: number }>('audits.get', {
    market: 'PL',
    id: audit,
  });
  expect([state, revision]).toEqual(['approved', 2]);
});

test('a lost phone: another device goes on with the form and its photos; where both changed, one chooses', async () => {
  const day = (ahead: number) =>
    new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const second = '01900000-0000-7000-8000-00000000000b';
  await ask(
    'assignments.offer',
    {
      ...{ market: 'PL', id: second, dealer: 'PL-001', auditor: 'AU-01' },
      ...{ checklist: 'seven-personal-standards', from: day(-1), to: day(6) },
    },
    'manager',
  );
  await page.goto(origin);
  await page.getByText('Ready offline').waitFor();
  await page.goto(`${origin}/audits/${second}`);
  await page.getByRole('checkbox', { name: /I am independent/ }).check();
  await page.getByRole('button', { name: 'Start filling' }).click();
  const item = checklist.checklist.sections[0]!.items.find(
    ({ id, type }) => type === 'yes-no' && answers[id],
  )!;
  const radio = (on: Page, name: string) =>
    on.locator(`#${item.id}`).getByRole('radio', { name, exact: true });
  await radio(page, 'Yes').check();
  const shape = { width: 320, height: 200, channels: 3, background: '#cc6a1e' } as const;
  await card(item.id)
    .locator('input[type=file]')
    .setInputFiles({
      ...{ name: 'b.png', mimeType: 'image/png' },
      buffer: await sharp({ create: shape }).png().toBuffer(),
    });
  await card(item.id).getByRole('img', { name: 'Photo 1' }).waitFor();
  await page.getByText('Saved on this device').waitFor();
  const place = new URL(page.url()).pathname;
  const kept = () =>
    ask<{ items: { revision: number }[] }>('drafts.list', { market: 'PL' }, 'AU-01').then(
      ({ items }) => items[0]?.revision ?? 0,
    );
  // Opening a page says that there is a connection: the copy goes at once, not at the next half minute.
  await page.reload();
  await expect.poll(kept, { timeout: 15_000 }).toBeGreaterThan(0);
  const other = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const phone = watch(await other.newPage());
  await phone.goto(`${origin}/sign-in`);
  await phone.getByLabel('E-mail address').fill('anna@example.org');
  await phone.getByLabel('Password').fill(password);
  await phone.getByRole('button', { name: 'Sign in', exact: true }).click();
  await phone.getByText('In progress').waitFor();
  await phone.goto(origin + place);
  expect(await radio(phone, 'Yes').isChecked()).toBe(true);
  const photo = phone.locator(`#${item.id}`).getByRole('img', { name: 'Photo 1' });
  await expect
    .poll(() => photo.evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBe(320);
  // Both go on: this one was faster.
  await radio(phone, 'No').check();
  await phone.getByText('Saved on this device').waitFor();
  const seen = await kept();
  await phone.reload();
  await expect.poll(kept, { timeout: 15_000 }).toBeGreaterThan(seen);
  const another = checklist.checklist.sections[0]!.items.find(
    ({ id, type }) => type === 'scale' && answers[id],
  )!;
  await answerItem(another.id);
  await page.getByText('Saved on this device').waitFor();
  await page.reload();
  await page.getByText('This visit was changed on another device too.').waitFor();
  await page.getByRole('link', { name: 'Choose' }).click();
  await page.getByRole('button', { name: 'Take what is on the other device' }).waitFor();
  await look('two-copies');
  await page.getByRole('button', { name: 'Take what is on the other device' }).click();
  await page.getByText('This visit was changed on another device too.').waitFor({
    state: 'detached',
  });
  await page.goto(origin + place);
  expect(await radio(page, 'No').isChecked()).toBe(true);
  await other.close();
  // A copy that arrived, and whose receipt was lost on the way, is nobody else's.
  const before = await kept();
  await page.route(
    '**/api/v1/markets/PL/drafts/*',
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await answerItem(another.id);
  await page.getByText('Saved on this device').waitFor();
  await page.reload();
  await expect.poll(kept, { timeout: 15_000 }).toBe(before + 1);
  await page.reload();
  await page.waitForLoadState('networkidle');
  await card(item.id).getByRole('button', { name: 'Clear answer' }).click();
  await page.getByText('Saved on this device').waitFor();
  await page.reload();
  await expect.poll(kept, { timeout: 15_000 }).toBe(before + 2);
  expect(await page.getByText('This visit was changed on another device too.').count()).toBe(0);
});

test('the whole of a visit by the keyboard alone: nothing is hidden, nothing is out of reach', async () => {
  const day = (ahead: number) =>
    new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const third = '01900000-0000-7000-8000-00000000000c';
  await ask(
    'assignments.offer',
    {
      ...{ market: 'PL', id: third, dealer: 'PL-001', auditor: 'AU-01' },
      ...{ checklist: 'contact-telephone', from: day(-1), to: day(6) },
    },
    'manager',
  );
  const call = shipped('contact-telephone/2026.1');
  const said = fill(call, 'best');
  await page.goto(origin);
  await page.getByText('Ready offline').waitFor();
  await pressByKeyboard(page, /^Dom Samochodowy Wisła[\s\S]*Ready offline$/);
  await pressByKeyboard(page, /^I am independent/, 'Space');
  await pressByKeyboard(page, 'Start filling');
  for (const section of call.checklist.sections) {
    await heading(section.title.en).waitFor();
    for (const item of section.items) {
      if (said[item.id] === undefined) continue;
      await answerByKeyboard(item, said[item.id]!.value);
    }
    const isLast = section === call.checklist.sections.at(-1);
    await pressByKeyboard(page, isLast ? 'Check answers' : 'Next');
  }
  await heading('Check answers').waitFor();
  await pressByKeyboard(page, /^What I have written/, 'Space');
  await pressByKeyboard(page, 'Submit');
  await heading('Your visit is on its way').waitFor();
  await page.getByText('The service has received it.').waitFor();
}, 180_000);

test('somebody else on this device sees nothing of it', async () => {
  const { link } = await ask<{ link: string }>('people.invite', {
    ...{ person: 'AU-02', name: 'Bruno', email: 'bruno@example.org' },
    grants: [{ role: 'auditor', market: 'PL' }],
  });
  await page.goto(`${origin}/account`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await page.evaluate(() => localStorage.getItem('person'))).toBeNull();
  await page.goto(link);
  await page.getByLabel('New password').fill(`${password} too`);
  await page.getByRole('button', { name: 'Begin' }).click();
  await heading('Your visits').waitFor();
  await page.goto(origin);
  await page.getByText('No visits are due.').waitFor();
  await look('list-empty');
});

test('nothing was said to the console, and nothing left our origin', () => {
  expect(faults).toEqual([]);
  expect(foreign).toEqual([]);
});
