import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { benchCoverage } from './coverage.ts';
import { benchCrossed } from './crossed.ts';
import { benchHeld } from './held.ts';
import { benchImport } from './import.ts';
import { benchKernel } from './kernel.ts';
import { benchPages } from './pages.ts';
import { benchRanking } from './ranking.ts';
import { benchRanks } from './ranks.ts';
import { benchRecompute } from './recompute.ts';
import { benchScorecards } from './scorecards.ts';
import { startBenchServer } from './server.ts';
import { benchGrowth, benchSubmissions } from './submissions.ts';
import { type Line, printLines } from './table.ts';

/**
 * `npm run bench [name …]`: every figure beside its limit or peer, both taken in the same run, one
 * measured job at a time, alternating rounds, medians with their range. Names: submissions, held, growth,
 * import, recompute, kernel, crossed, coverage, ranks, ranking, scorecards, pages.
 */
const wanted = process.argv.slice(2);
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);
const lines: Line[] = [];
const server = await startBenchServer();
console.log(
  `${os.cpus().length} × ${os.cpus()[0]!.model}, Node ${process.version}, ${server.version}\n`,
);
try {
  if (isWanted('submissions')) lines.push(...(await benchSubmissions(server)));
  if (isWanted('held')) lines.push(...(await benchHeld(server)));
  if (isWanted('growth')) lines.push(...(await benchGrowth(server)));
  if (isWanted('import')) lines.push(...(await benchImport(server)));
  if (isWanted('recompute')) lines.push(...(await benchRecompute(server)));
  if (isWanted('kernel')) lines.push(...benchKernel());
  if (isWanted('crossed')) lines.push(...benchCrossed());
  if (isWanted('coverage')) lines.push(...benchCoverage());
  if (isWanted('ranks')) lines.push(...(await benchRanks()));
  if (isWanted('ranking')) lines.push(...(await benchRanking(server)));
  if (isWanted('pages')) lines.push(...(await benchPages()));
  if (isWanted('scorecards')) lines.push(...(await benchScorecards()));
} finally {
  await server.stop();
}
printLines(lines);
writeFileSync(
  new URL('./last.json', import.meta.url),
  `${JSON.stringify({ at: new Date().toISOString(), lines }, null, 2)}\n`,
);
