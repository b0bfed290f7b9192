import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import postgres from 'postgres';
import type { Context } from '../src/context.ts';
import { closeContext } from '../src/context.ts';
import { openStream } from '../src/core/random.ts';
import { importFile } from '../src/operations/imports/run.ts';
import { perform, systemActor } from '../src/operations/operation.ts';
import { openNetwork } from './network.ts';
import type { BenchServer } from './server.ts';
import type { Line } from './table.ts';

export const importRows = 1_000_000;

/** A market with 300 houses, and a CSV of a million answers to the after-sales questionnaire. */
export async function prepareImport(
  server: BenchServer,
): Promise<{ context: Context; ownerUrl: string; file: string }> {
  const { context, ownerUrl } = await openNetwork(server, ['M'], 300);
  return { context, ownerUrl, file: await writeResponses(importRows) };
}

async function writeResponses(count: number): Promise<string> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'bench-')), 'responses.csv');
  const out = createWriteStream(file);
  const columns = [
    'easy_to_book',
    'received_promptly',
    'advisor_courteous',
    'advisor_explained',
    'facility_pleasant',
    'ready_as_promised',
    'invoice_clear',
    'work_done_right',
    'car_as_expected',
  ];
  out.write(`dealer,visit_date,customer_years,recommend,${columns.join(',')}\n`);
  const random = openStream(1);
  for (let i = 0; i < count; i++) {
    const day = 1 + random.below(28);
    const month = 1 + random.below(12);
    const ratings = columns.map(() => 1 + random.below(10)).join(',');
    const line = `D-${random.below(300)},2025-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')},${random.below(20)},${random.below(11)},${ratings}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return file;
}

/** A million rows: ours with every check, beside COPY of the same file into a bare table. */
export async function benchImport(server: BenchServer): Promise<Line[]> {
  const { context, ownerUrl, file } = await prepareImport(server);
  const owner = postgres(ownerUrl, { max: 1 });
  await owner`create table copied (dealer text, visit_date date, years int, recommend smallint, a smallint, b smallint, c smallint, d smallint, e smallint, f smallint, g smallint, h smallint, i smallint)`;
  const copyStarted = performance.now();
  await pipeline(
    createReadStream(file),
    await owner`copy copied from stdin with (format csv, header true)`.writable(),
  );
  const copySeconds = (performance.now() - copyStarted) / 1000;
  let peak = 0;
  let slowest = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
    const asked = performance.now();
    void context.database
      .transaction({ role: 'nobody' }, async () => undefined)
      .then(() => {
        slowest = Math.max(slowest, performance.now() - asked);
      });
  }, 250);
  const before = process.memoryUsage().rss;
  const started = performance.now();
  const report = await perform(context, systemActor, importFile, {
    market: 'M',
    kind: 'responses',
    path: file,
    checklist: 'after-sales-questionnaire',
  });
  const seconds = (performance.now() - started) / 1000;
  clearInterval(watch);
  await owner.end();
  await closeContext(context);
  const rate = (s: number) => Math.round(report.rows / s).toLocaleString('en');
  return [
    {
      goal: '',
      what: `import of ${report.stored.toLocaleString('en')} responses, rows/s`,
      ours: rate(seconds),
      limit: `${rate(copySeconds)} COPY, unchecked`,
      ratio: (copySeconds / seconds).toFixed(3),
      wanted: 'printed',
      met: undefined,
    },
    {
      goal: '',
      what: 'growth of memory meanwhile, MB',
      ours: String(Math.round((peak - before) / 1e6)),
      limit: `${Math.round(statSync(file).size / 1e6)} MB file`,
      ratio: '',
      wanted: 'bounded',
      met: peak - before < 600e6,
    },
    {
      goal: '',
      what: 'slowest other request meanwhile, ms',
      ours: slowest.toFixed(0),
      limit: '',
      ratio: '',
      wanted: 'printed',
      met: undefined,
    },
  ];
}
