import { z } from 'zod';
import { periodCode } from '../../contracts/primitives.ts';
import { inputRefused, notFound } from '../../contracts/problems.ts';
import { compileQuestionnaire } from '../../core/indices/responses.ts';
import { type SurveyTable, surveyTable } from '../../core/indices/survey-table.ts';
import type { Period } from '../../core/periods.ts';
import { addDays } from '../../core/periods.ts';
import { listVersions } from '../../db/documents.ts';
import { listDealersAt } from '../../db/network.ts';
import { listSurveyRows } from '../../db/survey-rows.ts';
import { compiled, getProgramme } from '../directory.ts';
import type { Act } from '../operation.ts';

/** What every report on a questionnaire's answers is asked. */
export const surveyQuery = z.strictObject({
  market: z.string(),
  period: periodCode,
  checklist: z.string().optional().describe("Default: the programme's after-sales questionnaire."),
  programme: z.string().default('european-award'),
  dealer: z.string().optional(),
});
export type SurveyReportQuery = z.output<typeof surveyQuery>;

/** The questionnaire of a query, by id. */
export async function questionnaireOf(
  act: Act,
  query: Pick<SurveyReportQuery, 'checklist' | 'programme'>,
): Promise<string> {
  if (query.checklist !== undefined) return query.checklist;
  const { programme } = await getProgramme(act.tx, query.programme);
  if (programme.checklists.afterSales !== undefined) return programme.checklists.afterSales;
  throw inputRefused({
    errors: [
      {
        pointer: '/checklist',
        code: 'missing',
        detail: 'the programme names no questionnaire; name one',
      },
    ],
  });
}

/** All responses of a period under a questionnaire, of a market or of one house. */
export async function readSurveyTable(
  act: Act,
  checklist: string,
  period: Period,
  dealer?: string,
  receivedUntil?: Date,
): Promise<SurveyTable> {
  const { tx, market } = act;
  const rows = await listVersions(tx, 'checklist', checklist);
  const versions = rows.map((row) => {
    const { checklist: document } = compiled(act.context, row);
    if (document.kind !== 'survey') throw notSurvey();
    return {
      number: row.number,
      checklist: document,
      questionnaire: compileQuestionnaire(document),
    };
  });
  if (versions.length === 0) throw notFound({ what: 'checklist', id: checklist });
  const houses = await listDealersAt(tx, market.id, addDays(period.to, -1));
  const codes = new Map(houses.map((each) => [each.id, each.code]));
  const one = dealer === undefined ? undefined : houses.find((each) => each.code === dealer);
  if (dealer !== undefined && !one) throw notFound({ what: 'dealer', id: dealer });
  const found = await listSurveyRows(tx, market.id, {
    documents: versions.map(({ number }) => number),
    dealerId: one?.id,
    receivedUntil,
    ...period,
  });
  const byNumber = new Map(versions.map((version) => [version.number, version]));
  return surveyTable(
    versions,
    found.map(({ dealerId, document, indexMicro, ...row }) => ({
      ...row,
      dealer: codes.get(dealerId) ?? String(dealerId),
      index: indexMicro === null ? null : indexMicro / 1e6,
      version: byNumber.get(document)!,
    })),
  );
}

function notSurvey() {
  return inputRefused({
    errors: [{ pointer: '/checklist', code: 'kind', detail: 'this checklist is no questionnaire' }],
  });
}
