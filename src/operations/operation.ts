import type { z } from 'zod';
import type { Context } from '../context.ts';
import type { Role } from '../contracts/people.ts';
import {
  notFound,
  type ProblemDefinition,
  roleNeeded,
  tokenReadsOnly,
} from '../contracts/problems.ts';
import {
  type Actor,
  decideAccess,
  type Own,
  ownOf,
  type ScopedGrant,
  type Target,
} from '../core/access.ts';
import { rolesOf } from '../core/access-matrix.ts';
import { canonicalJson } from '../core/canonical.ts';
import type { Settings, Transaction } from '../db/database.ts';
import { appendEvent } from '../db/events.ts';
import { raiseEvidenceVersion } from '../db/evidence-versions.ts';
import type { MarketRow } from '../db/markets.ts';
import { traced } from '../io/traces.ts';
import { findMarketCached, forget, listMarketsCached } from './directory.ts';
import { parseInput } from './input.ts';
import { remembered } from './remembered.ts';

/** Acts after which people, their ways in or markets are read anew. */
const forgetting =
  /^(account|people|house|grants|tokens|imports\.markets|privacy\.(set|erase-person)|documents|backup)\b/;

/** What an act is handed: the open transaction and everything about who acts where. */
export interface Act {
  readonly context: Context;
  readonly tx: Transaction;
  readonly actor: Actor;
  readonly grant: ScopedGrant;
  /** The market of the act. @throws TypeError in an act on the network: a mistake of ours. */
  readonly market: MarketRow;
  readonly now: Date;
  /**
   * Sends a statement whose result the act does not need: it travels with the log
   * record. Where it fails, everything is undone and the act fails.
   */
  readonly send: (statement: PromiseLike<unknown>) => void;
  /** Tells whoever waits how far a long act is. */
  readonly report?: ((progress: Readonly<Record<string, number>>) => void) | undefined;
  /** What the actor is bound to inside the market; queries take it, so that nothing else is found. */
  readonly own: Own;
}

/**
 * What slow work before the transaction may use. Each read is a short transaction of its own; an
 * act's own transaction must not open others, since the embedded database has one connection.
 */
export interface Preparation {
  readonly context: Context;
  readonly actor: Actor;
  readonly now: Date;
  /** Reads in the act's market, under the actor's own settings. */
  inMarket<Result>(run: (act: Act) => Promise<Result>): Promise<Result>;
  /** Reads in one market after another, under the actor's own settings: only the network's roles see all. */
  inEachMarket<Result>(run: (act: Act) => Promise<Result>): Promise<Result[]>;
  /**
   * Reads in one market after another as the network does, whoever asks, so that a figure that leans
   * on the whole network is the same for everybody. Nothing of a house or a person may leave it.
   */
  overNetwork<Result>(run: (act: Act) => Promise<Result>): Promise<Result[]>;
}

type Shape = z.ZodObject;

/**
 * One thing a person can do. The doors (HTTP, command line) only translate; this says once what
 * comes in, what goes out, who may call, and what happens.
 */
export interface Operation<Input extends Shape = Shape, Output extends z.ZodType = z.ZodType> {
  /** `noun.verb`; the name in the audit log and of the local command door. */
  readonly name: string;
  readonly summary: string;
  readonly input: Input;
  readonly output: Output;
  /** From the access matrix, most powerful first; the first grant that fits is the one that acts. */
  readonly roles: readonly Role[];
  /** Acts in the market that `input.market` names, or on the network. */
  readonly scope: 'market' | 'network';
  /** Writes append one record to the audit log; reads do not. */
  readonly writes: boolean;
  /** A write that changes nothing that a figure rests on, such as an audit before its review. */
  readonly leavesEvidence?: boolean;
  /** A write of somebody's own working copy, which nobody else sees: the log does not name it. */
  readonly isUnlogged?: boolean;
  /** What `prepare` returns rests on evidence and the calendar alone, and is kept until those move. */
  readonly remembered?: boolean;
  /** Synced to the disk of the embedded database's journal before it is acknowledged. */
  readonly journaled?: boolean;
  /** What the journal keeps, where it is not the input itself. */
  readonly journalOf?: (
    input: z.output<Input>,
    output: z.output<Output>,
  ) => Record<string, unknown>;
  /** A read that leaves the house (a download): the log notes it, gathered with others of its second. */
  readonly noted?: boolean;
  readonly refuses?: readonly ProblemDefinition[];
  /** Fields of the input that go into the log record, beside who, when and what. */
  readonly logged?: readonly string[];
  /** Slow work before the transaction opens; what it returns is handed to `act` as third argument. */
  readonly prepare?: (preparation: Preparation, input: z.output<Input>) => Promise<unknown>;
  /** Answers after all where a sent statement failed, or throws the error on. */
  readonly recover?: (
    error: unknown,
    preparation: Preparation,
    input: z.output<Input>,
  ) => Promise<z.input<Output> | z.output<Output>>;
  readonly act: (
    act: Act,
    input: z.output<Input>,
    prepared: unknown,
  ) => Promise<z.input<Output> | z.output<Output> | AfterCommit<z.output<Output>>>;
}

