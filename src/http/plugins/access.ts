import type { FastifyInstance } from 'fastify';
import { isOpenPlace, ruleOf } from '../../core/access-matrix.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The row of the access matrix that guards this route: an operation's name. */
    access?: string;
  }
}

/**
 * Lets no route in that the access matrix does not know: neither an operation of it nor an open place.
 * @throws TypeError while the routes are registered, so that the service does not start
 */
export function demandAccess(app: FastifyInstance): void {
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.access !== undefined) ruleOf(config.access);
    else if (!isOpenPlace(url)) {
      throw new TypeError(`${method} ${url} does not say who may call it`);
    }
  });
}
