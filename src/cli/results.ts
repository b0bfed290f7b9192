import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { AwardResult } from '../contracts/awards.ts';
import {
  type ChangeReport,
  groupings,
  type IndexReport,
  type IndexRow,
  indexKinds,
  type TrendReport,
} from '../contracts/indices.ts';
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
    .option('--ties <rule>', 'competition, modified, dense, fractional or ordinal')
    .option('--scale <scale>', 'hundred, thousand, or ratings (100 times the mean of 1 to 10)')
    .option('--mix <kind>', "tenure or touchpoint: each row as if it had the market's customers")
    .option('--adjust <rule>', 'with --against: benjamini-hochberg or holm')
    .option('--trend [periods]', 'so many periods up to this one, with a test of the trend')
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
          if (flags['trend']) {
            const { trend: count, ...rest } = flags;
            const trend = await runner.run<TrendReport>('indices.trend', {
              ...{ market, index, period, ...rest },
              ...(typeof count === 'string' ? { periods: count } : {}),
            });
            if (json) printJson(trend);
            else printTrend(trend);
            return;
          }
          const report = await runner.run<IndexReport>('indices.compute', {
            ...{ market, index, period, ...flags },
          });
          if (json) return printJson(report);
          printIndex(report, flags['mix'] !== undefined);
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
  const { correction } = result;
  if (correction) {
    const order = correction.otherOrder.slice(0, 5).map(({ dealer, rank }) => `${rank} ${dealer}`);
    console.log(
      correction.applied
        ? `Scores are freed of the auditors' severity; as given the order is ${order.join(', ')}.`
        : `Scores stay as given: ${correction.reasons.join('; ')}. Freed of severity the order would be ${order.join(', ')}.`,
    );
  }
  if (result.list) console.log(`Network list: ${result.list.join(', ')}`);
}

function printIndex({ rows, all, differences }: IndexReport, isMixed: boolean): void {
  const lines = [...rows, { key: 'all', name: '', figure: all } as IndexRow];
  printTable(
    [
      ...['key', 'name', 'index', '95 %', 'n', 'shrunk', 'rank', 'P(first)'],
      ...(isMixed ? ['as the market’s mix', 'worth'] : []),
    ],
    lines.map((row) => [
      ...indexLine(row),
      ...(isMixed
        ? row.mixed
          ? [
              `${oneDecimal(row.mixed.value)}${row.mixed.isPartial ? ' (partial)' : ''}`,
              Math.round(row.mixed.effectiveN),
            ]
          : ['', '']
        : []),
    ]),
  );
  if (differences) {
    const p = differences.p < 0.001 ? '< 0.001' : differences.p.toFixed(3);
    console.log(
      `Between the rows lies a variance of ${oneDecimal(differences.between)}; if they did not differ, rows like these would come with p = ${p}.`,
    );
  }
}

function printTrend({ periods, rows }: TrendReport): void {
  const value = (figure: TrendReport['rows'][number]['figures'][number]) =>
    figure && 'value' in figure ? oneDecimal(figure.value) : '–';
  printTable(
    ['key', ...periods.map(({ from }) => from.slice(0, 7)), 'a period', 'trend'],
    rows.map(({ key, figures, trend }) => [
      key,
      ...figures.map(value),
      trend ? trend.slope.toFixed(2) : '–',
      trend === null
        ? 'too few periods'
        : trend.kind === 'described'
          ? 'described only'
          : trend.direction === 'unclear'
            ? `not more than noise (p ${trend.p.toFixed(2)})`
            : `${trend.direction} (p ${trend.p < 0.005 ? '< 0.01' : trend.p.toFixed(2)})`,
    ]),
  );
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
