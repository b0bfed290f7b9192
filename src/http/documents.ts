import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { convertWorkbook, exportChecklist } from '../operations/documents/exchange.ts';
import { publishDocument, retireDocument } from '../operations/documents/move.ts';
import {
  compareDocuments,
  getDocument,
  listDocumentVersions,
} from '../operations/documents/read.ts';
import { saveDocument } from '../operations/documents/save.ts';
import { expose, exposeFile } from './expose.ts';

/** Checklists and programmes: versions, drafts, publishing, comparison. */
export function addDocumentRoutes(app: FastifyInstance, context: Context): void {
  expose(app, context, 'GET /documents/:type', listDocumentVersions);
  expose(app, context, 'POST /documents', saveDocument, { status: 201, bodyLimit: 2_500_000 });
  expose(app, context, 'GET /documents/:type/:id/:version', getDocument);
  expose(app, context, 'POST /documents/:type/:id/:version/publish', publishDocument);
  expose(app, context, 'POST /documents/:type/:id/:version/retire', retireDocument);
  expose(app, context, 'GET /checklists/:id/compare', compareDocuments);
  exposeFile(app, context, 'GET /checklists/:id/:version/files/:format', exportChecklist);
  expose(app, context, 'POST /checklists/convert', convertWorkbook, { bodyLimit: 7_500_000 });
}
