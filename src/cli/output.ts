import progress from 'cli-progress';
import Table from 'cli-table3';

/** A table for people; programs use `--json`. */
export function printTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const table = new Table({ head: [...head], style: { head: [], border: [], compact: true } });
  for (const row of rows) table.push([...row]);
  console.log(table.toString());
}

/** The same data for programs: one JSON document on standard output. */
export function printJson(value: unknown): void {
  console.log(JSON.stringify(value, null, 2));
}

/** A progress line on a terminal; silent elsewhere. */
export function showProgress() {
  if (!process.stderr.isTTY) return { update: () => undefined, end: () => undefined };
  const bar = new progress.SingleBar({
    format: '  {rows} rows, {faultyRows} faulty, {seconds} s',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  const started = Date.now();
  let isStarted = false;
  return {
    update(values: Readonly<Record<string, number>>) {
      const payload = {
        rows: values['rows'] ?? values['done'] ?? 0,
        faultyRows: values['faultyRows'] ?? 0,
        seconds: Math.round((Date.now() - started) / 1000),
      };
      if (!isStarted) bar.start(0, 0, payload);
      isStarted = true;
      bar.update(0, payload);
    },
    end() {
      if (isStarted) bar.stop();
    },
  };
}

/** A figure of one decimal, or a dash. */
export function oneDecimal(x: number | null | undefined): string {
  return x === null || x === undefined ? '–' : x.toFixed(1);
}
