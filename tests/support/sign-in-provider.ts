import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { freePort } from './mail-server.ts';

/** A real OpenID provider with one client; whoever signs in by a name has that name as address. */
export async function openOpenIdProvider(redirectUri: string) {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'omotenashi',
        client_secret: 'a-secret-of-the-test',
        redirect_uris: [redirectUri],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        email: id.replace('unverified-', ''),
        email_verified: !id.startsWith('unverified-'),
      }),
    }),
    cookies: { keys: ['a key of the test'] },
  });
  const server = createServer(provider.callback());
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    issuer,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
