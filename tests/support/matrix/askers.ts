import type { Role } from '../../../src/contracts/people.ts';

/** Somebody who asks; `undefined` grants = nobody. */
export interface Asker {
  readonly name: string;
  readonly role?: Role;
  readonly market?: string;
  readonly dealer?: string;
  readonly isRevoked?: boolean;
}

export const askers: readonly Asker[] = [
  { name: 'administrator', role: 'administrator' },
  { name: 'network', role: 'network-manager' },
  { name: 'manager-pl', role: 'market-manager', market: 'PL' },
  { name: 'manager-jp', role: 'market-manager', market: 'JP' },
  { name: 'shopper-one', role: 'auditor', market: 'PL' },
  { name: 'shopper-two', role: 'auditor', market: 'PL' },
  { name: 'shopper-jp', role: 'auditor', market: 'JP' },
  { name: 'house-one', role: 'dealer', market: 'PL', dealer: 'PL-1' },
  { name: 'house-two', role: 'dealer', market: 'PL', dealer: 'PL-2' },
  { name: 'house-jp', role: 'dealer', market: 'JP', dealer: 'JP-1' },
  { name: 'anonymous' },
  { name: 'revoked', role: 'market-manager', market: 'PL', isRevoked: true },
];

/** What a request is about: whose it is, and whether its dealer may see it. */
export interface Subject {
  readonly kind: string;
  readonly path: Readonly<Record<string, string>>;
  readonly market?: string | undefined;
  readonly dealer?: string | undefined;
  readonly auditor?: string | undefined;
  readonly isReleased?: boolean;
}

/** A text that must reach nobody who may not see what it stands in. */
export const canary = (market: string, dealer: string, kind: string, auditor = '') =>
  `canary~${market}~${dealer}~${kind}~${auditor.replace('shopper-', '')}~`;

/** Who may see a canary, by the words of model.md. */
function maySee(asker: Asker, [, market, dealer, kind, auditor]: readonly string[]): boolean {
  if (kind === 'draft') return `shopper-${auditor}` === asker.name;
  switch (asker.isRevoked ? undefined : asker.role) {
    case 'administrator':
      return kind === 'name' || kind === 'staff';
    case 'network-manager':
      return true;
    case 'market-manager':
      return asker.market === market;
    case 'auditor':
      return asker.market === market && (kind === 'name' || `shopper-${auditor}` === asker.name);
    case 'dealer':
      return (
        asker.market === market &&
        asker.dealer === dealer &&
        ['name', 'staff', 'released', 'appeal'].includes(kind!)
      );
    default:
      return false;
  }
}

/** Texts of others in an answer, and, for a dealer, the name of any auditor. */
export function leaksIn(asker: Asker, body: string): string[] {
  const found = [...body.matchAll(/canary~(\w+)~([\w-]+)~([\w-]+)~([\w-]*)~/g)]
    .filter((match) => !maySee(asker, match))
    .map((match) => match[0]);
  const names = asker.role === 'dealer' ? (body.match(/shopper-\w+/g) ?? []) : [];
  return [...new Set([...found, ...names])];
}
