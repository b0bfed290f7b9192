import type { Column, Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { Language, Texts } from '../src/contracts/primitives.ts';
import { dayInWords, marketName, textIn } from '../src/core/format.ts';
import { addDays } from '../src/core/periods.ts';
import { accent, bad, ink, line, muted } from './palette.ts';
import { type Translate, translator } from './texts.ts';

/** What a certificate says. */
export interface CertificateView {
  readonly brand: string;
  /** Offices that sign by hand, from left to right. */
  readonly signatories: readonly string[];
  readonly award: Texts;
  /** The house, and the advisor where an advisor won. */
  readonly winner: string;
  /** Where it is: the town, the house of an advisor. */
  readonly place: readonly string[];
  readonly market: { readonly code: string; readonly name: string };
  readonly period: { readonly from: string; readonly to: string };
  /** Nothing yet for a preview. */
  readonly issued:
    | { readonly at: string; readonly code: string; readonly checkedAt: string }
    | undefined;
  readonly isWithdrawn: boolean;
}

/** A4 across, in points. */
const sheet = { width: 841.89, height: 595.28 };

/**
 * The certificate of an award: one sheet to be signed and framed, with the code by which anybody checks
 * it. Nothing in it is newer than the award, so the same award gives the same bytes.
 */
export function certificate(view: CertificateView, language: Language): TDocumentDefinitions {
  const t = translator(language);
  const day = (text: string) => dayInWords(text, language);
  const { period, issued } = view;
  const made = new Date(issued?.at ?? period.to);
  const award = textIn(view.award, language);
  const centred = { alignment: 'center' as const };
  return {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [72, 64, 72, 56],
    language,
    info: { title: `${award} ${view.winner}`, creationDate: made, modDate: made },
    defaultStyle: { fontSize: 11, color: ink, lineHeight: 1.25 },
    background: () => ({ canvas: [frame(24, 1.4, accent), frame(30, 0.5, line)] }),
    content: [
      { text: view.brand, fontSize: 13, color: muted, characterSpacing: 2, ...centred },
      { text: award, fontSize: 34, bold: true, margin: [0, 22, 0, 0], ...centred },
      {
        text: t('period', { from: day(period.from), to: day(addDays(period.to, -1)) }),
        color: muted,
        margin: [0, 2, 0, 0],
        ...centred,
      },
      { text: t('awardedTo'), fontSize: 13, margin: [0, 28, 0, 4], ...centred },
      { text: view.winner, fontSize: 30, bold: true, color: accent, ...centred },
      {
        text: [...view.place, marketName(view.market, language)].join(', '),
        fontSize: 13,
        color: muted,
        ...centred,
      },
      ...standing(view, t),
      {
        absolutePosition: { x: 72, y: sheet.height - 168 },
        columns: [
          ...view.signatories.map(
            (office): Column => ({
              width: '*',
              stack: [
                {
                  canvas: [
                    {
                      type: 'line',
                      x1: 0,
                      y1: 0,
                      x2: 190,
                      y2: 0,
                      lineWidth: 0.7,
                      lineColor: muted,
                    },
                  ],
                  margin: [0, 58, 0, 4],
                },
                { text: office, fontSize: 10, color: muted },
              ],
            }),
          ),
          issued
            ? check(issued, t('issued', { date: day(issued.at) }), t)
            : { text: '', width: 232 },
        ],
        columnGap: 24,
      },
    ],
  };
}

/** A preview and a withdrawn award say so. */
function standing({ issued, isWithdrawn }: CertificateView, t: Translate): Content[] {
  const said = isWithdrawn ? t('awardWithdrawn') : issued ? undefined : t('awardPreview');
  return said
    ? [{ text: said, bold: true, color: bad, alignment: 'center', margin: [0, 14, 0, 0] }]
    : [];
}

function check(
  { code, checkedAt }: NonNullable<CertificateView['issued']>,
  issuedOn: string,
  t: Translate,
): Column {
  return {
    width: 232,
    columnGap: 6,
    columns: [
      { qr: checkedAt, fit: 84, foreground: ink, width: 88 },
      {
        width: '*',
        stack: [
          { text: issuedOn, fontSize: 9 },
          { text: code, fontSize: 12, bold: true, margin: [0, 4, 0, 4] },
          { text: t('checkAt'), fontSize: 8, color: muted },
          { text: checkedAt.replace(/\/verify\/.*/, '/verify'), fontSize: 8, color: muted },
        ],
      },
    ],
  };
}

const frame = (inset: number, lineWidth: number, lineColor: string) => ({
  type: 'rect' as const,
  x: inset,
  y: inset,
  w: sheet.width - 2 * inset,
  h: sheet.height - 2 * inset,
  lineWidth,
  lineColor,
});
