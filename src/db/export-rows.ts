import { and, asc, eq, gt, gte, isNull, lt } from 'drizzle-orm';
import type { Transaction } from './database.ts';
import { staffMembers } from './schema/network.ts';
import { documents } from './schema/people.ts';
import { responses } from './schema/responses.ts';

/** A page of a market's responses as a file holds them, in the order of their ids; withdrawn ones left out. */
export function listResponsePage(
  tx: Transaction,
  marketId: number,
  filter: {
    readonly from: string;
    readonly to: string;
    readonly dealerId?: number | undefined;
    readonly after: number;
    readonly limit: number;
  },
) {
  return tx
    .select({
      id: responses.id,
      dealerId: responses.dealerId,
      staff: staffMembers.code,
      checklist: documents.id,
      version: documents.version,
      touchpoint: responses.touchpoint,
      visitDate: responses.visitDate,
      reference: responses.reference,
      tenureBand: responses.tenureBand,
      indexMicro: responses.indexMicro,
      recommendation: responses.recommendation,
      receivedAt: responses.receivedAt,
    })
    .from(responses)
    .innerJoin(documents, eq(documents.number, responses.document))
    .leftJoin(
      staffMembers,
      and(eq(staffMembers.marketId, responses.marketId), eq(staffMembers.id, responses.staffId)),
    )
    .where(
      and(
        eq(responses.marketId, marketId),
        gt(responses.id, filter.after),
        filter.dealerId === undefined ? undefined : eq(responses.dealerId, filter.dealerId),
        gte(responses.visitDate, filter.from),
        lt(responses.visitDate, filter.to),
        isNull(responses.withdrawnAt),
      ),
    )
    .orderBy(asc(responses.id))
    .limit(filter.limit);
}
