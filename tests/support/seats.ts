import type { Browser, Page } from 'playwright-core';
import type { Context } from '../../src/context.ts';
import type { Role } from '../../src/contracts/people.ts';
import { runLocally } from '../../src/operations/local.ts';
import { type Watched, watch } from './look.ts';

export const password = 'seven lanterns by the gate';

/** Somebody with a role comes in by their invitation, in a browser of their own. */
export async function takeSeat(
  context: Context,
  browser: Browser,
  watched: Watched,
  person: string,
  grant: {
    readonly role: Role;
    readonly market?: string;
    readonly dealer?: string;
    readonly principal?: boolean;
  },
): Promise<Page> {
  const { origin } = context.site;
  // Without mail the owner of the machine is told the link.
  const { mail: _, ...silent } = context;
  const request = {
    ...{ person, name: person, email: `${person}@example.org` },
    grants: [grant],
  };
  const { link } = (await runLocally(silent, 'people.invite', request, undefined)) as {
    link: string;
  };
  const visit = await browser.newContext({
    viewport: { width: 1280, height: 844 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const page = watch(await visit.newPage(), () => origin, watched);
  await page.goto(link);
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.locator('nav').first().waitFor();
  return page;
}
