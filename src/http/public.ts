import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { checklist } from '../contracts/checklists.ts';
import { listProblems, notFound } from '../contracts/problems.ts';
import { programme } from '../contracts/programmes.ts';

/** What anybody may read: health, the schemas for editors, the pages of problems. */
export function addPublicRoutes(app: FastifyInstance, context: Context): void {
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  app.get(
    '/healthz',
    {
      schema: {
        summary: 'The process lives',
        description: 'May be called by: anyone.',
        response: { 200: z.strictObject({ status: z.literal('ok') }) },
      },
    },
    () => ({ status: 'ok' as const }),
  );
  app.get(
    '/readyz',
    {
      schema: {
        summary: 'The database answers',
        description: 'May be called by: anyone.',
        response: { 200: z.strictObject({ status: z.literal('ready') }) },
      },
    },
    async () => {
      await context.database.transaction({ role: 'nobody' }, async () => undefined);
      return { status: 'ready' as const };
    },
  );
  const schemas = { checklist, programme };
  app.get(
    '/schemas/:name',
    { schema: { hide: true, params: z.strictObject({ name: z.string() }) } },
    (request, reply) => {
      const name = (request.params as { name: string }).name.replace(/\.json$/, '');
      const shape = schemas[name as keyof typeof schemas];
      if (!shape) throw notFound({ what: 'schema', id: name });
      return reply
        .type('application/schema+json')
        .serializer(JSON.stringify)
        .send(z.toJSONSchema(shape, { io: 'input', target: 'draft-2020-12' }));
    },
  );
  app.get(
    '/problems/:slug',
    { schema: { hide: true, params: z.strictObject({ slug: z.string() }) } },
    (request, reply) => {
      const { slug } = request.params as { slug: string };
      const problem = listProblems().find((each) => each.slug === slug);
      if (!problem) throw notFound({ what: 'problem', id: slug });
      return reply
        .type('text/plain; charset=utf-8')
        .serializer(String)
        .send(`${problem.title}\n\nStatus ${problem.status}, type /problems/${slug}.\n`);
    },
  );
}
