import type { Page } from 'playwright-core';
import type { Context } from '../src/context.ts';
import { buildApp } from '../src/http/app.ts';
import { runLocally } from '../src/operations/local.ts';
import { buildPages, openBrowser } from '../tests/support/browser.ts';
import { freePort } from '../tests/support/mail-server.ts';
import { openBenchContext } from './context.ts';
import { type Line, median, spread } from './table.ts';

/** A phone's processor and line, as the limits name them. */
const slower = 4;
const line = {
  offline: false,
  latency: 150,
  downloadThroughput: 200_000,
  uploadThroughput: 93_750,
};
const rounds = 5;

interface Measured {
  /** Milliseconds until the largest thing of the page is there. */
  readonly lcp: number;
  /** Milliseconds by which tasks before that outlast 50 each. */
  readonly blocking: number;
  /** How much moved by itself, as browsers score it. */
  readonly shift: number;
}

/** The auditor's form, cold, on a slow phone: nothing of the app is on it yet but the visit. */
export async function benchPages(): Promise<Line[]> {
  buildPages();
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const context = await openBenchContext(origin);
  const link = await makeVisit(context);
  const app = await buildApp(context);
  await app.listen({ host: '127.0.0.1', port });
  const browser = await openBrowser();
  try {
    const visit = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await visit.newPage();
    await begin(page, origin, link);
    const place = page.url();
    const cold: Measured[] = [];
    for (let round = 0; round < rounds; round++) cold.push(await openCold(page, place));
    const answers = await answerMany(page);
    return linesOf(cold, answers);
  } finally {
    await browser.close();
    await app.close();
    await context.database.close();
  }
}

async function makeVisit(context: Context): Promise<string> {
  const ask = (operation: string, input: object, as?: string) =>
    runLocally(context, operation, input, as);
  await ask('imports.markets', {
    rows: [{ code: 'PL', name: 'Poland', time_zone: 'Europe/Warsaw', languages: 'pl en' }],
  });
  await ask('imports.rows', {
    market: 'PL',
    kind: 'dealers',
    rows: [{ code: 'PL-001', name: 'House One', town: 'Warszawa' }],
  });
  const { link } = (await ask('people.invite', {
    ...{ person: 'AU-01', name: 'Auditor', email: 'auditor@example.org' },
    grants: [{ role: 'auditor', market: 'PL' }],
  })) as { link: string };
  const day = (ahead: number) =>
    new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  await ask('assignments.offer', {
    ...{ market: 'PL', id: '01900000-0000-7000-8000-00000000000a', dealer: 'PL-001' },
    ...{ auditor: 'AU-01', checklist: 'seven-personal-standards', from: day(-1), to: day(6) },
  });
  return link;
}

async function begin(page: Page, origin: string, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('New password').fill('seven lanterns by the gate');
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByText('Ready offline').waitFor();
  await page.goto(`${origin}/audits/01900000-0000-7000-8000-00000000000a`);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Start filling' }).click();
  await page.locator('.item').first().waitFor();
}

/** Opens the form as if for the first time: no cache, no worker, a slow processor and line. */
async function openCold(page: Page, place: string): Promise<Measured> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setBypassServiceWorker', { bypass: true });
  await session.send('Network.clearBrowserCache');
  await session.send('Network.emulateNetworkConditions', line);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.addInitScript(() => {
    const seen = { lcp: 0, blocking: 0, shift: 0 };
    (globalThis as unknown as { seen: typeof seen }).seen = seen;
    const watch = (type: string, take: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
        type,
        buffered: true,
      });
    watch('largest-contentful-paint', (entry) => {
      seen.lcp = entry.startTime;
    });
    watch('longtask', (entry) => {
      seen.blocking += Math.max(0, entry.duration - 50);
    });
    watch('layout-shift', (entry) => {
      seen.shift += (entry as unknown as { value: number }).value;
    });
  });
  await page.goto(place);
  await page.locator('.item').first().waitFor();
  await page.waitForLoadState('networkidle');
  const found = await page.evaluate(() => (globalThis as unknown as { seen: Measured }).seen);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await session.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 },
  });
  await session.detach();
  return found;
}

/** From a touch to what one sees of it, and to the disk; on the slow processor. */
async function answerMany(page: Page): Promise<{ seen: number[]; kept: number[] }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const times = await page.evaluate(async () => {
    const radios = [...document.querySelectorAll<HTMLInputElement>('.item input[type=radio]')];
    const seen: number[] = [];
    const kept: number[] = [];
    const status = () => document.querySelector('.progress [role=status]')!.textContent;
    const saved = status();
    const paint = () =>
      new Promise<void>((resolve) =>
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => resolve();
          channel.port2.postMessage(0);
        }),
      );
    for (const radio of radios.filter((each) => !each.checked).slice(0, 20)) {
      const at = performance.now();
      radio.click();
      await paint();
      seen.push(performance.now() - at);
      while (status() !== saved) await new Promise((resolve) => setTimeout(resolve, 1));
      kept.push(performance.now() - at);
    }
    return { seen, kept };
  });
  await session.detach();
  return times;
}

function linesOf(
  cold: readonly Measured[],
  { seen, kept }: { readonly seen: readonly number[]; readonly kept: readonly number[] },
): Line[] {
  const of = (
    what: string,
    values: readonly number[],
    limit: number,
    unit: string,
    digits = 0,
  ) => ({
    goal: 'W1',
    what,
    ours: spread(values, digits),
    limit: `${limit} ${unit}`.trim(),
    ratio: (median(values) / limit).toFixed(2),
    wanted: '≤ 1',
    met: median(values) <= limit,
  });
  const slow = 'CPU 4x slower, 1.6 Mbit/s, 150 ms';
  return [
    of(
      `cold form (${slow}): largest paint`,
      cold.map(({ lcp }) => lcp),
      2_500,
      'ms',
    ),
    of(
      'cold form: blocking time',
      cold.map(({ blocking }) => blocking),
      200,
      'ms',
    ),
    of(
      'cold form: layout shift',
      cold.map(({ shift }) => shift),
      0.05,
      '',
      3,
    ),
    of('an answer: until it is seen (CPU 4x slower)', seen, 50, 'ms'),
    of('an answer: until it is on the disk', kept, 300, 'ms'),
  ];
}
