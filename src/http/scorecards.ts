import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import {
  drawPreviewChart,
  drawScorecardChart,
  getScorecard,
  listScorecards,
  previewScorecard,
  releaseScorecards,
  renderScorecard,
} from '../operations/scorecards/scorecards.ts';
import { expose, exposeChart, exposeFile } from './expose.ts';

/** Scorecards: their data, their charts as SVG, their pages as PDF; and what would be released now. */
export function addScorecardRoutes(app: FastifyInstance, context: Context): void {
  const one = '/markets/:market/scorecards/:id';
  const present = '/markets/:market/dealers/:dealer/scorecard';
  expose(app, context, 'POST /markets/:market/scorecards', releaseScorecards, { status: 201 });
  expose(app, context, 'GET /markets/:market/scorecards', listScorecards);
  expose(app, context, `GET ${one}`, getScorecard);
  exposeFile(app, context, `GET ${one}/pdf`, renderScorecard);
  exposeChart(app, context, `GET ${one}/charts/:chart`, drawScorecardChart);
  expose(app, context, `GET ${present}`, previewScorecard);
  exposeChart(app, context, `GET ${present}/charts/:chart`, drawPreviewChart);
}
