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
      row.flags
        .map((flag) =>
          flag === 'drift'
            ? `drift ${row.driftSince}`
            : flag === 'shift'
              ? `shift ${row.shiftSince}`
              : flag,
        )
        .join(', '),
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
  const partial = report.partiality.filter(({ flag }) => flag);
  for (const { auditor, group, difference, audits } of partial)
    console.log(
      `${auditor} gives houses of ${group} ${two(difference)} points more than others of theirs (${audits} audits): look at it.`,
    );
  if (report.planning) {
    printTable(
      [
        'visits by different auditors',
        ...report.planning.visits.map(({ visits }) => String(visits)),
      ],
      [
        ['reliability as given', ...report.planning.visits.map((row) => two(row.asGiven))],
        ['freed of severity', ...report.planning.visits.map((row) => two(row.corrected))],
      ],
    );
    console.log(
      `For a reliability of .80: ${report.planning.neededFor80 ?? 'no number of'} visits.`,
    );
  }
  if (report.checklists.length > 0) {
    printTable(
      ['checklist', 'visits', 'items', 'over items', 'alpha', 'hardest'],
      report.checklists.map((row) => [
        ...[row.checklist, row.complete, row.items, two(row.absolute), two(row.alpha)],
        row.hardest
          .slice(0, 3)
          .map(({ item, meanShare }) => `${item} ${Math.round(100 * meanShare)} %`)
          .join(', '),
      ]),
    );
  }
  if (agreement.rows.length > 0) {
    printTable(
      ['agreement of', 'kind', 'alpha', 'AC1', 'kappa', 'alike', 'visits'],
      agreement.rows.map((row) => [
        ...[row.what, row.kind, two(row.alpha), two(row.ac1), two(row.kappa)],
        row.observed === null ? '' : `${Math.round(100 * row.observed)} %`,
        row.visits,
      ]),
    );
  }
  if (agreement.pairs.length > 0) {
    printTable(
      ['auditors', 'answers', 'kappa', '±'],
      agreement.pairs.map(({ auditors, answers, kappa, se }) => [
        ...[auditors.join(' and '), answers, two(kappa), two(se)],
      ]),
    );
  }
  if (agreement.icc) {
    const { single, low, high, pairs } = agreement.icc;
    console.log(
      `ICC(1,1) of totals ${two(single)} (${two(low)} to ${two(high)}) over ${pairs} pairs within ${agreement.withinDays} days`,
    );
  }
}
