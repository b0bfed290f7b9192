import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { Checklist, Item, Section } from '../src/contracts/checklists.ts';
import type { Language, Texts } from '../src/contracts/primitives.ts';
import { standards } from '../src/contracts/standards.ts';
import { textIn } from '../src/core/format.ts';
import { type ChecklistWords, checklistWords } from './checklist-words.ts';
import { accent, bad, ink, line, muted } from './palette.ts';

/** A checklist version to be set for reading. */
export interface ReadingCopy {
  readonly checklist: Checklist;
  readonly sha256: string;
  /** Without weights, points and criticality, for those who fill it. */
  readonly isAuditorCopy: boolean;
}

/** How the copy speaks: a language, its fixed words, and its reading of the document's texts. */
interface Voice {
  readonly language: Language;
  readonly say: ChecklistWords;
  readonly text: (texts: Texts | undefined) => string;
}

/** A fixed date, so that the same version gives the same bytes. */
const undated = new Date('2000-01-01T00:00:00Z');

/** A checklist as pages to read: every question with what its answers mean and count. */
export function readingCopy(copy: ReadingCopy, language: Language): TDocumentDefinitions {
  const { checklist, sha256 } = copy;
  const say = checklistWords(language);
  const text = (texts: Texts | undefined) => (texts ? textIn(texts, language) : '');
  const voice: Voice = { language, say, text };
  const title = text(checklist.title);
  return {
    pageSize: 'A4',
    pageMargins: [42, 48, 42, 52],
    language,
    info: { title: `${title} ${checklist.version}`, creationDate: undated, modDate: undated },
    defaultStyle: { fontSize: 9, color: ink, lineHeight: 1.2 },
    styles: {
      h1: { fontSize: 21, bold: true },
      h2: { fontSize: 13, bold: true, color: accent },
      small: { fontSize: 7.5, color: muted },
      note: { fontSize: 8.5, color: muted },
    },
    content: [
      { text: title, style: 'h1' },
      {
        text: `${say(checklist.kind)} · ${say('version', { version: checklist.version })}`,
        color: muted,
        margin: [0, 2, 0, 6],
      },
      ...(checklist.description ? [{ text: text(checklist.description) }] : []),
      ...(copy.isAuditorCopy
        ? [{ text: say('auditorCopy'), style: 'note', margin: [0, 6, 0, 0] as const }]
        : [scoring(checklist, voice)]),
      ...checklist.sections.flatMap((section, index) =>
        sectionContent(section, index, copy, voice),
      ),
    ] as Content[],
    footer: (page, pages) => ({
      columns: [
        { text: `${title} · ${checklist.version} · ${sha256.slice(0, 12)}`, style: 'small' },
        { text: say('page', { page, pages }), style: 'small', alignment: 'right' },
      ],
      margin: [42, 18, 42, 0],
    }),
  };
}

function scoring(checklist: Checklist, { language, say, text }: Voice): Content {
  const { parts, weights, minCoverage, passMark, lossBands } = checklist.scoring;
  const rows =
    parts === 'standards'
      ? standards
          .filter((standard) =>
            checklist.sections.some((section) =>
              section.items.some((i) => i.standard === standard),
            ),
          )
          .map((standard) => [say(standard), weights?.[standard] ?? 1] as const)
      : checklist.sections
          .filter((section) => section.weight !== 0)
          .map((section) => [text(section.title), section.weight ?? 1] as const);
  const sum = rows.reduce((total, [, weight]) => total + weight, 0);
  const values = { coverage: Math.round(minCoverage * 100), passMark };
  return {
    unbreakable: true,
    stack: [
      { text: say('scoring'), style: 'h2', margin: [0, 12, 0, 3] },
      { text: say('scoringNote', values), style: 'note' },
      ...(lossBands ?? []).map(({ total, worst, score }) => ({
        text:
          total === undefined && worst === undefined
            ? say('lossElse', { score })
            : say('lossBand', { total: total ?? '∞', worst: worst ?? '∞', score }),
        style: 'note',
      })),
      {
        margin: [0, 5, 0, 0],
        layout: 'lightHorizontalLines',
        table: {
          widths: ['*', 60],
          body: [
            [
              { text: say('part'), bold: true },
              { text: say('weight'), bold: true, alignment: 'right' },
            ],
            ...rows.map(([name, weight]) => [
              name,
              { text: percent(weight / sum, language, 1), alignment: 'right' as const },
            ]),
          ],
        },
      },
    ],
  };
}

function sectionContent(
  section: Section,
  index: number,
  copy: ReadingCopy,
  voice: Voice,
): Content[] {
  const { say, text } = voice;
  const marks = copy.isAuditorCopy
    ? []
    : [
        ...(section.weight === 0 ? [say('informs')] : []),
        ...(section.passMark === undefined ? [] : [say('passMark', { mark: section.passMark })]),
      ];
  const items = section.items.map((item, i) =>
    itemContent(item, `${index + 1}.${i + 1}`, copy, voice),
  );
  const heading: Content[] = [
    { text: text(section.title), style: 'h2', margin: [0, 16, 0, 1] },
    ...(marks.length > 0 ? [{ text: marks.join(' · '), style: 'small' }] : []),
    ...(section.intro ? [{ text: text(section.intro), style: 'note' }] : []),
  ];
  // A heading never stands alone at the foot of a page.
  return [{ unbreakable: true, stack: [...heading, items[0]!] }, ...items.slice(1)];
}

