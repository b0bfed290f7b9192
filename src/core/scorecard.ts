import type { Answers } from '../contracts/audits.ts';
import type { IndexFigure } from '../contracts/indices.ts';
import type { ScorecardView } from '../contracts/scorecards.ts';
import { type Standard, standards } from '../contracts/standards.ts';
import type { CompiledChecklist } from './audits/answers.ts';
import { isScorable, itemShare } from './audits/item-share.ts';
import { rankUnits } from './awards/ranking.ts';
import {
  type AuditWeights,
  auditEstimate,
  auditIndex,
  auditUnit,
  type CountedAudit,
} from './indices/audit-index.ts';
import { type Estimate, toFigure } from './indices/indices.ts';
import { varianceComponents } from './statistics/shrinkage.ts';

/** A counted audit with what a scorecard reads of it. */
export interface ScorecardAudit {
  readonly dealer: string;
  readonly date: string;
  readonly type: 'mystery' | 'announced';
  readonly finalMicro: number;
  readonly parts: Readonly<Record<string, number | null>>;
}

/** Below this number of ranked houses nothing is compared: they could be recognised. */
export const fewestPeers = 5;
const seed = 20_250_101;

/** Estimates of every dealer of a market from its audits, by whatever of an audit is picked. */
export function dealerEstimates(
  audits: readonly ScorecardAudit[],
  weights: AuditWeights,
  pick: (audit: ScorecardAudit) => number | null | undefined,
): Map<string, Estimate> {
  const byDealer = Map.groupBy(
    audits.flatMap((audit) => {
      const micro = pick(audit);
      return micro === null || micro === undefined || weights[audit.type] === 0
        ? []
        : [{ dealer: audit.dealer, date: audit.date, type: audit.type, value: micro / 1e6 }];
    }),
    (audit) => audit.dealer,
  );
  const pool = varianceComponents(
    [...byDealer.values()].map((own: CountedAudit[]) => auditUnit(own)),
  );
  return new Map(
    [...byDealer].map(([dealer, own]) => {
      return [dealer, auditEstimate(auditIndex(own, weights)!, pool)];
    }),
  );
}

type Comparison = Pick<ScorecardView, 'omotenashi' | 'standards' | 'position' | 'peers'>;

/**
 * The part of a scorecard that compares a dealer with its market. The market is ranked once; the
 * result answers for each of its dealers.
 */
export function compareWithinMarket(
  audits: readonly ScorecardAudit[],
  weights: AuditWeights,
): (dealer: string) => Comparison {
  const overall = dealerEstimates(audits, weights, (audit) => audit.finalMicro);
  const byStandard = standards.map((standard) => ({
    standard,
    estimates: dealerEstimates(audits, weights, (audit) => audit.parts[standard]),
  }));
  const positionOf = rankMarket(overall);
  return (dealer) => ({
    omotenashi: figureOf(overall.get(dealer)),
    standards: byStandard.map(({ standard, estimates }) =>
      standardRow(dealer, standard, estimates),
    ),
    ...positionOf(dealer),
  });
}

export function figureOf(estimate: Estimate | undefined): IndexFigure {
  return toFigure(estimate ?? { n: 0, value: null, se: null }, 1);
}

function standardRow(
  dealer: string,
  standard: Standard,
  estimates: ReadonlyMap<string, Estimate>,
): ScorecardView['standards'][number] {
  const values = [...estimates.values()].map((estimate) => estimate.value!);
  const compared = values.length >= fewestPeers;
  return {
    standard,
    figure: figureOf(estimates.get(dealer)),
    market: compared ? values.reduce((sum, value) => sum + value, 0) / values.length : null,
    best: compared ? Math.max(...values) : null,
  };
}

function rankMarket(
  overall: ReadonlyMap<string, Estimate>,
): (dealer: string) => Pick<ScorecardView, 'position' | 'peers'> {
  const ranked = [...overall].filter(([, estimate]) => estimate.se !== null);
  if (ranked.length < fewestPeers) return () => ({ position: null, peers: [] });
  const places = rankUnits(
    ranked.map(([, estimate]) => ({ estimate: estimate.value!, se: estimate.se!, tieBreaks: [] })),
    seed,
  );
  return (dealer) => {
    const own = places.find((place) => ranked[place.index]![0] === dealer);
    if (!own) return { position: null, peers: [] };
    return {
      position: { rank: own.rank, rankLow: own.rankLow, rankHigh: own.rankHigh, of: ranked.length },
      peers: places
        .map((place) => ranked[place.index]!)
        .map(([code, estimate]) => ({ value: estimate.value!, own: code === dealer }))
        .reverse(),
    };
  };
}

/** A scored item's mean over a dealer's audits. */
export interface ItemMean {
  readonly item: string;
  readonly question: ScorecardView['strongest'][number]['question'];
  readonly percent: number;
}

/** How many items a card names at either end. */
const namedItems = 3;

/**
 * The strongest and the weakest items of a dealer over its audits; weakest are ordered by lost
 * weight, since that is where effort pays.
 */
export function strongestAndWeakest(
  filled: readonly { readonly checklist: CompiledChecklist; readonly answers: Answers }[],
): { readonly strongest: ItemMean[]; readonly weakest: ItemMean[] } {
  const sums = new Map<
    string,
    { sum: number; n: number; weight: number; question: ItemMean['question'] }
  >();
  for (const { checklist, answers } of filled) {
    for (const item of checklist.items.values()) {
      const value = answers[item.id]?.value;
      if (item.weight === 0 || !isScorable(item) || value === undefined) continue;
      const share = itemShare(item, value);
      if (share === undefined) continue;
      const known = sums.get(item.id) ?? {
        sum: 0,
        n: 0,
        weight: item.weight,
        question: item.question,
      };
      sums.set(item.id, { ...known, sum: known.sum + share, n: known.n + 1 });
    }
  }
  const means = [...sums].map(([item, { sum, n, weight, question }]) => ({
    item,
    question,
    percent: (100 * sum) / n,
    lost: weight * (1 - sum / n),
    kept: (weight * sum) / n,
  }));
  const take = (list: typeof means): ItemMean[] =>
    list.slice(0, namedItems).map(({ item, question, percent }) => ({ item, question, percent }));
  return {
    strongest: take([...means].sort((a, b) => b.percent - a.percent || b.kept - a.kept)),
    weakest: take(means.filter((mean) => mean.lost > 0).sort((a, b) => b.lost - a.lost)),
  };
}
