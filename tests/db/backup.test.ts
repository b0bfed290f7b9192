import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import type { Context } from '../../src/context.ts';
import { openEmbedded } from '../../src/db/embedded.ts';
import { readTables, Sums } from '../../src/db/tables-copy.ts';
import { openFileStore } from '../../src/io/files.ts';
import { uploadEvidence } from '../../src/operations/audits/evidence.ts';
import { rankMarket } from '../../src/operations/awards/rank.ts';
import { makeBackup, restoreBackup } from '../../src/operations/backup/backup.ts';
import { buildDemo } from '../../src/operations/demo/build.ts';
import { demoMarkets } from '../../src/operations/demo/places.ts';
import { importJson } from '../../src/operations/imports/run.ts';
import { verifyLog } from '../../src/operations/log/verify.ts';
import { perform, systemActor } from '../../src/operations/operation.ts';
import { openTestContext, useContext } from '../support/database.ts';

/** What is copied is there again, to the byte, on the same database and on the other one. */
const holder = useContext();
const folder = () => mkdtempSync(path.join(tmpdir(), 'omotenashi-backup-'));
const copy = folder();
let whole: ReturnType<Sums['list']>;
let ranking: unknown;

async function sumsOf(context: Context) {
  const sums = new Sums();
  await context.database.snapshot(async (tx) => {
    for await (const part of readTables(tx)) sums.add(part);
  });
  return sums.list();
}

/** An installation that lost everything but its keys and anchors. */
async function openEmpty(): Promise<Context & { close(): Promise<void> }> {
  const opened = await openTestContext(true);
  const { keys, anchors } = holder.context;
  return { ...opened, keys, anchors };
}

const restore = (context: Context, from: string) =>
  perform(context, systemActor, restoreBackup, { folder: from });

beforeAll(async () => {
  const { context } = holder;
  const markets = demoMarkets.filter(({ code }) => ['CZ', 'LV'].includes(code));
  await buildDemo(context, undefined, markets);
  const shape = { width: 8, height: 8, channels: 3, background: '#23507a' } as const;
  const picture = await sharp({ create: shape }).jpeg().toBuffer();
  const sha256 = createHash('sha256').update(picture).digest('hex');
  await perform(context, systemActor, uploadEvidence, { market: 'LV', sha256, bytes: picture });
  ranking = await perform(context, systemActor, rankMarket, { market: 'LV' });
  whole = await sumsOf(context);
  await perform(context, systemActor, makeBackup, { folder: copy });
}, 300_000);

test('a copy holds every row and file, and none of the open doors', () => {
  expect(readdirSync(copy).sort()).toEqual(['database.jsonl.gz', 'files', 'manifest.json']);
  const { tables, files } = JSON.parse(readFileSync(path.join(copy, 'manifest.json'), 'utf8'));
  expect(tables).toEqual(whole);
  expect(files).toBe(1);
  const names = tables.map(({ table }: { table: string }) => table);
  expect(names).toContain('audit_revisions');
  expect(names).not.toContain('sessions');
});

test('restored, it is the same to the byte; log, decisions, ranking and numbering go on', async () => {
  const context = await openEmpty();
  await restore(context, copy);
  const after = await sumsOf(context);
  const own = ['chain_heads', 'events', 'evidence_versions'];
  const rest = (sums: typeof whole) => sums.filter(({ table }) => !own.includes(table));
  expect(rest(after)).toEqual(rest(whole));
  const rows = (sums: typeof whole, table: string) =>
    sums.find((each) => each.table === table)!.rows;
  // The restoring itself is the one thing more.
  expect(rows(after, 'events')).toBe(rows(whole, 'events') + 1);
  expect(await perform(context, systemActor, verifyLog, {})).toMatchObject({
    ok: true,
    decisions: 1,
  });
  expect(await perform(context, systemActor, rankMarket, { market: 'LV' })).toEqual(ranking);
  const report = await perform(context, systemActor, importJson, {
    ...{ market: 'LV', kind: 'dealers' },
    rows: [{ code: 'LV-900', name: 'New house' }],
  });
  expect(report).toMatchObject({ stored: 1 });
  await context.close();
}, 120_000);

test('what was copied from one database goes into the other: the way from embedded to server and back', async () => {
  const database = await openEmbedded(undefined);
  const context: Context = { ...holder.context, database, files: openFileStore(folder()) };
  await restore(context, copy);
  expect(await perform(context, systemActor, rankMarket, { market: 'LV' })).toEqual(ranking);
  await database.close();
}, 120_000);

test.each<[string, (damaged: string) => void, RegExp]>([
  [
    'a changed row',
    (damaged) => {
      const file = path.join(damaged, 'database.jsonl.gz');
      const text = gunzipSync(readFileSync(file)).toString();
      writeFileSync(file, gzipSync(text.replace('"LV-001"', '"LV-999"')));
    },
    /"dealers".*damaged; nothing was changed/,
  ],
  [
    'a lost end',
    (damaged) => {
      const file = path.join(damaged, 'database.jsonl.gz');
      const lines = gunzipSync(readFileSync(file)).toString().split('\n');
      writeFileSync(file, gzipSync(lines.slice(0, -4).join('\n')));
    },
    /cut off/,
  ],
  [
    'a half archive',
    (damaged) => {
      const file = path.join(damaged, 'database.jsonl.gz');
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.subarray(0, bytes.length / 2));
    },
    /unexpected end of file/,
  ],
  [
    'a changed file',
    (damaged) => {
      const files = path.join(damaged, 'files');
      const [name] = readdirSync(files, { recursive: true }).filter((each) =>
        /[0-9a-f]{64}$/.test(String(each)),
      );
      writeFileSync(path.join(files, String(name)), 'something else');
    },
    /has other bytes than its name says/,
  ],
  [
    'no manifest, since it was never finished',
    (damaged) => rmSync(path.join(damaged, 'manifest.json')),
    /never finished/,
  ],
  [
    'another version’s tables',
    (damaged) => {
      const file = path.join(damaged, 'manifest.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace(/"schema": "[^"]*"/, '"schema": "x"'));
    },
    /made at "x"/,
  ],
])('a copy with %s is refused, and nothing is changed', async (_, damage, message) => {
  const damaged = folder();
  cpSync(copy, damaged, { recursive: true });
  damage(damaged);
  const context = await openEmpty();
  await expect(restore(context, damaged)).rejects.toThrow(message);
  expect(await sumsOf(context)).toEqual([]);
  await context.close();
});

test('nothing is restored over data, and no copy is written over another', async () => {
  await expect(restore(holder.context, copy)).rejects.toThrow(/holds data already/);
  await expect(perform(holder.context, systemActor, makeBackup, { folder: copy })).rejects.toThrow(
    /not empty/,
  );
});
