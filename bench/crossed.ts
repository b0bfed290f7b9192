import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { crossedEffects } from '../src/core/statistics/crossed-effects.ts';
import { type Line, median, spread } from './table.ts';

const file = fileURLToPath(new URL('../tests/reference/insteval.csv.gz', import.meta.url));
const rounds = 3;

/** Crossed effects of 73,421 ratings beside R's lme4, where R with lme4 is installed. */
export function benchCrossed(): Line[] {
  const data = readRatings();
  const seconds: number[] = [];
  let fit = crossedEffects(data)!;
  for (let round = 0; round < rounds; round++) {
    const before = performance.now();
    fit = crossedEffects(data)!;
    seconds.push((performance.now() - before) / 1000);
    console.log(`  crossed effects, round ${round + 1}: ${seconds.at(-1)!.toFixed(2)} s`);
  }
  const peer = lme4();
  const ours = [fit.first.variance, fit.second.variance, fit.residual];
  const middle = median(seconds);
  return [
    {
      goal: '',
      what: 'crossed effects of 73,421 ratings (REML), s',
      ours: spread(seconds, 1),
      limit: peer ? `${spread(peer.seconds, 1)} R lme4` : 'R lme4 is not installed here',
      ratio: peer ? (middle / median(peer.seconds)).toFixed(2) : '',
      wanted: 'faster than lme4',
      met: peer ? middle < median(peer.seconds) : undefined,
    },
    {
      goal: '',
      what: 'the same: variances (student, lecturer, rest); REML criterion',
      ours: `${ours.map((each) => each.toFixed(6)).join(', ')}; ${fit.criterion.toFixed(4)}`,
      limit: peer
        ? `${peer.variances.map((each) => each.toFixed(6)).join(', ')}; ${peer.criterion.toFixed(4)}`
        : '',
      ratio: '',
      wanted: 'within 1e-3 relative',
      met: peer
        ? ours.every((each, i) => Math.abs(each / peer.variances[i]! - 1) < 1e-3) &&
          Math.abs(fit.criterion - peer.criterion) / 2 < 1e-3
        : undefined,
    },
  ];
}

function readRatings() {
  const [header, ...lines] = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  const columns = header!.replaceAll('"', '').split(',');
  const cells = lines.map((line) => line.replaceAll('"', '').split(','));
  const column = (name: string) => cells.map((row) => row[columns.indexOf(name)]!);
  const numbered = (values: readonly string[]) => {
    const at = new Map<string, number>();
    return values.map((value) => {
      if (!at.has(value)) at.set(value, at.size);
      return at.get(value)!;
    });
  };
  return {
    y: column('y').map(Number),
    first: numbered(column('s')),
    second: numbered(column('d')),
  };
}

function lme4() {
  const script = `
    suppressMessages(library(lme4))
    d <- read.csv(gzfile("${file}")); d$s <- factor(d$s); d$d <- factor(d$d)
    t <- sapply(1:${rounds}, function(i) system.time(m <<- lmer(y ~ 1 + (1|s) + (1|d), data = d))[["elapsed"]])
    v <- as.data.frame(VarCorr(m)); row.names(v) <- v$grp
    cat(t, "\\n"); cat(v["s","vcov"], v["d","vcov"], v["Residual","vcov"], REMLcrit(m), "\\n", sep = " ")`;
  const run = spawnSync('Rscript', ['-e', `options(digits = 12); ${script}`], { encoding: 'utf8' });
  if (run.error || run.status !== 0) return undefined;
  const [times, values] = run.stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const seconds = times!;
  return { seconds, variances: values!.slice(0, 3), criterion: values![3]! };
}
