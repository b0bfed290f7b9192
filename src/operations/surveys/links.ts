import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { answers } from '../../contracts/audits.ts';
import { civilDate, code, instantText } from '../../contracts/primitives.ts';
import { answersRefused, inputRefused, linkSpent, notFound } from '../../contracts/problems.ts';
import { checkAnswers } from '../../core/audits/answers.ts';
import { canonicalJson, sha256Hex } from '../../core/canonical.ts';
import { auditorCopy } from '../../core/documents/auditor-copy.ts';
import { compileQuestionnaire } from '../../core/indices/responses.ts';
import { tenureBandOf } from '../../core/indices/tenure.ts';
import { staffIds } from '../../db/imports.ts';
import { dealerIds, getDealerById } from '../../db/network.ts';
import { markDirty, upsertResponses } from '../../db/responses.ts';
import {
  findSurveyLink,
  insertSurveyLinks,
  removeSurveyLinks,
  type SurveyLink,
  spendSurveyLink,
} from '../../db/survey-links.ts';
import { compiledByNumber } from '../directory.ts';
import { checklistOf } from '../imports/kinds/answers.ts';
import { type Act, defineOperation } from '../operation.ts';
import { measureAnswers } from '../responses/measure.ts';

const dayMs = 86_400_000;
/** Links are forgotten this long after their end. */
const keptDays = 30;

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/** Makes a way to a questionnaire for each of some customers; who they are stays with the sender. */
export const inviteCustomers = defineOperation({
  name: 'surveys.invite',
  summary: 'Make one-time links to a questionnaire for customers; each is good for one answer',
  input: z.strictObject({
    market: z.string(),
    checklist: z.string(),
    version: z.string().optional(),
    contact: z
      .string()
      .trim()
      .min(3)
      .max(300)
      .describe('How a customer reaches a person; shown with the thanks.'),
    days: z.int().min(1).max(90).default(30).describe('How long the links work.'),
    visits: z
      .array(
        z.strictObject({
          dealer: code,
          staff: code.optional(),
          visitDate: civilDate,
          reference: z.string().trim().min(1).max(500),
        }),
      )
      .min(1)
      .max(1_000),
  }),
  output: z.strictObject({
    expiresAt: instantText,
    links: z.array(z.strictObject({ dealer: code, reference: z.string(), link: z.string() })),
  }),
  scope: 'market',
  writes: true,
  leavesEvidence: true,
  logged: ['checklist', 'version', 'days'],
  refuses: [notFound, inputRefused],
  async act(act, { visits, contact, days, ...of }) {
    const { tx, market, now, context } = act;
    const { row, checklist } = await checklistOf(act, of);
    const dealers = await dealerIds(tx, market.id);
    const staff = await staffIds(tx, market.id);
    const faults = visits.flatMap(({ dealer, staff: member }, index) => {
      const dealerId = dealers.get(dealer);
      const unknown = (field: string, detail: string) => [
        { pointer: `/visits/${index}/${field}`, code: 'unknown', detail },
      ];
      if (dealerId === undefined) return unknown('dealer', `there is no dealer "${dealer}"`);
      return member === undefined || staff.has(`${dealerId}/${member}`)
        ? []
        : unknown('staff', `dealer ${dealer} has no staff member "${member}"`);
    });
    if (checklist.kind !== 'survey' || checklist.touchpoint === undefined) {
      const detail = 'customers answer surveys of one touchpoint';
      faults.push({ pointer: '/checklist', code: 'kind', detail });
    }
    if (faults.length > 0) throw inputRefused({ errors: faults.slice(0, 500) });
    await removeSurveyLinks(tx, market.id, new Date(now.getTime() - keptDays * dayMs));
    const expiresAt = new Date(now.getTime() + days * dayMs);
    const made = visits.map((visit) => ({
      ...visit,
      secret: randomBytes(32).toString('base64url'),
    }));
    await insertSurveyLinks(
      tx,
      made.map(({ dealer, staff: member, visitDate, reference, secret }) => {
        const dealerId = dealers.get(dealer)!;
        return {
          marketId: market.id,
          sha256: hashOf(secret),
          dealerId,
          staffId: member === undefined ? null : staff.get(`${dealerId}/${member}`)!,
          document: row.number,
          ...{ visitDate, reference, contact, expiresAt },
          createdAt: now,
        };
      }),
    );
    return {
      expiresAt: expiresAt.toISOString(),
      links: made.map(({ dealer, reference, secret }) => ({
        ...{ dealer, reference },
        // Behind `#`, so that no server on the way logs it.
        link: `${context.site.origin}/survey#${market.code}.${secret}`,
      })),
    };
  },
});

