import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { roles } from '../src/contracts/people.ts';
import { accessMatrix, openPlaces, ruleOf } from '../src/core/access-matrix.ts';
import { operations } from '../src/operations/registry.ts';

/** `docs/access.md` is the matrix, written out. `UPDATE_DOCS=1` writes it anew. */
const file = path.resolve(import.meta.dirname, '../docs/access.md');

function written(): string {
  const rows = Object.keys(accessMatrix).map((name) => {
    const rule = ruleOf(name);
    const cells = roles.map((role) => rule[role] ?? '–');
    return `| \`${name}\` | ${operations.get(name)!.summary} | ${cells.join(' | ')} |`;
  });
  const open = Object.entries(openPlaces).map(([place, why]) => `| \`${place}\` | ${why} |`);
  return `# Who may do what

Written out from \`src/core/access-matrix.ts\`, from which the guard, the database's settings and the test of
every route, asker and thing are made. A dash is a refusal (403); whatever is outside a reach does not exist (404).

- **network**: every market
- **market**: the markets of the person's grants
- **own**: within that, one's own assignments, audits, house or account
- **released**: one's own house, once released

| operation | what it does | ${roles.join(' | ')} |
|---|---|${roles.map(() => '---').join('|')}|
${rows.join('\n')}

## What anybody may ask for

| place | why it is open |
|---|---|
${open.join('\n')}
`;
}

test('docs/access.md says what the matrix says', () => {
  if (process.env['UPDATE_DOCS']) writeFileSync(file, written());
  expect(readFileSync(file, 'utf8')).toBe(written());
});

test('every operation stands in the matrix, and every row of it is an operation', () => {
  expect(Object.keys(accessMatrix).sort()).toEqual([...operations.keys()].sort());
});
