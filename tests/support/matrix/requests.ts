import { readFileSync } from 'node:fs';
import { uuidv7 } from 'uuidv7';
import { hashBytes } from '../../../src/io/uploads.ts';
import { aSubmission, fill, shipped } from '../fill.ts';
import { type Asker, canary, type Subject } from './askers.ts';
import { aDraft, evidenceOf, named, staffOf } from './things.ts';

const checklist = shipped('seven-personal-standards/2026.1');

interface Example {
  readonly query?: string;
  readonly body?: object | Buffer;
  readonly params?: Readonly<Record<string, string>>;
}

const draft = readFileSync(
  new URL('../../../checklists/seven-personal-standards/2026.1.yaml', import.meta.url),
  'utf8',
).replace('2026.1', '2027.1');
const period = '?period=2025';
const best = fill(checklist, 'best');
const text = 'because it was so';
const evidence = Buffer.from('From: guest@example.org\nSubject: a reply\n\nThank you.\n');
const auditorOf = (market: string) => (market === 'JP' ? 'shopper-jp' : 'shopper-one');
const document = { type: 'checklist', id: 'seven-personal-standards', version: '2026.1' };

/** A request that each operation understands, about any thing. */
export const examples: Readonly<Record<string, (subject: Subject, asker: Asker) => Example>> = {
  'documents.save': () => ({ body: { type: 'checklist', source: draft } }),
  'documents.publish': () => ({ params: document }),
  'documents.retire': () => ({ params: { ...document, version: '2025.1' } }),
  'documents.list': () => ({ params: document }),
  'documents.get': () => ({ params: document }),
  'documents.compare': () => ({
    params: { id: 'seven-personal-standards' },
    query: '?from=2025.1&to=2026.1',
  }),
  'documents.export': () => ({ params: { ...document, format: 'reading-copy' } }),
  'documents.convert': () => ({ body: { format: 'spreadsheet', file: 'eA==' } }),
  'assignments.offer': ({ market = 'PL', dealer = `${market}-1` }) => ({
    body: {
      dealer,
      auditor: auditorOf(market),
      checklist: 'seven-personal-standards',
      from: '2026-02-01',
      to: '2026-02-20',
    },
  }),
  'assignments.move': (_, { role }) => ({
    body: { to: role === 'auditor' ? 'accepted' : 'cancelled' },
  }),
  'drafts.keep': () => ({
    body: {
      ...{ seen: 0, changedAt: '2026-01-15T10:00:00Z' },
      content: { ...aDraft, dealer: 'PL-1', answers: { posture: { note: 'half' } } },
    },
  }),
  'audits.submit': ({ market = 'PL', dealer = `${market}-1` }) => ({
    body: aSubmission(uuidv7(), best, { dealer }),
  }),
  'audits.return': () => ({ body: { remarks: { posture: text } } }),
  'audits.take-up': () => ({}),
  'audits.approve': () => ({}),
  'audits.release': () => ({}),
  'audits.correct': () => ({ body: { answers: best } }),
  'audits.withdraw': () => ({ body: { reason: text } }),
  'audits.amend': () => ({ body: { answers: best, reason: text } }),
  'appeals.file': ({ path }) => ({
    body: { auditId: path['audit'], items: [{ itemId: 'posture', statement: text }] },
  }),
  'appeals.preview': () => ({ body: { answers: {} } }),
  'appeals.decide': () => ({ body: { answers: {}, reason: text } }),
  'files.get': ({ market = 'PL' }, asker) => {
    const isTheirs = asker.role === 'auditor' && asker.market === market;
    const file = evidenceOf(market, isTheirs ? asker.name : auditorOf(market));
    return { params: { sha256: hashBytes(Buffer.from(file)) } };
  },
  'files.upload': () => ({ params: { sha256: hashBytes(evidence) }, body: evidence }),
  'imports.file': () => ({
    params: { kind: 'dealers' },
    query: '?name=dealers.csv&dryRun=true',
    body: Buffer.from('code,name,valid_from\nNEW-1,New,2025-01-01\n'),
  }),
  'imports.rows': ({ market }) => ({
    body: {
      kind: 'dealers',
      rows: [
        {
          code: `${market}-9`,
          name: canary(market ?? 'XX', `${market}-9`, 'name'),
          valid_from: '2025-01-01',
        },
      ],
    },
  }),
  'imports.markets': () => ({
    body: {
      rows: [
        {
          code: 'PL',
          name: 'Poland',
          time_zone: 'Europe/Warsaw',
          languages: 'pl en',
          staff_named: true,
        },
      ],
    },
  }),
  'imports.template': () => ({ params: { kind: 'dealers' } }),
  'responses.withdraw': () => ({ body: { reason: text } }),
  'cells.rebuild': () => ({}),
  'indices.compute': () => ({ params: { index: 'after-sales' }, query: period }),
  'indices.compare': () => ({ params: { index: 'after-sales' }, query: `${period}&against=2024` }),
  'indices.trend': () => ({ params: { index: 'after-sales' }, query: period }),
  'surveys.questions': () => ({ query: period }),
  'surveys.drivers': () => ({ query: period }),
  'surveys.signs': () => ({ query: period }),
  'surveys.invite': ({ market = 'PL', dealer = `${market}-1` }) => ({
    body: {
      checklist: 'after-sales-questionnaire',
      contact: 'guests@example.org',
      visits: [{ dealer, visitDate: '2026-01-10', reference: 'matrix' }],
    },
  }),
  'exports.request': () => ({ body: { kind: 'audits', filters: { period: '2025' } } }),
  'figures.list': () => ({ query: period }),
  'complaints.list': () => ({ query: period }),
  'complaints.report': () => ({ query: period }),
  'awards.what-if': () => ({}),
  'awards.what-if-network': () => ({}),
  'awards.waive': ({ market }) => ({
    body: {
      programme: 'european-award',
      dealer: `${market}-1`,
      gate: 'five-star',
      reason: text,
      paper: 'minutes of 5 May',
    },
  }),
  'decisions.freeze': () => ({ body: {} }),
  'decisions.propose': () => ({ body: { winners: [], reason: text } }),
  'decisions.certificate': ({ market = 'PL' }) => ({ query: `?winner=${market}-1` }),
  'decisions.confirm': () => ({}),
  'brand.set': () => ({ body: { name: text, signatories: [] } }),
  'decisions.publish': () => ({}),
  'decisions.withdraw': () => ({ body: { reason: text } }),
  'scorecards.release': () => ({}),
  'scorecards.chart': () => ({ params: { chart: 'standards' } }),
  'scorecards.preview-chart': () => ({ params: { chart: 'standard-trends' } }),
  'tokens.issue': () => ({
    body: {
      person: 'administrator',
      label: 'matrix',
      grants: [{ role: 'administrator' }],
    },
  }),
  'privacy.set': () => ({ body: { recordings: false, retention: { comments: 24 } } }),
  'privacy.export': ({ market }) => ({ body: { subject: staffOf(market) } }),
  'privacy.erase': ({ market }) => ({ body: { subject: staffOf(market) } }),
  'privacy.hold': ({ market }) => ({
    body: { subject: { kind: 'complaint', complaint: `C-${market}-1` }, reason: text },
  }),
  'privacy.lift': ({ market }) => ({ body: { hold: named.holds.get(market ?? '') ?? uuidv7() } }),
  'privacy.retain': () => ({ body: { dryRun: false } }),
  'privacy.export-person': () => ({ body: { person: 'invited' } }),
  'privacy.erase-person': () => ({ body: { person: 'goer' } }),
  'privacy.hold-person': () => ({ body: { person: 'invited', reason: text } }),
  'privacy.lift-person': () => ({ body: { hold: named.holds.get('person') } }),
  'keys.rotate': () => ({}),
  'tokens.revoke': () => ({ body: { person: 'invited' } }),
  'people.invite': () => ({
    body: { person: 'newcomer', name: 'Newcomer', email: 'newcomer@example.org' },
  }),
  'people.reset': () => ({ body: { person: 'invited' } }),
  'grants.request': () => ({ body: { person: 'invited', grant: { role: 'network-manager' } } }),
  'grants.decide': () => ({ body: { id: named.request, grant: true } }),
  'grants.revoke': () => ({
    body: { person: 'invited', grant: { role: 'auditor', market: 'PL' } },
  }),
  'house.invite': (_, { name }) => ({
    body: { person: `mate-of-${name}`, name: 'Mate', email: `${name}@example.org` },
  }),
  'house.remove': (_, { name }) => ({ body: { person: `mate-of-${name}` } }),
  'account.change-password': () => ({ body: { current: text, password: 'a new long password' } }),
  'account.start-totp': () => ({ body: { current: text } }),
  'account.confirm-totp': () => ({ body: { code: '123456' } }),
  'account.remove-totp': () => ({ body: { current: text } }),
  'account.start-passkey': () => ({ body: { current: text } }),
  'account.add-passkey': () => ({
    body: {
      challenge: uuidv7(),
      label: 'key',
      answer: { id: 'x', rawId: 'x', type: 'public-key', response: {} },
    },
  }),
  'account.remove-passkey': () => ({ body: { id: 'x', current: text } }),
  'account.end-sessions': () => ({}),
  'account.issue-token': () => ({
    body: { label: 'matrix', expiresAt: '2026-02-01T00:00:00Z' },
  }),
  'account.revoke-token': (_, { name }) => ({
    body: { id: named.spare.get(name) ?? '0'.repeat(16) },
  }),
};
