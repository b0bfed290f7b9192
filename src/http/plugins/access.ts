import type { FastifyInstance, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { Context } from '../../context.ts';
import { foreignOrigin, Problem, roleNeeded, signInNeeded } from '../../contracts/problems.ts';
import type { Actor } from '../../core/access.ts';
import { isOpenPlace, mayCall, rolesOf, ruleOf } from '../../core/access-matrix.ts';
import { findActorCached } from '../../operations/directory.ts';
import { type Cookies, isOwnOrigin } from './cookies.ts';

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

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Puts a guard before every route that names a row of the access matrix: whoever is nobody, or has
 * none of its roles, is refused before the body is read, and the try is noted in the log. A route
 * that names no row must be an open place.
 *
 * @throws TypeError while the routes are registered, so that the service does not start
 */
export function guardRoutes(app: FastifyInstance, context: Context, cookies: Cookies): void {
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
      request.actor = await actorOf(context, cookies, request);
      if (!mayCall(operation, request.actor.grants)) {
        throw roleNeeded({ operation, roles: [...rolesOf(operation)] });
      }
    };
    route.onRequest = [guard, ...[route.onRequest ?? []].flat()];
  });
  app.addHook('onError', async (request, _, error) => {
    const { access } = request.routeOptions.config;
    if (access === undefined || !(error instanceof Problem)) return;
    const { slug, status } = error.definition;
    if (![401, 403, 404].includes(status)) return;
    context.notices.add(0, {
      operation: access,
      by: request.actor?.personId ?? null,
      outcome: slug,
      // Of strangers the route alone: what they type must not fill the log.
      place: request.actor
        ? request.url.split('?')[0]!.slice(0, 200)
        : (request.routeOptions.url ?? ''),
    });
  });
}

/** The person behind the request's token or session. @throws sign-in-needed, foreign-origin */
async function actorOf(
  context: Context,
  cookies: Cookies,
  request: FastifyRequest,
): Promise<Actor> {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  const session = cookies.read(request, 'session');
  let actor: Actor | undefined;
  if (scheme?.toLowerCase() === 'bearer' && token) {
    actor = await findActorCached(context, { token });
  } else if (session) {
    if (!reading.has(request.method) && !isOwnOrigin(request, context.site.origin)) {
      throw foreignOrigin({});
    }
    actor = await findActorCached(context, { session });
  }
  if (!actor) throw signInNeeded({});
  return actor;
}
