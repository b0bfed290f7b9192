import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { notFound } from '../contracts/problems.ts';

const built = fileURLToPath(new URL('../../dist/web', import.meta.url));
/** Places that the pages' own router knows; each is answered with the one page of the app. */
const places = [
  '/',
  '/index.html',
  '/sign-in',
  '/link',
  '/account',
  '/verify/:code',
  '/outbox',
  '/audits/:id',
  '/audits/:id/check',
  '/audits/:id/s/:section',
  '/m/*',
  '/survey',
  '/d/*',
  '/admin/*',
];
/** Files whose names stay while their content changes. */
const fixed: Readonly<Record<string, string>> = {
  '/sw.js': 'text/javascript; charset=utf-8',
  '/app.webmanifest': 'application/manifest+json',
  '/icon.svg': 'image/svg+xml',
};

/** The web app as `npm run build` made it. */
export async function addPages(app: FastifyInstance): Promise<void> {
  if (existsSync(built)) {
    await app.register(staticFiles, {
      root: path.join(built, 'assets'),
      prefix: '/assets/',
      decorateReply: false,
      // The build wrote each file compressed beside itself: a phone's line is the slowest part.
      preCompressed: true,
      // Their names change with their content.
      immutable: true,
      maxAge: '365d',
    });
  }
  const answer = async (reply: FastifyReply, file: string, type: string) => {
    const bytes = await readFile(path.join(built, file)).catch(() => {
      throw notFound(
        { what: 'page', id: reply.request.url },
        'the pages are not built; run "npm run build"',
      );
    });
    return reply
      .type(type)
      .header('cache-control', 'no-cache')
      .serializer((content: Buffer) => content as never)
      .send(bytes);
  };
  for (const place of places) {
    app.get(place, { schema: { hide: true } }, (_, reply) =>
      answer(reply, 'index.html', 'text/html; charset=utf-8'),
    );
  }
  for (const [place, type] of Object.entries(fixed)) {
    app.get(place, { schema: { hide: true } }, (_, reply) => answer(reply, place, type));
  }
}
