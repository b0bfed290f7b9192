import { eq } from 'drizzle-orm';
import type { Brand } from '../contracts/brand.ts';
import type { Transaction } from './database.ts';
import { brand } from './schema/people.ts';

/** The brand on every paper; before it is set, the product's name and nobody who signs. */
export async function readBrand(tx: Transaction): Promise<Brand> {
  const [row] = await tx.select().from(brand).where(eq(brand.id, 1));
  return { name: row?.name ?? 'Omotenashi', signatories: row?.signatories ?? [] };
}

export function writeBrand(tx: Transaction, { name, signatories }: Brand): Promise<unknown> {
  return tx
    .insert(brand)
    .values({ id: 1, name, signatories: [...signatories] })
    .onConflictDoUpdate({ target: brand.id, set: { name, signatories: [...signatories] } });
}
