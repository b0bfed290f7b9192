import type { Context } from '../context.ts';
import { notFound } from '../contracts/problems.ts';
import { problemOf } from '../db/constraints.ts';
import { findActorByCode } from '../db/people.ts';
import { findMarketCached, forget } from './directory.ts';
import { type Act, perform, systemActor } from './operation.ts';
import { operations } from './registry.ts';
import { refoldMarket } from './responses/refold.ts';

/** Operations after which cells are stale. */
const refoldAfter = new Set(['imports.file', 'imports.rows', 'responses.withdraw']);

/**
 * Runs an operation for the machine's owner: as the product itself, or as a named person.
 * @throws Problem
 */
export async function runLocally(
  context: Context,
  name: string,
  input: unknown,
  as: string | undefined,
  report?: Act['report'],
): Promise<unknown> {
  const operation = operations.get(name);
  if (!operation) throw notFound({ what: 'operation', id: name });
  const actor = as === undefined ? systemActor : await findPersonToBe(context, as);
  const output = await perform(context, actor, operation, input, report).catch((error: unknown) => {
    throw problemOf(error) ?? withoutData(error);
  });
  if (operation.scope === 'network' && operation.writes) forget(context);
  if (refoldAfter.has(name)) {
    const { id } = await findMarketCached(context, String((input as { market?: string }).market));
    await refoldMarket(context, id);
  }
  return output;
}

/** A fault of the world, without the statement and its parameters: those are people's data. */
function withoutData(error: unknown): unknown {
  const cause = (error as { cause?: unknown })?.cause;
  return cause instanceof Error ? new Error(cause.message.split('\n')[0], { cause }) : error;
}

async function findPersonToBe(context: Context, code: string) {
  const actor = await context.database.transaction({ role: 'gate' }, (tx) =>
    findActorByCode(tx, code),
  );
  if (!actor) {
    throw notFound(
      { what: 'person', id: code },
      `there is no person "${code}"; "token ${code} ROLE" makes one`,
    );
  }
  return actor;
}
