import type { FastifyInstance } from 'fastify';
import { overloaded } from '../../contracts/problems.ts';

/**
 * Requests that may be under way at once. More would only wait for each other: whoever comes then is
 * told to come back, before anything of theirs is read. Writes have room that reads leave them, so
 * that an auditor's work gets through while rankings are asked for.
 */
export interface Limits {
  readonly reads: number;
  readonly writes: number;
}

const retryAfterSeconds = 2;
const reading = new Set(['GET', 'HEAD']);
/** Whoever watches over the service must get through when it is busiest. */
const watched = new Set(['/healthz', '/readyz']);

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether this request counts as under way. */
    isUnderWay: boolean;
  }
}

/** @throws overloaded, in front of everything else */
export function shedOverload(app: FastifyInstance, limits: Limits): void {
  let underWay = 0;
  app.decorateRequest('isUnderWay', false);
  app.addHook('onRequest', async (request) => {
    if (watched.has(request.routeOptions.url ?? '')) return;
    if (underWay >= (reading.has(request.method) ? limits.reads : limits.writes)) {
      throw overloaded({ retryAfterSeconds });
    }
    underWay += 1;
    request.isUnderWay = true;
  });
  // Also where the asker has gone away.
  app.addHook('onResponse', async (request) => {
    if (request.isUnderWay) underWay -= 1;
  });
}
