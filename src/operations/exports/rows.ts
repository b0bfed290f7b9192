import { auditStates } from '../../contracts/audits.ts';
import type { ExportFilters, ExportKind } from '../../contracts/exports.ts';
import { standards } from '../../contracts/standards.ts';
import { tenureBands } from '../../core/indices/tenure.ts';
import { addDays, parsePeriod } from '../../core/periods.ts';
import { type AuditRecord, listAudits } from '../../db/audits.ts';
import type { Transaction } from '../../db/database.ts';
import { listAnswers, listFigures } from '../../db/evidence.ts';
import { listResponsePage } from '../../db/export-rows.ts';
import { dealerCodes, dealerIds } from '../../db/network.ts';
import { personCodes } from '../../db/people.ts';
import { readRegister } from '../complaints/register.ts';
import { compiledByNumber, getProgramme } from '../directory.ts';
import type { Act } from '../operation.ts';

/** What rows are read with: short transactions of their own, so that nobody waits for a large file. */
export interface ExportSource {
  readonly filters: ExportFilters;
  readonly read: <Result>(
    run: (act: Pick<Act, 'context' | 'tx' | 'market' | 'now'>) => Promise<Result>,
  ) => Promise<Result>;
}

type Row = readonly (string | number | boolean | null)[];

/** What a kind of file has for columns, and its rows page by page. */
interface Kind {
  readonly columns: readonly string[];
  readonly pages: (source: ExportSource) => AsyncGenerator<Row[]>;
}

const pageRows = 2_000;
const points = (micro: number | null | undefined) => (micro == null ? null : micro / 1e6);
const instant = (date: Date | null) => date?.toISOString() ?? null;

export const exportKindRows: Readonly<Record<ExportKind, Kind>> = {
  audits: {
    columns: [
      ...['id', 'dealer', 'visit_date', 'type', 'touchpoint', 'checklist', 'version', 'auditor'],
      ...['state', 'revision', 'submitted_at', 'status', 'score', 'raw_score', 'coverage'],
      ...['passed', ...standards, 'responsibility'],
    ],
    pages: (source) =>
      auditPages(source, async (page) =>
        page.map(({ audit, head }) => {
          const { score } = audit;
          return [
            ...head,
            ...[audit.state, audit.revision, instant(audit.submittedAt), score.status],
            ...[points(score.finalMicro), points(score.rawMicro), score.coverage, score.passed],
            ...standards.map((standard) => points(score.parts[standard])),
            points(score.responsibilityMicro),
          ];
        }),
      ),
  },
  answers: {
    columns: [
      ...['audit', 'dealer', 'visit_date', 'type', 'touchpoint', 'checklist', 'version', 'auditor'],
      ...['item', 'value', 'not_applicable', 'note', 'files'],
    ],
    pages: (source) =>
      auditPages(source, async (page, { tx, market }) => {
        const answers = await listAnswers(
          tx,
          market.id,
          page.map(({ audit }) => audit.id),
        );
        return page.flatMap(({ audit, head }) =>
          Object.entries(answers.get(audit.id) ?? {}).map(([item, given]) => [
            ...head,
            item,
            Array.isArray(given.value) ? given.value.join(' ') : (given.value ?? null),
            given.notApplicable ?? null,
            given.note ?? null,
            given.evidence?.length ?? 0,
          ]),
        );
      }),
  },
  responses: {
    columns: [
      ...['id', 'dealer', 'staff', 'checklist', 'version', 'touchpoint', 'visit_date', 'reference'],
      ...['tenure', 'index', 'recommendation', 'received_at'],
    ],
    pages: responsePages,
  },
  complaints: {
    columns: [
      ...['code', 'dealer', 'concerned_dealer', 'touchpoint', 'category', 'channel', 'severity'],
      ...['escalated', 'received', 'answer_by', 'answer', 'solution_by', 'solution', 'closed'],
      'outcome',
    ],
    async *pages({ filters, read }) {
      const rows = await read(async (act) => {
        const { programme } = await getProgramme(act.tx, filters.programme ?? 'european-award');
        return readRegister(act, programme, parsePeriod(filters.period));
      });
      yield rows
        .filter(({ dealer }) => filters.dealer === undefined || dealer === filters.dealer)
        .map((row) => [
          ...[row.code, row.dealer, row.concerned, row.touchpoint, row.category, row.channel],
          ...[row.severity, row.escalated, row.received, row.answer.deadline, row.answer.state],
          ...[row.solution?.deadline ?? null, row.solution?.state ?? null, row.closed, row.outcome],
        ]);
    },
  },
  figures: {
    columns: [
      ...['dealer', 'measure', 'from', 'to', 'kind', 'value', 'target', 'currency'],
      ...['supplied_by', 'received_at'],
    ],
    async *pages({ filters, read }) {
      yield await read(async ({ tx, market, now }) => {
        const { from, to } = parsePeriod(filters.period);
        const found = await listFigures(tx, market.id, from, to, now);
        const codes = await dealerCodes(
          tx,
          market.id,
          found.map(({ dealerId }) => dealerId),
        );
        return found
          .map((row) => ({ ...row, dealer: codes.get(row.dealerId)! }))
          .filter(({ dealer }) => filters.dealer === undefined || dealer === filters.dealer)
          .map((row) => [
            ...[row.dealer, row.measure, row.periodFrom, addDays(row.periodTo, -1), row.kind],
            ...[Number(row.value), row.target === null ? null : Number(row.target), row.currency],
            ...[row.suppliedBy, instant(row.receivedAt)],
          ]);
      });
    },
  },
};

