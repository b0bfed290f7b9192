import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { linkSpent, Problem } from '../contracts/problems.ts';
import { perform, systemActor } from '../operations/operation.ts';
import { answerSurvey, openSurvey } from '../operations/surveys/links.ts';

/** A link's secret: its market, and what opens it. */
const link = z.string().regex(/^[A-Za-z0-9-]{1,64}\.[\w-]{20,64}$/, 'the whole link');
const tags = ['survey'];
const description = 'May be called by: whoever brings the secret of a link.';

/** A customer's questionnaire: nothing else is reachable by its link, and nobody signs in. */
export function addSurveyRoutes(app: FastifyInstance, context: Context): void {
  const ask = async (
    operation: typeof openSurvey | typeof answerSurvey,
    { link: secret, ...rest }: { readonly link: string },
  ) => {
    const [market, own] = secret.split('.');
    const input = { market, secret: own, ...rest };
    return perform(context, systemActor, operation as typeof openSurvey, input).catch((error) => {
      // Whether there is such a market is nobody's business here.
      throw error instanceof Problem && error.definition.slug === 'not-found'
        ? linkSpent({})
        : error;
    });
  };
  app.post(
    '/api/v1/survey/open',
    {
      schema: {
        ...{ tags, description, summary: openSurvey.summary, operationId: openSurvey.name },
        body: z.strictObject({ link }),
        response: { 200: openSurvey.output },
      },
    },
    (request) => ask(openSurvey, request.body as { link: string }),
  );
  app.post(
    '/api/v1/survey/answer',
    {
      bodyLimit: 200_000,
      schema: {
        ...{ tags, description, summary: answerSurvey.summary, operationId: answerSurvey.name },
        body: z.strictObject({ link, answers: answerSurvey.input.shape.answers }),
        response: { 200: answerSurvey.output },
      },
    },
    (request) => ask(answerSurvey, request.body as { link: string }),
  );
}
