import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { notFound } from '../contracts/problems.ts';

const built = fileURLToPath(new URL('../../dist/web', import.meta.url));
/** Places that the pages' own router knows; each is answered with the one page of the app. */
const places = ['/sign-in', '/link', '/account', '/verify/:code'];

/** The web app as `npm run build` made it. */
export async function addPages(app: FastifyInstance): Promise<void> {
  if (existsSync(built)) {
    await app.register(staticFiles, {
      root: path.join(built, 'assets'),
      prefix: '/assets/',
      decorateReply: false,
      // Their names change with their content.
      immutable: true,
      maxAge: '365d',
    });
  }
  for (const place of places) {
    app.get(place, { schema: { hide: true } }, async (request, reply) => {
      const page = await readFile(path.join(built, 'index.html')).catch(() => {
        throw notFound(
          { what: 'page', id: request.url },
          'the pages are not built; run "npm run build"',
        );
      });
      return reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-cache')
        .serializer((bytes: Buffer) => bytes as never)
        .send(page);
    });
  }
}
