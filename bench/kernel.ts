import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { foldBlock, packBlock } from '../src/core/indices/cells.ts';
import { openStream } from '../src/core/random.ts';
import { type Line, median, spread } from './table.ts';

const responses = 10_000_000;
const items = 10;
const perBlock = 333;

/** A row-major kernel in C that folds the same sums: count and sum an item, n, sum and squares of the index. */
const source = `
#include <stdio.h>
#include <stdlib.h>
#include <stdint.h>
#include <time.h>
struct row { uint8_t day; uint8_t items[${items}]; uint32_t staff, index; };
int main(void) {
  long n = ${responses}; long block = ${perBlock};
  struct row *rows = malloc(n * sizeof *rows);
  uint32_t s = 12345;
  for (long i = 0; i < n; i++) { s = s * 1664525u + 1013904223u; rows[i].index = s % 100000001u; rows[i].staff = 0; rows[i].day = 1 + s % 28;
    for (int j = 0; j < ${items}; j++) { s = s * 1664525u + 1013904223u; rows[i].items[j] = (s >> 16) % 11 == 10 ? 255 : (s >> 16) % 11; } }
  for (int round = 0; round < 7; round++) {
    struct timespec a, b; clock_gettime(CLOCK_MONOTONIC, &a);
    volatile unsigned long long sink = 0;
    for (long from = 0; from < n; from += block) {
      long to = from + block < n ? from + block : n;
      uint64_t counts[${items}] = {0}, sums[${items}] = {0}, c = 0, sum = 0; __uint128_t squares = 0;
      for (long i = from; i < to; i++) {
        if (rows[i].index != 0xffffffffu) { c++; sum += rows[i].index; squares += (uint64_t)rows[i].index * rows[i].index; }
        for (int j = 0; j < ${items}; j++) if (rows[i].items[j] != 255) { counts[j]++; sums[j] += rows[i].items[j]; }
      }
      sink += c + sum + (uint64_t)squares;
      for (int j = 0; j < ${items}; j++) sink += counts[j] * (j + 1) + sums[j];
    }
    clock_gettime(CLOCK_MONOTONIC, &b);
    printf("%f\\n", (b.tv_sec - a.tv_sec) * 1e3 + (b.tv_nsec - a.tv_nsec) / 1e6);
  }
  return 0;
}`;

/** P8: our kernel over 10M packed responses beside C, one thread each. */
export function benchKernel(): Line[] {
  const random = openStream(9);
  const rows = Array.from({ length: perBlock }, () => ({
    day: 1 + random.below(28),
    staffId: 0,
    indexMicro: random.below(100_000_001),
    items: Uint8Array.from({ length: items }, () =>
      random.below(11) === 10 ? 255 : random.below(11),
    ),
  }));
  const block = packBlock(rows, items);
  const blocks = Array.from({ length: Math.round(responses / perBlock) }, () => block.slice());
  const ours: number[] = [];
  for (let round = 0; round < 7; round++) {
    const at = performance.now();
    for (const each of blocks) foldBlock(each, items);
    ours.push(performance.now() - at);
  }
  if (spawnSync('cc', ['--version']).error) {
    return [
      {
        goal: 'P8',
        what: 'fold of 10M responses, ms',
        ours: spread(ours),
        limit: 'no C compiler here',
        ratio: '',
        wanted: '≤ 4×',
        met: undefined,
      },
    ];
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  writeFileSync(path.join(folder, 'kernel.c'), source);
  execFileSync('cc', [
    '-O3',
    '-march=native',
    '-o',
    path.join(folder, 'kernel'),
    path.join(folder, 'kernel.c'),
  ]);
  const theirs = execFileSync(path.join(folder, 'kernel'), { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number);
  const ratio = median(ours) / median(theirs);
  return [
    {
      goal: 'P8',
      what: 'fold of 10M responses, ms',
      ours: spread(ours),
      limit: `${spread(theirs)} C, row-major`,
      ratio: `${ratio.toFixed(1)}×`,
      wanted: '≤ 4×',
      met: ratio <= 4,
    },
  ];
}
