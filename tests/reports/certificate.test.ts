import { expect, test } from 'vitest';
import { type CertificateView, certificate } from '../../reports/certificate.ts';
import { makePdf } from '../../src/render/pdf.ts';
import { expectPages } from '../support/pages.ts';
import { needs } from '../support/tools.ts';

const view: CertificateView = {
  brand: 'Minamo',
  signatories: ['Head of customer experience', 'Managing director'],
  award: { en: 'European service award', pl: 'Europejska nagroda serwisowa', ja: '欧州サービス賞' },
  winner: 'Minamo Łódź',
  place: ['Łódź'],
  market: { code: 'PL', name: 'Poland' },
  period: { from: '2025-01-01', to: '2026-01-01' },
  issued: {
    at: '2026-02-02T12:00:00Z',
    code: 'ABCD-EFGH-JKMN',
    checkedAt: 'https://audits.example/verify/ABCD-EFGH-JKMN',
  },
  isWithdrawn: false,
};

test('the same award gives the same bytes', async () => {
  const [one, two] = [
    await makePdf(certificate(view, 'pl'), 'pl'),
    await makePdf(certificate(view, 'pl'), 'pl'),
  ];
  expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
});

test.skipIf(needs('pdftoppm'))('looks as it did when a person last looked', async () => {
  expectPages(await makePdf(certificate(view, 'en'), 'en'), 'certificate-en');
  expectPages(await makePdf(certificate(view, 'ja'), 'ja'), 'certificate-ja');
  const preview = { ...view, issued: undefined, place: ['Minamo Łódź', 'Łódź'], winner: 'SA-12' };
  expectPages(await makePdf(certificate(preview, 'pl'), 'pl'), 'certificate-preview');
});
