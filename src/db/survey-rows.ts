import { and, eq, gte, inArray, isNull, lt, lte } from 'drizzle-orm';
import type { Transaction } from './database.ts';
import { responses } from './schema/responses.ts';

/** Responses of a period one by one, withdrawn ones left out; in no order. Leans on responses_month_index. */
export function listSurveyRows(
  tx: Transaction,
  marketId: number,
  filter: {
    readonly documents: readonly number[];
    readonly from: string;
    readonly to: string;
    readonly dealerId?: number | undefined;
    readonly receivedUntil?: Date | undefined;
  },
) {
  if (filter.documents.length === 0) return Promise.resolve([]);
  return tx
    .select({
      dealerId: responses.dealerId,
      document: responses.document,
      visitDate: responses.visitDate,
      items: responses.items,
      indexMicro: responses.indexMicro,
      recommendation: responses.recommendation,
      answeredAt: responses.answeredAt,
      device: responses.device,
    })
    .from(responses)
    .where(
      and(
        eq(responses.marketId, marketId),
        filter.dealerId === undefined ? undefined : eq(responses.dealerId, filter.dealerId),
        inArray(responses.document, [...filter.documents]),
        gte(responses.visitDate, filter.from),
        lt(responses.visitDate, filter.to),
        isNull(responses.withdrawnAt),
        filter.receivedUntil === undefined
          ? undefined
          : lte(responses.receivedAt, filter.receivedUntil),
      ),
    );
}
