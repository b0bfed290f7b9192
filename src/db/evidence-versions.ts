import { sql } from 'drizzle-orm';
import type { Transaction } from './database.ts';
import { evidenceVersions } from './schema/decisions.ts';

/** Notes that something figures rest on changes in a market (0: in all). Locks its row until the commit. */
export function raiseEvidenceVersion(tx: Transaction, marketId: number): Promise<unknown> {
  return tx.execute(sql`
    insert into evidence_versions as known (market_id, version) values (${marketId}::int, 1)
    on conflict (market_id) do update set version = known.version + 1`);
}

/** Rises with every change of anything that figures rest on, in any market. */
export async function evidenceVersion(tx: Transaction): Promise<number> {
  const [row] = await tx
    .select({ version: sql<string>`coalesce(sum(${evidenceVersions.version}), 0)` })
    .from(evidenceVersions);
  return Number(row!.version);
}
