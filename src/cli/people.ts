import type { Command } from 'commander';
import { withRunner } from './command.ts';
import { printJson, printTable } from './output.ts';

interface Made {
  readonly person: string;
  readonly mailed: boolean;
  readonly link?: string;
}

interface People {
  readonly items: readonly {
    readonly person: string;
    readonly name: string;
    readonly email: string | null;
    readonly grants: readonly { readonly role: string; readonly market?: string }[];
  }[];
}

const tell = ({ person, mailed, link }: Made) =>
  console.log(
    mailed
      ? `${person} gets a letter with a link`
      : `no mail is set up; hand this link to ${person}, it works once:\n${link}`,
  );

/** `people`, `invite`, `reset`. */
export function addPeopleCommands(program: Command): void {
  program
    .command('people')
    .description('everybody with their roles')
    .action((_: object, command: Command) =>
      withRunner(command, async (runner, { json }) => {
        const { items } = await runner.run<People>('people.list', {});
        if (json) return printJson(items);
        printTable(
          ['person', 'name', 'address', 'roles'],
          items.map((each) => [
            each.person,
            each.name,
            each.email ?? '',
            each.grants.map(({ role, market }) => (market ? `${role} ${market}` : role)).join(', '),
          ]),
        );
      }),
    );
  program
    .command('invite')
    .description('let a person sign in: sends a link, or prints it where no mail is set up')
    .argument('<person>', 'code')
    .argument('<email>')
    .option('--name <name>')
    .option('--role <role>', 'administrator, network-manager, market-manager, auditor or dealer')
    .option('-m, --market <code>')
    .option('-d, --dealer <code>')
    .option('--principal', 'of a dealer: keeps the people of the house')
    .action(
      (
        person: string,
        email: string,
        flags: {
          name?: string;
          role?: string;
          market?: string;
          dealer?: string;
          principal?: boolean;
        },
        command: Command,
      ) =>
        withRunner(command, async (runner, { json }) => {
          const { name = person, role, market, dealer, principal } = flags;
          const grants = role
            ? [
                {
                  role,
                  ...(market ? { market } : {}),
                  ...(dealer ? { dealer } : {}),
                  ...(principal ? { principal } : {}),
                },
              ]
            : [];
          const made = await runner.run<Made>('people.invite', { person, name, email, grants });
          if (json) printJson(made);
          else tell(made);
        }),
    );
  program
    .command('reset')
    .description('send a person a link for a new password, or print it')
    .argument('<person>', 'code')
    .option('--drop-second-factor', 'of somebody who lost their device')
    .action((person: string, flags: { dropSecondFactor?: boolean }, command: Command) =>
      withRunner(command, async (runner, { json }) => {
        const made = await runner.run<Made>('people.reset', { person, ...flags });
        if (json) printJson(made);
        else tell(made);
      }),
    );
}
