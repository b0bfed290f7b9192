import { z } from 'zod';
import { language } from './primitives.ts';

/** How a page asks for a chart: words, colours, and how many small multiples stand beside each other. */
export const onScreen = {
  language: language.default('en'),
  theme: z.enum(['light', 'dark']).default('light'),
  columns: z.coerce
    .number()
    .pipe(z.literal([4, 1]))
    .default(4),
};

/** A Vega-Lite specification without data; its dataset is called "rows". */
export type ChartSpec = Readonly<Record<string, unknown>>;

/** A chart ready to be drawn: the specification, its rows and the words in it. */
export interface Chart {
  readonly name: string;
  readonly spec: ChartSpec;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}
