import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { Audit } from '../src/contracts/audits.ts';
import type { Checklist, Item, Section } from '../src/contracts/checklists.ts';
import type { Language } from '../src/contracts/primitives.ts';
import { type Standard, standards } from '../src/contracts/standards.ts';
import { compileChecklist } from '../src/core/audits/answers.ts';
import { numberItems } from '../src/core/audits/numbering.ts';
import { dearest } from '../src/core/audits/points-lost.ts';
import {
  dayInWords,
  formatScore,
  formatShare,
  marketName,
  monthInWords,
  textIn,
} from '../src/core/format.ts';
import { type AnswerVoice, answerInWords, filesInWords } from './answer-words.ts';
import { type ChecklistWords, checklistWords } from './checklist-words.ts';
import { accent, bad, ink, line, muted } from './palette.ts';

/** An audit as its reader may see it, with what it is read by. */
export interface AuditReport {
  readonly brand: string;
  readonly dealer: { readonly name: string; readonly town: string | null };
  readonly market: { readonly code: string; readonly name: string };
  /** By whose clock instants are told. */
  readonly timeZone: string;
  readonly audit: Audit;
  readonly checklist: Checklist;
  /** A reader from the house: the month stands for the day. */
  readonly isForDealer: boolean;
}

const stateWords = {
  submitted: 'notReleased',
  'under-review': 'notReleased',
  returned: 'notReleased',
  approved: 'notReleased',
  released: undefined,
  appealed: 'stateAppealed',
  confirmed: 'stateConfirmed',
  amended: 'stateAmended',
  withdrawn: 'stateWithdrawn',
} as const;

/** What the report is written with, found once. */
interface Desk extends AuditReport {
  readonly say: ChecklistWords;
  readonly voice: AnswerVoice;
  readonly language: Language;
  readonly numbers: ReadonlyMap<string, string>;
  readonly asked: ReadonlySet<string>;
}

/**
 * One audit as pages to read: its result, what cost the most, and every answer with what it took from
 * the score. Nothing in it is newer than the audit, so the same audit gives the same bytes.
 */
export function auditReport(report: AuditReport, language: Language): TDocumentDefinitions {
  const { audit, checklist, dealer, market, brand } = report;
  const say = checklistWords(language);
  const desk: Desk = {
    ...report,
    say,
    voice: voiceOf(say, language, report.timeZone),
    language,
    numbers: numberItems(checklist),
    asked: compileChecklist(checklist).visibleItems(audit.answers),
  };
  const made = new Date(`${audit.visitDate}T00:00:00Z`);
  const version = `${textIn(checklist.title, language)} ${checklist.version}`;
  return {
    pageSize: 'A4',
    pageMargins: [42, 40, 42, 48],
    language,
    info: {
      title: `${say('auditReport')} ${dealer.name} ${dateOf(desk)}`,
      creationDate: made,
      modDate: made,
    },
    defaultStyle: { fontSize: 9.5, color: ink, lineHeight: 1.25 },
    styles: {
      h1: { fontSize: 22, bold: true },
      h2: { fontSize: 12.5, bold: true, margin: [0, 12, 0, 3] },
      note: { fontSize: 8, color: muted },
    },
    footer: (page, pages) => ({
      margin: [42, 14, 42, 0],
      columns: [
        { text: `${brand} · ${dealer.name} · ${dateOf(desk)} · ${version}`, style: 'note' },
        { text: say('page', { page, pages }), style: 'note', alignment: 'right', width: 90 },
      ],
    }),
    content: [
      { text: `${brand} · ${say('auditReport')}`, color: muted },
      { text: dealer.name, style: 'h1' },
      {
        text: [
          [dealer.town, marketName(market, language)].filter(Boolean).join(', '),
          say(report.isForDealer ? 'visitIn' : 'visitOn', {
            month: dateOf(desk),
            date: dateOf(desk),
          }),
          say(audit.type),
        ].join(' · '),
        color: muted,
        margin: [0, 0, 0, 10],
      },
      ...result(desk),
      ...cost(desk),
      ...parts(desk),
      ...checklist.sections.flatMap((section) => sectionContent(section, desk)),
      { text: `${version} · ${audit.checklist.sha256}`, style: 'note', margin: [0, 14, 0, 0] },
      ...(report.isForDealer ? [{ text: say('discreet'), style: 'note' }] : []),
    ],
  };
}

