import type { FastifyInstance } from 'fastify';

/** Health is asked for every few seconds; it would hide everything else. */
const watched = new Set(['/healthz', '/readyz']);

/** One line a request: its id, what was asked for, status and time; not who asked, nor what was sent. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { config, url } = request.routeOptions;
    if (watched.has(url ?? '')) return;
    request.log.info(
      {
        operation: config.access ?? url ?? 'not found',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
  });
}
