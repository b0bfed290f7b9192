import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import { z } from 'zod';
import type { Context } from '../context.ts';
import {
  email,
  linkPurposes,
  newPassword,
  passkeyAnswer,
  passkeyQuestion,
  secret,
  signInStep,
  totpCode,
  triedPassword,
} from '../contracts/accounts.ts';
import { foreignOrigin, Problem } from '../contracts/problems.ts';
import { askForReset, isFresh, readLink, useLinkOnce } from '../operations/accounts/links.ts';
import {
  beginPasskeySignIn,
  beginProviderSignIn,
  type Step,
  signInByCode,
  signInByPasskey,
  signInByPassword,
  signInByProvider,
  signOut,
} from '../operations/accounts/sign-in.ts';
import type { Visitor } from '../operations/accounts/visitor.ts';
import { forget } from '../operations/directory.ts';
import { type Cookies, isOwnOrigin } from './plugins/cookies.ts';

const done = z.strictObject({ done: z.literal(true) });
const tags = ['sign-in'];
const yearMs = 365 * 86_400_000;

/** The way in. Open to anybody; every try is counted, and every answer to a wrong one is the same. */
export function addSignInRoutes(app: FastifyInstance, context: Context, cookies: Cookies): void {
  const visitorOf = (request: FastifyRequest): Visitor => {
    if (!isOwnOrigin(request, context.site.origin)) throw foreignOrigin({});
    return {
      address: request.ip,
      device: cookies.read(request, 'device'),
      agent: request.headers['user-agent'] ?? '',
    };
  };
  const answer = (reply: FastifyReply, step: Step) => {
    if ('challenge' in step) {
      return { next: 'second-factor' as const, challenge: step.challenge };
    }
    cookies.write(reply, 'session', step.session, step.expiresAt);
    cookies.write(reply, 'device', step.device, new Date(context.now().getTime() + yearMs));
    forget(context);
    return { next: 'done' as const, name: step.name };
  };
  /** A route at the door: its body's shape, and what it answers. */
  const open = <Body extends z.ZodType, Output extends z.ZodType>(
    path: string,
    summary: string,
    body: Body,
    output: Output,
    handle: (
      visitor: Visitor,
      given: z.output<Body>,
      reply: FastifyReply,
      request: FastifyRequest,
    ) => Promise<z.input<Output>>,
  ) => {
    const schema: FastifySchema = {
      summary,
      description: 'May be called by: anyone.',
      tags,
      body,
      response: { 200: output },
    };
    app.route({
      method: 'POST',
      url: `/api/v1/sign-in${path}`,
      schema,
      handler: (request, reply) =>
        handle(visitorOf(request), request.body as z.output<Body>, reply, request),
    });
  };

  app.get(
    '/api/v1/sign-in',
    {
      schema: {
        summary: 'Which ways in there are',
        description: 'May be called by: anyone.',
        tags,
        response: {
          200: z.strictObject({
            provider: z.string().nullable(),
            canReset: z.boolean(),
            isFresh: z.boolean(),
          }),
        },
      },
    },
    async () => ({
      provider: context.provider?.name ?? null,
      canReset: context.mail !== undefined,
      isFresh: await isFresh(context),
    }),
  );
  open(
    '/password',
    'Sign in by address and password',
    z.strictObject({ email, password: triedPassword }),
    signInStep,
    async (visitor, given, reply) => answer(reply, await signInByPassword(context, visitor, given)),
  );
  open(
    '/code',
    'Finish a sign-in by the code of an authenticator app',
    z.strictObject({ challenge: z.uuid(), code: totpCode }),
    signInStep,
    async (visitor, given, reply) => answer(reply, await signInByCode(context, visitor, given)),
  );
  open(
    '/passkey/question',
    'What a passkey is asked',
    z.strictObject({}),
    z.strictObject({ challenge: z.uuid(), question: passkeyQuestion }),
    async (visitor) => {
      const { challenge, question } = await beginPasskeySignIn(context, visitor);
      return { challenge, question: { ...question } };
    },
  );
  open(
    '/passkey',
    'Sign in by a passkey, or finish a sign-in by one',
    z.strictObject({ challenge: z.uuid(), answer: passkeyAnswer }),
    signInStep,
    async (visitor, given, reply) => answer(reply, await signInByPasskey(context, visitor, given)),
  );
  open(
    '/link/read',
    'What a one-time link is for',
    z.strictObject({ link: secret }),
    z.strictObject({
      purpose: z.enum(linkPurposes),
      name: z.string(),
      email: z.string().nullable(),
    }),
    (_, { link }) => readLink(context, link),
  );
  open(
    '/link',
    'Use a one-time link: choose a password and sign in',
    z.strictObject({ link: secret, password: newPassword, email: email.optional() }),
    signInStep,
    async (visitor, given, reply) => answer(reply, await useLinkOnce(context, visitor, given)),
  );
  open(
    '/reset',
    'Ask for a link for a new password; the answer is the same for every address',
    z.strictObject({ email }),
    done,
    async (visitor, given) => {
      await askForReset(context, visitor, given.email);
      return { done: true as const };
    },
  );
  open('/end', 'Sign out', z.strictObject({}), done, async (_, __, reply, request) => {
    const session = cookies.read(request, 'session');
    if (session) await signOut(context, session);
    cookies.clear(reply, 'session');
    forget(context);
    return { done: true as const };
  });
  // The two steps by a provider are pages that the browser walks through, not calls.
  app.get('/api/v1/sign-in/provider', { schema: { hide: true } }, async (_, reply) => {
    const { address, journey } = await beginProviderSignIn(context);
    cookies.write(reply, 'journey', journey, new Date(context.now().getTime() + 600_000));
    return reply.redirect(address);
  });
  app.get('/api/v1/sign-in/provider/return', { schema: { hide: true } }, async (request, reply) => {
    const journey = cookies.read(request, 'journey') ?? '';
    cookies.clear(reply, 'journey');
    const visitor = {
      address: request.ip,
      device: cookies.read(request, 'device'),
      agent: request.headers['user-agent'] ?? '',
    };
    try {
      const returned = new URL(request.url, context.site.origin);
      const step = answer(reply, await signInByProvider(context, visitor, returned, journey));
      return reply.redirect(step.next === 'done' ? '/' : `/sign-in?challenge=${step.challenge}`);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // A word of ours and never a text: else anybody could write on this page by a link.
      const { reason = 'other' } = error.details as { reason?: string };
      return reply.redirect(`/sign-in?refused=${encodeURIComponent(reason)}`);
    }
  });
}
