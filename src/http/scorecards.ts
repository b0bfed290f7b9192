import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { scorecardCharts } from '../../reports/scorecard.ts';
import type { Context } from '../context.ts';
import { language } from '../contracts/primitives.ts';
import { perform } from '../operations/operation.ts';
import {
  drawScorecardChart,
  getScorecard,
  listScorecards,
  releaseScorecards,
  renderScorecard,
} from '../operations/scorecards/scorecards.ts';
import { expose, exposeFile } from './expose.ts';

const one = z.strictObject({ market: z.string(), id: z.uuid() });
const onScreen = z.strictObject({
  language: language.default('en'),
  theme: z.enum(['light', 'dark']).default('light'),
});

/** Scorecards: their data, their charts as SVG, their pages as PDF. */
export function addScorecardRoutes(app: FastifyInstance, context: Context): void {
  expose(app, context, 'POST /markets/:market/scorecards', releaseScorecards, { status: 201 });
  expose(app, context, 'GET /markets/:market/scorecards', listScorecards);
  expose(app, context, 'GET /markets/:market/scorecards/:id', getScorecard);
  exposeFile(app, context, 'GET /markets/:market/scorecards/:id/pdf', renderScorecard);
  const describe = (operationId: string, summary: string) => ({
    operationId,
    summary,
    description: `May be called by: ${renderScorecard.roles.join(', ')}.`,
    tags: ['scorecards'],
    security: [{ token: [] }],
    querystring: onScreen,
  });
  app.get(
    '/api/v1/markets/:market/scorecards/:id/charts/:chart',
    {
      config: { access: drawScorecardChart.name },
      schema: {
        ...describe(drawScorecardChart.name, 'A chart of a scorecard as SVG'),
        params: one.extend({ chart: z.enum(scorecardCharts) }),
      },
    },
    async (request, reply) => {
      const input = { ...(request.params as object), ...(request.query as object) };
      const { svg } = await perform(context, request.actor, drawScorecardChart, input);
      return reply.type('image/svg+xml').serializer(String).send(svg);
    },
  );
}
