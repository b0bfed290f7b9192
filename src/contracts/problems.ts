import { z } from 'zod';
import { fault, sha256 } from './primitives.ts';

/**
 * The catalogue of refusals (RFC 9457). One definition serves the thrower, the HTTP answer, the
 * OpenAPI document and the page under `/problems/<slug>`.
 */

/** A fault of the user's. Carried to the door, which writes it as `application/problem+json`. */
export class Problem extends Error {
  readonly definition: ProblemDefinition;
  readonly details: Record<string, unknown>;
  constructor(definition: ProblemDefinition, details: Record<string, unknown>, detail?: string) {
    super(detail ?? definition.title);
    this.name = 'Problem';
    this.definition = definition;
    this.details = details;
  }
}

export interface ProblemDefinition {
  readonly slug: string;
  readonly status: number;
  readonly title: string;
  readonly details: z.ZodObject;
}

const catalogue = new Map<string, ProblemDefinition>();

function problem<Shape extends z.ZodObject>(definition: {
  slug: string;
  status: number;
  title: string;
  details: Shape;
}): ((details: z.input<Shape>, detail?: string) => Problem) & ProblemDefinition {
  if (catalogue.has(definition.slug))
    throw new TypeError(`problem ${definition.slug} is defined twice`);
  const make = (details: z.input<Shape>, detail?: string) =>
    new Problem(definition, details as Record<string, unknown>, detail);
  catalogue.set(definition.slug, definition);
  return Object.assign(make, definition);
}

/** Every problem that the product can answer with, in the order of definition. */
export function listProblems(): readonly ProblemDefinition[] {
  return [...catalogue.values()];
}

const faults = z.strictObject({ errors: z.array(fault), more: z.int().optional() });

/** The request's shape is wrong: a field is unknown, missing or of another type. */
export const requestRefused = problem({
  slug: 'request-refused',
  status: 400,
  title: 'The request does not have the expected form',
  details: faults,
});

/** No session or token, or one that is unknown, expired or revoked. */
export const signInNeeded = problem({
  slug: 'sign-in-needed',
  status: 401,
  title: 'Please sign in first',
  details: z.strictObject({}),
});

/** Address, password, code, passkey or link did not fit; which of them is not said. */
export const signInRefused = problem({
  slug: 'sign-in-refused',
  status: 401,
  title: 'That did not fit; please try again',
  details: z.strictObject({
    reason: z
      .enum(['late', 'unconfirmed', 'uninvited'])
      .optional()
      .describe('Why a sign-in by a provider failed.'),
  }),
});

/** Too many tries; the account itself stays open to its owner's known devices. */
export const tooManyTries = problem({
  slug: 'too-many-tries',
  status: 429,
  title: 'Too many tries; please wait',
  details: z.strictObject({ retryAfterSeconds: z.int() }),
});

/** The token may read, not write. */
export const tokenReadsOnly = problem({
  slug: 'token-reads-only',
  status: 403,
  title: 'This token may read only',
  details: z.strictObject({}),
});

/** The request came from another site's page. */
export const foreignOrigin = problem({
  slug: 'foreign-origin',
  status: 403,
  title: 'This request did not come from our own pages',
  details: z.strictObject({}),
});

/** The link was used, has expired, or never was. */
export const linkSpent = problem({
  slug: 'link-spent',
  status: 410,
  title: 'This link was used already or has expired; ask for a new one',
  details: z.strictObject({}),
});

/** The person's role does not allow this act. Things outside the scope are `not-found` instead. */
export const roleNeeded = problem({
  slug: 'role-needed',
  status: 403,
  title: 'Your role does not allow this',
  details: z.strictObject({ operation: z.string(), roles: z.array(z.string()) }),
});

/** It does not exist, or not within the asker's scope. */
export const notFound = problem({
  slug: 'not-found',
  status: 404,
  title: 'There is no such thing here',
  details: z.strictObject({ what: z.string(), id: z.string() }),
});

/** An audit with this id is stored with other answers. The stored one stays; the sender keeps its copy. */
export const auditConflict = problem({
  slug: 'audit-conflict',
  status: 409,
  title: 'This audit was already submitted with other answers',
  details: z.strictObject({ auditId: z.uuid(), storedSha256: sha256, sentSha256: sha256 }),
});

