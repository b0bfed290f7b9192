import type { z } from 'zod';
import type { Grouping, indexQuery } from '../../contracts/indices.ts';
import type { Touchpoint } from '../../contracts/primitives.ts';
import { inputRefused } from '../../contracts/problems.ts';
import type { Programme } from '../../contracts/programmes.ts';
import {
  auditEstimate,
  auditIndex,
  auditUnit,
  type CountedAudit,
} from '../../core/indices/audit-index.ts';
import { addMoments, type Moments, noMoments } from '../../core/indices/cells.ts';
import { complaintIndices } from '../../core/indices/complaint-index.ts';
import {
  combineEstimates,
  type Estimate,
  pooledSpread,
  surveyEstimate,
} from '../../core/indices/indices.ts';
import { tenureBands } from '../../core/indices/tenure.ts';
import { addDays, type Period } from '../../core/periods.ts';
import { varianceComponents } from '../../core/statistics/shrinkage.ts';
import { listVersions } from '../../db/documents.ts';
import { type CountedAuditRow, listCountedAudits } from '../../db/evidence.ts';
import { type DealerAt, listStaff } from '../../db/network.ts';
import { factorWeightsIn } from '../awards/evidence.ts';
import { getProgramme } from '../directory.ts';
import type { Act } from '../operation.ts';
import { readComplaintShares } from './complaint-shares.ts';
import { readSurveyCells } from './survey-cells.ts';

/** What rows are read by; how they are shown is the report's affair. */
type Query = Omit<z.output<typeof indexQuery>, 'ties' | 'scale'>;

/** One unit of a report before it is shown. */
export interface Row {
  readonly key: string;
  readonly name: string;
  readonly estimate: Estimate;
  readonly moments?: Moments | undefined;
  /** The same by kind of customer, where the query asks for its mix. */
  readonly strata?: ReadonlyMap<string, Moments> | undefined;
  /** The unit toward which this one is drawn: a dealer for staff, else the market. */
  readonly within?: string | undefined;
}

/** What every kind of index is read from. */
export interface Source {
  readonly act: Act;
  readonly query: Query;
  readonly period: Period;
  readonly dealers: readonly DealerAt[];
  /** The audits to read, where they are not those of the period as they were scored. */
  readonly audits?: readonly CountedAuditRow[];
}

/** Indices over audits: all that is neither customers' answers nor complaints. */
export const isAudit = (index: string) => !isSurvey(index) && index !== 'complaint-handling';

/** Indices over customers' responses. */
export const isSurvey = (index: string) => ['after-sales', 'sales', 'advisor'].includes(index);

/** The units of an index, in the order of their keys. */
export function readRows(source: Source): Promise<Row[]> {
  const { index } = source.query;
  if (isSurvey(index)) return surveyRows(source);
  if (index === 'complaint-handling') return complaintRows(source);
  return auditRows(source);
}

async function surveyRows(source: Source): Promise<Row[]> {
  const { act, query, period, dealers } = source;
  const by = query.index === 'advisor' ? 'staff' : query.by;
  const cells = await readSurveyCells(act, {
    checklist: query.checklist ?? (await surveyOf(source)),
    period,
    level: by === 'staff' ? 'staff' : 'whole',
    factorWeights: await weightsOf(source),
  });
  const staff =
    by === 'staff'
      ? new Map((await listStaff(act.tx, act.market.id)).map((s) => [s.id, s]))
      : undefined;
  const byId = new Map(dealers.map((dealer) => [dealer.id, dealer]));
  const groups = new Map<
    string,
    { name: string; moments: Moments; strata: Map<string, Moments>; within?: string | undefined }
  >();
  for (const cell of cells) {
    if (query.touchpoint && cell.touchpoint !== query.touchpoint) continue;
    if (query.tenure && tenureBands[cell.tenureBand] !== query.tenure) continue;
    const dealer = byId.get(cell.dealerId);
    if (!dealer) continue;
    const member = staff?.get(cell.staffId);
    const key = member
      ? `${dealer.code}/${member.code}`
      : by === 'touchpoint'
        ? cell.touchpoint
        : by === 'tenure'
          ? tenureBands[cell.tenureBand]!
          : groupOf(dealer, by, act.market.code);
    const name = member ? (member.name ?? member.code) : by === 'dealer' ? dealer.name : key;
    const group = groups.get(key) ?? {
      name,
      moments: noMoments,
      strata: new Map<string, Moments>(),
      within: member ? dealer.code : undefined,
    };
    const kind = query.mix === 'touchpoint' ? cell.touchpoint : tenureBands[cell.tenureBand]!;
    group.strata.set(kind, addMoments(group.strata.get(kind) ?? noMoments, cell.cell.index));
    groups.set(key, { ...group, moments: addMoments(group.moments, cell.cell.index) });
  }
  const pooled = pooledSpread([...groups.values()].map((group) => group.moments));
  return sorted(
    [...groups].map(([key, group]) => ({
      key,
      ...group,
      estimate: surveyEstimate(group.moments, pooled),
    })),
  );
}

