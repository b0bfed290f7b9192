import { spawnSync } from 'node:child_process';

const has = (tool: string) => spawnSync(tool, ['--version']).error === undefined;

/** A Debian tool that is missing fails in CI, which installs it, and skips elsewhere. */
export const needs = (...tools: string[]): boolean =>
  process.env['CI'] === undefined && !tools.every(has);
