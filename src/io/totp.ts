import { Secret, TOTP } from 'otpauth';

const periodSeconds = 30;

function totpOf(secret: string, label = ''): TOTP {
  return new TOTP({
    issuer: 'Omotenashi',
    label,
    secret: Secret.fromBase32(secret),
    digits: 6,
    period: periodSeconds,
  });
}

/** A new secret in base 32, 160 bits. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What an authenticator app reads from a QR code. */
export function totpUri(secret: string, label: string): string {
  return totpOf(secret, label).toString();
}

/**
 * The time step of a code (RFC 6238), one step to either side allowed; `undefined` where it does not
 * fit. The caller refuses a step that was used before.
 */
export function stepOfCode(secret: string, code: string, now: Date): number | undefined {
  const delta = totpOf(secret).validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / periodSeconds) + delta;
}
