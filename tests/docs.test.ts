import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { listProblems } from '../src/contracts/problems.ts';
import { operations } from '../src/operations/registry.ts';

const root = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/house.md',
  'docs/methods.md',
  'docs/checklists.md',
  'docs/languages.md',
  'docs/sources.md',
  'docs/glossary.md',
  'docs/trust.md',
  'docs/access.md',
  'SECURITY.md',
];

describe.each(pages)('%s', (page) => {
  test('links only to what is there', () => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/g)].map(
      (match) => match[1]!,
    );
    for (const link of links)
      expect(existsSync(path.join(root, path.dirname(page), link)), link).toBe(true);
  });
});

test("the README's map names every folder, and no other", () => {
  const map = /## The map\n\n([\s\S]*?)\n\n/.exec(read('README.md'))![1]!;
  const named = [...map.matchAll(/^ {4}((?:[\w/]+\/ ?)+)/gm)].flatMap((match) =>
    match[1]!
      .trim()
      .split(/\s+/)
      .map((name) => name.replace(/\/$/, '')),
  );
  const folders = (place: string) =>
    readdirSync(path.join(root, place)).filter((name) =>
      statSync(path.join(root, place, name)).isDirectory(),
    );
  const top = folders('.').filter(
    (name) =>
      !name.startsWith('.') &&
      !['node_modules', 'src', 'data', 'dist'].includes(name) &&
      !name.startsWith('data-'),
  );
  expect(named.sort()).toEqual([...top, ...folders('src').map((name) => `src/${name}`)].sort());
});

test('the files that the house names are there', () => {
  const places = [
    ...read('docs/house.md').matchAll(
      /`((?:contracts|core|db|operations|http|reports|tests|src)\/[\w./-]+\.(?:ts|json))`/g,
    ),
  ].map((match) => match[1]!);
  expect(places.length).toBeGreaterThan(20);
  const found = (place: string) =>
    [place, `src/${place}`].some((each) => existsSync(path.join(root, each)));
  for (const place of places) expect(found(place), place).toBe(true);
});

test('no decision record is longer than a page', () => {
  for (const file of readdirSync(path.join(root, 'docs/decisions'))) {
    expect(read(`docs/decisions/${file}`).split('\n').length, file).toBeLessThan(60);
  }
});

test('every problem has a unique slug, a title and an error status', () => {
  const problems = listProblems();
  expect(new Set(problems.map((problem) => problem.slug)).size).toBe(problems.length);
  for (const { slug, status, title } of problems) {
    expect(slug).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(title.length).toBeGreaterThan(5);
  }
});

test('every operation says who may call it, and writes are logged', () => {
  for (const operation of operations.values()) {
    // Copies of everything are made by the owner of the machine alone; a customer's link is opened
    // by the service itself.
    if (!/^(backup\.|surveys\.(open|answer)$)/.test(operation.name)) {
      expect(operation.roles.length, operation.name).toBeGreaterThan(0);
    }
    expect(operation.summary.length, operation.name).toBeGreaterThan(10);
  }
});

test('the project speaks of the product alone', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) =>
      !/(^|\/)(node_modules|\.git|data|dist|docs\/pictures|tests\/reference)(\/|$)/.test(name) &&
      /\.(ts|js|json|md|yaml|css|html)$/.test(name) &&
      name !== 'package-lock.json' &&
      name !== 'tests/docs.test.ts',
  );
  for (const name of files) {
    if (!statSync(path.join(root, name)).isFile()) continue;
    expect(/\.\.\/shared\/|\/work\/main|farm-studio/.test(read(name)), name).toBe(false);
  }
});