/** An answer that is made once the commit stands, by something outside such as a letter. */
export class AfterCommit<Output> {
  readonly run: () => Promise<Output>;
  constructor(run: () => Promise<Output>) {
    this.run = run;
  }
}

/**
 * Declares an operation; who may call it stands in the access matrix.
 * @throws TypeError where the matrix does not name it, so that the service does not start
 */
export function defineOperation<Input extends Shape, Output extends z.ZodType>(
  operation: Omit<Operation<Input, Output>, 'roles'>,
): Operation<Input, Output> {
  return { ...operation, roles: rolesOf(operation.name) };
}

/**
 * Declares an operation whose answer is what it prepares: computed and drawn before the transaction,
 * which then only makes sure that its reader may have it.
 */
export function defineComputed<Input extends Shape, Output extends z.ZodType>(
  operation: Omit<Operation<Input, Output>, 'roles' | 'act' | 'prepare'> & {
    readonly prepare: (
      preparation: Preparation,
      input: z.output<Input>,
    ) => Promise<z.input<Output> | z.output<Output>>;
  },
): Operation<Input, Output> {
  return defineOperation({
    ...operation,
    act: async (_, __, prepared) => prepared as z.output<Output>,
  });
}

/** The role of the database's policies for a grant. */
const settingRole: Record<Role, Settings['role']> = {
  administrator: 'administrator',
  'network-manager': 'network',
  'market-manager': 'market-manager',
  auditor: 'auditor',
  dealer: 'dealer',
};

/**
 * The envelope around every act:
 * 1. the input is parsed by its shape, all faults at once;
 * 2. `core/access.ts` decides under which grant the actor may act in that market;
 * 3. a transaction opens under that grant's settings, so the database decides once more;
 * 4. the act runs;
 * 5. a write appends its record to the market's chain, last, since that locks the chain's head;
 * 6. commit. One throw anywhere and nothing happened.
 *
 * @throws Problem for every fault of the user's
 */
export function perform<Input extends Shape, Output extends z.ZodType>(
  context: Context,
  actor: Actor,
  operation: Operation<Input, Output>,
  raw: unknown,
  report?: Act['report'],
): Promise<z.output<Output>> {
  return traced(operation.name, {}, () => performInside(context, actor, operation, raw, report));
}

async function performInside<Input extends Shape, Output extends z.ZodType>(
  context: Context,
  actor: Actor,
  operation: Operation<Input, Output>,
  raw: unknown,
  report: Act['report'],
): Promise<z.output<Output>> {
  const input = parseInput(operation.input, raw);
  const market = await resolveMarket(context, operation, input);
  if (actor.readsOnly && operation.writes) throw tokenReadsOnly({});
  const grant = admit(operation, actor, { marketId: market?.id });
  const now = context.now();
  const own = ownOf(actor, grant);
  const enter = <Result>(
    place: MarketRow | undefined,
    settings: Settings,
    run: (act: Act) => Promise<Result>,
    close?: (act: Act) => readonly Promise<unknown>[],
  ): Promise<Result> => {
    const sent: PromiseLike<unknown>[] = [];
    const send = (statement: PromiseLike<unknown>) => void sent.push(statement);
    const actIn = (tx: Transaction): Act => {
      const act = { context, tx, actor, grant, now, report, own, send };
      return place ? { ...act, market: place } : withoutMarket(act, operation.name);
    };
    return traced('transaction', { role: settings.role, market: place?.code ?? '' }, () =>
      context.database.transaction(
        settings,
        (tx) => run(actIn(tx)),
        (tx) => [...sent.map(start), ...(close?.(actIn(tx)) ?? [])],
      ),
    );
  };
  const preparation: Preparation = {
    context,
    actor,
    now,
    inMarket: (run) => enter(market, settingsFor(actor, grant, market?.id), run),
    async inEachMarket(run) {
      const results = [];
      for (const each of await listMarketsCached(context)) {
        results.push(await enter(each, settingsFor(actor, grant, each.id), run));
      }
      return results;
    },
    async overNetwork(run) {
      const results = [];
      for (const each of await listMarketsCached(context)) {
        results.push(await enter(each, { role: 'network', marketId: each.id }, run));
      }
      return results;
    },
  };
  const prepare = async () => operation.prepare?.(preparation, input);
  const prepared = operation.remembered
    ? await remembered(context, keyOf(operation, input, grant, own), now, prepare)
    : await prepare();
  try {
    const acted = await enter(
      market,
      settingsFor(actor, grant, market?.id),
      (act) => operation.act(act, input, prepared),
      (act) =>
        operation.writes
          ? [
              ...(operation.leavesEvidence
                ? []
                : [start(raiseEvidenceVersion(act.tx, market?.id ?? 0))]),
              ...(operation.isUnlogged
                ? []
                : [start(appendEvent(act.tx, market?.id ?? 0, recordOf(operation, act, input)))]),
            ]
          : [],
    );
    const output = (acted instanceof AfterCommit ? await acted.run() : acted) as z.output<Output>;
    // After the commit, so that nobody reads what is about to change and keeps it.
    if (operation.writes && forgetting.test(operation.name)) forget(context);
    const isNew = (output as { repeated?: boolean }).repeated !== true;
    if (operation.journaled && isNew && context.intake) {
      await context.intake.append({
        operation: operation.name,
        input: operation.journalOf?.(input, output) ?? input,
        by: actor.personId,
        as: actor.grants,
        at: now.toISOString(),
      });
    }
    if (operation.noted) context.notices.add(market?.id ?? 0, noticeOf(operation, actor, input));
    return output;
  } catch (error) {
    if (!operation.recover) throw error;
    return (await operation.recover(error, preparation, input)) as z.output<Output>;
  }
}

