import { type JobName, jobs } from './jobs.ts';

/** The entry of a worker thread: one job, and its answer. */
export function run({ name, input }: { name: JobName; input: unknown[] }): unknown {
  return (jobs[name] as (...given: unknown[]) => unknown)(...input);
}
