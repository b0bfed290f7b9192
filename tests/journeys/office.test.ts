import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { AwardResult } from '../../src/contracts/awards.ts';
import type { ChangeReport } from '../../src/contracts/indices.ts';
import type { Overview as OverviewOf } from '../../src/contracts/overview.ts';
import type { ScorecardView } from '../../src/contracts/scorecards.ts';
import { exportWhatWaits } from '../../src/operations/exports/keep-exporting.ts';
import { openPlace } from '../support/look.ts';
import { useOffice } from '../support/office.ts';
import { needs } from '../support/tools.ts';

/** What a manager reads, brings in and takes out, through the real pages. */
const office = useOffice();
const { press, watched } = office;
let page: Page;
const at = (person: Parameters<typeof office.at>[0]): Page => {
  page = office.at(person);
  return page;
};
const ask: typeof office.ask = (...asked) => office.ask(...asked);
const heading = (name: string | RegExp) => office.heading(name);
const look = (name: string) => office.look(name);

test('a manager opens on the overview: five figures with what is behind them, what waits, the standards', async () => {
  at('manager');
  await page.goto(office.origin);
  await page.waitForURL('**/m/PL');
  await heading('Overview').waitFor();
  const shown = await ask<OverviewOf>('overview.get', { market: 'PL' });
  if ('tooFew' in shown.index.figure) throw new Error('no index');
  const tile = (label: string) => page.locator('.tiles > div', { hasText: label });
  const { figure, change } = shown.index;
  expect(await tile('Omotenashi index').innerText()).toContain(figure.value.toFixed(1));
  expect(change === null || change.direction === 'unclear').toBe(true);
  expect(await tile('Omotenashi index').innerText()).toMatch(/no clear change|nothing to compare/);
  const ranking = await ask<AwardResult>('awards.rank', { market: 'PL' });
  const qualified = ranking.dealers.filter(({ status }) => status === 'ranked').length;
  expect(await tile('Qualified for the award').innerText()).toContain(
    `${qualified}\nof ${ranking.dealers.length} dealers`,
  );
  // The audit that was sent in waits; the period of the award is over.
  await page.getByRole('link', { name: '1 audit to review' }).waitFor();
  await page.getByRole('link', { name: /freeze the evidence of the award/ }).waitFor();
  await page.getByText('As a table').click();
  expect(await page.locator('table tbody tr').count()).toBe(7);
  await look('overview');
  await page.getByRole('link', { name: '1 audit to review' }).click();
  await page.waitForURL('**/m/PL/audits');
});

test('a house of the ranking: its card as it would be released, and the rows behind it', async () => {
  at('manager');
  await page.setViewportSize({ width: 1280, height: 844 });
  await page.goto(`${office.origin}/m/PL/ranking`);
  await page.locator('table.ranking a', { hasText: 'PL-001' }).click();
  await page.waitForURL('**/m/PL/dealers/PL-001');
  await page.getByText('not released').waitFor();
  const view = await ask<ScorecardView>('scorecards.preview', { market: 'PL', dealer: 'PL-001' });
  if ('tooFew' in view.omotenashi) throw new Error('no index');
  await page.getByText(`${view.omotenashi.value.toFixed(1)}, likely`, { exact: false }).waitFor();
  await look('house');
  for (const part of ['Trends', 'Audits', 'Surveys and figures', 'Complaints']) {
    await page.setViewportSize({ width: 1280, height: 844 });
    await page
      .getByRole('navigation', { name: /^Pages about/ })
      .getByRole('link', { name: part })
      .click();
    await page.waitForLoadState('networkidle');
    await look(`house-${part.toLowerCase().replaceAll(' ', '-')}`);
  }
  // Only this house's complaints.
  const { items } = await ask<{ items: object[] }>('complaints.list', {
    ...{ market: 'PL', period: view.period.code, dealer: 'PL-001' },
  });
  expect(await page.locator('tbody tr').count()).toBe(items.length);
});

