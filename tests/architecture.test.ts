import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * The project's table of rooms: what each may import of the others, and which outside packages are
 * its own. A new arrow needs a line here, and a reason.
 */
const rooms: Record<
  string,
  { readonly rooms: readonly string[]; readonly packages: readonly string[] }
> = {
  contracts: { rooms: [], packages: ['zod'] },
  core: {
    rooms: ['contracts'],
    packages: [
      'yaml',
      'zod',
      'canonicalize',
      '@noble/hashes',
      '@noble/curves',
      '@marcbachmann/cel-js',
      'temporal-polyfill',
      'pure-rand',
      '@stdlib',
      'ml-matrix',
    ],
  },
  reports: { rooms: ['contracts', 'core'], packages: ['intl-messageformat', 'pdfmake'] },
  compute: { rooms: ['contracts', 'core'], packages: ['piscina'] },
  db: {
    rooms: ['contracts', 'core'],
    packages: ['drizzle-orm', 'pg', '@electric-sql/pglite', 'uuidv7'],
  },
  io: {
    rooms: ['contracts', 'core', 'db'],
    packages: [
      'csv-parse',
      'csv-stringify',
      'hucre',
      'file-type',
      'nodemailer',
      'sharp',
      'otpauth',
      'openid-client',
      '@node-rs/argon2',
      '@simplewebauthn/server',
      '@zxcvbn-ts/language-common',
      '@opentelemetry',
    ],
  },
  render: {
    rooms: ['contracts'],
    packages: ['vega', 'vega-lite', 'vega-interpreter', 'pdfmake', 'fontkit'],
  },
  operations: {
    rooms: ['contracts', 'core', 'compute', 'db', 'io', 'reports', 'render', 'context'],
    packages: ['zod', 'uuidv7'],
  },
  http: {
    rooms: ['contracts', 'core', 'db', 'io', 'operations', 'reports', 'config', 'context'],
    packages: ['fastify', 'fastify-type-provider-zod', '@fastify', 'prom-client', 'zod'],
  },
  web: {
    // What a scorecard says is worded in one place, for paper and screen.
    rooms: ['contracts', 'core', 'reports'],
    packages: [
      'react',
      'react-dom',
      'wouter',
      '@simplewebauthn/browser',
      'csv-stringify',
      'uqr',
      'diff',
      'idb',
      'workbox-precaching',
      'workbox-routing',
      'uuidv7',
      'intl-messageformat',
      'csv-parse',
    ],
  },
  cli: {
    rooms: ['contracts', 'core', 'db', 'io', 'operations', 'config', 'context'],
    packages: ['commander', 'cli-progress', 'cli-table3', 'yaml', 'zod', 'uuidv7'],
  },
  config: { rooms: [], packages: ['zod'] },
  context: { rooms: ['compute', 'config', 'db', 'io'], packages: [] },
};

/** Packages that more than one room may use: pure ones, and types. */
const shared = ['zod', 'uuidv7', 'yaml', 'pdfmake', 'intl-messageformat', 'csv-stringify'];
/** Node's own modules with I/O stay out of the pure rooms. */
const pure = ['contracts', 'core', 'reports'];

interface Arrow {
  readonly file: string;
  readonly from: string;
  readonly target: string;
  readonly isType: boolean;
}

const root = path.resolve(import.meta.dirname, '..');
const files = ['src', 'reports'].flatMap((top) =>
  readdirSync(path.join(root, top), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => path.join(top, name)),
);
const roomOf = (file: string) => {
  const parts = file.split(path.sep);
  return parts[0] === 'reports' ? 'reports' : parts[1]!.replace(/\.ts$/, '');
};
const arrows: Arrow[] = files.flatMap((file) => {
  const source = readFileSync(path.join(root, file), 'utf8');
  return [...source.matchAll(/^(?:import|export)\s+(type\s+)?[\s\S]*?from '([^']+)'/gm)].map(
    (match) => ({
      file,
      from: roomOf(file),
      target: match[2]!,
      isType: match[1] !== undefined,
    }),
  );
});
const resolve = (arrow: Arrow) => path.normalize(path.join(path.dirname(arrow.file), arrow.target));

