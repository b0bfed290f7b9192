import * as client from 'openid-client';

export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  /** What the button says. */
  readonly name: string;
  readonly redirectUri: string;
}

/** What a sign-in under way must remember until the person comes back. */
export interface Journey {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Who the provider says that somebody is. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** Only an address that the provider has verified. */
  readonly email: string | undefined;
}

/** A sign-in provider by OpenID Connect: code flow with PKCE, state and nonce. */
export interface SignInProvider {
  readonly name: string;
  begin(): Promise<{ readonly address: string; readonly journey: Journey }>;
  /** @throws Error where the answer does not fit the journey or the provider does not stand by it */
  finish(returned: URL, journey: Journey): Promise<Identity>;
}

/** The provider's own description is fetched at the first use, and again after a failure. */
export function openProvider(settings: ProviderSettings): SignInProvider {
  let found: Promise<client.Configuration> | undefined;
  const discover = () => {
    const issuer = new URL(settings.issuer);
    // Plain HTTP only to this machine: a provider that tests or development start.
    const isLocal =
      issuer.protocol === 'http:' && /^(localhost|127\.0\.0\.1)$/.test(issuer.hostname);
    found ??= client
      .discovery(issuer, settings.clientId, settings.clientSecret, undefined, {
        ...(isLocal ? { execute: [client.allowInsecureRequests] } : {}),
        timeout: 10,
      })
      .catch((error: unknown) => {
        found = undefined;
        throw error;
      });
    return found;
  };
  return {
    name: settings.name,
    async begin() {
      const journey = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const address = client.buildAuthorizationUrl(await discover(), {
        redirect_uri: settings.redirectUri,
        scope: 'openid email',
        state: journey.state,
        nonce: journey.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(journey.verifier),
        code_challenge_method: 'S256',
      });
      return { address: address.href, journey };
    },
    async finish(returned, journey) {
      const configuration = await discover();
      const tokens = await client.authorizationCodeGrant(configuration, returned, {
        pkceCodeVerifier: journey.verifier,
        expectedState: journey.state,
        expectedNonce: journey.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims()!;
      const told =
        claims['email'] === undefined
          ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
          : claims;
      return {
        issuer: claims.iss,
        subject: claims.sub,
        email: told['email_verified'] === true ? String(told['email']).toLowerCase() : undefined,
      };
    },
  };
}
