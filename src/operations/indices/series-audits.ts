import type { Programme } from '../../contracts/programmes.ts';
import type { AuditWeights } from '../../core/indices/audit-index.ts';
import type { SeriesAudit } from '../../core/indices/series.ts';
import { addDays, type Period } from '../../core/periods.ts';
import { type DocumentRow, listVersions } from '../../db/documents.ts';
import { type CountedAuditRow, listCountedAudits } from '../../db/evidence.ts';
import { listDealersAt } from '../../db/network.ts';
import type { Act } from '../operation.ts';

/** The scored visits of a programme in a market's houses, with what each weighs. */
export async function readSeriesAudits(
  { tx, market }: Act,
  programme: Programme,
  period: Period,
  submittedUntil?: Date,
): Promise<{
  /** The versions that they may have been given under. */
  readonly versions: readonly DocumentRow[];
  readonly rows: readonly CountedAuditRow[];
  /** What a series reads of them. */
  readonly toSeries: (rows: readonly CountedAuditRow[]) => SeriesAudit[];
  readonly weights: AuditWeights;
}> {
  const versions = (
    await Promise.all(programme.checklists.visits.map((id) => listVersions(tx, 'checklist', id)))
  ).flat();
  const names = new Map(versions.map(({ number, id, version }) => [number, `${id} ${version}`]));
  const houses = await listDealersAt(tx, market.id, addDays(period.to, -1));
  const codes = new Map(houses.map(({ id, code }) => [id, code]));
  const rows = await listCountedAudits(tx, market.id, {
    ...{ documents: [...names.keys()], ...period, submittedUntil },
  });
  const toSeries = (those: readonly CountedAuditRow[]) =>
    those.flatMap((row): SeriesAudit[] => {
      const dealer = codes.get(row.dealerId);
      if (row.score.status !== 'ok' || dealer === undefined) return [];
      return [
        {
          dealer,
          date: row.visitDate,
          type: row.type as 'mystery' | 'announced',
          finalMicro: row.score.finalMicro ?? 0,
          parts: row.score.parts,
          version: names.get(row.document)!,
        },
      ];
    });
  return {
    versions,
    rows,
    toSeries,
    weights: {
      ...programme.auditTypeWeights,
      halfLifeDays: programme.halfLifeDays,
      asOf: addDays(period.to, -1),
    },
  };
}
