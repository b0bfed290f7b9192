import { mkdirSync } from 'node:fs';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What went wrong on pages: errors of their own, and requests that left our origin. */
export interface Watched {
  readonly faults: string[];
  readonly foreign: string[];
}

/** Notes every error of a page, every fault of the service, and every request that leaves our origin. */
export function watch(page: Page, origin: () => string, { faults, foreign }: Watched): Page {
  page.setDefaultTimeout(15_000);
  page.on('console', (message) => {
    const isOurs = !/status of 4\d\d|ERR_INTERNET_DISCONNECTED|Failed to load/.test(message.text());
    if (message.type() === 'error' && isOurs) faults.push(message.text());
  });
  // A browser words a refusal and a fault of the service alike: only the second is one of ours.
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(origin())) {
      foreign.push(request.url());
    }
  });
  return page;
}

/** Goes to a place of the navigation, which a phone folds behind a button. */
export async function openPlace(page: Page, name: string): Promise<void> {
  const menu = page.locator('button.menu');
  if (await menu.isVisible()) await menu.click();
  await page.locator('#places').getByRole('link', { name, exact: true }).click();
}

/**
 * No finding by axe in both themes at both widths, and nothing that scrolls sideways but what says
 * so; kept as a picture where SHOTS names a folder.
 */
export async function lookAt(page: Page, name: string, fullPage = false): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [390, 1280]) {
      // Without motion: a colour on its way to another theme is none to judge.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 844 });
      await page.evaluate(axe.source);
      const found = await page.evaluate(async () => {
        const { violations } = await (
          globalThis as unknown as {
            axe: {
              run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
            };
          }
        ).axe.run();
        return violations.map(({ id, nodes }) => `${id} ${nodes[0]!.html}`);
      });
      expect(found, `${name} ${colorScheme} ${width}`).toEqual([]);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide, `${name} at ${width} scrolls sideways`).toBeLessThanOrEqual(0);
      const folder = process.env['SHOTS'];
      if (folder) {
        mkdirSync(folder, { recursive: true });
        await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${width}.png`, fullPage });
      }
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 390, height: 844 });
}
