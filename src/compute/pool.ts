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
  /** Jobs that wait for a thread. */
  waiting(): number;
  close(): Promise<void>;
}

/** Threads that have had nothing to do for so long end. */
const idleMs = 30_000;
/** A job whose thread died is begun so often: one that kills its thread by itself ends here. */
const tries = 3;

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
      waiting: () => 0,
      close: async () => undefined,
    };
  }
  let pool: Piscina | undefined;
  let isClosed = false;
  const start = () => {
    const started = new Piscina({
      filename: new URL('./worker.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: idleMs,
    });
    // A pool whose thread dies while it starts never starts another, and its jobs would wait for ever.
    started.on('workerDestroy', () =>
      setImmediate(() => {
        if (started.queueSize > 0 && started.threads.length === 0) giveUp(started);
      }),
    );
    return started;
  };
  /** Jobs that wait in it are told that their thread ended, and begin again in a new one. */
  const giveUp = (used: Piscina) => {
    if (pool === used) pool = undefined;
    void used.destroy();
  };
  return {
    threads,
    async run(name, ...input) {
      for (let attempt = 1; ; attempt++) {
        pool ??= start();
        const used = pool;
        try {
          return (await used.run({ name, input }, { name: 'run' })) as never;
        } catch (error) {
          if (isClosed || attempt === tries || !isDeath(error)) throw error;
          giveUp(used);
        }
      }
    },
    waiting: () => pool?.queueSize ?? 0,
    close: async () => {
      isClosed = true;
      await pool?.destroy();
      pool = undefined;
    },
  };
}

/** The thread ended, not the job: killed, out of memory, or with its pool. */
function isDeath(error: unknown): boolean {
  return /^worker exited|^Terminating worker thread/.test((error as Error).message);
}