/** The answers do not fit the checklist version; every fault is listed. */
export const answersRefused = problem({
  slug: 'answers-refused',
  status: 422,
  title: 'Some answers do not fit the checklist',
  details: faults,
});

/** The document (checklist or programme) has faults; every one is listed with its place. */
export const documentRefused = problem({
  slug: 'document-refused',
  status: 422,
  title: 'The document has faults',
  details: z.strictObject({ file: z.string().optional(), errors: z.array(fault) }),
});

/** The same id and version are stored with another content. A published version never changes. */
export const documentConflict = problem({
  slug: 'document-conflict',
  status: 409,
  title: 'This version is already stored with another content',
  details: z.strictObject({
    id: z.string(),
    version: z.string(),
    storedSha256: sha256,
    sentSha256: sha256,
  }),
});

/** The thing is in a state that does not allow this step. */
export const stateConflict = problem({
  slug: 'state-conflict',
  status: 409,
  title: 'This step is not possible in the present state',
  details: z.strictObject({ what: z.string(), state: z.string(), allowed: z.array(z.string()) }),
});

/** The step needs another person than the one who took the step before. */
export const secondPersonNeeded = problem({
  slug: 'second-person-needed',
  status: 409,
  title: 'This step needs a second person',
  details: z.strictObject({ what: z.string() }),
});

/** What was asked contradicts itself or the rules of the programme. */
export const inputRefused = problem({
  slug: 'input-refused',
  status: 422,
  title: 'The input does not fit',
  details: faults,
});

/** A legal hold keeps what should be erased. */
export const onHold = problem({
  slug: 'on-hold',
  status: 409,
  title: 'A legal hold keeps this for now',
  details: z.strictObject({ hold: z.uuid(), reason: z.string() }),
});

/** Rows of an import have faults. Nothing was stored. */
export const importRefused = problem({
  slug: 'import-refused',
  status: 422,
  title: 'The file has faulty rows; nothing was stored',
  details: z.strictObject({
    file: z.string().optional(),
    rows: z.int(),
    faultyRows: z.int(),
    errors: z.array(fault),
    more: z.int(),
  }),
});

/** The file could not be read as what it claims to be. */
export const fileUnreadable = problem({
  slug: 'file-unreadable',
  status: 422,
  title: 'The file could not be read',
  details: faults,
});

/** The body is larger than the limit of this route. */
export const bodyTooLarge = problem({
  slug: 'body-too-large',
  status: 413,
  title: 'The body is larger than this route accepts',
  details: z.strictObject({ limitBytes: z.int() }),
});

/** The body is of a kind that the route does not read. */
export const mediaTypeRefused = problem({
  slug: 'media-type-refused',
  status: 415,
  title: 'This kind of body is not accepted here',
  details: z.strictObject({}),
});

/** The database cannot be reached at the moment. Nothing was stored. */
export const databaseAway = problem({
  slug: 'database-away',
  status: 503,
  title: 'The database cannot be reached at the moment',
  details: z.strictObject({}),
});

/** Somebody, or somebody's address, asks more often than is fair to the others. Nothing was stored. */
export const tooMany = problem({
  slug: 'too-many',
  status: 429,
  title: 'These are too many requests in a minute; please wait for the next',
  details: z.strictObject({ retryAfterSeconds: z.int() }),
});

/** More is under way than this machine can do in good time. Nothing was stored. */
export const overloaded = problem({
  slug: 'overloaded',
  status: 503,
  title: 'Too much is under way at the moment; please try again shortly',
  details: z.strictObject({ retryAfterSeconds: z.int() }),
});

/** There is no room left on the disk. Nothing was stored. */
export const storageFull = problem({
  slug: 'storage-full',
  status: 507,
  title: 'There is no room left to store this',
  details: z.strictObject({}),
});

/** A bug or a fault of the world around. Details stand in the log under the request's id. */
export const unexpected = problem({
  slug: 'unexpected',
  status: 500,
  title: 'Something went wrong on our side',
  details: z.strictObject({}),
});
