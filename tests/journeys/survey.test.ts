import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../../src/context.ts';
import { buildApp } from '../../src/http/app.ts';
import { runLocally } from '../../src/operations/local.ts';
import { buildPages, openBrowser } from '../support/browser.ts';
import { useContext } from '../support/database.ts';
import { shipped } from '../support/fill.ts';
import { pressByKeyboard } from '../support/keyboard.ts';
import { lookAt, watch } from '../support/look.ts';
import { freePort } from '../support/mail-server.ts';
import { makeNetwork, makeTokens } from '../support/world.ts';

/** A customer answers on a phone, in their own language, by a link that is good once. */
const holder = useContext();
const survey = shipped('after-sales-questionnaire/2026.2').checklist;
const questions = survey.sections.flatMap((section) => section.items);
const watched = { faults: [] as string[], foreign: [] as string[] };
let context: Context;
let app: FastifyInstance;
let browser: Browser;
let origin: string;
let page: Page;
let link: string;

const ask = <Output>(operation: string, input: object, as?: string) =>
  runLocally(context, operation, input, as) as Promise<Output>;
const heading = (name: string) => page.getByRole('heading', { level: 1, name });
const look = (name: string) => lookAt(page, name, true);
const nResponses = async () => {
  const { rows } = await ask<{ rows: { figure: { n?: number; tooFew?: { n: number } } }[] }>(
    'indices.compute',
    { market: 'PL', index: 'after-sales', period: '2026', by: 'market' },
    'manager',
  );
  return rows[0]?.figure.n ?? rows[0]?.figure.tooFew?.n ?? 0;
};

beforeAll(async () => {
  buildPages();
  const port = await freePort();
  origin = `http://localhost:${port}`;
  context = { ...holder.context, site: { origin } };
  await makeNetwork(context);
  await makeTokens(context);
  app = await buildApp(context);
  await app.listen({ host: '127.0.0.1', port });
  browser = await openBrowser();
  const made = await ask<{ links: { link: string }[] }>(
    'surveys.invite',
    {
      ...{ market: 'PL', checklist: 'after-sales-questionnaire' },
      contact: 'goscie@example.org, +48 22 000 00 00',
      visits: [{ dealer: 'PL-1', visitDate: '2026-01-10', reference: 'A-17' }],
    },
    'manager',
  );
  link = made.links[0]!.link;
  const visit = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'pl-PL',
    reducedMotion: 'reduce',
  });
  page = watch(await visit.newPage(), () => origin, watched);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await app?.close();
});

test('it opens in the customer’s language, and leads nowhere else', async () => {
  await page.goto(link);
  await heading(survey.title.pl!).waitFor();
  await page.getByText('House 1, 10 sty 2026').waitFor();
  await page.getByText(questions[0]!.question.pl!).waitFor();
  expect(await page.locator('a').count()).toBe(0);
  await look('survey-pl');
});

test('a reload loses nothing that was answered', async () => {
  const first = page.getByRole('radiogroup').first();
  await first.getByRole('radio', { name: '9', exact: true }).check();
  await page.getByRole('radiogroup').nth(1).getByRole('radio', { name: '8', exact: true }).check();
  await page.reload();
  await heading(survey.title.pl!).waitFor();
  expect(await first.getByRole('radio', { name: '9', exact: true }).isChecked()).toBe(true);
});

test.each(['en', 'zh', 'it', 'ru', 'ja'] as const)('in %s too', async (language) => {
  await page.locator('header select').selectOption(language);
  await heading(survey.title[language]!).waitFor();
  await page.getByText(questions[0]!.question[language]!).first().waitFor();
  await look(`survey-${language}`);
});

test('the answers become a response; there are thanks, and a way to a person', async () => {
  const before = await nResponses();
  await page.locator('header select').selectOption('pl');
  const groups = page.getByRole('radiogroup');
  for (let n = 2; n < (await groups.count()); n += 1) {
    await groups.nth(n).getByRole('radio').last().check();
  }
  await page.getByRole('textbox').last().fill('Dziękuję za kawę.');
  await pressByKeyboard(page, 'Wyślij odpowiedzi');
  await heading('Dziękujemy').waitFor();
  await page.getByText('goscie@example.org').waitFor();
  await look('survey-thanks');
  expect(await nResponses()).toBe(before + 1);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['language']);
  await page.reload();
  await heading('Dziękujemy').waitFor();
  expect(await nResponses()).toBe(before + 1);
});

test('a link that was not copied whole says so', async () => {
  await page.goto('about:blank');
  await page.goto(link.slice(0, -6));
  await heading('Ten link nie jest już aktywny').waitFor();
  await look('survey-over');
});

test('no page failed in its console, and nothing was asked of anybody else', () => {
  expect(watched).toEqual({ faults: [], foreign: [] });
});
