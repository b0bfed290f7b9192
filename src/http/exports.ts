import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import type { ExportJob } from '../contracts/exports.ts';
import { notFound } from '../contracts/problems.ts';
import { findMarketCached } from '../operations/directory.ts';
import { listExportJobs, requestExport, takeExportFile } from '../operations/exports/exports.ts';
import { perform } from '../operations/operation.ts';
import { describeRoute, expose } from './expose.ts';

/** Files that are asked for, made, and taken out. */
export function addExportRoutes(app: FastifyInstance, context: Context): void {
  const file = '/markets/:market/exports/:id/file';
  expose(app, context, 'GET /markets/:market/exports', listExportJobs);
  expose(app, context, 'PUT /markets/:market/exports/:id', requestExport, { status: 201 });
  // Streamed from the disk: nothing of a large file is held in memory.
  app.get(
    `/api/v1${file}`,
    {
      config: { access: takeExportFile.name },
      schema: describeRoute(takeExportFile, `GET ${file}`),
    },
    async (request, reply) => {
      const input = request.params as { market: string; id: string };
      const job = (await perform(context, request.actor, takeExportFile, input)) as ExportJob;
      const market = await findMarketCached(context, input.market);
      const bytes = await context.exportFiles.read(market.id, job.id);
      if (!bytes)
        throw notFound({ what: 'file', id: job.id }, 'the file is gone; ask for it again');
      const name = `${job.kind}-${market.code}-${job.filters.period.replaceAll('/', '-to-')}.csv`;
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('etag', `"${job.sha256}"`)
        .send(bytes);
    },
  );
}
