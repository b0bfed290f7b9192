import { execFileSync } from 'node:child_process';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as launcher } from 'playwright-core';

/** A real headless Chromium: the one that an npm package carries, or the one that `CHROMIUM` names. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? (await chromium.executablePath());
  return launcher.launch({
    executablePath,
    args: [...chromium.args.filter((arg) => !/single-process|no-zygote/.test(arg)), '--no-sandbox'],
    headless: true,
  });
}

/** Builds the pages as `npm run build` does: for people, not for tests. */
export function buildPages(): void {
  execFileSync(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'],
    {
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: 'inherit',
    },
  );
}
