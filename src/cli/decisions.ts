import { readFileSync, writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { uuidv7 } from 'uuidv7';
import type { DecisionView } from '../contracts/awards.ts';
import { type HandedOut, verifyDecision } from '../core/awards/verify.ts';
import { withRunner } from './command.ts';
import { printJson, printTable } from './output.ts';

const steps = [
  'freeze',
  'propose',
  'confirm',
  'publish',
  'withdraw',
  'show',
  'list',
  'export',
] as const;

/** `decide MARKET STEP` and `verify FILE`. */
export function addDecisionCommands(program: Command): void {
  program
    .command('decide')
    .description(
      "a market's award, step by step; confirming takes another person (--as) than proposing",
    )
    .argument('<market>')
    .argument('<step>', steps.join(', '))
    .option('--id <uuid>', 'the decision; default: the newest of the market')
    .option('-p, --programme <id>', 'freeze: the programme')
    .option('-w, --winner <dealer...>', 'propose: the winner; none = no award')
    .option('-r, --reason <text>', 'propose: where it departs from the ranking; withdraw: why')
    .option('--embargo <date>', 'propose: not to be published before')
    .addOption(
      new Option('-o, --out <file>', 'export: where the package goes').default('decision.json'),
    )
    .action(
      (
        market: string,
        step: string,
        given: {
          id?: string;
          programme?: string;
          winner?: string[];
          reason?: string;
          embargo?: string;
          out: string;
        },
        command: Command,
      ) =>
        withRunner(command, async (runner, { json }) => {
          const newest = async () => {
            const { items } = await runner.run<{ items: { id: string }[] }>('decisions.list', {
              market,
            });
            if (!items[0])
              throw new Error(`${market} has no decision yet; "decide ${market} freeze" makes one`);
            return items[0].id;
          };
          const show = (decision: DecisionView) =>
            json ? printJson(decision) : printDecision(decision);
          switch (step) {
            case 'freeze':
              return show(
                await runner.run('decisions.freeze', {
                  market,
                  id: given.id ?? uuidv7(),
                  ...(given.programme ? { programme: given.programme } : {}),
                }),
              );
            case 'propose':
              return show(
                await runner.run('decisions.propose', {
                  market,
                  id: given.id ?? (await newest()),
                  winners: given.winner ?? [],
                  ...(given.reason ? { reason: given.reason } : {}),
                  ...(given.embargo ? { embargoUntil: given.embargo } : {}),
                }),
              );
            case 'confirm':
            case 'publish':
              return show(
                await runner.run(`decisions.${step}`, { market, id: given.id ?? (await newest()) }),
              );
            case 'withdraw':
              return show(
                await runner.run('decisions.withdraw', {
                  market,
                  id: given.id ?? (await newest()),
                  reason: given.reason ?? '',
                }),
              );
            case 'show':
              return show(
                await runner.run('decisions.get', { market, id: given.id ?? (await newest()) }),
              );
            case 'list': {
              const { items } = await runner.run<{
                items: {
                  id: string;
                  programme: string;
                  version: string;
                  state: string;
                  winners: string[];
                }[];
              }>('decisions.list', { market });
              if (json) return printJson(items);
              return printTable(
                ['id', 'programme', 'state', 'winners'],
                items.map((i) => [
                  i.id,
                  `${i.programme} ${i.version}`,
                  i.state,
                  i.winners.join(', '),
                ]),
              );
            }
            case 'export': {
              const handedOut = await runner.run('decisions.package', {
                market,
                id: given.id ?? (await newest()),
              });
              writeFileSync(given.out, `${JSON.stringify(handedOut, null, 2)}\n`);
              return console.log(`${given.out}: check it anywhere by "verify ${given.out}"`);
            }
            default:
              throw new Error(`there is no step "${step}"; steps are ${steps.join(', ')}`);
          }
        }),
    );

  program
    .command('verify')
    .description('recompute an exported decision, without any database, and compare bytes')
    .argument('<file>')
    .option('--against <file>', 'another copy; differing inputs are named')
    .action((file: string, flags: { against?: string }, command: Command) => {
      const read = (name: string) => JSON.parse(readFileSync(name, 'utf8')) as HandedOut;
      const found = verifyDecision(read(file), flags.against ? read(flags.against) : undefined);
      if (command.optsWithGlobals().json) printJson(found);
      else if (found.ok)
        console.log(`good: the package gives the same bytes (${found.resultSha256})`);
      else for (const difference of found.differences) console.error(`differs: ${difference}`);
      if (!found.ok) process.exitCode = 1;
    });
}

function printDecision(decision: DecisionView): void {
  console.log(
    `${decision.market} ${decision.programme} ${decision.version}: ${decision.state}, ${decision.winners.length > 0 ? decision.winners.join(', ') : 'no winner named'}`,
  );
  console.log(
    `  id ${decision.id}\n  package ${decision.packageSha256}\n  result  ${decision.resultSha256}`,
  );
  for (const { step, by, at, reason } of decision.steps)
    console.log(`  ${at}  ${step} by ${by}${reason ? `: ${reason}` : ''}`);
  if (decision.state === 'frozen')
    console.log(`  first by the ranking: ${decision.result.first.join(', ') || 'nobody'}`);
  const { resampling, dealers } = decision.result;
  if (!resampling) return;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const likely = resampling.dealers.filter(
    ({ probabilityTopThree }) => probabilityTopThree > 0.005,
  );
  printTable(
    ['house', 'rank', 'P(first)', 'on resampled evidence', 'among three', 'ranks', 'qualifies'],
    likely.map((row) => {
      const found = dealers.find(({ dealer }) => dealer === row.dealer)?.ranking;
      return [
        ...[row.dealer, found?.rank ?? '–'],
        found ? percent(found.probabilityFirst) : '–',
        percent(row.probabilityFirst),
        percent(row.probabilityTopThree),
        row.rankLow === null ? '–' : `${row.rankLow}–${row.rankHigh}`,
        percent(row.qualified),
      ];
    }),
  );
  console.log(
    `  Evidence resampled ${resampling.draws} times; nobody qualified in ${percent(resampling.noAward)}.`,
  );
}
