import type { Command } from 'commander';
import type { NetworkWhatIfReport, WhatIfReport } from '../contracts/what-if.ts';
import { withRunner } from './command.ts';
import { printJson, printTable } from './output.ts';

/** `what-if`: a ranking under other weights, gates and exclusions. */
export function addWhatIfCommands(program: Command): void {
  const collect = (value: string, all: string[]) => [...all, value];
  program
    .command('what-if')
    .description("a ranking under other weights, gates and exclusions, beside today's")
    .argument('[market]', 'without one: who would be first in every market')
    .option('-p, --programme <id>', 'programme', 'european-award')
    .option('-v, --version <version>')
    .option('-w, --weight <component=weight>', 'weight of a component; again for more', collect, [])
    .option('-g, --gate <gate=min..max>', 'bounds of a gate, either side may be empty', collect, [])
    .option('-x, --exclude <dealer>', 'leave a dealer out; again for more', collect, [])
    .action(
      (
        market: string | undefined,
        flags: {
          programme: string;
          version?: string;
          weight: string[];
          gate: string[];
          exclude: string[];
        },
        command: Command,
      ) =>
        withRunner(command, async (runner, { json }) => {
          const change = {
            programme: flags.programme,
            ...(flags.version ? { version: flags.version } : {}),
            weights: Object.fromEntries(flags.weight.map(weightOf)),
            gates: Object.fromEntries(flags.gate.map(gateOf)),
          };
          if (market === undefined) {
            if (flags.exclude.length > 0) throw new Error('--exclude needs a market');
            const all = await runner.run<NetworkWhatIfReport>('awards.what-if-network', change);
            if (json) printJson(all);
            else printNetwork(all);
            return;
          }
          const report = await runner.run<WhatIfReport>('awards.what-if', {
            market,
            ...change,
            excluded: flags.exclude.map((dealer) => ({ dealer })),
          });
          if (json) printJson(report);
          else print(report);
        }),
    );
}

function weightOf(text: string): [string, number] {
  const [id = '', weight = ''] = text.split('=');
  if (weight === '' || !Number.isFinite(Number(weight))) {
    throw new Error(`--weight is written component=number, not "${text}"`);
  }
  return [id, Number(weight)];
}

function gateOf(text: string): [string, { min: number | null; max: number | null }] {
  const [, id = '', min = '', max = ''] = /^([^=]+)=([^.]*(?:\.\d+)?)\.\.(.*)$/.exec(text) ?? [];
  const bound = (side: string) => (side === '' ? null : Number(side));
  const bounds = { min: bound(min), max: bound(max) };
  if (id === '' || Object.values(bounds).some(Number.isNaN)) {
    throw new Error(`--gate is written gate=min..max, not "${text}"`);
  }
  return [id, bounds];
}

function printNetwork({ markets }: NetworkWhatIfReport): void {
  printTable(
    ['market', 'first now', 'would be', 'houses that move'],
    markets.map(({ market, firstNow, first, changes }) => [
      market,
      firstNow.join(', ') || 'nobody',
      first.join() === firstNow.join() ? 'the same' : first.join(', ') || 'nobody',
      changes.length,
    ]),
  );
}

function print({ result, firstNow, changes }: WhatIfReport): void {
  console.log(
    `First now: ${firstNow.join(', ') || 'nobody'}; then: ${result.first.join(', ') || 'nobody'}.`,
  );
  const say = ({ status, rank }: WhatIfReport['changes'][number]['now']) => rank ?? status;
  if (changes.length === 0) console.log('Nobody moves.');
  else
    printTable(
      ['dealer', 'now', 'would be'],
      changes.map((each) => [each.dealer, say(each.now), say(each.would)]),
    );
}
