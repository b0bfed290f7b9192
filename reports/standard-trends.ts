import type { Chart } from '../src/contracts/charts.ts';
import type { StandardTrend } from '../src/contracts/indices.ts';
import type { Language } from '../src/contracts/primitives.ts';
import spec from './charts/standard-trends.vl.json' with { type: 'json' };
import { translator } from './texts.ts';

/** The seven standards over time as small multiples; a dashed line marks another checklist version. */
export function drawStandardTrends(
  trends: readonly StandardTrend[],
  versionChanges: readonly string[],
  language: Language,
  columns: 4 | 1,
): Chart {
  const t = translator(language);
  return {
    name: `standard-trends-${columns}`,
    // Below each other they have the width of a phone to themselves.
    spec: { ...spec, columns, spec: { ...spec.spec, width: columns === 1 ? 300 : 200 } },
    rows: trends.flatMap(({ standard, points }, order) =>
      points.map(({ period, figure }) => ({
        label: t(standard),
        order,
        period,
        isOtherVersion: versionChanges.includes(period),
        ...('tooFew' in figure
          ? { value: null, low: null, high: null }
          : { value: figure.value, low: figure.low, high: figure.high }),
      })),
    ),
  };
}