/** The day of the visit; a house learns the month alone. */
function dateOf({ audit, isForDealer, language }: Desk): string {
  return (isForDealer ? monthInWords : dayInWords)(audit.visitDate, language);
}

function result({ audit, checklist, say, language }: Desk): Content[] {
  const { score } = audit;
  const state = stateWords[audit.state];
  const inPoints = (micro: number) => formatScore(micro / 1e6, language);
  const headline =
    score.finalMicro === null
      ? say('noScore')
      : say('scoreIs', { score: inPoints(score.finalMicro) });
  const mark =
    score.passed === null
      ? []
      : [say(score.passed ? 'passed' : 'notPassed', { mark: checklist.scoring.passMark })];
  const remarks = [
    say('answeredShare', { share: formatShare(score.coverage, language) }),
    ...(score.rawMicro === null || score.rawMicro === score.finalMicro
      ? []
      : [say('meanBefore', { raw: inPoints(score.rawMicro) })]),
    ...(state ? [say(state)] : []),
  ];
  return [
    { text: [headline, ...mark].join(' · '), fontSize: 13 },
    { text: remarks.join(' '), color: muted, margin: [0, 2, 0, 0] },
  ];
}

function cost({ say, checklist, audit, language, numbers }: Desk): Content[] {
  const items = new Map(checklist.sections.flatMap(({ items: all }) => all.map((i) => [i.id, i])));
  const worst = dearest(audit.lostMicro);
  return [
    { text: say('cost'), style: 'h2' },
    ...(worst.length === 0
      ? [{ text: say('nothingLost') }]
      : [
          { text: say('costNote'), style: 'note', margin: [0, 0, 0, 3] as Margins },
          {
            table: {
              widths: [30, '*', 44],
              body: worst.map(([id, micro]) => [
                { text: minus(micro, language), bold: true, color: accent },
                { text: textIn(items.get(id)!.question, language) },
                { text: numbers.get(id) ?? '', color: muted, alignment: 'right' as const },
              ]),
            },
            layout: rows,
          },
        ]),
  ];
}

type Margins = [number, number, number, number];

/** What the score is the mean of, each with a bar of its length. */
function parts({ audit, checklist, say, language }: Desk): Content[] {
  const { weights } = checklist.scoring;
  const named =
    checklist.scoring.parts === 'standards'
      ? standards.map((id: Standard) => ({ id, name: say(id), weight: weights?.[id] ?? 1 }))
      : checklist.sections.map(({ id, title, weight }) => ({
          id,
          name: textIn(title, language),
          weight: weight ?? 1,
        }));
  const found = named.flatMap((part) => {
    const micro = audit.score.parts[part.id];
    return micro === undefined ? [] : [{ ...part, micro }];
  });
  const whole = found.reduce((sum, { weight }) => sum + weight, 0);
  const { responsibilityMicro } = audit.score;
  const row = (name: string, weight: string, micro: number | null): TableCell[] => [
    { text: name },
    micro === null
      ? { text: '' }
      : {
          canvas: [
            { type: 'line', x1: 0, y1: 7, x2: 180, y2: 7, lineWidth: 5, lineColor: line },
            {
              type: 'line',
              x1: 0,
              y1: 7,
              x2: (180 * micro) / 100e6,
              y2: 7,
              lineWidth: 5,
              lineColor: accent,
            },
          ],
        },
    {
      text: micro === null ? '–' : formatScore(micro / 1e6, language),
      alignment: 'right' as const,
      bold: true,
    },
    { text: weight, alignment: 'right' as const, color: muted },
  ];
  return [
    {
      unbreakable: true,
      stack: [
        { text: say('scoring'), style: 'h2' },
        {
          table: {
            headerRows: 1,
            widths: ['*', 184, 50, 60],
            body: [
              [
                head(say('part')),
                head(''),
                head(say('partScore'), 'right'),
                head(say('weight'), 'right'),
              ],
              ...found.map(({ name, weight, micro }) =>
                row(name, formatShare(weight / whole, language), micro),
              ),
              ...(responsibilityMicro === null
                ? []
                : [row(say('responsibility'), '–', responsibilityMicro)]),
            ],
          },
          layout: rows,
        },
      ],
    },
  ];
}