/** What a result depends on beside the evidence: the question, and whose eyes see the answer. */
function keyOf(
  { name }: Pick<Operation, 'name'>,
  input: Record<string, unknown>,
  { role, marketId, dealerId, principal }: ScopedGrant,
  own: Own,
): string {
  return canonicalJson({ name, input, own, role, marketId, dealerId, principal });
}

/** Sends a lazy statement now; its result is waited for later. */
function start(statement: PromiseLike<unknown>): Promise<unknown> {
  return statement.then((result) => result) as Promise<unknown>;
}

/** An act on the network has no market; asking for one is a mistake of ours. */
function withoutMarket(act: Omit<Act, 'market'>, name: string): Act {
  return {
    ...act,
    get market(): MarketRow {
      throw new TypeError(`${name} acts on the network`);
    },
  };
}

/**
 * The settings that the database's policies read. They come from the grant, not from the request:
 * a person bound to a market stays in it, whatever was asked for.
 */
export function settingsFor(actor: Actor, grant: ScopedGrant, marketId = 0): Settings {
  return {
    role: isSystem(actor) ? 'service' : settingRole[grant.role],
    marketId: marketId === 0 ? 0 : (grant.marketId ?? marketId),
    dealerId: grant.dealerId,
    personId: actor.personId,
    principal: grant.principal,
  };
}

/** The product itself: first start, demo, nightly work. Nobody can hold a token for it. */
export const systemActor: Actor = {
  personId: '00000000-0000-0000-0000-000000000000',
  code: 'system',
  grants: [{ role: 'administrator' }, { role: 'network-manager' }],
};

/** Whether the product itself acts, or the owner of its machine. */
export function isSystem(actor: Actor): boolean {
  return actor.personId === systemActor.personId;
}

async function resolveMarket(
  context: Context,
  operation: Pick<Operation, 'scope'>,
  input: Record<string, unknown>,
): Promise<MarketRow | undefined> {
  if (operation.scope === 'network') return undefined;
  return findMarketCached(context, String(input['market']));
}

function admit(
  operation: Pick<Operation, 'name' | 'roles'>,
  actor: Actor,
  target: Target,
): ScopedGrant {
  // The product itself may do everything that anybody may.
  if (isSystem(actor)) return actor.grants[0]!;
  const decision = decideAccess(operation.roles, actor, target);
  if (decision.allowed) return decision.grant;
  if (decision.reason === 'role') {
    throw roleNeeded({ operation: operation.name, roles: [...operation.roles] });
  }
  throw notFound({ what: 'market', id: '' });
}

function noticeOf(
  operation: Pick<Operation, 'name' | 'logged'>,
  actor: Actor,
  input: Record<string, unknown>,
) {
  const logged = (operation.logged ?? []).map((key) => [key, String(input[key] ?? '')]);
  return {
    operation: operation.name,
    by: actor.personId,
    outcome: 'read',
    ...(Object.fromEntries(logged) as Record<string, string>),
  };
}

function recordOf(
  operation: Pick<Operation, 'name' | 'logged'>,
  act: Act,
  input: Record<string, unknown>,
): string {
  const logged = Object.fromEntries(
    (operation.logged ?? []).map((key) => [key, input[key] ?? null]),
  );
  return canonicalJson({
    at: act.now.toISOString(),
    by: act.actor.personId,
    role: act.grant.role,
    operation: operation.name,
    subject: JSON.parse(JSON.stringify(logged)),
  });
}