function itemContent(item: Item, number: string, copy: ReadingCopy, voice: Voice): Content {
  const { say, text } = voice;
  const scored = !copy.isAuditorCopy && item.weight > 0;
  const small = (value: string): Content => ({ text: value, style: 'small' });
  const meta = [
    ...(item.standard ? [say(item.standard)] : []),
    typeName(item, copy, say),
    ...(scored ? [`${say('weight')} ${item.weight}`] : []),
    ...(item.notApplicable === 'no' ? [] : [say(`na-${item.notApplicable}`)]),
    ...(item.evidence
      ? [say(`evidence-${item.evidence.when}`, { kind: say(item.evidence.kind).toLowerCase() })]
      : []),
    ...(item.cause === 'car' ? [say('car')] : []),
  ];
  const stack: Content[] = [
    { text: text(item.question), bold: true, fontSize: 9.5 },
    ...(item.when === undefined
      ? []
      : [small(say('onlyIf', { condition: inWords(item.when, copy.checklist, voice) }))]),
    ...(item.hint ? [{ text: text(item.hint), style: 'note' }] : []),
    ...answerLines(item, scored, voice),
    small(meta.join(' · ')),
    ...(item.critical && !copy.isAuditorCopy
      ? [
          {
            ...(small(say(item.critical.effect, { cap: item.critical.cap })) as object),
            color: bad,
          } as Content,
        ]
      : []),
    ...(['expectation', 'duty'] as const).flatMap((side): Content[] =>
      item[side]
        ? [
            {
              columns: [
                { width: 92, ...(small(say(side)) as object) },
                { text: text(item[side]), fontSize: 8.5 },
              ] as Content[],
            },
          ]
        : [],
    ),
  ];
  return {
    unbreakable: true,
    margin: [0, 7, 0, 0],
    table: { widths: [26, '*'], body: [[{ text: number, color: muted }, { stack }]] },
    layout: {
      hLineWidth: (row: number) => (row === 0 ? 0.5 : 0),
      vLineWidth: () => 0,
      hLineColor: () => line,
      paddingLeft: () => 0,
      paddingRight: () => 0,
      paddingTop: () => 5,
      paddingBottom: () => 0,
    },
  };
}

function typeName(item: Item, copy: ReadingCopy, say: ChecklistWords): string {
  if (item.type === 'yes-no') {
    return say(item.good === 'no' && !copy.isAuditorCopy ? 'no-good' : 'yes-no');
  }
  if (item.type === 'scale') return say('scale', { min: item.min, max: item.max });
  if (item.type === 'duration') return say(item.unit);
  return say(item.type);
}

/** What each answer means, and what it counts where that is shown. */
function answerLines(item: Item, scored: boolean, { language, say, text }: Voice): Content[] {
  const pair = (left: string, right: string, width: number): Content => ({
    columns: [
      { text: left, width, color: muted, fontSize: 8.5 },
      { text: right, fontSize: 8.5 },
    ],
  });
  const share = (value: number) => percent(value, language, 0);
  const lines: Content[] = [];
  if (item.type === 'scale') {
    const steps = Object.entries(item.anchors).sort(([a], [b]) => Number(a) - Number(b));
    lines.push(...steps.map(([step, anchor]) => pair(step, text(anchor), 18)));
  }
  if (item.type === 'choice' || item.type === 'multiple') {
    const counts = item.options.map(({ points }) => Math.max(0, points ?? 0));
    const whole =
      item.type === 'choice' ? Math.max(...counts) : counts.reduce((sum, each) => sum + each, 0);
    for (const { text: label, points } of item.options) {
      const isCounted = scored && points !== undefined && whole > 0;
      lines.push(pair(isCounted ? share(points / whole) : '□', text(label), isCounted ? 40 : 14));
    }
  }
  if (scored && 'bands' in item && item.bands) {
    const last = item.bands.at(-2)?.upTo ?? 0;
    for (const { upTo, score } of item.bands) {
      const bound =
        upTo === undefined ? say('above', { value: last }) : say('upTo', { value: upTo });
      lines.push(pair(share(score), bound, 40));
    }
  }
  if (scored && 'linear' in item && item.linear) {
    const points = item.linear.map(([x, score]) => `${x}: ${share(score)}`).join(', ');
    lines.push({ text: `${points} (${say('between')})`, fontSize: 8.5 });
  }
  return lines;
}

function percent(share: number, language: Language, digits: number): string {
  const format = { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(language, format as Intl.NumberFormatOptions).format(share);
}

/** A condition with the questions' numbers and the answers' words. */
function inWords(condition: string, checklist: Checklist, { say, text }: Voice): string {
  const found = new Map<string, { number: string; item: Item }>();
  for (const [s, section] of checklist.sections.entries()) {
    for (const [i, item] of section.items.entries())
      found.set(item.id, { number: `${s + 1}.${i + 1}`, item });
  }
  let last: Item | undefined;
  const answer = (value: string) => {
    if (value === 'yes' || value === 'no') return say(value);
    const option =
      last && 'options' in last ? last.options.find(({ id }) => id === value) : undefined;
    return option ? `“${text(option.text)}”` : value;
  };
  return condition
    .replaceAll(
      /answers\.(\w+)|'([^']*)'|&&|\|\||==|!=|<=|>=|(\d+)\.0\b/g,
      (all, id, value, whole) => {
        if (id !== undefined) {
          last = found.get(id)?.item;
          return found.get(id)?.number ?? id;
        }
        if (value !== undefined) return answer(value);
        if (whole !== undefined) return whole;
        const signs = {
          '&&': say('and'),
          '||': say('or'),
          '==': '=',
          '!=': '≠',
          '<=': '≤',
          '>=': '≥',
        };
        return signs[all as keyof typeof signs];
      },
    )
    .replaceAll(/\s+/g, ' ');
}
