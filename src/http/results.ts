import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { reportAuditors } from '../operations/auditors/report.ts';
import { renderCertificate } from '../operations/awards/certificate-paper.ts';
import {
  confirmDecision,
  freezeDecision,
  proposeDecision,
  publishDecision,
  withdrawDecision,
} from '../operations/awards/decide.ts';
import { reportFirmness } from '../operations/awards/firmness.ts';
import { drawMarketRanking, rankMarket, rankNetwork } from '../operations/awards/rank.ts';
import { getDecision, getDecisionPackage, listDecisions } from '../operations/awards/read.ts';
import { waiveGate } from '../operations/awards/waive.ts';
import { tryAward, tryNetwork } from '../operations/awards/what-if.ts';
import { listComplaintRows } from '../operations/complaints/register.ts';
import { reportComplaints } from '../operations/complaints/report.ts';
import { listFigureRows } from '../operations/figures/list.ts';
import { compareIndex } from '../operations/indices/compare.ts';
import { computeIndex } from '../operations/indices/compute.ts';
import { trendIndex } from '../operations/indices/trend.ts';
import { drawOverview, showOverview } from '../operations/overview/overview.ts';
import { reportDrivers } from '../operations/surveys/drivers.ts';
import { inviteCustomers } from '../operations/surveys/links.ts';
import { reportQuestions } from '../operations/surveys/questions.ts';
import { reportSigns } from '../operations/surveys/signs.ts';
import { expose, exposeChart, exposeFile } from './expose.ts';

/** Indices, rankings and decisions. */
export function addResultRoutes(app: FastifyInstance, context: Context): void {
  const decision = '/markets/:market/decisions/:id';
  expose(app, context, 'GET /markets/:market/indices/:index', computeIndex);
  expose(app, context, 'GET /markets/:market/indices/:index/change', compareIndex);
  expose(app, context, 'GET /markets/:market/indices/:index/trend', trendIndex);
  expose(app, context, 'GET /markets/:market/surveys/questions', reportQuestions);
  expose(app, context, 'GET /markets/:market/surveys/drivers', reportDrivers);
  expose(app, context, 'GET /markets/:market/surveys/signs', reportSigns);
  expose(app, context, 'POST /markets/:market/surveys/links', inviteCustomers, { status: 201 });
  expose(app, context, 'GET /markets/:market/overview', showOverview);
  exposeChart(app, context, 'GET /markets/:market/overview/chart', drawOverview);
  expose(app, context, 'GET /markets/:market/figures', listFigureRows);
  expose(app, context, 'GET /markets/:market/complaints/report', reportComplaints);
  expose(app, context, 'GET /markets/:market/complaints', listComplaintRows);
  expose(app, context, 'GET /markets/:market/ranking', rankMarket);
  exposeChart(app, context, 'GET /markets/:market/ranking/chart', drawMarketRanking);
  expose(app, context, 'GET /markets/:market/firmness', reportFirmness);
  expose(app, context, 'POST /markets/:market/what-if', tryAward);
  expose(app, context, 'GET /network/ranking', rankNetwork);
  expose(app, context, 'POST /network/what-if', tryNetwork);
  expose(app, context, 'GET /markets/:market/auditors', reportAuditors);
  expose(app, context, 'POST /markets/:market/waivers', waiveGate, { status: 201 });
  expose(app, context, 'GET /markets/:market/decisions', listDecisions);
  expose(app, context, `PUT ${decision}`, freezeDecision, { status: 201 });
  expose(app, context, `GET ${decision}`, getDecision);
  expose(app, context, `GET ${decision}/package`, getDecisionPackage);
  exposeFile(app, context, `GET ${decision}/certificate`, renderCertificate);
  expose(app, context, `POST ${decision}/propose`, proposeDecision);
  expose(app, context, `POST ${decision}/confirm`, confirmDecision);
  expose(app, context, `POST ${decision}/publish`, publishDecision);
  expose(app, context, `POST ${decision}/withdraw`, withdrawDecision);
}
