import type { FastifyInstance } from 'fastify';
import { beginRequest, type RequestSpan } from '../../io/traces.ts';

declare module 'fastify' {
  interface FastifyRequest {
    span: RequestSpan;
  }
}

/** A span around every request, named by what was asked for, never by what was typed. */
export function traceRequests(app: FastifyInstance): void {
  app.decorateRequest('span', null as unknown as RequestSpan);
  app.addHook('onRequest', (request, _, done) => {
    request.span = beginRequest(request.headers);
    request.span.run(done);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { config, url } = request.routeOptions;
    request.span.end(config.access ?? url ?? 'not found', reply.statusCode);
  });
}
