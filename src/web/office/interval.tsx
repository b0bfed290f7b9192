import { useTexts } from '../texts/texts.ts';

/** A range of an axis, in the unit of what stands on it. */
export interface Axis {
  readonly from: number;
  readonly to: number;
}

/** An axis that holds all of these values, with ends on whole steps. */
export function axisOver(values: readonly number[], step = 10): Axis {
  const from = Math.floor(Math.min(...values) / step) * step;
  const to = Math.ceil(Math.max(...values) / step) * step;
  return { from, to: to > from ? to : from + step };
}

const at = ({ from, to }: Axis, value: number) =>
  `${(2 + (96 * (Math.min(Math.max(value, from), to) - from)) / (to - from)).toFixed(2)}%`;

interface Props {
  readonly axis: Axis;
  readonly low: number;
  readonly value: number;
  readonly high: number;
  /** The same in words. */
  readonly label: string;
  /** A mark to compare with. */
  readonly mark?: number | null;
}

/**
 * An estimate as a dot on its interval: places are percentages, so that it fits whatever width. Where no
 * axis stands above it, the ends stand below it.
 */
export function Interval({ axis, low, value, high, label, mark }: Props) {
  return (
    <>
      <svg className="interval" role="img" aria-label={label} height="20" width="100%">
        <line className="base" x1="2%" x2="98%" y1="10" y2="10" />
        {mark === undefined || mark === null ? null : (
          <line className="mark" x1={at(axis, mark)} x2={at(axis, mark)} y1="2" y2="18" />
        )}
        <line className="range" x1={at(axis, low)} x2={at(axis, high)} y1="10" y2="10" />
        <circle className="dot" cx={at(axis, value)} cy="10" r="5" />
      </svg>
      <small className="muted of-interval" aria-hidden="true">
        {label}
      </small>
    </>
  );
}

/** The numbers at the ends of an axis, and its middle. */
export function Ticks({ axis }: { readonly axis: Axis }) {
  const t = useTexts();
  const middle = (axis.from + axis.to) / 2;
  return (
    <span className="ticks" aria-hidden="true">
      <span>{t.number(axis.from)}</span>
      <span>{t.number(middle)}</span>
      <span>{t.number(axis.to)}</span>
    </span>
  );
}
