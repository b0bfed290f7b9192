import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { AwardResult } from '../../src/contracts/awards.ts';
import type { IndexReport } from '../../src/contracts/indices.ts';
import { reportAuditors } from '../../src/operations/auditors/report.ts';
import { reportFirmness } from '../../src/operations/awards/firmness.ts';
import { rankMarket } from '../../src/operations/awards/rank.ts';
import { forget } from '../../src/operations/directory.ts';
import { publishDocument } from '../../src/operations/documents/move.ts';
import { saveDocument } from '../../src/operations/documents/save.ts';
import { computeIndex } from '../../src/operations/indices/compute.ts';
import { runLocally } from '../../src/operations/local.ts';
import { perform, systemActor } from '../../src/operations/operation.ts';
import { useContext } from '../support/database.ts';
import { table } from '../support/reference.ts';

/** 73,421 real ratings as audits: lecturers as houses, students as auditors (examples/insteval/audits.yaml). */
const holder = useContext();
const example = (name: string) => new URL(`../../examples/insteval/${name}`, import.meta.url);
const asked = { market: 'LECT', programme: 'lecture-award' };

beforeAll(async () => {
  const bundle = parse(readFileSync(example('audits.yaml'), 'utf8')) as {
    documents: { type: 'checklist' | 'programme'; file: string }[];
    imports: [object, { file: string }];
  };
  for (const { type, file } of bundle.documents) {
    const source = readFileSync(example(file), 'utf8');
    const { id, version } = parse(source) as { id: string; version: string };
    await perform(holder.context, systemActor, saveDocument, { type, source });
    const second = { ...systemActor, code: 'second' };
    await perform(holder.context, second, publishDocument, { type, id, version });
  }
  const market = { path: example('lecturers.csv').pathname };
  await runLocally(holder.context, 'imports.markets', market, undefined);
  forget(holder.context);
  const { file, ...input } = bundle.imports[1];
  const path = example(file).pathname;
  await runLocally(holder.context, 'imports.file', { ...input, path }, undefined);
}, 300_000);

const byLecturer = Map.groupBy(table('insteval.csv.gz'), (row) => row['d']!);
const meanOf = (lecturer: string) => {
  const ratings = byLecturer.get(lecturer)!.map((row) => 25 * (Number(row['y']) - 1));
  return ratings.reduce((sum, each) => sum + each, 0) / ratings.length;
};

describe('InstEval as audits', () => {
  test('the index of every lecturer is the plain mean', async () => {
    const { rows } = (await perform(holder.context, systemActor, computeIndex, {
      ...{ ...asked, index: 'omotenashi', period: '2024' },
    })) as IndexReport;
    expect(rows).toHaveLength(1128);
    for (const { key, figure } of rows) {
      if (!('value' in figure)) throw new Error(key);
      expect(Math.abs(figure.value - meanOf(key))).toBeLessThan(1e-6);
      expect(figure.n).toBe(byLecturer.get(key)!.length);
    }
  }, 120_000);
  test('the ranking draws lecturers inward, and says how little is sure', async () => {
    const { dealers, first } = (await perform(
      holder.context,
      systemActor,
      rankMarket,
      asked,
    )) as AwardResult;
    const ranked = dealers.filter(({ ranking }) => ranking);
    expect(first).toEqual([ranked[0]!.dealer]);
    for (const { dealer, components } of ranked.slice(0, 20)) {
      expect(components[0]!.value!).toBeLessThan(meanOf(dealer));
    }
    expect(ranked[0]!.ranking!.rankHigh).toBeGreaterThan(50);
    const few = dealers.filter(({ audits }) => audits < 20);
    expect(few.every(({ status }) => status !== 'ranked')).toBe(true);
  }, 120_000);
  test('the auditors report finds the variances that lme4 finds', async () => {
    const { components, audits, auditors, award } = await perform(
      holder.context,
      systemActor,
      reportAuditors,
      asked,
    );
    expect([audits, auditors.length]).toEqual([73_421, 2972]);
    // lmer(y ~ 1 + (1 | s) + (1 | d), InstEval) on ratings of 1 to 5; points are 25 to a rating.
    const found = [components!.auditors, components!.dealers, components!.rest];
    const lme4 = [0.106214503879, 0.273734859664, 1.387179706643];
    for (const [i, variance] of found.entries()) {
      expect(Math.abs(variance / 625 / lme4[i]! - 1)).toBeLessThan(1e-3);
    }
    expect(award.adjusted).not.toBeNull();
  }, 300_000);
  test('the firmness report names the first and what would change it', async () => {
    const report = await perform(holder.context, systemActor, reportFirmness, asked);
    expect(report.first).toHaveLength(1);
    expect(report.withoutAuditor).toHaveLength(100);
    expect(report.marginToSecond!.probabilityBetter).toBeGreaterThan(0.5);
    expect(report.nextVisit.length).toBeGreaterThan(0);
  }, 300_000);
});
