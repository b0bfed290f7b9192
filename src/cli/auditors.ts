import type { Command } from 'commander';
import type { AuditorReport } from '../contracts/auditors.ts';
import { withRunner } from './command.ts';
import { oneDecimal, printJson, printTable } from './output.ts';

/** `auditors`: severity, drift and agreement, and the effect on the houses. */
export function addAuditorCommands(program: Command): void {
  program
    .command('auditors')
    .description('severity, drift and agreement of the auditors of a market')
    .argument('<market>')
    .option('-p, --programme <id>', 'programme', 'european-award')
    .option('-v, --version <version>')
    .option('--within-days <days>', 'visits of a house this near are compared', '14')
    .action((market: string, flags: Record<string, string>, command: Command) =>
      withRunner(command, async (runner, { json }) => {
        const report = await runner.run<AuditorReport>('auditors.report', {
          market,
          programme: flags['programme'],
          withinDays: Number(flags['withinDays']),
          ...(flags['version'] ? { version: flags['version'] } : {}),
        });
        if (json) printJson(report);
        else print(report);
      }),
    );
}

function print(report: AuditorReport): void {
  const two = (value: number | null) => (value === null ? '–' : value.toFixed(2));
  printTable(
    ['auditor', 'audits', 'houses', 'mean', 'leniency', '±', 'p', 'spread', 'flags'],
    report.auditors.map((row) => [
      row.auditor,
      row.audits,
      row.dealers,
      oneDecimal(row.mean),
      two(row.leniency),
      two(row.leniencySd),
      row.p !== null && row.p < 0.005 ? '< 0.01' : two(row.p),
      two(row.sdRatio),
      row.flags.map((flag) => (flag === 'drift' ? `drift ${row.driftSince}` : flag)).join(', '),
    ]),
  );
  printTable(
    ['house', 'audits', 'raw', 'adjusted', 'rank', 'adjusted rank'],
    [...report.dealers]
      .sort((a, b) => a.rankRaw - b.rankRaw)
      .map((row) => [
        row.dealer,
        row.audits,
        oneDecimal(row.raw),
        row.adjusted === null ? '–' : oneDecimal(row.adjusted),
        row.rankRaw,
        row.rankAdjusted ?? '–',
      ]),
  );
  const { components, correction, award, agreement } = report;
  if (components) {
    const percent = (share: number) => `${Math.round(share * 100)} %`;
    const { shares } = components;
    console.log(
      `Of an audit's variance ${percent(shares.dealers)} is the house, ${percent(shares.auditors)} the auditor, ${percent(shares.rest)} the rest.`,
    );
  }
  for (const { dealers, auditors } of report.groups)
    console.log(`Apart from the others: ${dealers.join(', ')} with ${auditors.join(', ')}`);
  console.log(
    `First: ${award.raw.join(', ') || 'nobody'}; corrected for severity: ${award.adjusted?.join(', ') || 'nobody'}`,
  );
  console.log(
    correction.allowed
      ? 'A programme may correct for severity.'
      : `The award must not be corrected: ${correction.reasons.join('; ')}.`,
  );
  if (agreement.rows.length > 0) {
    printTable(
      ['agreement of', 'kind', 'alpha', 'AC1', 'visits'],
      agreement.rows.map((row) => [row.what, row.kind, two(row.alpha), two(row.ac1), row.visits]),
    );
  }
  if (agreement.icc) {
    const { single, low, high, pairs } = agreement.icc;
    console.log(
      `ICC(1,1) of totals ${two(single)} (${two(low)} to ${two(high)}) over ${pairs} pairs within ${agreement.withinDays} days`,
    );
  }
}