function sectionContent(section: Section, desk: Desk): Content[] {
  const { asked, say, language } = desk;
  const items = section.items.filter(({ id }) => asked.has(id));
  if (items.length === 0) return [];
  // The heading is a row of the table: it stays with its first answer and comes again on the next page.
  const title = { text: textIn(section.title, language), fontSize: 12.5, bold: true, colSpan: 4 };
  const heads = [
    head(''),
    head(say('question')),
    head(say('answer')),
    head(say('points'), 'right'),
  ];
  return [
    {
      margin: [0, 8, 0, 0],
      table: {
        headerRows: 2,
        keepWithHeaderRows: 1,
        dontBreakRows: true,
        widths: [22, '*', 150, 40],
        body: [[title, '', '', ''], heads, ...items.map((item) => itemRow(item, desk))],
      },
      layout: { ...rows, hLineWidth: (index: number) => (index < 2 ? 0 : 0.5) },
    },
  ];
}

function itemRow(item: Item, { audit, numbers, voice, say, language }: Desk): TableCell[] {
  const answer = audit.answers[item.id];
  const points = audit.lostMicro[item.id];
  const below = answer ? [answer.note, filesInWords(item, answer, voice)].filter(Boolean) : [];
  const hasFailed = audit.score.criticalFailed.includes(item.id);
  return [
    { text: numbers.get(item.id) ?? '', color: muted },
    {
      stack: [
        { text: textIn(item.question, language) },
        ...(hasFailed && item.critical
          ? [
              {
                text: say(item.critical.effect, {
                  cap: 'cap' in item.critical ? item.critical.cap : 0,
                }),
                fontSize: 8,
                color: bad,
              },
            ]
          : []),
        ...below.map((text) => ({ text: text!, style: 'note' })),
      ],
    },
    answer ? { text: answerInWords(item, answer, voice) } : { text: say('noAnswer'), color: muted },
    {
      text: points === undefined ? '' : minus(points, language),
      alignment: 'right',
      bold: true,
      color: accent,
    },
  ];
}

/** Points that were taken: `−2.4`. A loss that one digit would hide is shown by what it is below. */
function minus(micro: number, language: Language): string {
  const points = micro / 1e6;
  return points < 0.05 ? `< ${formatScore(0.1, language)}` : `−${formatScore(points, language)}`;
}

function head(text: string, alignment: 'left' | 'right' = 'left'): TableCell {
  return { text, alignment, fontSize: 8, color: muted };
}

const rows = {
  hLineWidth: (index: number) => (index === 0 ? 0 : 0.5),
  vLineWidth: () => 0,
  hLineColor: () => line,
  paddingLeft: (column: number) => (column === 0 ? 0 : 5),
  paddingRight: () => 0,
  paddingTop: () => 2.5,
  paddingBottom: () => 2.5,
};

function voiceOf(say: ChecklistWords, language: Language, timeZone: string): AnswerVoice {
  return Object.assign(say, {
    language,
    list: (each: readonly string[]) => new Intl.ListFormat(language).format(each),
    here: (instant: string) =>
      new Intl.DateTimeFormat(language, {
        dateStyle: 'medium',
        timeStyle: 'short',
        timeZone,
      }).format(new Date(instant)),
  });
}
