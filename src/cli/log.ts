import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { LogRow, LogVerification, PublicKey, Signed } from '../contracts/log.ts';
import { ChainCheck } from '../core/trust/log.ts';
import { faultsOfKeys } from '../core/trust/signatures.ts';
import { readAnchors } from '../io/anchors.ts';
import { withRunner } from './command.ts';
import { printJson, printTable } from './output.ts';

interface Exported {
  readonly market: number;
  readonly rows: LogRow[];
  readonly anchors: Signed[];
  readonly keys: PublicKey[];
}

interface Shown {
  readonly seq: number;
  readonly at: string;
  readonly by: string | null;
  readonly operation: string;
  readonly subject: object;
}

/** `log show|export|verify` and `keys list|rotate`. */
export function addLogCommands(program: Command): void {
  const log = program.command('log').description('the audit log: read it, take it out, check it');
  log
    .command('show')
    .description("a market's records, the newest first; without a market the network's")
    .argument('[market]')
    .option('--operation <name>', 'an operation, or a noun such as "audits"')
    .option('--person <code>')
    .option('--from <instant>')
    .option('--to <instant>')
    .option('--limit <n>', 'at most 500', '50')
    .action((market: string | undefined, flags: Record<string, string>, command: Command) =>
      withRunner(command, async (runner, { json }) => {
        const { items } = await runner.run<{ items: Shown[] }>(
          market === undefined ? 'log.list-network' : 'log.list',
          { ...(market === undefined ? {} : { market }), ...flags },
        );
        if (json) return printJson(items);
        printTable(
          ['no.', 'at', 'by', 'operation', 'subject'],
          items.map((each) => [
            String(each.seq),
            each.at,
            each.by ?? '',
            each.operation,
            JSON.stringify(each.subject),
          ]),
        );
      }),
    );
  log
    .command('export')
    .description('write a chain with its anchors and keys into a file, to be checked elsewhere')
    .argument('[market]', "default: the network's chain")
    .option('-o, --out <file>', 'where to', 'log.json')
    .action((market: string | undefined, { out }: { out: string }, command: Command) =>
      withRunner(command, async (runner) => {
        const name = market === undefined ? 'log.export-network' : 'log.export';
        let whole: Exported | undefined;
        for (;;) {
          const after = whole?.rows.at(-1)?.seq ?? 0;
          const input = market === undefined ? { after } : { market, after };
          const part = await runner.run<Exported>(name, input);
          whole = { ...part, rows: [...(whole?.rows ?? []), ...part.rows] };
          if (part.rows.length < 10_000) break;
        }
        writeFileSync(out, `${JSON.stringify(whole)}\n`);
        console.log(
          `${out}: ${whole.rows.length} records; check it anywhere by "log verify ${out}"`,
        );
      }),
    );
  log
    .command('verify')
    .description('check the log and every decision for changes; with a file, offline')
    .argument('[file]', 'what "log export" wrote')
    .option('--anchors <file>', 'anchors kept elsewhere, one a line')
    .option('--keys <file>', 'public keys kept elsewhere, as GET /api/v1/keys gave them')
    .action(
      async (
        file: string | undefined,
        flags: { anchors?: string; keys?: string },
        command: Command,
      ) => {
        if (file !== undefined) return report(verifyFile(file, flags), command);
        await withRunner(command, async (runner) =>
          report(await runner.run<LogVerification>('log.verify', {}), command),
        );
      },
    );

  program
    .command('keys')
    .description('the keys that sign decisions and anchors: list them, or make a new one')
    .argument('<act>', 'list or rotate')
    .action((act: string, _: object, command: Command) =>
      withRunner(command, async (runner, { json }) => {
        if (act !== 'list' && act !== 'rotate') {
          throw new Error(`there is no "keys ${act}"; it is "keys list" or "keys rotate"`);
        }
        const { items } = await runner.run<{ items: PublicKey[] }>(`keys.${act}`, {});
        if (json) return printJson(items);
        printTable(
          ['key', 'since', 'until', 'introduced by'],
          items.map((key) => [
            key.id,
            key.createdAt,
            key.retiredAt ?? 'in use',
            key.signedBy?.id ?? '',
          ]),
        );
      }),
    );
}

/** Needs neither database nor service. */
function verifyFile(file: string, flags: { anchors?: string; keys?: string }): LogVerification {
  const exported = JSON.parse(readFileSync(file, 'utf8')) as Exported;
  const keys = flags.keys
    ? (JSON.parse(readFileSync(flags.keys, 'utf8')) as { items: PublicKey[] }).items
    : exported.keys;
  const anchors = flags.anchors
    ? readAnchors(readFileSync(flags.anchors, 'utf8'))
    : exported.anchors;
  const check = new ChainCheck(exported.market, anchors, keys);
  for (const row of exported.rows) check.add(row);
  const findings = [...faultsOfKeys(keys), ...check.end()];
  return {
    ok: findings.length === 0,
    records: check.count,
    anchors: anchors.length,
    decisions: 0,
    findings,
  };
}

function report(found: LogVerification, command: Command): void {
  const { json } = command.optsWithGlobals<{ json?: boolean }>();
  if (json) printJson(found);
  else if (found.ok) {
    console.log(
      `good: ${found.records} records, ${found.anchors} anchors, ${found.decisions} decisions, nothing was changed`,
    );
  } else for (const finding of found.findings) console.error(finding);
  if (!found.ok) process.exitCode = 1;
}
