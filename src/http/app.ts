import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import type { Registry } from 'prom-client';
import type { Context } from '../context.ts';
import { addAuditRoutes } from './audits.ts';
import { addDocumentRoutes } from './documents.ts';
import { addExportRoutes } from './exports.ts';
import { addLocalRoute } from './local.ts';
import { addLogRoutes } from './log.ts';
import { addNetworkRoutes } from './network.ts';
import { addPages } from './pages.ts';
import { addPeopleRoutes } from './people.ts';
import { guardRoutes } from './plugins/access.ts';
import { closeGracefully } from './plugins/closing.ts';
import { addCookies } from './plugins/cookies.ts';
import { limitRates, type Rates } from './plugins/limits.ts';
import { measure } from './plugins/measures.ts';
import { type Limits, shedOverload } from './plugins/overload.ts';
import { addProblems, sendProblem, toProblem } from './plugins/problems.ts';
import { logRequests } from './plugins/request-log.ts';
import { traceRequests } from './plugins/traces.ts';
import { addPrivacyRoutes } from './privacy.ts';
import { addPublicRoutes } from './public.ts';
import { addResultRoutes } from './results.ts';
import { addScorecardRoutes } from './scorecards.ts';
import { addSignInRoutes } from './sign-in.ts';
import { addStartPage } from './start-page.ts';
import { addSurveyRoutes } from './survey.ts';

export interface AppOptions {
  readonly logLevel?: string;
  /** Opens the command line's door for whoever knows it. */
  readonly localToken?: string;
  readonly limits?: Limits;
  /** How often one asker may ask; absent: as often as they like. */
  readonly rates?: Rates;
  /** Where what the service does is counted; absent: nowhere. */
  readonly measures?: Registry;
  /** Believe a reverse proxy about who calls. */
  readonly trustProxy?: false | number | string;
}

/** The whole service as a Fastify instance; not yet listening. */
export async function buildApp(
  context: Context,
  options: AppOptions = {},
): Promise<FastifyInstance> {
  const app = fastify({
    genReqId: () => randomUUID(),
    logger: options.logLevel && options.logLevel !== 'silent' ? { level: options.logLevel } : false,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1_000_000,
    // Faults before any route is found, such as a broken address, are worded like all others.
    frameworkErrors: (error, request, reply) => {
      void sendProblem(request, reply, toProblem(error, request));
    },
    trustProxy: trusted(options.trustProxy ?? false),
    routerOptions: { maxParamLength: 200 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  addProblems(app);
  closeGracefully(app);
  traceRequests(app);
  logRequests(app);
  if (options.measures) measure(app, context, options.measures);
  shedOverload(app, options.limits ?? { reads: 100, writes: 200 });
  if (options.rates) await limitRates(app, options.rates);
  const cookies = await addCookies(app, context);
  guardRoutes(app, context, cookies);
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        'default-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'upgrade-insecure-requests': null,
      },
    },
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Omotenashi',
        version: '1',
        description: 'Service-quality audits, satisfaction indices and award rankings.',
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });
  addPublicRoutes(app, context);
  addDocumentRoutes(app, context);
  addAuditRoutes(app, context);
  addNetworkRoutes(app, context);
  addPeopleRoutes(app, context);
  addLogRoutes(app, context);
  addSurveyRoutes(app, context);
  addPrivacyRoutes(app, context);
  addSignInRoutes(app, context, cookies);
  addResultRoutes(app, context);
  addExportRoutes(app, context);
  addScorecardRoutes(app, context);
  await addStartPage(app);
  await addPages(app);
  if (options.localToken) addLocalRoute(app, context, options.localToken);
  await app.ready();
  return app;
}

/** So many hops from here, or these addresses: never whatever a caller writes into a header. */
function trusted(proxies: false | number | string) {
  return typeof proxies === 'number' ? (_: string, hop: number) => hop < proxies : proxies;
}