async function auditRows(source: Source): Promise<Row[]> {
  const { act, query, period, dealers } = source;
  const { programme } = await programmeOf(source);
  const pick = partOf(query.index);
  const rows = source.audits ?? (await readAudits(act, query, period));
  const asOf = addDays(period.to, -1);
  const weights = { ...programme.auditTypeWeights, halfLifeDays: programme.halfLifeDays, asOf };
  const byDealer = new Map<string, CountedAudit[]>();
  for (const row of rows) {
    const micro = pick(row.score);
    if (row.score.status !== 'ok' || micro === null || micro === undefined) continue;
    if (query.touchpoint && row.touchpoint !== query.touchpoint) continue;
    if (weights[row.type as 'mystery' | 'announced'] === 0) continue;
    const key =
      query.index === 'channel' ? `${row.dealerId}/${row.touchpoint}` : `${row.dealerId}/`;
    const list = byDealer.get(key) ?? [];
    byDealer.set(key, list);
    list.push({
      date: row.visitDate,
      type: row.type as 'mystery' | 'announced',
      value: micro / 1e6,
    });
  }
  const counted =
    query.index === 'club'
      ? new Map([...byDealer].map(([key, list]) => [key, list.slice(-1)]))
      : byDealer;
  const pool = varianceComponents([...counted.values()].map(auditUnit));
  const parts = [...counted].map(([key, audits]) => {
    const [dealerId, touchpoint] = key.split('/') as [string, string];
    const index = auditIndex(audits, weights)!;
    // A club assessment is a census: its value has no error.
    const estimate: Estimate =
      query.index === 'club'
        ? { n: index.n, value: index.mean, se: null }
        : auditEstimate(index, pool);
    return { dealerId: Number(dealerId), touchpoint, estimate };
  });
  const isAllChannels = query.index === 'channel' && query.by !== 'touchpoint';
  return grouped(source, dealers, isAllChannels ? overChannels(programme, parts) : parts);
}

/** The counted audits of a period under the checklists that an index rests on. */
export async function readAudits(
  act: Act,
  query: Query,
  period: Period,
): Promise<CountedAuditRow[]> {
  const { programme } = await getProgramme(act.tx, query.programme);
  const versions = (
    await Promise.all(
      checklistsOf(programme, query).map((id) => listVersions(act.tx, 'checklist', id)),
    )
  ).flat();
  return listCountedAudits(act.tx, act.market.id, {
    documents: versions.map((version) => version.number),
    ...period,
  });
}

interface DealerPart {
  readonly dealerId: number;
  readonly touchpoint: string;
  readonly estimate: Estimate;
}

/** All channels of a dealer: Σ c I / Σ c over the channels with a value (methods.md, section 3). */
function overChannels(programme: Programme, parts: readonly DealerPart[]): DealerPart[] {
  return [...Map.groupBy(parts, (part) => part.dealerId)].map(([dealerId, own]) => ({
    dealerId,
    touchpoint: '',
    estimate: combineEstimates(
      own.map((part) => ({
        estimate: part.estimate,
        volume: programme.channelWeights?.[part.touchpoint as Touchpoint] ?? 1,
      })),
    ),
  }));
}