interface HeadedAudit {
  readonly audit: AuditRecord;
  /** Its first columns: which audit of whom, when, by what. */
  readonly head: Row;
}

async function* auditPages(
  { filters, read }: ExportSource,
  toRows: (
    page: readonly HeadedAudit[],
    act: { readonly tx: Transaction; readonly market: Act['market'] },
  ) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  const { from, to } = parsePeriod(filters.period);
  const states = filters.state
    ? [filters.state]
    : auditStates.filter((state) => state !== 'withdrawn');
  let after: string | undefined;
  for (;;) {
    const { rows, last } = await read(async (act) => {
      const { tx, market } = act;
      const dealerId = await dealerOf(act, filters);
      const page = await listAudits(tx, market.id, {
        ...{ states, dealerId, from, to, after },
        ...{ limit: pageRows, own: {} },
      });
      const dealers = await dealerCodes(
        tx,
        market.id,
        page.map((audit) => audit.dealerId),
      );
      const people = await personCodes(
        tx,
        page.flatMap(({ auditorId }) => auditorId ?? []),
      );
      const headed = [];
      for (const audit of page) {
        const { row } = await compiledByNumber(act.context, tx, audit.document);
        const head = [
          ...[audit.id, dealers.get(audit.dealerId)!, audit.visitDate, audit.type],
          ...[audit.touchpoint, row.id, row.version, people.get(audit.auditorId ?? '') ?? null],
        ];
        headed.push({ audit, head });
      }
      return {
        rows: await toRows(headed, act),
        last: page.length < pageRows ? undefined : page.at(-1)!.id,
      };
    });
    yield rows;
    if (last === undefined) return;
    after = last;
  }
}

async function* responsePages({ filters, read }: ExportSource): AsyncGenerator<Row[]> {
  const { from, to } = parsePeriod(filters.period);
  let after: number | undefined = 0;
  while (after !== undefined) {
    const seen: number = after;
    const page = await read(async (act) => {
      const { tx, market } = act;
      const dealerId = await dealerOf(act, filters);
      const found = await listResponsePage(tx, market.id, {
        ...{ from, to, dealerId, after: seen, limit: pageRows },
      });
      const dealers = await dealerCodes(
        tx,
        market.id,
        found.map((row) => row.dealerId),
      );
      return found.map((row) => ({ ...row, dealer: dealers.get(row.dealerId)! }));
    });
    yield page.map((row) => [
      ...[row.id, row.dealer, row.staff, row.checklist, row.version, row.touchpoint],
      ...[row.visitDate, row.reference, tenureBands[row.tenureBand] ?? null],
      ...[points(row.indexMicro), row.recommendation, instant(row.receivedAt)],
    ]);
    after = page.length < pageRows ? undefined : page.at(-1)!.id;
  }
}

/** The number of the house that is asked for; one that is not there has no rows. */
async function dealerOf(
  { tx, market }: Pick<Act, 'tx' | 'market'>,
  { dealer }: ExportFilters,
): Promise<number | undefined> {
  if (dealer === undefined) return undefined;
  return (await dealerIds(tx, market.id)).get(dealer) ?? 0;
}
