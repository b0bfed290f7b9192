import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { PublicKey, Signed } from '../contracts/log.ts';
import { introductionOf, keyIdOf } from '../core/trust/signatures.ts';

/** Secrets of this installation, as files outside the database, readable by its own user only. */
export interface Keys {
  /** Seals a text that the database keeps but must not be able to read. */
  seal(text: string): string;
  /** @throws Error where it was not sealed by this installation */
  unseal(sealed: string): string;
  /**
   * A short code from which nobody without the key can find what it stands for; the same for the same
   * parts in this installation.
   */
  codeOf(...parts: readonly string[]): string;
  /** Signs by the newest key that is not retired (Ed25519). */
  sign(statement: string): Signed;
  /** Public keys, the oldest first, retired ones too: what they signed stands. */
  list(): PublicKey[];
  /** A new key, introduced by the present one, which is retired by it. */
  rotate(at: Date): PublicKey;
}

interface Stored extends PublicKey {
  readonly privateKey: string | null;
}

/** Opens the folder of keys; missing keys are made. Other processes' rotations are seen at the next use. */
export function openKeys(folder: string, now: () => Date): Keys {
  const signing = path.join(folder, 'signing');
  mkdirSync(signing, { recursive: true, mode: 0o700 });
  const sealKey = Buffer.from(readOrMake(path.join(folder, 'seal.key'), newSecret), 'base64url');
  const codeKey = createHmac('sha256', sealKey).update('one-way codes').digest();
  const read = () =>
    readdirSync(signing)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => JSON.parse(readFileSync(path.join(signing, name), 'utf8')) as Stored);
  const newest = (): Stored => {
    const active = read().findLast(({ privateKey }) => privateKey !== null);
    return active ?? make(signing, 1, undefined, now());
  };
  newest();
  return {
    seal(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    unseal(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
    },
    codeOf(...parts) {
      const mac = createHmac('sha256', codeKey).update(parts.join('\u0000'));
      return mac.digest('hex').slice(0, 16);
    },
    sign(statement) {
      const { id, privateKey } = newest();
      return { statement, signature: signBy(privateKey!, statement), keyId: id };
    },
    list: () => read().map(({ privateKey: _, ...publicPart }) => publicPart),
    rotate(at) {
      const before = newest();
      const made = make(signing, read().length + 1, before, at);
      // The private part of a retired key is gone: nobody can sign in its name any more.
      replace(signing, { ...before, retiredAt: at.toISOString(), privateKey: null }, read());
      const { privateKey: _, ...publicPart } = made;
      return publicPart;
    },
  };
}

const newSecret = () => randomBytes(32).toString('base64url');
const fileOf = (number: number) => `${String(number).padStart(4, '0')}.json`;

function make(folder: string, number: number, before: Stored | undefined, at: Date): Stored {
  const pair = generateKeyPairSync('ed25519');
  const key = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
  const createdAt = at.toISOString();
  const made: Stored = {
    id: keyIdOf(key),
    key,
    createdAt,
    retiredAt: null,
    signedBy: before
      ? { id: before.id, signature: signBy(before.privateKey!, introductionOf(key, createdAt)) }
      : null,
    privateKey: pair.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string,
  };
  const file = path.join(folder, fileOf(number));
  return JSON.parse(readOrMake(file, () => `${JSON.stringify(made, null, 2)}\n`)) as Stored;
}

function replace(folder: string, stored: Stored, all: readonly Stored[]): void {
  const number = all.findIndex(({ id }) => id === stored.id) + 1;
  const draft = path.join(folder, `${fileOf(number)}.draft`);
  writeFileSync(draft, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path.join(folder, fileOf(number)));
}

function signBy(privateKey: string, text: string): string {
  return sign(null, Buffer.from(text, 'utf8'), createPrivateKey(privateKey)).toString('hex');
}

/** Of two processes that start at once, one makes the file, whole, and the other reads it. */
function readOrMake(file: string, content: () => string): string {
  if (!existsSync(file)) {
    const draft = `${file}.${randomBytes(6).toString('hex')}`;
    writeFileSync(draft, content(), { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }
  return readFileSync(file, 'utf8').trim();
}
