import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { AwardEffect, AwardResult } from '../../src/contracts/awards.ts';
import type { ScorecardView } from '../../src/contracts/scorecards.ts';
import { shipped } from '../support/fill.ts';
import { openPlace } from '../support/look.ts';
import { useOffice } from '../support/office.ts';

/**
 * A market's award through the real pages: an audit is reviewed, the market is ranked, a decision is
 * frozen, proposed, confirmed by a second person and published; and a house reads its scorecard,
 * appeals an item with a picture, and sees what was decided.
 */
const office = useOffice();
const checklist = shipped('seven-personal-standards/2026.1');
const { press, watched } = office;
let page: Page;
const at = (person: Parameters<typeof office.at>[0]): Page => {
  page = office.at(person);
  return page;
};
const ask: typeof office.ask = (...asked) => office.ask(...asked);
const heading = (name: string | RegExp) => office.heading(name);
const look = (name: string) => office.look(name);

test('an audit is read with its evidence and signs, sent back with a remark, corrected, approved, released', async () => {
  at('reviewer');
  await page.goto(`${office.origin}/m/PL/audits`);
  await heading('Audits').waitFor();
  await look('reviews');
  await page.locator(`a[href$="${office.audit}"]`).click();
  await page.getByText('Filled in 120 seconds: faster than it can be read.').waitFor();
  await page.getByText('Standing by the door.').waitFor();
  await page.getByRole('img', { name: 'Photo 1' }).waitFor();
  expect(
    await page
      .getByRole('img', { name: 'Photo 1' })
      .evaluate((image) => (image as HTMLImageElement).naturalWidth),
  ).toBe(300);
  await page.getByText('write a remark beside at least one item').waitFor();
  // By single letters: to the first answer, to its evidence, to a remark; inside a field they are letters.
  await page.keyboard.press('j');
  await page.keyboard.press('c');
  await page.getByRole('textbox', { name: 'Remark on question 1' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
  await page.keyboard.type('jk?');
  const remark = page.getByRole('textbox', { name: 'Remark on question 1' });
  expect(await remark.inputValue()).toBe('jk?');
  await remark.fill('By which door?');
  await remark.blur();
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('Next answer').waitFor();
  await look('shortcuts');
  await press('Close');
  await look('review');
  await page.reload();
  expect(await page.getByRole('textbox', { name: 'Remark on question 1' }).inputValue()).toBe(
    'By which door?',
  );
  await press('Send back with 1 remark');
  await page.getByRole('heading', { name: 'Sent back' }).waitFor();
  const { answers, remarks } = await ask<{ answers: object; remarks: object }>(
    'audits.get',
    { market: 'PL', id: office.audit },
    'AU-01',
  );
  expect(Object.values(remarks)).toEqual(['By which door?']);
  await ask('audits.correct', { market: 'PL', id: office.audit, answers }, 'AU-01');
  await page.reload();
  await press('Approve');
  await page.getByRole('heading', { name: 'Approved' }).waitFor();
  await press('Release to the dealer');
  await page.getByRole('heading', { name: 'Released' }).waitFor();
});

test('a house reads its scorecard: the words, figures and charts of its PDF, and nobody else’s', async () => {
  await ask('scorecards.release', { market: 'PL', dealers: ['PL-001'] }, 'manager');
  at('principal');
  await page.goto(office.origin);
  await page.waitForURL('**/d/PL/PL-001');
  await heading('Scorecard').waitFor();
  const { items } = await ask<{ items: { id: string }[] }>(
    'scorecards.list',
    { market: 'PL' },
    'principal',
  );
  const view = await ask<ScorecardView>('scorecards.get', { market: 'PL', id: items[0]!.id });
  if ('tooFew' in view.omotenashi) throw new Error('no index');
  await page.getByText(`${view.omotenashi.value.toFixed(1)}, likely`, { exact: false }).waitFor();
  for (const image of await page.locator('main img').all()) {
    await expect
      .poll(() => image.evaluate((each) => (each as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(100);
  }
  await look('scorecard');
  const pdf = await page.evaluate(async () => {
    const link = [...document.querySelectorAll('a')].find(({ href }) => href.includes('/pdf'))!;
    const response = await fetch(link.href);
    return [response.status, response.headers.get('content-type')];
  });
  expect(pdf).toEqual([200, 'application/pdf']);
  const shown = await page.locator('main').innerText();
  expect(shown).not.toMatch(/PL-00[2-9]|AU-\d\d/);
  await page.goto(`${office.origin}/m/PL/ranking`);
  await page.waitForURL('**/d/PL/PL-001');
});

test('it appeals an item with a picture; a reload loses nothing that was written', async () => {
  at('principal');
  await page.getByRole('link', { name: 'Audits', exact: true }).click();
  await heading('Audits').waitFor();
  await look('dealer-audits');
  await page.locator(`a[href$="${office.audit}"]`).click();
  await heading('Audit, December 2025').waitFor();
  await look('dealer-audit');
  expect(await page.locator('main').innerText()).not.toMatch(/AU-01|18 Dec|11:0/);
  await page.getByRole('heading', { name: 'What cost the most' }).waitFor();
  const report = await page.evaluate(async () => {
    const link = [...document.querySelectorAll('a')].find(({ href }) => href.includes('/pdf'))!;
    const response = await fetch(link.href);
    return [response.status, response.headers.get('content-type'), link.textContent];
  });
  expect(report).toEqual([200, 'application/pdf', 'Full report as PDF']);
  await press('Appeal single items');
  await page.getByRole('checkbox').first().check();
  await page.getByLabel('Why do you disagree on question 1?').fill('Nobody was at the door.');
  await page.reload();
  await press('Appeal single items');
  expect(await page.getByLabel('Why do you disagree on question 1?').inputValue()).toBe(
    'Nobody was at the door.',
  );
  await page.getByRole('checkbox').nth(1).check();
  await press('Send the appeal on 2 items');
  // The fault stands at the reason that is missing, and the focus goes there.
  await page.getByText('This is missing.').waitFor();
  const silent = page.getByLabel('Why do you disagree on question 2?');
  await expect.poll(() => silent.evaluate((field) => field === document.activeElement)).toBe(true);
  await look('appeal-refused');
  await page.getByRole('checkbox').nth(1).uncheck();
  await page.locator('input[type=file]').setInputFiles({
    name: 'door.png',
    mimeType: 'image/png',
    buffer: await sharp({
      create: { width: 64, height: 48, channels: 3, background: { r: 10, g: 120, b: 60 } },
    })
      .png()
      .toBuffer(),
  });
  await page.getByText('Photo 1').waitFor();
  await press('Send the appeal on 1 item');
  await page.getByRole('heading', { name: 'Your appeal: Open' }).waitFor();
  await page.getByText('Nobody was at the door.').waitFor();
});

test('its principal keeps the people of the house', async () => {
  at('principal');
  await openPlace(page, 'People');
  await heading('People').waitFor();
  await page.getByLabel('Code').fill('FRONT-1');
  await page.getByLabel('Name').fill('Ola');
  await page.getByLabel('E-mail address').fill('ola@example.org');
  await press('Invite a person');
  // Without mail the link is handed over; it is shown to whoever may make it, once.
  await page.getByText(/works once/).waitFor();
  expect(await page.locator('main code').innerText()).toMatch(/^http/);
  await look('dealer-people');
  const own = page.locator('main li', { hasText: 'FRONT-1' });
  await own.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Ola can no longer act for the house.').waitFor();
  await own.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Help' }).click();
  await heading('Help').waitFor();
  await look('dealer-help');
  await page.goto(`${office.origin}/d/PL/PL-001/audits/${office.audit}`);
});

test('another manager than the approver decides it, with the effect in sight', async () => {
  at('reviewer');
  await page.goto(`${office.origin}/m/PL/appeals`);
  await heading('Appeals').waitFor();
  await look('appeals');
  await page.goto(`${office.origin}/m/PL/ranking`);
  await page.getByText('* An audit of this dealer is under appeal').waitFor();
  expect(await page.locator('table.ranking abbr').count()).toBe(1);
  await page.goto(`${office.origin}/m/PL/appeals`);
  await page.locator('ul.work a').first().click();
  await heading(/^Appeal by/).waitFor();
  await page.getByRole('img', { name: 'Photo 1' }).first().waitFor();
  await page.getByLabel('Reason').fill('The picture shows it.');
  await press('Confirm the audit as it is');
  await page.getByText('This step needs a second person').waitFor();
  const asked = page.url();
  at('manager');
  await page.goto(asked);
  await page.getByText('Amend this answer').click();
  const item = checklist.checklist.sections[0]!.items[0]!;
  if (item.type === 'yes-no') await page.getByRole('radio', { name: 'No', exact: true }).check();
  else await page.getByRole('radio', { name: '1', exact: true }).check();
  const [appeal] = (await ask<{ items: { id: string }[] }>('appeals.list', { market: 'PL' })).items;
  const changed = item.type === 'yes-no' ? { value: 'no' } : { value: 1 };
  const effect = await ask<{ after: { finalMicro: number }; award: AwardEffect }>(
    'appeals.preview',
    { market: 'PL', id: appeal!.id, answers: { [item.id]: changed } },
  );
  const { index, place } = effect.award;
  if ('tooFew' in index.after || 'tooFew' in index.before) throw new Error('no index');
  expect(index.after.value).toBeLessThan(index.before.value);
  const row = page.getByRole('row', { name: /^Omotenashi index/ });
  await row.getByText(index.after.value.toFixed(1), { exact: false }).waitFor();
  await page.setViewportSize({ width: 1280, height: 844 });
  await page.getByLabel('Reason').fill('The picture shows it.');
  await look('appeal');
  await press('Amend 1 item');
  await page.getByRole('heading', { name: 'Decision' }).waitFor();
  await page.getByText('The picture shows it.').waitFor();
  // What was announced is what came of it.
  const ranked = (await ask<AwardResult>('awards.rank', { market: 'PL' })).dealers.find(
    ({ dealer }) => dealer === 'PL-001',
  )!;
  const { rank, rankLow, rankHigh } = ranked.ranking ?? {};
  expect(ranked.ranking && { rank, rankLow, rankHigh }).toEqual(place.after);
  expect(ranked.status).toBe(effect.award.status.after);
  at('principal');
  await page.reload();
  await page.getByRole('heading', { name: 'Your appeal: Audit amended' }).waitFor();
  await page.getByText('The picture shows it.').waitFor();
  const before = await ask<{ items: { id: string }[] }>(
    'scorecards.list',
    { market: 'PL' },
    'principal',
  );
  await ask('scorecards.release', { market: 'PL', dealers: ['PL-001'] }, 'manager');
  await page.getByRole('link', { name: 'Scorecard' }).click();
  await page.getByLabel('Released').waitFor();
  expect(await page.getByLabel('Released').locator('option').count()).toBe(before.items.length + 1);
});

test('the award: frozen, recomputed to the same bytes, proposed, confirmed by a second person, published', async () => {
  at('manager');
  await page.setViewportSize({ width: 1280, height: 844 });
  await page.goto(`${office.origin}/m/PL/award`);
  await page.getByRole('heading', { name: /Qualification/ }).waitFor();
  await page.getByText('Freeze the evidence first.').waitFor();
  expect(await page.getByText('Waive a gate').count()).toBe(0);
  await look('award-open');
  // The network's manager waives a gate, with a reason and a paper; what was typed outlives a reload.
  at('network');
  await page.setViewportSize({ width: 1280, height: 844 });
  await page.goto(`${office.origin}/m/PL/award`);
  await page.getByText('Waive a gate').first().click();
  await page.getByLabel('Reason').first().fill('The house was rebuilt.');
  await page.reload();
  await page.getByText('Waive a gate').first().click();
  expect(await page.getByLabel('Reason').first().inputValue()).toBe('The house was rebuilt.');
  await page.getByRole('button', { name: 'Waive a gate' }).click();
  await page.locator('.fault').waitFor();
  await page.getByLabel('Document').fill('minutes of 12 January');
  await look('award-waiving');
  await page.getByRole('button', { name: 'Waive a gate' }).click();
  await page.getByText(/network: The house was rebuilt\. \(minutes of 12 January\)/).waitFor();
  at('manager');
  await page.setViewportSize({ width: 1280, height: 844 });
  await page.reload();
  await page.getByText(/minutes of 12 January/).waitFor();
  await press('Freeze the evidence');
  await page.getByText(/^Frozen on/).waitFor({ state: 'attached', timeout: 60_000 });
  await page.locator('summary', { hasText: 'Show Ranking' }).click();
  await press('Compute it again here');
  await page
    .getByText('Computed again on this device: the same bytes.')
    .waitFor({ timeout: 60_000 });
  const [decision] = (await ask<{ items: { id: string }[] }>('decisions.list', { market: 'PL' }))
    .items;
  const { result } = await ask<{ result: AwardResult }>('decisions.get', {
    market: 'PL',
    id: decision!.id,
  });
  // Not the first of the ranking: the service wants to know why.
  await page
    .getByRole('radio')
    .nth(result.outcome === 'shared' ? 2 : 1)
    .check();
  await look('award-frozen');
  await press('Propose');
  await page.locator('.fault', { hasText: 'This departs from the ranking' }).waitFor();
  await page.getByRole('radio').first().check();
  await press('Propose');
  await page.getByText(/^Winner: /).waitFor();
  await press('Confirm');
  await page
    .getByRole('alert')
    .filter({ hasText: /person/ })
    .waitFor();
  at('network');
  await page.goto(`${office.origin}/m/PL/award`);
  const places = page.locator('#places a');
  await places.first().waitFor({ state: 'attached' });
  expect(await places.allTextContents()).toContain('Exports');
  expect(await places.allTextContents()).not.toContain('Imports');
  await press('Confirm');
  await page.getByRole('link', { name: /^Preview of the certificate of/ }).waitFor();
  await press('Publish');
  await page.getByRole('link', { name: 'Certificate' }).waitFor();
  await look('award-published');
  const paper = await page.evaluate(async () => {
    const link = document.querySelector<HTMLAnchorElement>('a[href*="/certificate?"]')!;
    const response = await fetch(link.href);
    return [response.status, response.headers.get('content-type')];
  });
  expect(paper).toEqual([200, 'application/pdf']);
  const href = await page.getByRole('link', { name: 'Certificate' }).getAttribute('href');
  await page.goto(office.origin + href!);
  await page.getByText(/valid/i).first().waitFor();
}, 180_000);

test('every page speaks six languages, and everything fits', async () => {
  at('network');
  for (const language of ['pl', 'zh', 'it', 'ru', 'ja']) {
    await page.evaluate((code) => localStorage.setItem('language', code), language);
    for (const place of [
      '',
      'dealers/PL-001/answers',
      'changes?period=2025-H2&against=2025-H1',
      'ranking',
      'what-if',
      'award',
      'audits',
      `audits/${office.audit}`,
      'appeals',
      'complaints',
      'auditors',
      'questionnaires',
      'imports',
      'exports',
      'help',
    ]) {
      await page.goto(
        place === 'help'
          ? `${office.origin}/m/help`
          : `${office.origin}/m/PL/${place}`.replace(/\/$/, ''),
      );
      await page.locator('h1').waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
      await look(`${language}-${place.replace(/\W.*/, '') || 'overview'}`);
    }
  }
  // A refusal is said in the reader's language too.
  await page.evaluate(() => localStorage.setItem('language', 'pl'));
  await page.goto(`${office.origin}/m/XX/ranking`);
  await page
    .getByRole('alert')
    .getByText(/^Nie znaleziono/)
    .waitFor();
  await look('pl-refused');
  at('principal');
  for (const language of ['pl', 'zh', 'it', 'ru', 'ja']) {
    await page.evaluate((code) => localStorage.setItem('language', code), language);
    await page.goto(`${office.origin}/d/PL/PL-001`);
    await page.waitForLoadState('networkidle');
    await look(`${language}-scorecard`);
  }
}, 300_000);

test('no page failed in its console, and nothing was asked of anybody else', () => {
  expect(watched).toEqual({ faults: [], foreign: [] });
});
