import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** More steps than any page has places to stop at. */
const most = 400;
/** A page that has nothing to stop at yet is given so long, each step. */
const pauseMs = 25;

/**
 * Goes by the Tab key alone, from the top of the page, to what has this name, and presses it: by Enter
 * what leads on, by Space what is chosen. Every
 * place on the way can be seen: inside the window, not under a bar that stays.
 */
export async function pressByKeyboard(
  page: Page,
  name: string | RegExp,
  key: 'Enter' | 'Space' = 'Enter',
): Promise<void> {
  const isMeant = (found: string) => (typeof name === 'string' ? found === name : name.test(found));
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    window.scrollTo(0, 0);
  });
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      if (!element || element === document.body) return undefined;
      const { top, bottom, left, width } = element.getBoundingClientRect();
      const middle = [left + width / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
      const above = document.elementFromPoint(middle[0]!, middle[1]!);
      const label = (element as HTMLInputElement).labels?.[0] ?? element;
      return {
        name: (element.getAttribute('aria-label') ?? label.innerText).trim(),
        isInView: bottom > 0 && top < innerHeight,
        // A control may lie under its own label or picture, never under a bar.
        isCovered: above?.closest('.sticky') != null && element.closest('.sticky') === null,
      };
    });
    if (!at) {
      // The page is on its way, or the focus goes round by the browser's own bar.
      await page.waitForTimeout(pauseMs);
      continue;
    }
    expect([at.isInView, at.isCovered], `focus on "${at.name}"`).toEqual([true, false]);
    if (isMeant(at.name)) return page.keyboard.press(key);
  }
  throw new Error(`no place called "${name}" is reached by the Tab key`);
}

/** Presses buttons by the keyboard alone, on whatever page is in front; waits until the button is there. */
export function presser(page: () => Page): (name: string | RegExp) => Promise<void> {
  return async (name) => {
    const button = page().getByRole('button', { name, exact: typeof name === 'string' });
    await button.first().waitFor();
    await pressByKeyboard(page(), name);
  };
}
