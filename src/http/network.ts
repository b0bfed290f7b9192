import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { importFileOptions, importKinds, importReport } from '../contracts/imports.ts';
import { sha256 } from '../contracts/primitives.ts';
import { readBody, withUpload } from '../io/uploads.ts';
import { getEvidence, uploadEvidence } from '../operations/audits/evidence.ts';
import { forget } from '../operations/directory.ts';
import { importFile, importJson, importMarkets } from '../operations/imports/run.ts';
import { importTemplate } from '../operations/imports/template.ts';
import { getBrand, setBrand } from '../operations/network/brand.ts';
import {
  getDealerByCode,
  getMarketSettings,
  listDealerPage,
  listOwnMarkets,
} from '../operations/network/read.ts';
import { perform } from '../operations/operation.ts';
import { rebuildCells, withdrawResponse } from '../operations/responses/maintain.ts';
import { expose, exposeFile } from './expose.ts';

const importLimit = 2_000_000_000;
const evidenceLimit = 25_000_000;
const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');

/** Markets, dealers, imports and evidence files. */
export function addNetworkRoutes(app: FastifyInstance, context: Context): void {
  expose(app, context, 'GET /brand', getBrand);
  expose(app, context, 'PUT /brand', setBrand);
  expose(app, context, 'GET /markets', listOwnMarkets);
  expose(app, context, 'GET /markets/:market', getMarketSettings);
  expose(app, context, 'GET /markets/:market/dealers', listDealerPage);
  expose(app, context, 'GET /markets/:market/dealers/:dealer', getDealerByCode);
  expose(app, context, 'GET /imports/templates/:kind', importTemplate);
  expose(app, context, 'POST /markets/:market/imports', importJson, { bodyLimit: 50_000_000 });
  // Over HTTP rows only: a path would name any file of this machine.
  const input = importMarkets.input.omit({ path: true });
  expose(app, context, 'POST /markets', { ...importMarkets, input } as typeof importMarkets);
  expose(app, context, 'POST /markets/:market/responses/:id/withdraw', withdrawResponse);
  expose(app, context, 'POST /markets/:market/cells/rebuild', rebuildCells);
  exposeFile(app, context, 'GET /markets/:market/files/:sha256', getEvidence);
  // Files come as raw bodies, streamed to disk: nothing of them is held in memory.
  app.register(async (files) => {
    files.removeAllContentTypeParsers();
    files.addContentTypeParser('*', (_, payload, done) => done(null, payload));
    files.post(
      '/api/v1/markets/:market/imports/:kind/file',
      {
        bodyLimit: importLimit,
        config: { access: importFile.name },
        schema: {
          operationId: 'imports.upload',
          summary: 'Import a CSV (plain or gzip) or XLSX file sent as the body',
          description: `May be called by: ${importFile.roles.join(', ')}.`,
          tags: ['imports'],
          security: [{ token: [] }],
          params: z.strictObject({ market: z.string(), kind: z.enum(importKinds) }),
          querystring: z.strictObject({
            name: z
              .string()
              .default('upload.csv')
              .describe('File name; its ending says CSV or XLSX.'),
            checklist: z.string().optional(),
            version: z.string().optional(),
            dryRun: flag,
            skipFaulty: flag,
            ...importFileOptions,
          }),
          response: { 200: importReport },
        },
      },
      async (request) => {
        const { name, ...options } = request.query as { name: string };
        return withUpload(request.body as Readable, name, importLimit, (path) =>
          perform(context, request.actor, importFile, {
            ...(request.params as object),
            ...options,
            path,
          }),
        );
      },
    );
    files.put(
      '/api/v1/markets/:market/files/:sha256',
      {
        bodyLimit: evidenceLimit,
        config: { access: uploadEvidence.name },
        schema: {
          operationId: uploadEvidence.name,
          summary: uploadEvidence.summary,
          description: `May be called by: ${uploadEvidence.roles.join(', ')}.`,
          tags: ['files'],
          security: [{ token: [] }],
          params: z.strictObject({ market: z.string(), sha256 }),
          response: { 201: uploadEvidence.output },
        },
      },
      async (request, reply) => {
        const bytes = await readBody(request.body as Readable, evidenceLimit);
        const input = {
          ...(request.params as object),
          bytes,
        };
        return reply.code(201).send(await perform(context, request.actor, uploadEvidence, input));
      },
    );
  });
  app.addHook('onResponse', async (request) => {
    // New markets count at once in this process.
    if (request.method === 'POST' && request.url === '/api/v1/markets') forget(context);
  });
}
