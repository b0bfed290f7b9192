import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';

/** The site that passkeys belong to. */
export interface Site {
  /** For example `https://audits.example.org`. */
  readonly origin: string;
}

/** A passkey as it is kept. */
export interface Passkey {
  readonly id: string;
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
}

const siteName = 'Omotenashi';
const domainOf = ({ origin }: Site) => new URL(origin).hostname;
type Transports = NonNullable<
  Parameters<typeof verifyAuthenticationResponse>[0]['credential']['transports']
>;

/** What the browser is asked so that it makes a passkey that can sign in by itself. */
export function askForNewPasskey(
  site: Site,
  person: { readonly id: string; readonly name: string; readonly displayName: string },
  known: readonly Passkey[],
) {
  return generateRegistrationOptions({
    rpName: siteName,
    rpID: domainOf(site),
    userID: new Uint8Array(Buffer.from(person.id)),
    userName: person.name,
    userDisplayName: person.displayName,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: known.map(({ id }) => ({ id })),
  });
}

/** The new passkey, or `undefined` where the answer does not fit the question. */
export async function readNewPasskey(
  site: Site,
  challenge: string,
  answer: object,
): Promise<Passkey | undefined> {
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: answer as never,
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: domainOf(site),
    requireUserVerification: true,
  }).catch(() => ({ verified: false, registrationInfo: undefined }));
  if (!verified || !registrationInfo) return undefined;
  const { id, publicKey, counter, transports } = registrationInfo.credential;
  return {
    id,
    publicKey: Buffer.from(publicKey).toString('base64url'),
    counter,
    transports: transports ?? [],
  };
}

/** What the browser is asked so that any of its passkeys for this site can sign in. */
export function askForPasskey(site: Site) {
  return generateAuthenticationOptions({ rpID: domainOf(site), userVerification: 'required' });
}

/** The passkey's new counter, or `undefined` where the answer does not fit. */
export async function readPasskey(
  site: Site,
  challenge: string,
  passkey: Passkey,
  answer: object,
): Promise<number | undefined> {
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: answer as never,
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: domainOf(site),
    requireUserVerification: true,
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      counter: passkey.counter,
      transports: [...passkey.transports] as Transports,
    },
  }).catch(() => ({ verified: false, authenticationInfo: undefined }));
  return verified ? authenticationInfo?.newCounter : undefined;
}
