import type { Command } from 'commander';
import type { DriverReport, QuestionReport, SignReport } from '../contracts/surveys.ts';
import { withRunner } from './command.ts';
import { oneDecimal, printJson, printTable } from './output.ts';

/** `questions`, `drivers`, `signs`: what customers answered, what goes with it, what looks odd. */
export function addSurveyCommands(program: Command): void {
  survey(program, 'questions', 'answers question by question, recommendation, reliability, change')
    .option('-d, --dealer <code>', 'one house only')
    .option('--against <period>', 'an earlier period to compare with')
    .option('--intervals <method>', 'wilson, wilson-corrected, exact, mid-p or jeffreys')
    .action((market: string, period: string, flags: object, command: Command) =>
      run<QuestionReport>(
        command,
        'surveys.questions',
        { market, period, ...flags },
        printQuestions,
      ),
    );
  survey(program, 'drivers', 'what goes with satisfaction, and where a house stands on it')
    .option('-d, --dealer <code>', 'the house beside its market')
    .option('--paths', 'fit a path model of the factors too')
    .action((market: string, period: string, flags: object, command: Command) =>
      run<DriverReport>(command, 'surveys.drivers', { market, period, ...flags }, printDrivers),
    );
  survey(
    program,
    'signs',
    'signs of gaming, and causes by the car apart from those by the house',
  ).action((market: string, period: string, flags: object, command: Command) =>
    run<SignReport>(command, 'surveys.signs', { market, period, ...flags }, printSigns),
  );
}

function survey(program: Command, name: string, about: string): Command {
  return program
    .command(name)
    .description(about)
    .argument('<market>')
    .argument('<period>')
    .option('-c, --checklist <id>', "default: the programme's after-sales questionnaire")
    .option('-p, --programme <id>');
}

function run<Report>(
  command: Command,
  operation: string,
  query: object,
  print: (report: Report) => void,
): Promise<void> {
  return withRunner(command, async (runner, { json }) => {
    const report = await runner.run<Report>(operation, query as Record<string, unknown>);
    if (json) printJson(report);
    else print(report);
  });
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const two = (value: number | null) => (value === null ? '–' : value.toFixed(2));
const pText = (p: number) => (p < 0.005 ? '< 0.01' : p.toFixed(2));

function printQuestions(report: QuestionReport): void {
  const hasChange = report.against !== null;
  printTable(
    [
      'question',
      'n',
      'mean',
      '0–100',
      '95 %',
      'best',
      'best two',
      ...(hasChange ? ['change', 'p'] : []),
    ],
    report.questions.map((question) => {
      if (!('figure' in question)) {
        return [
          question.id,
          question.tooFew.n,
          'too few',
          '',
          '',
          '',
          '',
          ...(hasChange ? ['', ''] : []),
        ];
      }
      const { figure, change } = question;
      return [
        ...[question.id, figure.n, two(figure.mean), oneDecimal(figure.percent)],
        figure.low === null ? '' : `${oneDecimal(figure.low)}–${oneDecimal(figure.high)}`,
        `${percent(figure.topBox.share)} (${percent(figure.topBox.low)}–${percent(figure.topBox.high)})`,
        percent(figure.topTwo.share),
        ...(hasChange
          ? change
            ? [`${change.topBox > 0 ? '+' : ''}${percent(change.topBox)}`, pText(change.p)]
            : ['', '']
          : []),
      ];
    }),
  );
  printTable(
    ['factor', 'weight', 'questions', 'alpha'],
    report.factors.map(({ id, weight, items, alpha }) => [id, weight, items, two(alpha)]),
  );
  const nps = report.recommendation;
  if (nps) {
    const change = nps.change
      ? `; ${nps.change.difference > 0 ? '+' : ''}${oneDecimal(nps.change.difference)} against before, p ${pText(nps.change.p)}`
      : '';
    console.log(
      `Net promoter score ${oneDecimal(nps.value)} (${oneDecimal(nps.low)} to ${oneDecimal(nps.high)}): ${nps.promoters} promoters, ${nps.passives} passives, ${nps.detractors} detractors${change}`,
    );
  }
}

function printDrivers(report: DriverReport): void {
  const figure = (value: DriverReport['performance'][number]['house']) =>
    value === null
      ? ''
      : 'tooFew' in value
        ? `too few (${value.tooFew.n})`
        : oneDecimal(value.value);
  const show = (name: string, found: DriverReport['factors']) => {
    if (!found) {
      console.log(`${name}: too few to tell.`);
      return;
    }
    console.log(`${name}: ${found.n} rows, ${percent(found.r2)} explained.`);
    printTable(
      ['', 'importance', '90 %', 'check', 'house', 'market'],
      [...found.drivers]
        .sort((a, b) => b.importance - a.importance)
        .map((driver) => {
          const own = report.performance.find(({ id }) => id === driver.id);
          return [
            driver.id,
            percent(driver.importance),
            `${percent(driver.low)}–${percent(driver.high)}`,
            driver.shapley === null ? '' : percent(driver.shapley),
            own ? figure(own.house) : '',
            own ? figure(own.market) : '',
          ];
        }),
    );
  };
  show('Factors and recommendation', report.factors);
  show('Questions and recommendation', report.items);
  show('Standards of audits and the index, over all houses', report.standards);
  if (report.paths) {
    console.log(`Path model: ${percent(report.paths.r2)} explained.`);
    printTable(
      ['factor', 'path'],
      report.paths.factors.map(({ id, coefficient }) => [id, coefficient.toFixed(3)]),
    );
  }
}

const signWords = {
  'all-top-run': 'best answers in a row',
  'shared-device': 'from one device',
  burst: 'within an hour',
  'same-day': 'on the day of the visit',
};

function printSigns(report: SignReport): void {
  console.log(
    `${report.responses} responses, ${report.timed} with their time, ${report.withDevice} with their device.`,
  );
  if (report.signs.length === 0) console.log('No sign of gaming.');
  else {
    printTable(
      ['house', 'sign', 'answers', 'of', 'by chance', 'p', 'from', 'to'],
      report.signs.map((sign) => [
        ...[sign.dealer, signWords[sign.sign], sign.responses, sign.of],
        sign.expected === null ? '' : oneDecimal(sign.expected),
        sign.p === null ? '' : pText(sign.p),
        ...[sign.from, sign.to],
      ]),
    );
    console.log('A sign opens a review; no figure changes by it.');
  }
  const figure = (value: SignReport['causes'][number]['carItems']) =>
    'tooFew' in value ? `too few (${value.tooFew.n})` : oneDecimal(value.value);
  printTable(
    ['house', 'its own doing', 'the car', 'below the market'],
    report.causes.map(({ dealer, dealerItems, carItems, below }) => [
      ...[dealer, figure(dealerItems), figure(carItems)],
      below === 'none'
        ? ''
        : below === 'dealer'
          ? 'its own doing'
          : below === 'car'
            ? 'the car'
            : 'both',
    ]),
  );
}
