import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { tooMany } from '../../contracts/problems.ts';

/** Requests a minute; absent: any number. */
export interface Rates {
  /** By whoever is signed in, over all their sessions and tokens. */
  readonly person: number;
  /** From one address (of IPv6 one /64): a whole house may sit behind it. */
  readonly address: number;
}

const minute = 60_000;
const watched = new Set(['/healthz', '/readyz']);

/**
 * Limits how often one asker asks, so that nobody takes the service from the others. Each process
 * counts for itself.
 * @throws too-many with the seconds until the next minute, before anything of theirs is read
 */
export async function limitRates(app: FastifyInstance, rates: Rates): Promise<void> {
  await app.register(rateLimit, { global: false, cache: 20_000 });
  // Without a key of its own the library counts by address, of IPv6 by its network.
  const limiter = (max: number, keyGenerator?: (request: FastifyRequest) => string) => {
    const key = keyGenerator ? { keyGenerator } : {};
    const check = app.createRateLimit({ max, timeWindow: minute, ...key });
    return async (request: FastifyRequest) => {
      const found = await check(request);
      if (found.isAllowed || !found.isExceeded) return;
      throw tooMany({ retryAfterSeconds: found.ttlInSeconds });
    };
  };
  const byAddress = limiter(rates.address);
  const byPerson = limiter(rates.person, ({ actor }) => actor.personId);
  app.addHook('onRequest', async (request) => {
    if (!watched.has(request.routeOptions.url ?? '')) await byAddress(request);
  });
  // The guard of the route, which finds out who asks, runs before this.
  app.addHook('preParsing', async (request) => {
    if (request.actor) await byPerson(request);
  });
}
