import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import supertest from 'supertest';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../src/http/app.ts';
import { buildDemo } from '../../src/operations/demo/build.ts';
import { demoMarkets } from '../../src/operations/demo/places.ts';
import { perform, systemActor } from '../../src/operations/operation.ts';
import {
  getScorecard,
  listScorecards,
  renderScorecard,
} from '../../src/operations/scorecards/scorecards.ts';
import { useContext } from '../support/database.ts';
import { expectPages } from '../support/pages.ts';
import { needs } from '../support/tools.ts';

const holder = useContext();
const markets = demoMarkets.filter(({ code }) => ['PL', 'KZ', 'CN', 'JP'].includes(code));
let tokens: Map<string, string>;
beforeAll(async () => {
  tokens = new Map(
    (await buildDemo(holder.context, undefined, markets)).map(({ who, token }) => [who, token]),
  );
}, 300_000);

const cardOf = async (market: string, dealer: string) =>
  (await perform(holder.context, systemActor, listScorecards, { market })).items.find(
    (card) => card.dealer === dealer,
  )!;
const render = async (market: string, dealer: string, language: 'en' | 'pl') => {
  const { id } = await cardOf(market, dealer);
  const { bytes: pdf } = await perform(holder.context, systemActor, renderScorecard, {
    market,
    id,
    language,
  });
  return Buffer.from(pdf, 'base64');
};
const folder = mkdtempSync(path.join(tmpdir(), 'omotenashi-cards-'));

describe.each([
  ['PL', 'PL-003', 'Kraków'],
  ['KZ', 'KZ-001', 'Алматы'],
  ['CN', 'CN-001', '北京朝阳'],
  ['JP', 'JP-001', '東京銀座'],
])('the scorecard of %s %s', (market, dealer, town) => {
  describe.each(['en', 'pl'] as const)('in %s', (language) => {
    test('has the same bytes on repeat', async () => {
      const [one, two] = [
        await render(market, dealer, language),
        await render(market, dealer, language),
      ];
      expect(one.equals(two)).toBe(true);
      expect(one.subarray(0, 8).toString()).toBe('%PDF-1.7');
    });
    test.skipIf(needs('qpdf', 'pdftotext'))(
      'is a sound PDF of two pages whose text can be found',
      async () => {
        const file = path.join(folder, `${dealer}-${language}.pdf`);
        writeFileSync(file, await render(market, dealer, language));
        execFileSync('qpdf', ['--check', file], { stdio: 'pipe' });
        expect(execFileSync('qpdf', ['--show-npages', file], { encoding: 'utf8' }).trim()).toBe(
          '2',
        );
        const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
        expect(text.replace(/\s+/g, '')).toContain(town.replace(/\s+/g, ''));
        expect(text).toContain(language === 'pl' ? 'Siedem standardów' : 'The seven standards');
        expect(text).not.toContain('\ufffd');
      },
    );
    test.skipIf(needs('pdftoppm'))('looks as it did when a person last looked', async () => {
      expectPages(await render(market, dealer, language), `scorecard-${dealer}-${language}`);
    });
  });
});

test('the released view is frozen: later evidence does not change it', async () => {
  const { id, viewSha256 } = await cardOf('PL', 'PL-003');
  const view = await perform(holder.context, systemActor, getScorecard, { market: 'PL', id });
  expect(view.standards).toHaveLength(7);
  expect(view.peers.filter((peer) => peer.own)).toHaveLength(1);
  expect(JSON.stringify(view)).not.toContain('AU-');
  expect((await cardOf('PL', 'PL-003')).viewSha256).toBe(viewSha256);
});

test('by the API: the dealer downloads their own as PDF and the charts as SVG, and no other', async () => {
  const { server } = await buildApp(holder.context);
  const get = (url: string) =>
    supertest(server)
      .get(`/api/v1/markets/PL${url}`)
      .set('authorization', `Bearer ${tokens.get('dealer-principal')}`);
  const { items } = (await get('/scorecards')).body;
  expect(items.map((card: { dealer: string }) => card.dealer)).toEqual(['PL-001']);
  const pdf = await get(`/scorecards/${items[0].id}/pdf?language=pl`).buffer();
  expect([pdf.status, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
  for (const chart of ['standards', 'trend', 'position']) {
    const svg = await get(`/scorecards/${items[0].id}/charts/${chart}`).buffer();
    expect(svg.headers['content-type']).toContain('image/svg+xml');
    expect(svg.body.toString() || svg.text).toMatch(/^<svg/);
  }
  const other = await cardOf('PL', 'PL-002');
  expect((await get(`/scorecards/${other.id}/pdf`)).status).toBe(404);
});
