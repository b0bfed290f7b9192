import type { FastifyInstance, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { Context } from '../../context.ts';
import { roleNeeded, signInNeeded } from '../../contracts/problems.ts';
import type { Actor } from '../../core/access.ts';
import { isOpenPlace, mayCall, rolesOf, ruleOf } from '../../core/access-matrix.ts';
import { findActorCached } from '../../operations/directory.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The row of the access matrix that guards this route: an operation's name. */
    access?: string;
  }
  interface FastifyRequest {
    /** Who asks; set on every route that names a row of the access matrix. */
    actor: Actor;
  }
}

/**
 * Puts a guard before every route that names a row of the access matrix: whoever is nobody, or has
 * none of its roles, is refused before the body is read. A route that names no row must be an open place.
 *
 * @throws TypeError while the routes are registered, so that the service does not start
 */
export function guardRoutes(app: FastifyInstance, context: Context): void {
  app.decorateRequest('actor', null as unknown as Actor);
  app.addHook('onRoute', (route) => {
    const { method, url, config } = route;
    if (config?.access === undefined) {
      if (isOpenPlace(url)) return;
      throw new TypeError(`${method} ${url} does not say who may call it`);
    }
    const operation = config.access;
    ruleOf(operation);
    const guard: onRequestAsyncHookHandler = async (request) => {
      request.actor = await actorOf(context, request);
      if (!mayCall(operation, request.actor.grants)) {
        throw roleNeeded({ operation, roles: [...rolesOf(operation)] });
      }
    };
    route.onRequest = [guard, ...[route.onRequest ?? []].flat()];
  });
}

/** The person behind the request's bearer token. @throws sign-in-needed */
async function actorOf(context: Context, request: FastifyRequest): Promise<Actor> {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  const actor =
    scheme?.toLowerCase() === 'bearer' && token ? await findActorCached(context, token) : undefined;
  if (!actor) throw signInNeeded({});
  return actor;
}
