import { z } from 'zod';

/** Languages that the product ships; English is always present in a document. */
export const languages = ['en', 'pl', 'zh', 'it', 'ru', 'ja'] as const;
export const language = z.enum(languages);
export type Language = z.infer<typeof language>;

/** Text by language. English is the one that everything falls back to. */
export const texts = z.strictObject({
  en: z.string().trim().min(1),
  pl: z.string().trim().min(1).optional(),
  zh: z.string().trim().min(1).optional(),
  it: z.string().trim().min(1).optional(),
  ru: z.string().trim().min(1).optional(),
  ja: z.string().trim().min(1).optional(),
});
export type Texts = z.infer<typeof texts>;

/** Code of a market, dealer, staff member …: what people type and files carry; unique in its scope. */
export const code = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u, 'letters, digits, dot, dash, slash and underscore');

/** Id of a document, section, factor or measure: kebab-case. */
export const slug = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'kebab-case, for example "after-sales"');

/** Id of an item: snake_case, so that a condition can write `answers.greeted_in_time`. */
export const itemId = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/, 'snake_case, for example "greeted_in_time"');

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex');

/** Civil date `YYYY-MM-DD` that exists in the calendar (31 February does not). */
export const civilDate = z.iso
  .date('a date like 2026-02-28 that exists')
  .regex(/^(19|20|21)/, 'a date between 1900 and 2199');

/** Instant on the wire: ISO 8601 with an offset or Z. In code it is a `Date`. */
export const instant = z.codec(z.iso.datetime({ offset: true }), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

/** Instant as text, where a shape is stored or sent as it is. */
export const instantText = z.iso.datetime({ offset: true });

export const timeZone = z
  .string()
  .refine(isTimeZone, 'an IANA time zone, for example Europe/Warsaw');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Period code: `2026`, `2026-H2`, `2026-Q3` or `2026-07`; or `2026-01-01/2026-07-01`, the end excluded. */
export const periodCode = z
  .string()
  .regex(
    /^(\d{4}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?|\d{4}-\d{2}-\d{2}\/\d{4}-\d{2}-\d{2})$/,
    'a period like 2026, 2026-H2, 2026-Q3, 2026-07 or 2026-01-15/2026-03-01',
  )
  .refine(isRealPeriod, 'a period between 1900 and 2199 whose dates exist and that is not empty');

function isRealPeriod(code: string): boolean {
  if (!/^(19|20|21)/.test(code)) return false;
  if (!code.includes('/')) return true;
  const [from = '', to = ''] = code.split('/');
  return civilDate.safeParse(from).success && civilDate.safeParse(to).success && from < to;
}

export const touchpoints = [
  'sales',
  'workshop',
  'telephone',
  'web-form',
  'e-mail',
  'certified-e-mail',
  'club',
] as const;
export const touchpoint = z.enum(touchpoints);
export type Touchpoint = z.infer<typeof touchpoint>;

export const siteType = z.enum(['brand-exclusive', 'mixed-brand']);
export const sizeBand = z.enum(['small', 'medium', 'large']);

/** A stored score: an integer of millionths of a point, 0 to 100,000,000. */
export const micro = z.int().min(0).max(100_000_000);

/** A file that an operation makes; the doors send its bytes as they are. */
export const madeFile = z.strictObject({
  bytes: z.base64(),
  mediaType: z.string(),
  fileName: z.string().regex(/^[\w.-]+$/),
  etag: z.string().describe('Equal for equal bytes.'),
});

/** One fault of an input: where (JSON pointer or a place in a file), which, and what was expected. */
export const fault = z.strictObject({
  pointer: z.string(),
  code: z.string(),
  detail: z.string(),
  line: z.int().optional(),
  column: z.union([z.int(), z.string()]).optional(),
});
export type Fault = z.infer<typeof fault>;
