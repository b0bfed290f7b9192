import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres } from './postgres.ts';

/**
 * Runs every suite: the core and the journeys once; everything that touches a database on PGlite and on both
 * PostgreSQL versions that npm packages carry (or on the server that TEST_DATABASE_URL names).
 * `PG_TESTS=off` leaves the servers out, and the summary says so.
 */
const folder = mkdtempSync(path.join(tmpdir(), 'omotenashi-tests-'));
const totals = { passed: 0, failed: 0, skipped: 0 };
/** What failed, said again at the end, where whoever reads only the last lines finds it. */
const failures: string[] = [];
const only = process.argv.slice(2);

// All that needs no database: whatever test file is added beside the others is among them.
await run('core', ['--exclude=tests/db/**', '--exclude=tests/journeys/**'], {
  TEST_ENGINE: 'none',
});
await run('pglite', ['tests/db'], { TEST_ENGINE: 'pglite' });
// Apart from what computes with every core: people's patience is waited for here, not the machine's.
await run('journeys', ['tests/journeys'], { TEST_ENGINE: 'pglite' });
if (process.env['PG_TESTS'] === 'off') {
  console.log('\nPG_TESTS=off: the suites on PostgreSQL 15 and 18 were left out.');
} else {
  for (const version of ['pg15', 'pg18'] as const) {
    if (only.length > 0 && !only.includes(version)) continue;
    const server = await startPostgres(version);
    await run(version, ['tests/db'], { TEST_ENGINE: version, TEST_SERVER_URL: server.url });
    await server.stop();
  }
}
for (const failure of failures) console.log(`\n${failure}`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed > 0 ? 1 : 0);

/** Never waits with the thread held: the database server's log is read by this process, and a full pipe stops it. */
async function run(
  name: string,
  filters: string[],
  environment: Record<string, string>,
): Promise<void> {
  if (only.length > 0 && !only.includes(name)) return;
  console.log(`\n── ${name} ──`);
  const report = path.join(folder, `${name}.json`);
  const suite = spawn(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...filters,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { stdio: 'inherit', env: { ...process.env, ...environment } },
  );
  const [status] = (await once(suite, 'exit')) as [number | null];
  if (!existsSync(report)) {
    totals.failed += 1;
    failures.push(`FAILED ${name}: ended with ${status} and left no report`);
    return;
  }
  const counted = JSON.parse(readFileSync(report, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    testResults: {
      name: string;
      message: string;
      assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
    }[];
  };
  totals.passed += counted.numPassedTests;
  totals.failed += counted.numFailedTests;
  totals.skipped += counted.numPendingTests;
  for (const file of counted.testResults) {
    const where = `FAILED ${name}: ${path.relative('.', file.name)}`;
    if (file.message !== '') failures.push(`${where}\n${file.message}`);
    for (const test of file.assertionResults) {
      if (test.status !== 'failed') continue;
      failures.push(`${where} › ${test.fullName}\n${test.failureMessages.join('\n')}`);
    }
  }
  if (status !== 0 && counted.numFailedTests === 0) {
    totals.failed += 1;
    failures.push(`FAILED ${name}: ended with ${status} although no test failed`);
  }
}
