import { fileURLToPath } from 'node:url';
import { type Font, openSync } from 'fontkit';

/** Font families of every paper; each covers scripts that the one before lacks. */
export const families = ['NotoSans', 'NotoSansSC', 'NotoSansJP'] as const;
export type Family = (typeof families)[number];

const packages: Record<Family, string> = {
  NotoSans: '@expo-google-fonts/noto-sans',
  NotoSansSC: '@expo-google-fonts/noto-sans-sc',
  NotoSansJP: '@expo-google-fonts/noto-sans-jp',
};

/** Path of a font file. pdfmake only takes real paths. */
function fontPath(family: Family, weight: '400Regular' | '700Bold'): string {
  return fileURLToPath(
    import.meta.resolve(`${packages[family]}/${weight}/${family}_${weight}.ttf`),
  );
}

/** Fonts as pdfmake wants them; scripts without italics get the upright face. */
export const fontFiles = Object.fromEntries(
  families.map((family) => {
    const [normal, bold] = [fontPath(family, '400Regular'), fontPath(family, '700Bold')];
    return [family, { normal, bold, italics: normal, bolditalics: bold }];
  }),
) as Record<Family, { normal: string; bold: string; italics: string; bolditalics: string }>;

const opened = new Map<string, Font>();

function openFont(family: Family, bold: boolean): Font {
  const path = bold ? fontFiles[family].bold : fontFiles[family].normal;
  const font = opened.get(path) ?? (openSync(path) as Font);
  opened.set(path, font);
  return font;
}

/** Han shapes differ: Japanese papers look in the Japanese font first, all others in the Chinese. */
export function chainFor(language: string): readonly Family[] {
  return language === 'ja'
    ? ['NotoSans', 'NotoSansJP', 'NotoSansSC']
    : ['NotoSans', 'NotoSansSC', 'NotoSansJP'];
}

const families_ = new Map<string, Family | undefined>();

/** The first family of a chain that has a character; `undefined` where none has. */
export function familyOf(character: string, chain: readonly Family[]): Family | undefined {
  const key = `${chain[1]}${character}`;
  if (families_.has(key)) return families_.get(key);
  const point = character.codePointAt(0)!;
  const found = chain.find((family) => openFont(family, false).hasGlyphForCodePoint(point));
  families_.set(key, found);
  return found;
}

/** A stretch of text that one font can set. */
export interface Run {
  readonly text: string;
  readonly font: Family;
}

/**
 * Splits text by the font that has its characters: pdfmake has no fallback of its own. Spaces and
 * combining marks stay with the run before; a character that no font has becomes U+FFFD's look, "?".
 */
export function runs(text: string, chain: readonly Family[]): Run[] {
  const found: { text: string; font: Family }[] = [];
  for (const character of text) {
    const last = found.at(-1);
    const neutral = /^[\s\p{M}]$/u.test(character);
    const font = neutral && last ? last.font : familyOf(character, chain);
    const shown = font === undefined ? '?' : character;
    if (last && (font === undefined || font === last.font)) last.text += shown;
    else found.push({ text: shown, font: font ?? 'NotoSans' });
  }
  return found;
}

const widths = new Map<string, number>();

/** Width of a text in a font size, from the real advances of the fonts; for chart layout. */
export function textWidth(
  text: string,
  size: number,
  bold: boolean,
  chain: readonly Family[],
): number {
  const key = `${bold ? 'b' : 'r'}${chain[1]}${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    width = 0;
    for (const run of runs(text, chain)) {
      const font = openFont(run.font, bold);
      width += font.layout(run.text).advanceWidth / font.unitsPerEm;
    }
    if (widths.size > 20_000) widths.clear();
    widths.set(key, width);
  }
  return width * size;
}
