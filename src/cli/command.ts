import type { Command } from 'commander';
import { openRunner, type Runner } from './runner.ts';

export interface GlobalOptions {
  readonly json?: boolean;
  readonly as?: string;
}

/** Opens the way to the data, runs, and closes it whatever happens. */
export async function withRunner(
  command: Command,
  run: (runner: Runner, options: GlobalOptions) => Promise<void>,
): Promise<void> {
  const options = command.optsWithGlobals<GlobalOptions>();
  const runner = await openRunner(options.as);
  try {
    await run(runner, options);
  } finally {
    await runner.close();
  }
}
