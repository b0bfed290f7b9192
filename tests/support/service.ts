import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const newFolder = () => mkdtempSync(path.join(tmpdir(), 'omotenashi-start-'));

const environment = (rest: Readonly<Record<string, string>>) => ({
  PATH: process.env['PATH'] ?? '',
  DEMO: 'off',
  PORT: '0',
  LOG: 'error',
  // Tests ask more in a minute than people do.
  RATE_PERSON: '1000000',
  RATE_ADDRESS: '1000000',
  ...rest,
});

/** Runs the command line; never throws. */
export async function cli(
  folder: string,
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, ['src/cli/main.ts', ...args], {
      env: environment({ DATA_DIR: folder }),
      maxBuffer: 100_000_000,
    });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const failed = error as { code: number; stdout: string; stderr: string };
    return { code: failed.code, out: failed.stdout, err: failed.stderr };
  }
}

export interface Service {
  readonly child: ChildProcess;
  readonly address: string;
  /** What it had said when it began to serve, or ended. */
  readonly output: string;
  /** All that it has said until now. */
  heard(): string;
  readonly code: number | null;
  /** kill -9, and waits until it is gone. */
  crash(): Promise<void>;
  /** Asks it to end. */
  stop(): Promise<void>;
}

/** Starts the service as a process of its own and waits until it serves, or ends. */
export function start(rest: Readonly<Record<string, string>>): Promise<Service> {
  const child = spawn(process.execPath, ['src/http/main.ts'], { env: environment(rest) });
  let output = '';
  const end = (signal: NodeJS.Signals) => () =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill(signal);
    });
  const service = { child, heard: () => output, crash: end('SIGKILL'), stop: end('SIGTERM') };
  return new Promise((resolve) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
      const address = /serves at (\S+)/.exec(output)?.[1];
      if (address) resolve({ ...service, address, output, code: null });
    };
    child.stdout!.on('data', hear);
    child.stderr!.on('data', hear);
    child.once('exit', (code) => resolve({ ...service, address: '', output, code }));
  });
}
