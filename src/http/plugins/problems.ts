import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import {
  bodyTooLarge,
  mediaTypeRefused,
  notFound,
  Problem,
  requestRefused,
  unexpected,
} from '../../contracts/problems.ts';
import { problemOf } from '../../db/constraints.ts';

/** The only writer of `application/problem+json` (RFC 9457). */
export function addProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error as FastifyError, request);
    if (problem.definition.status >= 500) request.log.error(causeOf(error), problem.message);
    return sendProblem(request, reply, problem);
  });
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, notFound({ what: 'page', id: request.url.split('?')[0] ?? '' })),
  );
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem) {
  const { slug, status, title } = problem.definition;
  const { retryAfterSeconds } = problem.details;
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', retryAfterSeconds);
  return reply
    .code(status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send({
      type: `/problems/${slug}`,
      title,
      status,
      ...(problem.message === title ? {} : { detail: problem.message }),
      instance: `urn:uuid:${request.id}`,
      ...problem.details,
    });
}

/** What an error means to whoever asked. */
export function toProblem(error: FastifyError, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    return requestRefused({
      errors: error.validation.slice(0, 100).map((fault) => ({
        pointer: `/${error.validationContext ?? 'body'}${fault.instancePath}`,
        code: fault.keyword,
        detail: fault.message ?? 'not as expected',
      })),
    });
  }
  const known = problemOf(error);
  if (known) return known;
  switch (error.statusCode) {
    case 413:
      return bodyTooLarge({ limitBytes: request.routeOptions.bodyLimit ?? 0 });
    case 415:
      return mediaTypeRefused({});
    case 404:
      return notFound({ what: 'page', id: request.url });
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return requestRefused({ errors: [{ pointer: '', code: 'malformed', detail: error.message }] });
  }
  return unexpected({});
}

/** What the log may hold of a fault: never the parameters of a statement, which are people's data. */
function causeOf(error: unknown): {
  readonly code: string;
  readonly cause: string;
  readonly stack: string;
} {
  const cause = ((error as { cause?: unknown })?.cause ?? error) as Error & { code?: string };
  const frames = (cause.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '));
  return {
    code: cause.code ?? cause.name,
    cause: cause.message?.split('\n')[0] ?? '',
    stack: frames.join('\n'),
  };
}
