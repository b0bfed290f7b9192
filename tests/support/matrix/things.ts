import { sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import type { Context } from '../../../src/context.ts';
import { rowsOf } from '../../../src/db/database.ts';
import { hashBytes } from '../../../src/io/uploads.ts';
import { issueOwnToken } from '../../../src/operations/accounts/account.ts';
import { offerAssignment } from '../../../src/operations/assignments/steps.ts';
import { fileAppeal } from '../../../src/operations/audits/appeal.ts';
import { uploadEvidence } from '../../../src/operations/audits/evidence.ts';
import {
  approveAudit,
  releaseAudit,
  returnAudit,
  withdrawAudit,
} from '../../../src/operations/audits/review.ts';
import { submitAudit } from '../../../src/operations/audits/submit.ts';
import { freezeDecision } from '../../../src/operations/awards/decide.ts';
import { forget } from '../../../src/operations/directory.ts';
import { keepOwnDraft } from '../../../src/operations/drafts/drafts.ts';
import { requestExport } from '../../../src/operations/exports/exports.ts';
import { exportWhatWaits } from '../../../src/operations/exports/keep-exporting.ts';
import { importJson, importMarkets } from '../../../src/operations/imports/run.ts';
import { type Operation, perform, systemActor } from '../../../src/operations/operation.ts';
import { requestGrant } from '../../../src/operations/people/grants.ts';
import { invitePerson } from '../../../src/operations/people/people.ts';
import { issueToken } from '../../../src/operations/people/tokens.ts';
import { holdPerson, placeHold } from '../../../src/operations/privacy/subjects.ts';
import { releaseScorecards } from '../../../src/operations/scorecards/scorecards.ts';
import { aSubmission, fill, shipped } from '../fill.ts';
import { askers, canary, type Subject } from './askers.ts';

const checklist = shipped('seven-personal-standards/2026.1');

export const aDraft = {
  assignmentId: null,
  checklist: { id: 'seven-personal-standards', version: '2026.1' },
  visitDate: '2026-01-15',
  declaredAt: '2026-01-15T09:00:00Z',
  startedAt: '2026-01-15T09:00:00Z',
};

/** A file of each auditor, with words that nobody else may read. */
export const evidenceOf = (market: string, auditor: string) =>
  `From: guest@example.org\nSubject: ${canary(market, `${market}-1`, 'file', auditor)}\n\nThank you.\n`;

const asSystem = <Input>(context: Context, operation: unknown, input: Input) =>
  perform(context, systemActor, operation as Operation, input).catch((error) => {
    throw new Error(JSON.stringify(error.details ?? {}), { cause: error });
  }) as Promise<never>;

export async function makePlaces(context: Context): Promise<Map<string, string>> {
  await asSystem(context, importMarkets, {
    rows: [
      {
        code: 'PL',
        name: 'Poland',
        time_zone: 'Europe/Warsaw',
        languages: 'pl en',
        staff_named: true,
      },
      { code: 'JP', name: 'Japan', time_zone: 'Asia/Tokyo', languages: 'ja en', staff_named: true },
    ],
  });
  forget(context);
  for (const market of ['PL', 'JP']) {
    const codes = [1, 2, 3].map((n) => `${market}-${n}`);
    const rows = (kind: string, make: (code: string) => object, rest: object = {}) =>
      asSystem(context, importJson, { market, kind, rows: codes.map(make), ...rest });
    await rows('dealers', (code) => ({
      code,
      name: canary(market, code, 'name'),
      valid_from: '2025-01-01',
      five_star: true,
    }));
    await rows('staff', (dealer) => ({
      dealer,
      code: 'SA-1',
      role: 'service-advisor',
      name: canary(market, dealer, 'staff'),
    }));
    await rows('complaints', (dealer) => ({
      code: `C-${dealer}`,
      dealer,
      touchpoint: 'workshop',
      category: 'no-reply',
      channel: 'telephone',
      severity: 'medium',
      received_at: '2025-05-05T10:00:00+02:00',
      customer: canary(market, dealer, 'customer'),
    }));
    await rows(
      'responses',
      (dealer) => ({
        dealer,
        visit_date: '2025-06-06',
        reference: `R-${dealer}`,
        staff: 'SA-1',
        work_done_right: 9,
        in_your_words: canary(market, dealer, 'comment'),
      }),
      { checklist: 'after-sales-questionnaire' },
    );
  }
  const tokens = new Map<string, string>();
  for (const { name, role, market, dealer, isRevoked } of askers) {
    if (!role) continue;
    const issued = (await asSystem(context, issueToken, {
      person: name,
      label: 'matrix',
      grants: [
        {
          role,
          ...(market ? { market } : {}),
          ...(dealer ? { dealer, principal: true } : {}),
        },
      ],
    })) as { token: string };
    tokens.set(name, issued.token);
    if (isRevoked) {
      const hash = hashBytes(new TextEncoder().encode(issued.token));
      await context.database.transaction({ role: 'service' }, (tx) =>
        tx.execute(
          sql`update tokens set revoked_at = now() - interval '1 year' where sha256 = ${hash}`,
        ),
      );
    }
  }
  await makePeople(context);
  forget(context);
  return tokens;
}

/** What requests about people name: made once a world. */
export const named = {
  request: '',
  spare: new Map<string, string>(),
  holds: new Map<string, string>(),
};
export const staffOf = (market = 'PL') => ({ kind: 'staff', dealer: `${market}-2`, staff: 'SA-1' });

async function makePeople(context: Context): Promise<void> {
  const grant = { role: 'auditor', market: 'PL' };
  await asSystem(context, invitePerson, {
    person: 'invited',
    name: 'Invited',
    email: 'invited@example.org',
    grants: [grant],
  });
  const administrator = await actorOf(context, 'administrator');
  const { request } = await perform(
    context,
    { ...administrator, personId: uuidv7() },
    requestGrant,
    { person: 'invited', grant: { role: 'market-manager', market: 'JP' } },
  );
  named.request = request!;
  await asSystem(context, invitePerson, {
    person: 'goer',
    name: 'Goer',
    email: 'goer@example.org',
  });
  for (const market of ['PL', 'JP']) {
    const held = { market, subject: staffOf(market), reason: 'a case' };
    const { hold } = (await asSystem(context, placeHold, held)) as { hold: string };
    named.holds.set(market, hold);
  }
  const { hold } = (await asSystem(context, holdPerson, {
    person: 'invited',
    reason: 'a case',
  })) as { hold: string };
  named.holds.set('person', hold);
  for (const { name, role, isRevoked } of askers) {
    if (!role || isRevoked) continue;
    const until = new Date(context.now().getTime() + 86_400_000).toISOString();
    const spare = { label: 'spare', expiresAt: until };
    const actor = { ...(await actorOf(context, name)), session: 'a session' };
    const { id } = await perform(context, actor, issueOwnToken, spare);
    named.spare.set(name, id);
  }
}

type Steps = 'submitted' | 'returned' | 'approved' | 'released' | 'appealed' | 'withdrawn';

export async function makeSubjects(context: Context): Promise<Record<string, Subject[]>> {
  const subjects: Record<string, Subject[]> = {
    markets: ['PL', 'JP'].map((market) => ({ kind: `market ${market}`, path: { market }, market })),
    dealers: ['PL-1', 'PL-2', 'JP-1'].map((dealer) => {
      const market = dealer.slice(0, 2);
      return { kind: `house ${dealer}`, path: { market, dealer }, market, dealer };
    }),
    assignments: [],
    drafts: [],
    exports: [],
    audits: [],
    appeals: [],
    decisions: [],
    scorecards: [],
    responses: [],
  };
  let released = '';
  const auditors = { 'PL-1': 'shopper-one', 'PL-2': 'shopper-two', 'JP-1': 'shopper-jp' };
  for (const [dealer, auditor] of Object.entries(auditors)) {
    const market = dealer.slice(0, 2);
    const add = (resource: string, id: string, kind: string, rest: Partial<Subject> = {}) =>
      subjects[resource]!.push({
        kind: `${kind} of ${dealer}`,
        path: { market, id },
        market,
        dealer,
        ...rest,
      });
    add('assignments', await anAssignment(context, market, dealer, auditor), 'assignment', {
      auditor,
    });
    const draft = uuidv7();
    await perform(context, await actorOf(context, auditor), keepOwnDraft, {
      ...{ market, id: draft, seen: 0, changedAt: '2026-01-15T09:00:00Z' },
      content: {
        ...aDraft,
        dealer,
        answers: { posture: { value: 2, note: canary(market, dealer, 'draft', auditor) } },
      },
    });
    // Another auditor's draft of the same id is another draft: nobody meets it.
    subjects['drafts']!.push({ kind: `draft at ${dealer}`, path: { market, id: draft }, market });
    for (const state of [
      'submitted',
      'returned',
      'approved',
      'released',
      'appealed',
      'withdrawn',
    ] as const) {
      const isReleased = state === 'released' || state === 'appealed';
      const { id, appeal } = await anAudit(context, { market, dealer, auditor, state });
      add('audits', id, `${state} audit`, { auditor, isReleased });
      if (appeal) add('appeals', appeal, 'appeal', { path: { market, id: appeal, audit: id } });
      if (dealer === 'PL-1' && state === 'released') released = id;
    }
    const responses = await context.database.transaction(
      { role: 'service', marketId: market === 'PL' ? 1 : 2 },
      (tx) =>
        rowsOf<{ id: string }>(
          tx,
          sql`select r.id::text as id from responses r join dealers d on d.market_id = r.market_id and d.id = r.dealer_id where d.code = ${dealer}`,
        ),
    );
    for (const { id } of responses) add('responses', id, 'response');
  }
  for (const market of ['PL', 'JP']) {
    const { items } = (await asSystem(context, releaseScorecards, { market })) as {
      items: { id: string; dealer: string }[];
    };
    for (const { id, dealer } of items) {
      const kind = `scorecard of ${dealer}`;
      subjects['scorecards']!.push({
        kind,
        path: { market, id },
        market,
        dealer,
        isReleased: true,
      });
    }
    const file = uuidv7();
    await perform(
      context,
      await actorOf(context, market === 'PL' ? 'manager-pl' : 'manager-jp'),
      requestExport,
      { market, id: file, kind: 'audits', filters: { period: '2026' } },
    );
    subjects['exports']!.push({ kind: `file of ${market}`, path: { market, id: file }, market });
    const id = uuidv7();
    await asSystem(context, freezeDecision, { market, id });
    subjects['decisions']!.push({ kind: `decision of ${market}`, path: { market, id }, market });
  }
  await exportWhatWaits(context);
  for (const [resource, list] of Object.entries(subjects)) {
    if (resource === 'markets') list.push({ kind: 'missing', path: { market: 'XX' } });
    else if (resource === 'dealers')
      list.push({ kind: 'missing', path: { market: 'PL', dealer: 'PL-99' } });
    else {
      const id = resource === 'responses' ? '999999' : uuidv7();
      list.push({ kind: 'missing', path: { market: 'PL', id, audit: released }, market: 'PL' });
    }
    if (list.length < 3) throw new Error(`too few examples of ${resource}`);
  }
  return subjects;
}

async function anAssignment(context: Context, market: string, dealer: string, auditor: string) {
  const id = uuidv7();
  await asSystem(context, offerAssignment, {
    market,
    id,
    dealer,
    auditor,
    checklist: 'seven-personal-standards',
    scenario: canary(market, dealer, 'scenario', auditor),
    from: '2026-01-01',
    to: '2026-01-31',
  });
  return id;
}

/** Takes an audit as far as a state, each step by somebody who may. */
async function anAudit(
  context: Context,
  wanted: { market: string; dealer: string; auditor: string; state: Steps },
): Promise<{ id: string; appeal?: string }> {
  const { market, dealer, auditor, state } = wanted;
  const assignmentId = await anAssignment(context, market, dealer, auditor);
  const id = uuidv7();
  const kind = state === 'released' || state === 'appealed' ? 'released' : state;
  const answers = fill(checklist, 'best');
  const first = Object.keys(answers)[0]!;
  const noted = {
    ...answers,
    [first]: { ...answers[first]!, note: canary(market, dealer, kind, auditor) },
  };
  const person = await actorOf(context, auditor);
  const bytes = Buffer.from(evidenceOf(market, auditor));
  await perform(context, person, uploadEvidence, { market, sha256: hashBytes(bytes), bytes });
  await perform(context, person, submitAudit, {
    ...aSubmission(assignmentId, noted),
    market,
    dealer,
    id,
  });
  const one = { market, id };
  if (state === 'returned') {
    const remarks = { [first]: canary(market, dealer, 'remark', auditor) };
    await asSystem(context, returnAudit, { ...one, remarks });
  }
  if (!/submitted|returned/.test(state)) await asSystem(context, approveAudit, one);
  if (/released|appealed|withdrawn/.test(state)) await asSystem(context, releaseAudit, one);
  if (state === 'withdrawn')
    await asSystem(context, withdrawAudit, { ...one, reason: 'a mistake' });
  if (state !== 'appealed') return { id };
  const appeal = uuidv7();
  const items = [{ itemId: first, statement: canary(market, dealer, 'appeal') }];
  const house = { 'PL-1': 'house-one', 'PL-2': 'house-two', 'JP-1': 'house-jp' }[dealer]!;
  await perform(context, await actorOf(context, house), fileAppeal, {
    market,
    id: appeal,
    auditId: id,
    items,
  });
  return { id, appeal };
}

async function actorOf(context: Context, code: string) {
  const { findActorByCode } = await import('../../../src/db/people.ts');
  return (await context.database.transaction({ role: 'gate' }, (tx) => findActorByCode(tx, code)))!;
}
