import type { Context } from '../context.ts';

/**
 * Does something again and again, each time so long after the last has ended, until stopped. A round that
 * fails is noted, and tried again as the next.
 * @returns stops the work and waits for what is under way
 */
export function keepDoing(
  { log }: Pick<Context, 'log'>,
  what: string,
  everyMs: number,
  work: (isStopped: () => boolean) => Promise<unknown>,
): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const wait = () => {
    timer = setTimeout(() => {
      running = round();
    }, everyMs).unref();
  };
  const round = async () => {
    try {
      await work(() => stopped);
    } catch (error) {
      log.warn({ err: error }, `${what} failed; it is tried again`);
    }
    if (!stopped) wait();
  };
  wait();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
