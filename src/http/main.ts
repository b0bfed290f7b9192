import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Registry } from 'prom-client';
import { readConfig } from '../config.ts';
import { type Context, closeContext, type Log, openContext } from '../context.ts';
import { openTraces } from '../io/traces.ts';
import { makeSetUpLink } from '../operations/accounts/set-up.ts';
import { buildDemo } from '../operations/demo/build.ts';
import { inviteDemo } from '../operations/demo/invite.ts';
import { listMarketsCached } from '../operations/directory.ts';
import { keepExporting } from '../operations/exports/keep-exporting.ts';
import { replayIntake } from '../operations/intake.ts';
import { keepAnchors } from '../operations/log/anchor.ts';
import { keepRetentionNightly } from '../operations/privacy/retention.ts';
import { keepCellsFresh } from '../operations/responses/keep-fresh.ts';
import { loadShipped } from '../operations/shipped.ts';
import { buildApp } from './app.ts';
import { serveMeasures } from './measures-door.ts';

if (Number.parseInt(process.versions.node, 10) < 24) {
  console.error('Omotenashi needs Node 24; start it by `npm start`, which brings its own.');
  process.exit(1);
}

try {
  await main();
} catch (error) {
  console.error(`Omotenashi did not start: ${(error as Error).message}`);
  process.exit(1);
}

async function main(): Promise<void> {
  const config = readConfig();
  const stopTraces = config.otlpEndpoint ? await openTraces(config.otlpEndpoint) : undefined;
  const context = await openContext(config, jsonLog(config.logLevel));
  await loadShipped(context);
  const again = await replayIntake(context);
  if (again > 0)
    console.log(`${again} acknowledged submissions were taken in again from the journal.`);
  if (context.database.ownerIsLogin && context.database.engine === 'server') {
    console.warn(
      'One database login for everything: good for development. With MIGRATION_DATABASE_URL for the owner and DATABASE_URL for a login that owns nothing, row-level security becomes a full second lock.',
    );
  }
  if (config.demo && context.database.engine === 'embedded') await demoIfEmpty(context);
  const localToken = randomBytes(32).toString('base64url');
  const { logLevel, trustProxy, rates, host, metricsPort } = config;
  const measures = metricsPort === undefined ? undefined : new Registry();
  const app = await buildApp(context, {
    ...{ logLevel, localToken, trustProxy, rates },
    ...(measures ? { measures } : {}),
  });
  const stopMeasures = measures && (await serveMeasures(measures, host, metricsPort!));
  const address = await app.listen({ host, port: config.port });
  const door = path.join(config.dataDir, 'server.json');
  mkdirSync(config.dataDir, { recursive: true });
  rmSync(door, { force: true });
  writeFileSync(door, JSON.stringify({ address, token: localToken }), { mode: 0o600 });
  const stopRefolding = keepCellsFresh(context);
  const stopAnchoring = keepAnchors(context);
  const stopExporting = keepExporting(context);
  const stopRetention = keepRetentionNightly(context);
  console.log(`\nOmotenashi serves at ${address}   (API: ${address}/docs)`);
  const link = await makeSetUpLink(context);
  if (link) console.log(`Nobody can sign in yet. The first administrator does so here: ${link}`);

  const stop = async () => {
    rmSync(door, { force: true });
    await app.close();
    await stopRefolding();
    await stopExporting();
    stopRetention();
    await stopAnchoring();
    await closeContext(context);
    await stopMeasures?.();
    await stopTraces?.();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

async function demoIfEmpty(context: Context): Promise<void> {
  if ((await listMarketsCached(context)).length > 0) return;
  console.log('An empty database: building the demo network (DEMO=off starts empty) …');
  const started = Date.now();
  const tokens = await buildDemo(context, (done, of) => {
    if (process.stdout.isTTY) process.stdout.write(`\r  ${done} of ${of} markets`);
  });
  const line = (role: string, where: string, rest: string) =>
    console.log(`  ${role.padEnd(16)} ${where.padEnd(12)} ${rest}`);
  console.log(`\n  ready after ${Math.round((Date.now() - started) / 1000)} s.`);
  console.log('\nThe pages as they are for each role; a link works once, within a week:\n');
  for (const { role, where, link } of await inviteDemo(context, tokens)) line(role, where, link);
  console.log('\nTokens for programs and for the plain page, shown this once:\n');
  for (const { role, where, token } of tokens) line(role, where, token);
}

const levels = ['silent', 'error', 'warn', 'info', 'debug'] as const;

/** One line of JSON a message, as the HTTP log writes them; no personal data goes in. */
function jsonLog(level: (typeof levels)[number]): Log {
  const write = (name: 'error' | 'warn' | 'info') => (fields: object, msg: string) => {
    if (levels.indexOf(name) > levels.indexOf(level)) return;
    console.error(JSON.stringify({ level: name, time: Date.now(), ...fields, msg }));
  };
  return { error: write('error'), warn: write('warn'), info: write('info') };
}
