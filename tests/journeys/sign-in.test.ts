import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { Secret, TOTP } from 'otpauth';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Context, providerReturnPath } from '../../src/context.ts';
import { buildApp } from '../../src/http/app.ts';
import { openMail } from '../../src/io/mail.ts';
import { openProvider } from '../../src/io/sign-in-provider.ts';
import { makeSetUpLink } from '../../src/operations/accounts/set-up.ts';
import { runLocally } from '../../src/operations/local.ts';
import { buildPages, openBrowser } from '../support/browser.ts';
import { useContext } from '../support/database.ts';
import { presser } from '../support/keyboard.ts';
import { lookAt, watch } from '../support/look.ts';
import { freePort, openMailServer } from '../support/mail-server.ts';
import { openOpenIdProvider } from '../support/sign-in-provider.ts';

/** People come in, by every way there is, in a real browser against the real pages and service. */
const holder = useContext();
const password = 'seven lanterns by the gate';
const address = 'first@example.org';
let mailServer: Awaited<ReturnType<typeof openMailServer>>;
let idServer: Awaited<ReturnType<typeof openOpenIdProvider>>;
let context: Context;
let app: FastifyInstance;
let browser: Browser;
let visit: BrowserContext;
let page: Page;
let origin: string;
let ahead = 0;
const faults: string[] = [];

beforeAll(async () => {
  buildPages();
  const port = await freePort();
  origin = `http://localhost:${port}`;
  const redirectUri = `${origin}${providerReturnPath}`;
  mailServer = await openMailServer();
  idServer = await openOpenIdProvider(redirectUri);
  context = {
    ...holder.context,
    now: () => new Date(Date.now() + ahead),
    site: { origin },
    mail: openMail(mailServer.url, 'omotenashi@example.org'),
    provider: openProvider({
      issuer: idServer.issuer,
      clientId: 'omotenashi',
      clientSecret: 'a-secret-of-the-test',
      name: 'the head office',
      redirectUri,
    }),
  };
  app = await buildApp(context);
  await app.listen({ host: '127.0.0.1', port });
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await app?.close();
  await idServer?.close();
  await mailServer?.close();
});

beforeEach(async () => {
  visit = await browser.newContext({ viewport: { width: 390, height: 844 } });
  faults.length = 0;
  // The sign-in provider is another origin, on purpose.
  page = watch(await visit.newPage(), () => 'http', { faults, foreign: [] });
  return () => visit.close();
});

const field = (label: string) => page.getByLabel(label, { exact: true });
const press = presser(() => page);
/** Whoever has come in is at the pages of their role; how they came in stands at their account. */
async function atAccount(at = page): Promise<void> {
  await at.waitForURL((url) => !/sign-in|link|interaction|auth/.test(url.pathname));
  await at.goto(`${origin}/account`);
  await at.getByRole('heading', { name: 'Your account' }).waitFor();
}

async function typeIn(values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) await field(label).fill(value);
}

async function signInByPassword(email = address): Promise<void> {
  await page.goto(`${origin}/sign-in`);
  await typeIn({ 'E-mail address': email, Password: password });
  await press('Sign in');
}

async function signOut(): Promise<void> {
  await press('Sign out');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}

const look = (name: string) => lookAt(page, name, true);

test('whoever comes without being signed in finds the way in, wherever they meant to go', async () => {
  for (const place of ['', '/m/PL/ranking']) {
    await page.goto(`${origin}${place}`);
    await page.getByRole('heading', { name: 'Welcome' }).waitFor();
  }
  await look('welcome');
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(faults).toEqual([]);
});

test('the first administrator comes in by the set-up link, which works once', async () => {
  const link = (await makeSetUpLink(context))!;
  await page.goto(link);
  await field('E-mail address').waitFor();
  await look('set-up');
  await typeIn({ 'E-mail address': address, 'New password': 'password1234' });
  await press('Begin');
  await page.getByText('This is among the passwords that are guessed first').waitFor();
  await look('set-up-refused');
  await field('New password').fill(password);
  await press('Begin');
  await atAccount();
  await page.getByText('This device').waitFor();
  await look('account');
  await page.goto('about:blank');
  await page.goto(link);
  await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
  expect(await makeSetUpLink(context)).toBeUndefined();
  expect(faults).toEqual([]);
});

test('by password and the code of an authenticator app, each code once', async () => {
  await signInByPassword();
  await atAccount();
  await page
    .locator('form', { hasText: 'Set it up' })
    .getByLabel('Your current password')
    .fill(password);
  await press('Set it up');
  await page.getByAltText('QR code of the secret below').waitFor();
  await look('totp');
  const secret = (await page
    .locator('p', { hasText: 'Or type this secret' })
    .locator('code')
    .textContent())!;
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const code = () => totp.generate({ timestamp: context.now().getTime() });
  const first = code();
  await field('Six-digit code').fill(first);
  await press('Confirm');
  await page.getByText('In use: after your password').waitFor();
  await signOut();
  await signInByPassword();
  await page.getByRole('heading', { name: 'One more step' }).waitFor();
  await look('second-factor');
  await field('Six-digit code').fill(first);
  await press('Continue');
  await page.getByText('This code was used already').waitFor();
  ahead += 30_000;
  await field('Six-digit code').fill(code());
  await press('Continue');
  await atAccount();
  await page.getByText('by password and code').waitFor();
  // Back to a password alone, for the tests that follow.
  await page
    .locator('form', { hasText: 'Stop using it' })
    .getByLabel('Your current password')
    .fill(password);
  await press('Stop using it');
  await page.getByText('Not in use.').waitFor();
  expect(faults).toEqual([]);
});

