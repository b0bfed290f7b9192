import { fileURLToPath } from 'node:url';
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The plain start page: rankings and scorecards for whoever holds a token. */
export async function addStartPage(app: FastifyInstance): Promise<void> {
  await app.register(staticFiles, {
    root: fileURLToPath(new URL('../web/start', import.meta.url)),
    prefix: '/start/',
    redirect: true,
    cacheControl: false,
  });
}
