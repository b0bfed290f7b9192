import type { Command } from 'commander';
import type { ComplaintReport, Rate } from '../contracts/complaints.ts';
import { withRunner } from './command.ts';
import { oneDecimal, printJson, printTable } from './output.ts';

/** `complaints`: how complaints and aftercare went, by house. */
export function addComplaintCommands(program: Command): void {
  program
    .command('complaints')
    .description('answers in time, follow-up, first-time fix and complaint rate, by house')
    .argument('<market>')
    .argument('<period>')
    .option('-p, --programme <id>', 'whose number of days counts')
    .action((market: string, period: string, flags: object, command: Command) =>
      withRunner(command, async (runner, { json }) => {
        const report = await runner.run<ComplaintReport>('complaints.report', {
          ...{ market, period, ...flags },
        });
        if (json) printJson(report);
        else print(report);
      }),
    );
}

function print({ rows, all, asOf }: ComplaintReport): void {
  const percent = (share: number | null) => (share === null ? '–' : `${Math.round(100 * share)} %`);
  const rate = ({ share, low, high, n }: Rate) =>
    share === null ? 'none due' : `${percent(share)} of ${n} (${percent(low)}–${percent(high)})`;
  printTable(
    [
      'house',
      'cases',
      'pending',
      'answered in time',
      'followed up',
      'fixed first time',
      'per 1,000 jobs',
      'days to solve',
      'the car',
      'change',
    ],
    [...rows, all].map((row) => [
      ...[row.dealer, row.complaints, row.pending],
      ...[rate(row.answeredInTime), rate(row.followedUp), rate(row.fixedFirstTime)],
      row.perThousandJobs
        ? `${oneDecimal(row.perThousandJobs.value)} (${oneDecimal(row.perThousandJobs.low)}–${oneDecimal(row.perThousandJobs.high)})`
        : '–',
      row.complaints === 0 ? '–' : (row.medianDaysToSolve ?? 'half still open'),
      row.byTheCar,
      row.change ? `${row.change.difference > 0 ? '+' : ''}${percent(row.change.difference)}` : '–',
    ]),
  );
  console.log(`As of ${asOf}.`);
}
