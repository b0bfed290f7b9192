import type { AwardPackage, DealerEvidence, NetworkPools } from '../../contracts/awards.ts';
import type { Programme } from '../../contracts/programmes.ts';
import { networkPoolsOf } from '../../core/awards/award-metrics.ts';
import { listWaivers } from '../../db/decisions.ts';
import type { DocumentRow } from '../../db/documents.ts';
import { personCodes } from '../../db/people.ts';
import { getProgramme } from '../directory.ts';
import type { Act, Preparation } from '../operation.ts';
import { remembered } from '../remembered.ts';
import { type EvidenceDetail, evidenceUntil, gatherEvidence } from './evidence.ts';

export interface AwardQuery {
  readonly programme: string;
  readonly version?: string | undefined;
  readonly excluded?: readonly { readonly dealer: string; readonly reason: string }[] | undefined;
}

export interface Assembled {
  readonly row: DocumentRow;
  readonly programme: Programme;
  readonly package: AwardPackage;
}

/** Below this number of houses a market borrows its variances from the network (methods.md, 2.4). */
const ownVarianceFrom = 5;
const noPools: NetworkPools = { audits: null, afterSales: null, complaints: null };

/** The package of a market's award as the evidence stands now; read before any transaction opens. */
export async function assemblePackage(
  preparation: Preparation,
  query: AwardQuery,
  detail: EvidenceDetail = {},
): Promise<Assembled> {
  const read = await preparation.inMarket(async (act) => {
    const { row, programme } = await getProgramme(act.tx, query.programme, query.version);
    const { evidence, dealers } = await gatherEvidence(act, programme, detail);
    const codes = new Map(dealers.map((dealer) => [dealer.id, dealer.code]));
    return {
      row,
      programme,
      evidence,
      waivers: await readWaivers(act, row, codes),
      market: act.market.code,
      until: evidenceUntil(programme, act.now, act.market.timeZone),
    };
  });
  const pools = needsNetwork(read.programme, read.evidence)
    ? await readNetworkPools(preparation, read)
    : noPools;
  return {
    row: read.row,
    programme: read.programme,
    package: {
      format: 'omotenashi-award-package/1',
      programme: JSON.parse(read.row.content) as Record<string, unknown>,
      programmeSha256: read.row.sha256,
      market: read.market,
      asOf: read.until.toISOString(),
      pools,
      waivers: read.waivers,
      excluded: [...(query.excluded ?? [])],
      dealers: read.evidence,
    },
  };
}

/** The packages of every market's award as the evidence stands now. */
export async function assembleNetwork(
  preparation: Preparation,
  query: Pick<AwardQuery, 'programme' | 'version'>,
): Promise<AwardPackage[]> {
  const read = await preparation.inEachMarket(async (act) => {
    const { row, programme } = await getProgramme(act.tx, query.programme, query.version);
    const { evidence, dealers } = await gatherEvidence(act, programme);
    const codes = new Map(dealers.map((dealer) => [dealer.id, dealer.code]));
    return {
      evidence,
      base: {
        format: 'omotenashi-award-package/1' as const,
        programme: JSON.parse(row.content) as Record<string, unknown>,
        programmeSha256: row.sha256,
        market: act.market.code,
        asOf: evidenceUntil(programme, act.now, act.market.timeZone).toISOString(),
        waivers: await readWaivers(act, row, codes),
        excluded: [],
      },
    };
  });
  const pools = networkPoolsOf(read.flatMap(({ evidence }) => evidence));
  return read.map(({ base, evidence }) => ({ ...base, pools, dealers: evidence }));
}

/** The waivers of a programme in a market, by dealer code. */
export async function readWaivers(act: Act, row: DocumentRow, codes: ReadonlyMap<number, string>) {
  const waived = await listWaivers(act.tx, act.market.id, row.number);
  const people = await personCodes(
    act.tx,
    waived.map((waiver) => waiver.grantedBy),
  );
  return waived.map((waiver) => ({
    dealer: codes.get(waiver.dealerId) ?? '',
    gate: waiver.gate,
    by: people.get(waiver.grantedBy) ?? waiver.grantedBy,
    reason: waiver.reason,
    paper: waiver.paper,
  }));
}

/** Where a market's own units cannot say how much units differ in what the programme looks at. */
function needsNetwork(programme: Programme, evidence: readonly DealerEvidence[]): boolean {
  const own = networkPoolsOf(evidence);
  const used = new Set([...programme.gates, ...programme.composite].map(({ metric }) => metric));
  const isShort = (metric: string, pool: object | null, has: (of: DealerEvidence) => boolean) =>
    used.has(metric) && (pool === null || evidence.filter(has).length < ownVarianceFrom);
  return (
    isShort('omotenashi-index', own.audits, (of) => of.audits.length > 0) ||
    isShort('after-sales-index', own.afterSales, (of) => of.afterSales.n > 0) ||
    isShort(
      'complaint-answers',
      own.complaints,
      ({ complaints }) => complaints.met + complaints.breached > 0,
    )
  );
}

/** Variances over the whole network; only these figures leave the markets, no house's data. */
export function readNetworkPools(
  { context, now, overNetwork }: Preparation,
  { row, programme }: Pick<Assembled, 'row' | 'programme'>,
): Promise<NetworkPools> {
  return remembered(context, `network pools ${row.sha256}`, now, async () => {
    const markets = await overNetwork((act) => gatherEvidence(act, programme));
    return networkPoolsOf(markets.flatMap(({ evidence }) => evidence));
  });
}
