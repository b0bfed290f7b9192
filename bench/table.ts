/** One figure beside its limit. */
export interface Line {
  /** The goal it belongs to, for example "P2". */
  readonly goal: string;
  readonly what: string;
  readonly ours: string;
  readonly limit: string;
  readonly ratio: string;
  readonly wanted: string;
  readonly met: boolean | undefined;
}

/** Median of an odd or even number of values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** "median (min–max)" with a number of digits. */
export function spread(values: readonly number[], digits = 0): string {
  const show = (x: number) => x.toLocaleString('en', { maximumFractionDigits: digits });
  return `${show(median(values))} (${show(Math.min(...values))}–${show(Math.max(...values))})`;
}

/** Slope of log y on log x: how cost grows with size. */
export function exponent(xs: readonly number[], ys: readonly number[]): number {
  const [lx, ly] = [xs.map(Math.log), ys.map(Math.log)];
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(lx), mean(ly)];
  const cross = lx.reduce((sum, x, i) => sum + (x - mx) * (ly[i]! - my), 0);
  return cross / lx.reduce((sum, x) => sum + (x - mx) ** 2, 0);
}

/** As a Markdown table, ready for the README. */
export function printLines(lines: readonly Line[]): void {
  console.log('\n| goal | what | ours | limit | ratio | wanted | |');
  console.log('|---|---|---|---|---|---|---|');
  for (const line of lines) {
    const met = line.met === undefined ? '' : line.met ? 'met' : 'not met';
    console.log(
      `| ${line.goal} | ${line.what} | ${line.ours} | ${line.limit} | ${line.ratio} | ${line.wanted} | ${met} |`,
    );
  }
}