test('the ranking: ranges first, ties in words, the rest with the reason', async () => {
  at('manager');
  await page.setViewportSize({ width: 1280, height: 844 });
  await page.goto(`${office.origin}/m/PL/ranking`);
  await heading('Ranking').waitFor();
  const result = await ask<AwardResult>('awards.rank', { market: 'PL' });
  const ranked = result.dealers.filter(({ ranking }) => ranking);
  expect(ranked.length).toBeGreaterThan(3);
  await page.locator('table.ranking').waitFor();
  const rows = page.locator('table.ranking tbody:not(.unranked) tr:not(.said)');
  expect(await rows.count()).toBe(ranked.length);
  const { rankLow, rankHigh, probabilityFirst } = ranked[0]!.ranking!;
  await page.getByText('PL-001', { exact: false }).first().waitFor();
  const text = await rows.first().innerText();
  expect(text.startsWith(rankLow === rankHigh ? String(rankLow) : `${rankLow}–${rankHigh}`)).toBe(
    true,
  );
  expect(text).toContain(`${Math.round(100 * probabilityFirst)}%`);
  expect(text).toContain(`${ranked[0]!.ranking!.composite.toFixed(1)}`);
  // Every group of several is said to be one, and no other.
  const groups = [...Map.groupBy(ranked, ({ ranking }) => ranking!.tiedGroup).values()];
  const tied = groups.filter((group) => group.length > 1);
  expect(tied.length).toBeGreaterThan(0);
  expect(await page.getByText(/are not clearly different/).count()).toBe(tied.length);
  // Whoever is outside a gate has no rank, and the gate is named with its value and bound.
  const out = result.dealers.find(({ status }) => status === 'disqualified')!;
  const row = page.locator('tbody.unranked tr', { hasText: out.dealer }).first();
  expect(await row.innerText()).toMatch(/^–[\s\S]*needed [≥≤]/);
  await look('ranking');
});

test('changes: one period with another, house by house; noise is called none', async () => {
  at('manager');
  await page.setViewportSize({ width: 1280, height: 844 });
  await openPlace(page, 'Changes');
  await heading('Changes').waitFor();
  await page.getByLabel('compared with', { exact: true }).fill('2025-H1');
  await page.getByLabel('Period').fill('2025-H2');
  const report = await ask<ChangeReport>('indices.compare', {
    ...{ market: 'PL', index: 'omotenashi', period: '2025-H2', against: '2025-H1' },
  });
  const compared = report.rows.flatMap(({ change }) => change ?? []);
  const up = compared.filter(({ direction }) => direction === 'up').length;
  const down = compared.filter(({ direction }) => direction === 'down').length;
  await page
    .getByText(
      up + down === 0
        ? `None of ${compared.length} dealers changed clearly.`
        : `Of ${compared.length} dealers that can be compared, ${up} went up and ${down} went down`,
    )
    .waitFor();
  expect(await page.locator('tbody tr').count()).toBe(report.rows.length);
  const unclear = compared.length - up - down;
  expect(await page.getByText('no clear change', { exact: true }).count()).toBe(unclear);
  await look('changes');
});

test('a file comes in: every fault with its line and column first, then what is good', async () => {
  at('manager');
  await page.setViewportSize({ width: 1280, height: 844 });
  await openPlace(page, 'Imports');
  await heading('Imports').waitFor();
  await press('Check the file');
  await page.getByText('Choose a file first.').waitFor();
  const choose = (text: string) =>
    page.locator('input[type=file]').setInputFiles({
      name: 'dealers.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(text),
    });
  await choose(
    'code,name,opened\nPL-091,Minamo Sopot,2015-04-01\nPL-092,Minamo Hel,the first of May\n',
  );
  await press('Check the file');
  await page.getByText('1 row is faulty').waitFor();
  const row = page.locator('tbody tr').first();
  expect(await row.innerText()).toMatch(/^3\s+opened\s+Expected a date/);
  // All or nothing, unless the good rows are asked for.
  expect(await page.getByRole('button', { name: /^Import/ }).count()).toBe(0);
  await look('import-faults');
  await choose('code,name,opened\nPL-091,Minamo Sopot,2015-04-01\n');
  await press('Check the file');
  await page.getByText('1 row: 1 would be stored, 0 are there already.').waitFor();
  await press('Import 1 row');
  await page.getByText('1 row: 1 stored, 0 were there already.').waitFor();
  await look('import-done');
  const { items } = await ask<{ items: { code: string }[] }>('dealers.list', {
    market: 'PL',
    limit: 500,
  });
  expect(items.map(({ code }) => code)).toContain('PL-091');
});

