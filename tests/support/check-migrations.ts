import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Fails where the schema says something that no migration does yet. */
const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(root, 'node_modules', '.migrations-'));
try {
  cpSync(path.join(root, 'src/db/migrations'), path.join(folder, 'out'), { recursive: true });
  const config = {
    dialect: 'postgresql',
    casing: 'snake_case',
    schema: path.join(root, 'src/db/schema/*.ts'),
    out: path.relative(root, path.join(folder, 'out')),
    entities: { roles: true },
  };
  const file = path.join(folder, 'drizzle.config.json');
  writeFileSync(file, JSON.stringify(config));
  const before = readdirSync(path.join(folder, 'out')).length;
  const result = spawnSync(
    'node_modules/.bin/drizzle-kit',
    ['generate', '--config', path.relative(root, file)],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  const after = readdirSync(path.join(folder, 'out')).length;
  if (result.status !== 0 || after !== before) {
    console.error(
      result.status === 0
        ? 'The schema and the migrations disagree: run "npm run migrations".'
        : result.stdout + result.stderr,
    );
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