test('by a passkey, made in the browser', async () => {
  const devtools = await visit.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await signInByPassword();
  await atAccount();
  await field('Name of the passkey').fill('My phone');
  const proof = () => page.locator('form', { hasText: /(Add a|Remove the) passkey/ });
  await proof().getByLabel('Your current password').fill(password);
  await press('Add a passkey');
  await page.getByText('not used yet').waitFor();
  await signOut();
  await press('Sign in with a passkey');
  await atAccount();
  await page.getByText('by passkey').waitFor();
  await page.locator('li', { hasText: 'My phone' }).getByRole('button', { name: 'Remove' }).click();
  await proof().getByLabel('Your current password').fill(password);
  await press('Remove the passkey');
  await page.getByText('None yet. A passkey').waitFor();
  expect(faults).toEqual([]);
});

const run = (operation: string, input: object, as?: string) =>
  runLocally(context, operation, input, as) as Promise<Record<string, never>>;
const lastLink = () =>
  /http:\/\/localhost:\d+\/link#[\w-]+/.exec(mailServer.letters.at(-1)!.text)![0];

test('by an invitation that the mail brings, once a second administrator has granted the role', async () => {
  await run('people.invite', {
    person: 'invited',
    name: 'Invited Person',
    email: 'Invited@Example.org',
  });
  const wanted = { person: 'invited', grant: { role: 'network-manager' } };
  const { request } = await run('grants.request', wanted, 'first-administrator');
  await expect(
    run('grants.decide', { id: request, grant: true }, 'first-administrator'),
  ).rejects.toMatchObject({ definition: { slug: 'second-person-needed' } });
  await page.goto(lastLink());
  await page.getByText('Good day, Invited Person.').waitFor();
  await look('invitation');
  await field('New password').fill(password);
  await press('Begin');
  await page.getByText('Nobody has given you a role yet').waitFor();
  await look('no-role');
  await run('tokens.issue', {
    person: 'second',
    label: 'x',
    grants: [{ role: 'administrator' }],
  });
  await run('grants.decide', { id: request, grant: true }, 'second');
  await page.reload();
  await page.getByText('Network manager').waitFor();
  expect(mailServer.letters.at(-1)!.to).toBe('invited@example.org');
  expect(faults).toEqual([]);
});

test('a forgotten password: a letter, a new one, and every other device is signed out', async () => {
  await signInByPassword('invited@example.org');
  await atAccount();
  const other = await browser.newContext();
  const elsewhere = await other.newPage();
  await elsewhere.goto(`${origin}/sign-in`);
  await elsewhere.getByRole('button', { name: 'I do not know my password' }).click();
  await elsewhere.getByLabel('E-mail address').fill('invited@example.org');
  await elsewhere.getByRole('button', { name: 'Send me a link' }).click();
  await elsewhere.getByText('a letter with a link is on its way').waitFor();
  await expect.poll(() => mailServer.letters.length).toBe(2);
  await elsewhere.goto(lastLink());
  await elsewhere.getByLabel('New password').fill('another long sentence here');
  await elsewhere.getByRole('button', { name: 'Save and sign in' }).click();
  await atAccount(elsewhere);
  await page.reload();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await other.close();
  expect(faults).toEqual([]);
});

async function byProvider(name: string): Promise<void> {
  await page.goto(`${origin}/sign-in`);
  await page.getByRole('link', { name: /the head office/ }).click();
  await page.locator('input[name=login]').fill(name);
  await page.locator('input[name=password]').fill('anything');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

test('by a real OpenID provider, known by a verified address', async () => {
  await byProvider('invited@example.org');
  await atAccount();
  await page.getByText('by single sign-on').waitFor();
  expect(page.url()).toBe(`${origin}/account`);
});

test.each(['nobody@example.org', 'unverified-first@example.org'])(
  'the provider alone does not make %s somebody here',
  async (name) => {
    await byProvider(name);
    await page.getByText('Nobody with that address has been invited here').waitFor();
    await look('provider-refused');
  },
);

test.each(['pl', 'zh', 'it', 'ru', 'ja'])(
  'all of it in %s, chosen before one comes in',
  async (language) => {
    const words = JSON.parse(
      readFileSync(
        new URL(`../../src/web/texts/account/${language}.json`, import.meta.url),
        'utf8',
      ),
    ) as Record<string, string>;
    await page.goto(`${origin}/sign-in`);
    await page.locator('header select').selectOption(language);
    await page.getByRole('heading', { name: words['signInTitle']! }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
    await look(`${language}-sign-in`);
    await page.goto(origin);
    await page.getByRole('heading', { name: words['welcome']! }).waitFor();
    await look(`${language}-welcome`);
    await page.goto(`${origin}/verify/AAAA-BBBB-CCCC`);
    await page.getByRole('heading', { name: words['noCertificate']! }).waitFor();
    await look(`${language}-certificate`);
    await byProvider('invited@example.org');
    await page.waitForURL(`${origin}/m/**`).catch(() => undefined);
    await page.goto(`${origin}/account`);
    await page.getByRole('heading', { name: words['yourAccount']! }).waitFor();
    await look(`${language}-account`);
  },
);
