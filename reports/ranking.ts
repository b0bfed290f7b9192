import type { AwardResult } from '../src/contracts/awards.ts';
import type { Chart } from '../src/contracts/charts.ts';
import type { Language } from '../src/contracts/primitives.ts';
import { intervalOf } from '../src/core/awards/interval.ts';
import spec from './charts/ranking.vl.json' with { type: 'json' };
import { translator } from './texts.ts';

const few = { title: null, tickCount: 3, orient: 'top' };

/** For a phone: the axis takes less, and codes stand for the names, which the table beside it has. */
const narrow = {
  ...spec,
  width: 170,
  layer: spec.layer.map((layer) =>
    layer.mark.type === 'text'
      ? { ...layer, encoding: { ...layer.encoding, x: { value: 178 } } }
      : layer.mark.type === 'bar'
        ? {
            ...layer,
            encoding: { ...layer.encoding, x: { ...layer.encoding.x, axis: few } },
          }
        : layer,
  ),
};

/**
 * A ranking as a chart: the rows of the table in its order, each with its range of ranks; who has no
 * rank stands below with a cross and the reason.
 *
 * @param columns 1 where there is only the width of a phone
 * @param nameOf what a ranked unit is called beside its code
 */
export function drawRanking(
  result: AwardResult,
  nameOf: (unit: string) => string,
  language: Language,
  columns: 4 | 1,
): Chart {
  const t = translator(language);
  return {
    name: `ranking-${columns}`,
    spec: columns === 1 ? narrow : spec,
    rows: result.dealers.map(({ dealer, status, ranking }, order) => ({
      // Two houses may have one name; by their codes they are two rows.
      label: columns === 1 ? dealer : `${nameOf(dealer)} ${dealer}`.trim(),
      order,
      ...(ranking
        ? { ...intervalOf(ranking), said: rangeOf(ranking) }
        : { value: null, low: null, high: null, said: t(`unranked.${status as 'open'}`) }),
    })),
  };
}

const rangeOf = ({ rankLow, rankHigh }: { rankLow: number; rankHigh: number }) =>
  rankLow === rankHigh ? String(rankLow) : `${rankLow}–${rankHigh}`;
