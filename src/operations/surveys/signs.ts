import { inputRefused, notFound } from '../../contracts/problems.ts';
import { signReport } from '../../contracts/surveys.ts';
import { surveyCauses, surveySigns } from '../../core/indices/survey-signs.ts';
import { parsePeriod } from '../../core/periods.ts';
import { defineOperation } from '../operation.ts';
import { questionnaireOf, readSurveyTable, surveyQuery } from './table.ts';

/** Signs of gaming in customers' answers, and causes by the car apart from those by the house. */
export const reportSigns = defineOperation({
  name: 'surveys.signs',
  summary: 'Signs that open a review of a house’s answers; they change no figure',
  input: surveyQuery.omit({ dealer: true }),
  output: signReport,
  scope: 'market',
  writes: false,
  refuses: [notFound, inputRefused],
  async act(act, query) {
    const checklist = await questionnaireOf(act, query);
    const period = parsePeriod(query.period);
    const table = await readSurveyTable(act, checklist, period);
    return {
      market: act.market.code,
      checklist,
      period,
      responses: table.rows.length,
      timed: table.rows.filter(({ answeredAt }) => answeredAt !== null).length,
      withDevice: table.rows.filter(({ device }) => device !== null).length,
      signs: surveySigns(table, act.market.timeZone),
      causes: surveyCauses(table),
    };
  },
});
