import type { Command } from 'commander';
import type { FirmnessReport } from '../contracts/firmness.ts';
import { withRunner } from './command.ts';
import { printJson, printTable } from './output.ts';

/** `firmness`: how firm the winner of a market is. */
export function addFirmnessCommands(program: Command): void {
  program
    .command('firmness')
    .description('how firm the winner is: other weights, without an auditor, without a visit')
    .argument('<market>')
    .option('-p, --programme <id>', 'programme', 'european-award')
    .option('-v, --version <version>')
    .action((market: string, flags: Record<string, string>, command: Command) =>
      withRunner(command, async (runner, { json }) => {
        const report = await runner.run<FirmnessReport>('awards.firmness', {
          market,
          programme: flags['programme'],
          ...(flags['version'] ? { version: flags['version'] } : {}),
        });
        if (json) printJson(report);
        else print(report);
      }),
    );
}

function print(report: FirmnessReport): void {
  const percent = (share: number | null) =>
    share === null ? '–' : `${(share * 100).toFixed(1)} %`;
  const { first, probabilityFirst, marginToSecond: margin, weights } = report;
  if (first.length === 0) {
    console.log('Nobody qualifies: there is no award to be firm.');
    return;
  }
  console.log(
    `First: ${first.join(', ')}, the best with a chance of ${percent(probabilityFirst)}.`,
  );
  if (margin) {
    const errors =
      margin.standardErrors === null ? '' : `, ${margin.standardErrors.toFixed(2)} standard errors`;
    console.log(
      `Ahead of the second by ${margin.points.toFixed(2)} points${errors}; the better of the two with a chance of ${percent(margin.probabilityBetter)}.`,
    );
  }
  printTable(
    ['chances of place', '1', '2', '3', '4', '5'],
    report.places.map(({ dealer, chances }) => [
      dealer,
      ...[0, 1, 2, 3, 4].map((place) =>
        chances[place] === undefined ? '' : percent(chances[place]),
      ),
    ]),
  );
  console.log(
    `Stays first under ${percent(weights.staysFirst)} of weights near those of the programme.`,
  );
  printTable(
    ['under any weights', 'first'],
    weights.any.map((row) => [row.dealer, percent(row.share)]),
  );
  const variants = [
    ...weights.leaveOut.map((row) => ['component', row] as const),
    ...report.withoutAuditor.map((row) => ['auditor', row] as const),
    ...report.withoutLastVisit.map((row) => ['last visit to', row] as const),
  ];
  printTable(
    ['without', '', 'first', ''],
    variants.map(([kind, row]) => [
      kind,
      row.without,
      row.first.join(', ') || 'nobody',
      row.changes ? 'changes' : '',
    ]),
  );
  printTable(
    ['computed by', 'first', '', 'likeness of the order'],
    report.aggregation.map((row) => [
      row.by,
      row.first.join(', ') || 'nobody',
      row.changes ? 'changes' : '',
      row.kendallTau === null ? '–' : row.kendallTau.toFixed(2),
    ]),
  );
  for (const { component, isSkewed } of report.shapes) {
    if (isSkewed)
      console.log(`${component} is skewed over the houses: look at it before weighing it.`);
  }
  const useful = report.nextVisit.filter((row) => row.gain > 0.0005);
  if (useful.length > 0) {
    printTable(
      ['one more visit to', 'adds to the certainty'],
      useful.map((row) => [row.dealer, percent(row.gain)]),
    );
  }
}
