import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { getPrivacy, keepRetention, setPrivacy } from '../operations/privacy/retention.ts';
import {
  endHold,
  erasePerson,
  eraseSubject,
  exportPerson,
  exportSubject,
  holdPerson,
  liftPerson,
  placeHold,
} from '../operations/privacy/subjects.ts';
import { expose } from './expose.ts';

/** What is kept about people, for how long, and how it ends. */
export function addPrivacyRoutes(app: FastifyInstance, context: Context): void {
  expose(app, context, 'GET /markets/:market/privacy', getPrivacy);
  expose(app, context, 'PUT /markets/:market/privacy', setPrivacy);
  expose(app, context, 'POST /markets/:market/privacy/export', exportSubject);
  expose(app, context, 'POST /markets/:market/privacy/erase', eraseSubject);
  expose(app, context, 'POST /markets/:market/privacy/hold', placeHold, { status: 201 });
  expose(app, context, 'POST /markets/:market/privacy/lift', endHold);
  expose(app, context, 'POST /markets/:market/privacy/retain', keepRetention);
  expose(app, context, 'POST /people/export', exportPerson);
  expose(app, context, 'POST /people/erase', erasePerson);
  expose(app, context, 'POST /people/hold', holdPerson, { status: 201 });
  expose(app, context, 'POST /people/lift', liftPerson);
}
