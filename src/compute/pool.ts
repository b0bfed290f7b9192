import { Piscina } from 'piscina';
import { type JobName, type Jobs, jobs } from './jobs.ts';

/** Runs long computations of the core; the answer is the same with any number of threads. */
export interface Compute {
  /** Worker threads; 0 = everything runs where it is called. */
  readonly threads: number;
  run<Name extends JobName>(
    name: Name,
    ...input: Parameters<Jobs[Name]>
  ): Promise<ReturnType<Jobs[Name]>>;
  close(): Promise<void>;
}

/** Threads that have had nothing to do for so long end. */
const idleMs = 30_000;

/**
 * Opens a pool; threads start with the first job.
 * @param threads whole number, >= 0
 */
export function openCompute(threads: number): Compute {
  if (threads === 0) {
    return {
      threads,
      run: async (name, ...input) =>
        (jobs[name] as (...given: unknown[]) => never)(...(input as unknown[])),
      close: async () => undefined,
    };
  }
  let pool: Piscina | undefined;
  return {
    threads,
    async run(name, ...input) {
      pool ??= new Piscina({
        filename: new URL('./worker.ts', import.meta.url).href,
        minThreads: 0,
        maxThreads: threads,
        idleTimeout: idleMs,
      });
      return pool.run({ name, input }, { name: 'run' }) as never;
    },
    close: async () => {
      await pool?.destroy();
      pool = undefined;
    },
  };
}
