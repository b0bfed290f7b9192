/** A Vega-Lite specification without data; its dataset is called "rows". */
export type ChartSpec = Readonly<Record<string, unknown>>;

/** A chart ready to be drawn: the specification, its rows and the words in it. */
export interface Chart {
  readonly name: string;
  readonly spec: ChartSpec;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}