async function complaintRows(source: Source): Promise<Row[]> {
  const { act, dealers, period } = source;
  const { programme } = await programmeOf(source);
  const shares = await readComplaintShares(act, programme, period, dealers);
  const estimates = complaintIndices(dealers.map((dealer) => shares.get(dealer.id)!));
  const parts = dealers.map((dealer, i) => ({
    dealerId: dealer.id,
    touchpoint: '',
    estimate: estimates[i]!,
  }));
  return grouped(source, dealers, parts);
}

/** Brings dealers' estimates together by the query's grouping. */
function grouped(
  { query, act }: Source,
  dealers: readonly DealerAt[],
  parts: readonly DealerPart[],
): Row[] {
  if (query.by === 'staff' || query.by === 'tenure') {
    throw inputRefused({
      errors: [
        { pointer: '/by', code: 'grouping', detail: `this index has no grouping by ${query.by}` },
      ],
    });
  }
  const byId = new Map(dealers.map((dealer) => [dealer.id, dealer]));
  const groups = new Map<
    string,
    { name: string; parts: { estimate: Estimate; volume: number }[] }
  >();
  for (const part of parts) {
    const dealer = byId.get(part.dealerId);
    if (!dealer) continue;
    const key =
      query.by === 'touchpoint' ? part.touchpoint : groupOf(dealer, query.by, act.market.code);
    const group = groups.get(key) ?? { name: query.by === 'dealer' ? dealer.name : key, parts: [] };
    groups.set(key, group);
    group.parts.push({ estimate: part.estimate, volume: part.estimate.n });
  }
  return sorted(
    [...groups].map(([key, { name, parts: own }]) => ({
      key,
      name,
      estimate: own.length === 1 ? own[0]!.estimate : combineEstimates(own),
    })),
  );
}

function groupOf(dealer: DealerAt, by: Grouping, market: string): string {
  switch (by) {
    case 'market':
      return market;
    case 'region':
      return dealer.region ?? 'none';
    case 'group':
      return dealer.groupCode ?? 'none';
    case 'site-type':
      return dealer.siteType ?? 'unknown';
    case 'size-band':
      return dealer.sizeBand ?? 'unknown';
    default:
      return dealer.code;
  }
}

function partOf(index: Query['index']) {
  type Score = {
    finalMicro: number | null;
    rawMicro: number | null;
    parts: Record<string, number | null>;
  };
  if (index.startsWith('standard:')) {
    const standard = index.slice('standard:'.length);
    return (score: Score) => score.parts[standard];
  }
  return (score: Score) => (index === 'club' ? score.rawMicro : score.finalMicro);
}

function checklistsOf(programme: Programme, query: Query): readonly string[] {
  if (query.checklist) return [query.checklist];
  if (query.index === 'channel') return programme.checklists.contacts;
  if (query.index === 'club') return programme.checklists.club ? [programme.checklists.club] : [];
  return programme.checklists.visits;
}

/** The programme's own factor weights for its after-sales questionnaire in this market, if it has any. */
async function weightsOf(source: Source) {
  if (source.query.checklist || source.query.index === 'sales') return undefined;
  const { programme } = await programmeOf(source);
  return factorWeightsIn(programme, source.act.market.code);
}

async function surveyOf(source: Source): Promise<string> {
  const { programme } = await programmeOf(source);
  const { afterSales, sales } = programme.checklists;
  const found = source.query.index === 'sales' ? sales : afterSales;
  if (!found) {
    throw inputRefused({
      errors: [
        {
          pointer: '/checklist',
          code: 'missing',
          detail: 'the programme names no questionnaire for this index; name one',
        },
      ],
    });
  }
  return found;
}

function programmeOf({ act, query }: Source) {
  return getProgramme(act.tx, query.programme);
}

function sorted(rows: Row[]): Row[] {
  return rows.sort((a, b) => compareText(a.key, b.key));
}

/** By code point: the same order on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
