import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readConfig } from '../config.ts';
import { type Context, closeContext, openContext } from '../context.ts';
import { Problem } from '../contracts/problems.ts';
import { FolderLocked } from '../db/folder-lock.ts';
import { linesOf } from '../io/lines.ts';
import { runLocally } from '../operations/local.ts';
import { loadShipped } from '../operations/shipped.ts';
import { showProgress } from './output.ts';

/** Runs operations by name: through the server that holds the data folder, or in this process. */
export interface Runner {
  /** @param asPerson for this act alone */
  run<Output>(operation: string, input: object, asPerson?: string): Promise<Output>;
  close(): Promise<void>;
}

/** A refusal that came back from a running server. */
export class RemoteProblem extends Error {
  readonly problem: Record<string, unknown> & { status: number; title: string };
  constructor(problem: RemoteProblem['problem']) {
    super(String(problem['detail'] ?? problem.title));
    this.problem = problem;
  }
}

/**
 * Opens the way to the data: if a server holds the folder, its local door (address and token stand
 * beside the lock); else the folder or the database itself.
 * @param as the person to act as; default: the machine's owner
 */
export async function openRunner(as: string | undefined): Promise<Runner> {
  const config = readConfig();
  const door = path.join(config.dataDir, 'server.json');
  try {
    const context = await openContext(config);
    await loadShipped(context);
    return inProcess(context, as);
  } catch (error) {
    if (error instanceof FolderLocked && existsSync(door)) return throughServer(door, as);
    throw error;
  }
}

function inProcess(context: Context, as: string | undefined): Runner {
  return {
    run: async <Output>(operation: string, input: object, asPerson?: string) => {
      const progress = showProgress();
      try {
        return (await runLocally(
          context,
          operation,
          input,
          asPerson ?? as,
          progress.update,
        )) as Output;
      } finally {
        progress.end();
      }
    },
    close: () => closeContext(context),
  };
}

function throughServer(door: string, as: string | undefined): Runner {
  const { address, token } = JSON.parse(readFileSync(door, 'utf8')) as {
    address: string;
    token: string;
  };
  return {
    async run<Output>(operation: string, input: object, asPerson?: string): Promise<Output> {
      const response = await fetch(`${address}/local/operations`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ operation, input, as: asPerson ?? as }),
      });
      if (!response.ok || !response.body)
        throw new RemoteProblem((await response.json()) as RemoteProblem['problem']);
      const progress = showProgress();
      try {
        for await (const line of linesOf(response.body)) {
          const message = JSON.parse(line) as {
            progress?: Record<string, number>;
            output?: unknown;
            problem?: RemoteProblem['problem'];
          };
          if (message.progress) progress.update(message.progress);
          else if (message.problem) throw new RemoteProblem(message.problem);
          else return message.output as Output;
        }
      } finally {
        progress.end();
      }
      throw new Error('the server ended the connection before it answered');
    },
    close: async () => undefined,
  };
}

/** What a refusal says, whichever way it came. */
export function problemParts(
  error: unknown,
): { title: string; detail: string; errors: readonly FaultLine[] } | undefined {
  if (error instanceof Problem) {
    return {
      title: error.definition.title,
      detail: error.message,
      errors: faultsOf(error.details),
    };
  }
  if (error instanceof RemoteProblem) {
    return { title: error.problem.title, detail: error.message, errors: faultsOf(error.problem) };
  }
  return undefined;
}

export interface FaultLine {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
  readonly line?: number;
  readonly column?: number | string;
}

function faultsOf(details: Record<string, unknown>): readonly FaultLine[] {
  return (details['errors'] as FaultLine[] | undefined) ?? [];
}
