import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';

/** The cookies of the service; over HTTPS their names bind them to this very host. */
const names = { session: 'session', device: 'device', journey: 'journey' } as const;
type Name = keyof typeof names;

/** Reads and writes the cookies that carry a session, a device, and a sign-in under way. */
export interface Cookies {
  read(request: FastifyRequest, name: Name): string | undefined;
  write(reply: FastifyReply, name: Name, value: string, expires: Date): void;
  clear(reply: FastifyReply, name: Name): void;
}

export async function addCookies(app: FastifyInstance, { site, now }: Context): Promise<Cookies> {
  await app.register(cookie);
  const secure = site.origin.startsWith('https:');
  const full = (name: Name) => `${secure ? '__Host-' : ''}${names[name]}`;
  // Lax, not strict: whoever comes back from a sign-in provider or by a link is still signed in.
  // Requests that change something are held to our own origin besides.
  const options = { path: '/', httpOnly: true, secure, sameSite: 'lax' } as const;
  return {
    read: (request, name) => request.cookies[full(name)],
    write: (reply, name, value, expires) =>
      void reply.setCookie(full(name), value, {
        ...options,
        // A length, not a moment: a device whose clock is wrong keeps it as long as any other.
        maxAge: Math.max(0, Math.round((expires.getTime() - now().getTime()) / 1000)),
      }),
    clear: (reply, name) => void reply.clearCookie(full(name), options),
  };
}

/**
 * Whether a request comes from our own pages: what browsers say in `Sec-Fetch-Site`, or else in
 * `Origin`. A request that says neither is not a browser's, and carries no cookie unasked.
 */
export function isOwnOrigin(request: FastifyRequest, origin: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const from = request.headers.origin;
  return from === undefined || from === origin || from === `${request.protocol}://${request.host}`;
}