const opened = z.strictObject({
  state: z.enum(['open', 'answered']),
  dealer: z.strictObject({ name: z.string(), town: z.string().nullable() }),
  contact: z.string(),
  visitDate: civilDate,
  checklist: z.record(z.string(), z.unknown()),
});

async function getLink({ tx, market, now }: Act, secret: string): Promise<SurveyLink> {
  const link = await findSurveyLink(tx, market.id, hashOf(secret));
  if (!link || link.expiresAt <= now) throw linkSpent({});
  return link;
}

async function describe(act: Act, link: SurveyLink, state: 'open' | 'answered') {
  const { name, town } = await getDealerById(act.tx, act.market.id, link.dealerId);
  const { checklist } = await compiledByNumber(act.context, act.tx, link.document);
  return {
    state,
    dealer: { name, town },
    contact: link.contact,
    visitDate: link.visitDate,
    // Without weights and scores: they are nobody's business while one answers.
    checklist: auditorCopy(checklist) as Record<string, unknown>,
  };
}

/** What a customer's link opens. Called by the service for whoever brings the secret. */
export const openSurvey = defineOperation({
  name: 'surveys.open',
  summary: 'The questionnaire that a one-time link opens',
  input: z.strictObject({ market: z.string(), secret: z.string().max(64) }),
  output: opened,
  scope: 'market',
  writes: false,
  refuses: [linkSpent, notFound],
  async act(act, { secret }) {
    const link = await getLink(act, secret);
    return describe(act, link, link.answeredAt ? 'answered' : 'open');
  },
});

/** A customer's answers become a response. The same answers again are thanked for again. */
export const answerSurvey = defineOperation({
  name: 'surveys.answer',
  summary: 'Answer a questionnaire by a one-time link',
  input: z.strictObject({ market: z.string(), secret: z.string().max(64), answers }),
  output: opened,
  scope: 'market',
  writes: true,
  refuses: [linkSpent, notFound, answersRefused, inputRefused],
  async act(act, { secret, answers: given }) {
    const { tx, market, now } = act;
    const link = await getLink(act, secret);
    const answersSha256 = sha256Hex(canonicalJson(given));
    if (link.answeredAt) {
      if (link.answersSha256 !== answersSha256) throw linkSpent({});
      return describe(act, link, 'answered');
    }
    const version = await compiledByNumber(act.context, tx, link.document);
    // Nobody is made to answer: what is left out is left out.
    const faults = checkAnswers(version, given).filter(({ code: fault }) => fault !== 'missing');
    if (faults.length > 0) throw answersRefused({ errors: faults.slice(0, 500) });
    if (Object.keys(given).length === 0) {
      throw inputRefused({
        errors: [{ pointer: '/answers', code: 'empty', detail: 'answer at least one question' }],
      });
    }
    const isMine = await spendSurveyLink(tx, market.id, link.sha256, {
      answeredAt: now,
      answersSha256,
    });
    if (!isMine) throw linkSpent({});
    const questionnaire = compileQuestionnaire(version.checklist);
    const { stale } = await upsertResponses(
      tx,
      market.id,
      link.document,
      [
        {
          dealer_id: link.dealerId,
          staff_id: link.staffId,
          touchpoint: version.checklist.touchpoint!,
          visit_date: link.visitDate,
          reference: link.reference,
          tenure_band: tenureBandOf(undefined),
          answered_at: now.toISOString(),
          device: null,
          ...measureAnswers(version, questionnaire, given),
        },
      ],
      now,
    );
    await markDirty(tx, market.id, stale);
    return describe(act, link, 'answered');
  },
});
