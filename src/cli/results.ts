import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { AwardResult } from '../contracts/awards.ts';
import { type ChangeReport, groupings, type IndexRow, indexKinds } from '../contracts/indices.ts';
import { withRunner } from './command.ts';
import { oneDecimal, printJson, printTable } from './output.ts';

/** `rank`, `indices`, `scorecard`. */
export function addResultCommands(program: Command): void {
  program
    .command('rank')
    .description('gates and ranking of a market; without a market, the network list')
    .argument('[market]')
    .option('-p, --programme <id>', 'programme', 'european-award')
    .option('-v, --version <version>')
    .action(
      (
        market: string | undefined,
        flags: { programme: string; version?: string },
        command: Command,
      ) =>
        withRunner(command, async (runner, { json }) => {
          const query = {
            programme: flags.programme,
            ...(flags.version ? { version: flags.version } : {}),
          };
          const result = await (market === undefined
            ? runner.run<AwardResult & { list: string[] }>('awards.rank-network', query)
            : runner.run<AwardResult>('awards.rank', { market, ...query }));
          if (json) printJson(result);
          else printRanking(result);
        }),
    );

  program
    .command('indices')
    .description(`an index by group; indices: ${indexKinds.join(', ')}`)
    .argument('<market>')
    .argument('<index>')
    .argument('<period>', '2026, 2026-H1, 2026-Q3, 2026-07 or 2026-01-15/2026-03-01')
    .option('-b, --by <grouping>', groupings.join(', '), 'dealer')
    .option('-c, --checklist <id>', "default: the programme's")
    .option('-p, --programme <id>')
    .option('--touchpoint <touchpoint>')
    .option('--tenure <band>')
    .option('--rank', 'rank the rows, with intervals and chances')
    .option('--against <period>', 'an earlier period: what went up or down by more than noise')
    .action(
      (
        market: string,
        index: string,
        period: string,
        flags: Record<string, string>,
        command: Command,
      ) =>
        withRunner(command, async (runner, { json }) => {
          if (flags['against']) {
            const { rank: _, ...rest } = flags;
            const change = await runner.run<ChangeReport>('indices.compare', {
              ...{ market, index, period, ...rest },
            });
            if (json) printJson(change);
            else printChange(change);
            return;
          }
          const report = await runner.run<{ rows: IndexRow[]; all: IndexRow['figure'] }>(
            'indices.compute',
            {
              market,
              index,
              period,
              ...Object.fromEntries(
                ['by', 'checklist', 'programme', 'touchpoint', 'tenure', 'rank'].flatMap((key) =>
                  flags[key] === undefined ? [] : [[key, flags[key]]],
                ),
              ),
            },
          );
          if (json) return printJson(report);
          printTable(
            ['key', 'name', 'index', '95 %', 'n', 'shrunk', 'rank', 'P(first)'],
            [...report.rows, { key: 'all', name: '', figure: report.all } as IndexRow].map(
              indexLine,
            ),
          );
        }),
    );

  program
    .command('scorecard')
    .description('a released scorecard as PDF')
    .argument('<market>')
    .argument('<dealer>')
    .option('-l, --language <language>', 'en or pl', 'en')
    .option('-o, --out <file>', 'default: scorecard-DEALER-LANGUAGE.pdf')
    .option('--release', "release it first for the programme's period, as the evidence stands")
    .action(
      (
        market: string,
        dealer: string,
        flags: { language: string; out?: string; release?: boolean },
        command: Command,
      ) =>
        withRunner(command, async (runner, { json }) => {
          if (flags.release) await runner.run('scorecards.release', { market, dealers: [dealer] });
          const { items } = await runner.run<{
            items: { id: string; dealer: string; period: string; viewSha256: string }[];
          }>('scorecards.list', { market });
          const card = items.find((each) => each.dealer === dealer);
          if (!card)
            throw new Error(
              `no scorecard of ${dealer} is released in ${market}; --release makes one`,
            );
          const { bytes } = await runner.run<{ bytes: string }>('scorecards.pdf', {
            market,
            id: card.id,
            language: flags.language,
          });
          const file = flags.out ?? `scorecard-${dealer}-${flags.language}.pdf`;
          writeFileSync(file, Buffer.from(bytes, 'base64'));
          if (json) printJson({ file, ...card });
          else console.log(`${file}  (view ${card.viewSha256.slice(0, 12)})`);
        }),
    );
}

function printChange(report: ChangeReport): void {
  const figure = (value: ChangeReport['rows'][number]['before']) =>
    value === null
      ? '–'
      : 'tooFew' in value
        ? `too few (${value.tooFew.n})`
        : oneDecimal(value.value);
  const words = { up: 'up', down: 'down', unclear: 'not more than noise' };
  printTable(
    ['key', 'name', 'before', 'after', 'change', '95 %', 'p', ''],
    report.rows.map(({ key, name, before, after, change }) => [
      ...[key, name, figure(before), figure(after)],
      ...(change === null
        ? ['–', '', '', '']
        : [
            `${change.difference > 0 ? '+' : ''}${oneDecimal(change.difference)}`,
            `${oneDecimal(change.low)} to ${oneDecimal(change.high)}`,
            change.p < 0.005 ? '< 0.01' : change.p.toFixed(2),
            words[change.direction],
          ]),
    ]),
  );
}

function printRanking(result: AwardResult & { list?: string[] }): void {
  const ranked = result.dealers.filter((dealer) => dealer.ranking);
  printTable(
    [
      'rank',
      'likely',
      'dealer',
      'composite',
      'P(first)',
      'could be first',
      'tied',
      'audits',
      'answers',
    ],
    ranked.map(({ dealer, audits, responses, ranking }) => [
      ranking!.rank,
      `${ranking!.rankLow}–${ranking!.rankHigh}`,
      dealer,
      `${oneDecimal(ranking!.composite)} ± ${oneDecimal(ranking!.se)}`,
      ranking!.probabilityFirst.toFixed(3),
      ranking!.couldBeFirst ? 'yes' : 'no',
      `group ${ranking!.tiedGroup + 1}`,
      audits,
      responses,
    ]),
  );
  const others = result.dealers.filter((dealer) => !dealer.ranking);
  if (others.length > 0) {
    console.log('\nWithout a rank:');
    for (const { dealer, status, reasons } of others)
      console.log(`  ${dealer}  ${status}: ${reasons.join('; ')}`);
  }
  const lead =
    result.leadIsClear === null
      ? ''
      : result.leadIsClear
        ? ', the lead is clear'
        : ', within uncertainty';
  console.log(
    `\n${result.outcome}${result.first.length > 0 ? `: ${result.first.join(', ')}` : ''}${lead}`,
  );
  if (result.list) console.log(`Network list: ${result.list.join(', ')}`);
}

function indexLine({ key, name, figure, shrunk, place }: IndexRow): (string | number)[] {
  const tooFew = 'tooFew' in figure;
  return [
    key,
    name === key ? '' : name,
    tooFew ? 'too few' : oneDecimal(figure.value),
    tooFew || figure.low === null ? '' : `${oneDecimal(figure.low)}–${oneDecimal(figure.high)}`,
    tooFew ? figure.tooFew.n : figure.n,
    shrunk ? oneDecimal(shrunk.value) : '',
    place ? `${place.rank} (${place.rankLow}–${place.rankHigh})` : '',
    place ? place.probabilityFirst.toFixed(3) : '',
  ];
}
