import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import {
  listOwnAssignments,
  moveAssignmentOn,
  offerAssignment,
} from '../operations/assignments/steps.ts';
import {
  decideAppeal,
  fileAppeal,
  getAppealById,
  listAppealRows,
  previewAppeal,
} from '../operations/audits/appeal.ts';
import { getAuditById, listAuditPage } from '../operations/audits/read.ts';
import { renderAudit } from '../operations/audits/report.ts';
import {
  amendAudit,
  approveAudit,
  correctAudit,
  releaseAudit,
  returnAudit,
  takeAuditUp,
  withdrawAudit,
} from '../operations/audits/review.ts';
import { submitAudit } from '../operations/audits/submit.ts';
import { keepOwnDraft, listOwnDrafts } from '../operations/drafts/drafts.ts';
import { expose, exposeFile } from './expose.ts';

/** Assignments, audits, their review, and appeals. */
export function addAuditRoutes(app: FastifyInstance, context: Context): void {
  const audit = '/markets/:market/audits/:id';
  expose(app, context, 'GET /markets/:market/assignments', listOwnAssignments);
  expose(app, context, 'PUT /markets/:market/assignments/:id', offerAssignment, { status: 201 });
  expose(app, context, 'POST /markets/:market/assignments/:id/move', moveAssignmentOn);
  expose(app, context, 'GET /markets/:market/drafts', listOwnDrafts);
  expose(app, context, 'PUT /markets/:market/drafts/:id', keepOwnDraft, { bodyLimit: 2_000_000 });
  expose(app, context, 'GET /markets/:market/audits', listAuditPage);
  expose(app, context, `GET ${audit}`, getAuditById);
  exposeFile(app, context, `GET ${audit}/pdf`, renderAudit);
  expose(app, context, `PUT ${audit}`, submitAudit, { status: 201, bodyLimit: 2_000_000 });
  expose(app, context, `POST ${audit}/take-up`, takeAuditUp);
  expose(app, context, `POST ${audit}/approve`, approveAudit);
  expose(app, context, `POST ${audit}/return`, returnAudit);
  expose(app, context, `POST ${audit}/correct`, correctAudit);
  expose(app, context, `POST ${audit}/release`, releaseAudit);
  expose(app, context, `POST ${audit}/withdraw`, withdrawAudit);
  expose(app, context, `POST ${audit}/amend`, amendAudit);
  expose(app, context, 'GET /markets/:market/appeals', listAppealRows);
  expose(app, context, 'PUT /markets/:market/appeals/:id', fileAppeal, { status: 201 });
  expose(app, context, 'GET /markets/:market/appeals/:id', getAppealById);
  expose(app, context, 'POST /markets/:market/appeals/:id/preview', previewAppeal);
  expose(app, context, 'POST /markets/:market/appeals/:id/decide', decideAppeal);
}
