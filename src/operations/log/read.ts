import { z } from 'zod';
import { type LogRow, logRow, publicKey, signed } from '../../contracts/log.ts';
import { instantText } from '../../contracts/primitives.ts';
import { notFound } from '../../contracts/problems.ts';
import { type EventFilter, listEvents, searchEvents } from '../../db/events.ts';
import { findPerson, personCodes } from '../../db/people.ts';
import { type Act, defineOperation, systemActor } from '../operation.ts';

const filter = {
  before: z.coerce.number().int().optional().describe('Records before this one.'),
  from: instantText.optional(),
  to: instantText.optional(),
  operation: z.string().max(60).optional().describe('An operation, or a noun such as `audits`.'),
  person: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
};
const page = z.strictObject({
  items: z.array(
    z.strictObject({
      seq: z.int(),
      at: z.string(),
      by: z.string().nullable(),
      role: z.string(),
      operation: z.string(),
      subject: z.record(z.string(), z.unknown()),
      hash: z.string(),
    }),
  ),
});

async function search(
  act: Act,
  marketId: number,
  { person, ...rest }: Omit<EventFilter, 'personId'> & { readonly person?: string | undefined },
) {
  const known = person === undefined ? undefined : await findPerson(act.tx, person);
  if (person !== undefined && !known) throw notFound({ what: 'person', id: person });
  const rows = await searchEvents(act.tx, marketId, { ...rest, personId: known?.id });
  const records = rows.map((row) => ({ ...(JSON.parse(row.record) as LoggedRecord), ...row }));
  const people = await personCodes(
    act.tx,
    records.flatMap(({ by }) => (by ? [by] : [])),
  );
  return {
    items: records.map(({ seq, at, by, role, operation, subject, hash }) => ({
      ...{ seq, at, role, operation, subject, hash },
      by:
        by === null
          ? null
          : by === systemActor.personId
            ? systemActor.code
            : (people.get(by) ?? by),
    })),
  };
}

interface LoggedRecord {
  readonly at: string;
  readonly by: string | null;
  readonly role: string;
  readonly operation: string;
  readonly subject: Record<string, unknown>;
}

export const listLog = defineOperation({
  name: 'log.list',
  summary: "Records of a market's log, the newest first",
  input: z.strictObject({ market: z.string(), ...filter }),
  output: page,
  scope: 'market',
  writes: false,
  refuses: [notFound],
  act: (act, { market: _, ...rest }) => search(act, act.market.id, rest),
});

export const listNetworkLog = defineOperation({
  name: 'log.list-network',
  summary: "Records of the network's log: sign-ins, roles, documents, denials; the newest first",
  input: z.strictObject(filter),
  output: page,
  scope: 'network',
  writes: false,
  refuses: [notFound],
  act: (act, rest) => search(act, 0, rest),
});

/** A part of a chain as it is stored, for checking elsewhere. */
export interface LogExport {
  readonly market: number;
  readonly rows: LogRow[];
}

const exported = z.strictObject({
  market: z.int(),
  rows: z.array(logRow),
  anchors: z.array(signed),
  keys: z.array(publicKey),
});

/** Records as they are stored, with anchors and public keys: `cli log verify FILE` needs nothing else. */
export const exportLog = defineOperation({
  name: 'log.export',
  summary: "A market's log as it is stored, to be checked elsewhere",
  input: z.strictObject({ market: z.string(), after: z.coerce.number().int().default(0) }),
  output: exported,
  scope: 'market',
  writes: false,
  noted: true,
  logged: ['after'],
  act: (act, { after }) => exportOf(act, act.market.id, after),
});

export const exportNetworkLog = defineOperation({
  name: 'log.export-network',
  summary: "The network's log as it is stored, to be checked elsewhere",
  input: z.strictObject({ after: z.coerce.number().int().default(0) }),
  output: exported,
  scope: 'network',
  writes: false,
  noted: true,
  logged: ['after'],
  act: (act, { after }) => exportOf(act, 0, after),
});

async function exportOf({ tx, context }: Act, market: number, after: number) {
  return {
    market,
    rows: await listEvents(tx, market, after, 10_000),
    anchors: context.anchors.list(),
    keys: context.keys.list(),
  };
}
