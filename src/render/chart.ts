import * as vega from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Chart } from '../contracts/charts.ts';
import type { Language } from '../contracts/primitives.ts';
import { chainFor, familyOf, textWidth } from './fonts.ts';

/** The look of every chart, on screen and on paper. */
const config = {
  font: 'NotoSans',
  background: 'transparent',
  view: { stroke: null },
  axis: {
    labelColor: '#5C6068',
    titleColor: '#5C6068',
    domainColor: '#857F73',
    tickColor: '#857F73',
    gridColor: '#DDD7CA',
    labelFontSize: 10,
    titlePadding: 8,
    labelPadding: 6,
  },
} as const;

/** Charts read nothing: every look-up of a file or address is refused. */
const sealedLoader = {
  load: () => Promise.reject(new Error('charts load nothing')),
  sanitize: () => Promise.reject(new Error('charts link nowhere')),
} as unknown as vega.Loader;

let language = 'en';
// Without a canvas Vega guesses widths; the real advances make labels fit.
(vega as unknown as { textMetrics: { width: unknown } }).textMetrics.width = (
  item: { fontSize?: number; fontWeight?: string | number },
  text: unknown,
) => textWidth(String(text), item.fontSize ?? 11, item.fontWeight === 'bold', chainFor(language));

const compiled = new Map<string, vega.Runtime>();

/**
 * Draws a chart as SVG: paths and text, no CSS, no scripts, no links. The same chart gives the same
 * bytes. Expressions run in Vega's interpreter, so no code is generated.
 *
 * @param of the language whose fonts are looked at first
 */
export async function drawChart(chart: Chart, of = 'en'): Promise<string> {
  language = of;
  const runtime = compiled.get(chart.name) ?? compileSpec(chart);
  compiled.set(chart.name, runtime);
  const view = new vega.View(runtime, {
    renderer: 'none',
    loader: sealedLoader,
    expr: expressionInterpreter,
    logger: vega.logger(vega.Error),
  } as unknown as vega.ViewOptions);
  view.data(
    'rows',
    chart.rows.map((row) => ({ ...row })),
  );
  try {
    await view.runAsync();
    return withFonts(await view.toSVG(), chainFor(of));
  } finally {
    view.finalize();
  }
}

/** What a colour of paper is on a dark screen; both are the tokens of the pages. */
const darkOf: Readonly<Record<string, string>> = {
  '#24262A': '#ECE8DF',
  '#5C6068': '#A9ABB0',
  '#857F73': '#8C9098',
  '#DDD7CA': '#34383E',
  '#FFFFFF': '#17191C',
  '#23507A': '#8FB8DE',
  '#CC6A1E': '#E0803A',
};

/** Draws a chart for a page. @see drawChart */
export async function drawForScreen(
  chart: Chart,
  { language: of, theme }: { readonly language: Language; readonly theme: 'light' | 'dark' },
): Promise<{ svg: string }> {
  return { svg: forScreen(await drawChart(chart, of), theme) };
}

/**
 * A drawn chart in the reader's own fonts, since a picture brings none along, and in the colours of
 * the page that it stands on.
 */
function forScreen(svg: string, theme: 'light' | 'dark'): string {
  const withFallbacks = svg.replace(
    /font-family="(NotoSans[^"]*)"/g,
    'font-family="$1, system-ui, sans-serif"',
  );
  return theme === 'light'
    ? withFallbacks
    : withFallbacks.replace(/#[0-9a-f]{6}\b/gi, (colour) => darkOf[colour.toUpperCase()] ?? colour);
}

function compileSpec(chart: Chart): vega.Runtime {
  const { spec } = compile({ ...chart.spec, config } as unknown as TopLevelSpec);
  return vega.parse(spec, undefined, { ast: true } as never);
}

/** Marks stretches that the base font lacks, so that the page finds their font. */
function withFonts(svg: string, chain: ReturnType<typeof chainFor>): string {
  return svg.replace(
    /(<text[^>]*>)([^<]+)(<\/text>)/g,
    (whole, open: string, text: string, close: string) => {
      if (/^[\x20-\x7e]*$/.test(text)) return whole;
      let inside = '';
      let family: string | undefined;
      for (const character of text) {
        const found =
          /\s/.test(character) && family ? family : (familyOf(character, chain) ?? 'NotoSans');
        if (found !== family) {
          if (family && family !== 'NotoSans') inside += '</tspan>';
          if (found !== 'NotoSans') inside += `<tspan font-family="${found}">`;
          family = found;
        }
        inside += character;
      }
      if (family && family !== 'NotoSans') inside += '</tspan>';
      return `${open}${inside}${close}`;
    },
  );
}