test('every room is in the table', () => {
  expect([...new Set(files.map(roomOf))].filter((room) => !rooms[room])).toEqual([]);
});

describe.each(Object.keys(rooms))('%s', (room) => {
  const own = arrows.filter((arrow) => arrow.from === room);
  test('imports only the rooms that the table names', () => {
    const wrong = own
      .filter((arrow) => arrow.target.startsWith('.'))
      .map((arrow) => ({ arrow, to: roomOf(resolve(arrow)) }))
      .filter(({ to }) => to !== room && !rooms[room]!.rooms.includes(to))
      .map(({ arrow, to }) => `${arrow.file} → ${to}`);
    expect(wrong).toEqual([]);
  });
  test('imports only its own outside packages', () => {
    const wrong = own
      .filter((arrow) => !arrow.target.startsWith('.') && !arrow.target.startsWith('node:'))
      .filter(
        (arrow) =>
          !rooms[room]!.packages.some(
            (name) =>
              arrow.target === name ||
              arrow.target.startsWith(`${name}/`) ||
              arrow.target.startsWith(`${name}-`) ||
              (name.startsWith('@') && arrow.target.startsWith(`${name}/`)),
          ),
      )
      .map((arrow) => `${arrow.file}: ${arrow.target}`);
    expect(wrong).toEqual([]);
  });
  if (!pure.includes(room)) return;
  test('touches nothing of the world', () => {
    expect(
      own.filter((arrow) => arrow.target.startsWith('node:')).map((arrow) => arrow.file),
    ).toEqual([]);
    for (const file of files.filter((each) => roomOf(each) === room)) {
      const code = readFileSync(path.join(root, file), 'utf8').replace(
        /\/\*[\s\S]*?\*\/|\/\/.*/g,
        '',
      );
      expect(code, file).not.toMatch(/\b(Date\.now|new Date\(\)|Math\.random|process\.|console\.)/);
    }
  });
});

test('an outside package belongs to one room, but for the shared pure ones', () => {
  const owners = new Map<string, Set<string>>();
  for (const arrow of arrows.filter(
    (each) => !each.target.startsWith('.') && !each.target.startsWith('node:'),
  )) {
    const name = arrow.target
      .split('/')
      .slice(0, arrow.target.startsWith('@') ? 2 : 1)
      .join('/');
    if (!shared.includes(name)) owners.set(name, (owners.get(name) ?? new Set()).add(arrow.from));
  }
  const torn = [...owners]
    .filter(([, rooms]) => rooms.size > 1)
    .map(([name, rooms]) => `${name}: ${[...rooms].join(', ')}`);
  expect(torn).toEqual([]);
});

test('no file imports itself over others', () => {
  const next = new Map(
    files.map((file) => [
      file,
      arrows
        .filter(
          (arrow) =>
            arrow.file === file &&
            arrow.target.startsWith('.') &&
            !arrow.isType &&
            arrow.target.endsWith('.ts'),
        )
        .map(resolve),
    ]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) cycles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
    if (done.has(file) || trail.includes(file)) return;
    for (const target of next.get(file) ?? []) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});

test('the environment is read in config.ts alone', () => {
  const readers = files.filter((file) =>
    readFileSync(path.join(root, file), 'utf8').includes('process.env'),
  );
  expect(readers).toEqual(['src/config.ts']);
});

test('every local import exists', () => {
  for (const arrow of arrows.filter((each) => each.target.startsWith('.'))) {
    expect(existsSync(path.join(root, resolve(arrow))), `${arrow.file}: ${arrow.target}`).toBe(
      true,
    );
  }
});
