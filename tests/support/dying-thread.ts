import { setTimeout as wait } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { openCompute } from '../../src/compute/pool.ts';
import { drawRanks } from '../../src/core/statistics/rank-draws.ts';

/** A process of its own, since only a main thread hears of new threads: ends one amid its work. */
const threads: Worker[] = [];
process.on('worker', (thread) => threads.push(thread));
// Threads of the pool keep nobody awake.
const awake = setInterval(() => undefined, 1_000);
const compute = openCompute(1);
const estimates = Array.from({ length: 40 }, (_, i) => i);
const errors = estimates.map(() => 5);
const draws = { seed: 7, from: 0, to: 200_000 };
const result = compute.run('drawRanks', estimates, errors, draws);
while (threads.length === 0) await wait(5);
// Amid its start, or amid its work.
await wait(Number(process.argv[2]));
await threads[0]!.terminate();
const isSame = JSON.stringify(await result) === JSON.stringify(drawRanks(estimates, errors, draws));
await compute.close();
clearInterval(awake);
console.log(JSON.stringify({ threads: threads.length, isSame }));