test('auditors: severity with its error, signs, and whether the award may be corrected', async () => {
  at('manager');
  await page.setViewportSize({ width: 1280, height: 844 });
  await openPlace(page, 'Auditors');
  await page.getByText(/Of the differences between scores/).waitFor();
  const report = await ask<{ auditors: { auditor: string }[] }>('auditors.report', {
    market: 'PL',
  });
  expect(await page.locator('table').first().locator('tbody tr').count()).toBe(
    report.auditors.length,
  );
  await look('auditors');
});

test('the ranking as a file: the same rows, every figure in full', async () => {
  at('manager');
  await page.setViewportSize({ width: 1280, height: 844 });
  await page.goto(`${office.origin}/m/PL/ranking`);
  const coming = page.waitForEvent('download');
  await press('Download as CSV');
  const text = readFileSync((await (await coming).path())!, 'utf8');
  const result = await ask<AwardResult>('awards.rank', { market: 'PL' });
  const [first] = result.dealers;
  const lines = text.trim().split('\r\n');
  expect(lines).toHaveLength(result.dealers.length + 1);
  const { rank, rankLow, rankHigh, probabilityFirst, composite } = first!.ranking!;
  const start = ['ranked', rank, rankLow, rankHigh, probabilityFirst, first!.dealer, composite];
  expect(lines[1]!.startsWith(start.join(','))).toBe(true);
});

test.skipIf(needs('pdftotext'))('table, bars, file and print say the same', async () => {
  at('manager');
  await page.setViewportSize({ width: 1280, height: 844 });
  await page.goto(`${office.origin}/m/PL/ranking`);
  await page.locator('table.ranking').waitFor();
  const { dealers } = await ask<AwardResult>('awards.rank', { market: 'PL' });
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'ranking-')), 'ranking.pdf');
  await page.pdf({ path: file, preferCSSPageSize: true });
  const printed = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  expect(printed).not.toContain('Download as CSV');
  expect(printed).toMatch(/Ranking, Poland · Omotenashi +\w{3} \d+, \d{4}/);
  // Nothing of the table is cut off at the edge of the sheet.
  expect(printed).toMatch(/\d of \d met/);
  const pages = printed.match(/Page \d+ of \d+/g)!;
  expect(pages).toEqual(pages.map((_, n) => `Page ${n + 1} of ${pages.length}`));
  const drawn = await page.evaluate(async () => {
    const image = document.querySelector<HTMLImageElement>('figure img')!;
    const svg = new DOMParser().parseFromString(
      await (await fetch(image.src)).text(),
      'image/svg+xml',
    );
    return [...svg.querySelectorAll('text')].map((text) => text.textContent);
  });
  expect(drawn.filter((text) => dealers.some(({ dealer }) => text?.endsWith(dealer)))).toHaveLength(
    dealers.length,
  );
  // What stands beside the rows, from top to bottom.
  expect(drawn.slice(-dealers.length)).toEqual(
    dealers.map(({ ranking, status }) =>
      ranking
        ? [...new Set([ranking.rankLow, ranking.rankHigh])].join('–')
        : { disqualified: 'not qualified', open: 'open', excluded: 'excluded' }[status as 'open'],
    ),
  );
  for (const { dealer, ranking } of dealers) {
    const row = page.locator('table.ranking tr', { hasText: dealer });
    expect(printed).toContain(dealer);
    if (!ranking) {
      expect(await row.locator('.interval').count()).toBe(0);
      continue;
    }
    const { rankLow, rankHigh, composite, se } = ranking;
    const range = rankLow === rankHigh ? String(rankLow) : `${rankLow}–${rankHigh}`;
    const [low, high] = [composite - 1.96 * se, composite + 1.96 * se].map((x) => x.toFixed(1));
    expect(await row.getByRole('img').getAttribute('aria-label')).toBe(`${low} to ${high}`);
    const shown = (await row.innerText()).replaceAll(/\s+/g, ' ');
    expect(shown.startsWith(`${range} `)).toBe(true);
    expect(shown).toContain(composite.toFixed(1));
    // The line of the print that has its index has its range too.
    const line = printed
      .split('\n')
      .find((each) => each.includes(composite.toFixed(1)) && each.trim().startsWith(range));
    expect([dealer, line === undefined]).toEqual([dealer, false]);
  }
});

