import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { fault, type madeFile } from '../contracts/primitives.ts';
import {
  notFound,
  type ProblemDefinition,
  requestRefused,
  roleNeeded,
  signInNeeded,
  unexpected,
} from '../contracts/problems.ts';
import { type Operation, perform } from '../operations/operation.ts';

/** What every refusal looks like on the wire; each adds its own details. */
export const problemShape = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  instance: z.string(),
  errors: z.array(fault).optional(),
});

interface Options {
  /** Status of success; default 200. A repeated act answers 200. */
  readonly status?: 200 | 201;
  readonly bodyLimit?: number;
}

/**
 * Opens an operation at a place: path parameters, query and body are the fields of its input. The
 * route's documentation (who may call, what it may refuse) comes from the operation too.
 *
 * @param place for example `PUT /markets/:market/audits/:id`, below `/api/v1`
 */
export function expose(
  app: FastifyInstance,
  context: Context,
  place: string,
  operation: Operation,
  options: Options = {},
): void {
  const [method, path] = place.split(' ') as [string, string];
  const status = options.status ?? 200;
  app.route({
    method,
    url: `/api/v1${path}`,
    config: { access: operation.name },
    ...(options.bodyLimit ? { bodyLimit: options.bodyLimit } : {}),
    schema: schemaOf(operation, path, method, status),
    async handler(request, reply) {
      const input = {
        ...(request.query as object),
        ...(request.body as object | undefined),
        ...(request.params as object),
      };
      const output = await perform(context, request.actor, operation, input);
      const repeated = (output as { repeated?: boolean }).repeated === true;
      return reply.code(repeated ? 200 : status).send(output);
    },
  });
}

/** Opens an operation that makes a file: the answer is its bytes, not JSON around them. */
export function exposeFile(
  app: FastifyInstance,
  context: Context,
  place: string,
  operation: Operation,
): void {
  const [method, path] = place.split(' ') as [string, string];
  app.route({
    method,
    url: `/api/v1${path}`,
    config: { access: operation.name },
    schema: describeRoute(operation, place),
    async handler(request, reply) {
      const input = { ...(request.query as object), ...(request.params as object) };
      const output = await perform(context, request.actor, operation, input);
      const { bytes, mediaType, fileName, etag } = output as z.output<typeof madeFile>;
      return reply
        .type(mediaType)
        .header('etag', `"${etag}"`)
        .header('content-disposition', `attachment; filename="${fileName}"`)
        .serializer((payload: Buffer) => payload as never)
        .send(Buffer.from(bytes, 'base64'));
    },
  });
}

/** Opens an operation that draws: the answer is its picture. */
export function exposeChart(
  app: FastifyInstance,
  context: Context,
  place: string,
  operation: Operation,
): void {
  const [, path] = place.split(' ') as [string, string];
  app.get(
    `/api/v1${path}`,
    { config: { access: operation.name }, schema: describeRoute(operation, place) },
    async (request, reply) => {
      const input = { ...(request.query as object), ...(request.params as object) };
      const { svg } = (await perform(context, request.actor, operation, input)) as { svg: string };
      return reply.type('image/svg+xml').serializer(String).send(svg);
    },
  );
}

/** The documentation of a route whose answer is no JSON. */
export function describeRoute(operation: Operation, place: string) {
  const [method, path] = place.split(' ') as [string, string];
  const { response: _, ...schema } = schemaOf(operation, path, method, 200);
  return schema;
}

function schemaOf(operation: Operation, path: string, method: string, status: 200 | 201) {
  const inPath = [...path.matchAll(/:(\w+)/g)].map((match) => match[1]!);
  const rest = Object.keys(operation.input.shape).filter((key) => !inPath.includes(key));
  const hasBody = method === 'PUT' || method === 'POST';
  const pick = (names: readonly string[]) =>
    operation.input.pick(Object.fromEntries(names.map((name) => [name, true])) as never);
  return {
    operationId: operation.name,
    summary: operation.summary,
    description: `May be called by: ${operation.roles.join(', ')}.`,
    tags: [operation.name.split('.')[0]!],
    security: [{ token: [] }],
    ...(inPath.length > 0 ? { params: pick(inPath) } : {}),
    ...(rest.length > 0 ? { [hasBody ? 'body' : 'querystring']: pick(rest) } : {}),
    response: {
      ...(status === 201 ? { 200: operation.output } : {}),
      [status]: operation.output,
      ...refusals(operation),
    },
  };
}

function refusals(operation: Operation): Record<string, unknown> {
  const definitions: ProblemDefinition[] = [
    requestRefused,
    signInNeeded,
    roleNeeded,
    notFound,
    unexpected,
    ...(operation.refuses ?? []),
  ];
  const byStatus = new Map<number, Set<string>>();
  for (const { status, slug } of definitions) {
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(slug));
  }
  return Object.fromEntries(
    [...byStatus].map(([status, slugs]) => [
      status,
      {
        description: [...slugs].join(', '),
        content: { 'application/problem+json': { schema: problemShape } },
      },
    ]),
  );
}
