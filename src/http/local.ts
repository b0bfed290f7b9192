import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { notFound, Problem, unexpected } from '../contracts/problems.ts';
import { problemOf } from '../db/constraints.ts';
import { runLocally } from '../operations/local.ts';

/**
 * The door of the command line while this server holds the data folder: the same operations, for
 * whoever can read the token beside the lock. Answers as lines of JSON: progress, then the end.
 */
export function addLocalRoute(app: FastifyInstance, context: Context, token: string): void {
  app.post(
    '/local/operations',
    {
      schema: {
        hide: true,
        body: z.strictObject({
          operation: z.string(),
          input: z.unknown(),
          as: z.string().optional(),
        }),
      },
      bodyLimit: 100_000_000,
      // Before the body is read: nobody else makes this process parse so much.
      async onRequest(request) {
        const given = Buffer.from((request.headers.authorization ?? '').replace(/^Bearer /, ''));
        const expected = Buffer.from(token);
        if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
          throw notFound({ what: 'page', id: request.url });
        }
      },
    },
    async (request, reply) => {
      const { operation, input, as } = request.body as {
        operation: string;
        input: unknown;
        as?: string;
      };
      reply.hijack();
      reply.raw.writeHead(200, { 'content-type': 'application/x-ndjson' });
      const send = (line: object) => reply.raw.write(`${JSON.stringify(line)}\n`);
      try {
        const output = await runLocally(context, operation, input, as, (progress) =>
          send({ progress }),
        );
        send({ output });
      } catch (error) {
        const problem = error instanceof Problem ? error : (problemOf(error) ?? unexpected({}));
        if (problem.definition.status >= 500) request.log.error({ err: error }, problem.message);
        const { slug, status, title } = problem.definition;
        send({ problem: { slug, status, title, detail: problem.message, ...problem.details } });
      }
      reply.raw.end();
    },
  );
}
