import { z } from 'zod';
import { periodCode } from '../../contracts/primitives.ts';
import { inputRefused, notFound } from '../../contracts/problems.ts';
import { questionReport } from '../../contracts/surveys.ts';
import { questionReport as report } from '../../core/indices/questions.ts';
import { parsePeriod } from '../../core/periods.ts';
import { defineOperation } from '../operation.ts';
import { questionnaireOf, readSurveyTable, surveyQuery } from './table.ts';

/** What customers answered, question by question, and what changed. */
export const reportQuestions = defineOperation({
  name: 'surveys.questions',
  summary: 'Answers by question: means, best answers, recommendation, reliability, change',
  input: surveyQuery.extend({
    against: periodCode.optional().describe('An earlier period to compare with.'),
    intervals: z
      .enum(['wilson', 'wilson-corrected', 'exact', 'mid-p', 'jeffreys'])
      .default('wilson')
      .describe('How intervals of shares are formed.'),
  }),
  output: questionReport,
  scope: 'market',
  writes: false,
  refuses: [notFound, inputRefused],
  async act(act, query) {
    const checklist = await questionnaireOf(act, query);
    const period = parsePeriod(query.period);
    const against = query.against === undefined ? null : parsePeriod(query.against);
    if (against && against.to > period.from) {
      throw inputRefused({
        errors: [
          {
            pointer: '/against',
            code: 'overlap',
            detail: 'a period that ends before the other one begins',
          },
        ],
      });
    }
    const now = await readSurveyTable(act, checklist, period, query.dealer);
    const earlier = against && (await readSurveyTable(act, checklist, against, query.dealer));
    return {
      market: act.market.code,
      checklist,
      dealer: query.dealer ?? null,
      period,
      against,
      ...report(now, earlier, query.intervals),
    };
  },
});