test('links for customers: visits come in as a file, links go out as one', async () => {
  at('manager');
  await openPlace(page, 'Questionnaires');
  await heading('Questionnaires').waitFor();
  await page.getByLabel('How a customer reaches a person').fill('guests@example.org');
  const choose = (text: string) =>
    page.locator('input[type=file]').setInputFiles({
      name: 'visits.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(text),
    });
  await choose('dealer;visit_date\nPL-001;2026-01-10\n');
  await press('Make the links');
  await page.getByText(/\(reference\)/).waitFor();
  await choose('dealer;visit_date;reference\nPL-777;2026-01-10;=A1\n');
  await press('Make the links');
  await page.getByText('There is no dealer "PL-777"').waitFor();
  await choose('dealer;visit_date;reference\nPL-001;2026-01-10;=A1\nPL-002;2026-01-11;B-2\n');
  await press('Make the links');
  await page.getByRole('heading', { name: '2 links' }).waitFor();
  await look('questionnaires');
  const coming = page.waitForEvent('download');
  await press('Download the links');
  const text = readFileSync((await (await coming).path())!, 'utf8');
  expect(text).toMatch(/^\ufeffdealer,reference,link\r\nPL-001,'=A1,http/);
  const customer = await page.context().browser()!.newPage();
  await customer.goto(/(http\S+)/.exec(text)![1]!);
  await customer.getByRole('heading', { name: 'How was your visit to our workshop?' }).waitFor();
  await customer.close();
});

test('complaints: what waits first, with its last day; nothing of a customer', async () => {
  at('manager');
  await page.setViewportSize({ width: 1280, height: 844 });
  await openPlace(page, 'Complaints');
  await heading('Complaints').waitFor();
  await page.getByLabel('Period').fill('2025');
  const { items } = await ask<{ items: { code: string; answer: { state: string } }[] }>(
    'complaints.list',
    { market: 'PL', period: '2025' },
  );
  expect(items.length).toBeGreaterThan(5);
  await page.getByText(items[0]!.code, { exact: true }).waitFor();
  expect(await page.locator('tbody tr').count()).toBe(items.length);
  const met = items.filter(({ answer }) => answer.state === 'met').length;
  const due = items.filter(({ answer }) => answer.state !== 'pending').length;
  await page.getByText(`${Math.round((100 * met) / due)}% of the answers`).waitFor();
  await look('complaints');
});

test('an export: exactly the rows that are filtered, made in the background, taken out as a file', async () => {
  at('manager');
  await page.setViewportSize({ width: 1280, height: 844 });
  await openPlace(page, 'Exports');
  await heading('Exports').waitFor();
  await page.getByText('No files yet.').waitFor();
  await page.getByLabel('Kind of data').selectOption('complaints');
  await page.getByLabel('Period').fill('whenever');
  await press('Make the file');
  await page.locator('.fault').waitFor();
  await look('exports-refused');
  await page.getByLabel('Period').fill('2025');
  await page.getByLabel('Dealer’s code').fill('PL-001');
  await press('Make the file');
  await page.getByText('waiting', { exact: true }).waitFor();
  await exportWhatWaits(office.context);
  const { items } = await ask<{ items: { code: string }[] }>('complaints.list', {
    ...{ market: 'PL', period: '2025', dealer: 'PL-001' },
  });
  const link = page.getByRole('link', { name: `Download ${items.length} rows` });
  await link.waitFor();
  await look('exports');
  const coming = page.waitForEvent('download');
  await link.click();
  const text = readFileSync((await (await coming).path())!, 'utf8');
  expect(text.trim().split('\r\n')).toHaveLength(items.length + 1);
  for (const { code } of items) expect(text).toContain(code);
});

test('what-if: other weights give another ranking, and nothing is stored', async () => {
  at('manager');
  await page.setViewportSize({ width: 1280, height: 844 });
  await openPlace(page, 'What if');
  await heading('What if').waitFor();
  const weight = page.locator('fieldset').first().locator('input').first();
  await weight.fill('0');
  await press('Try it');
  await page.getByRole('heading', { name: 'What would come of it' }).waitFor();
  await page.getByText(/dealers? would move/).waitFor();
  await look('what-if');
  const { items } = await ask<{ items: object[] }>('decisions.list', { market: 'PL' });
  expect(items).toEqual([]);
});

test('no page failed in its console, and nothing was asked of anybody else', () => {
  expect(watched).toEqual({ faults: [], foreign: [] });
});
