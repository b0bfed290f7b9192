import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

const root = path.resolve('src/web');

type Bundle = Rolldown.OutputBundle;
type Chunk = Rolldown.OutputChunk & {
  readonly viteMetadata?: { readonly importedCss: ReadonlySet<string> };
};

/** Pages that need a connection: nothing of them is kept on a device. */
const isOffice = (module: string | null) =>
  module !== null &&
  /\/web\/(admin|manager|dealer|survey|texts\/office|texts\/survey)\//.test(module);

/** What may be fetched for a path, gzipped, in kB: code, styles and the page itself. */
const budgets = [
  { of: 'an auditor', page: '/auditor/app.tsx', words: ['visits'], most: 150 },
  { of: 'a manager', page: '/manager/app.tsx', words: ['visits', 'office'], most: 200 },
  { of: 'an administrator', page: '/admin/app.tsx', words: ['visits', 'office'], most: 200 },
  { of: 'a customer', page: '/survey/app.tsx', words: ['visits', 'survey'], most: 150 },
  { of: 'a dealer', page: '/dealer/app.tsx', words: ['visits', 'office'], most: 200 },
] as const;

const chunksOf = (bundle: Bundle) =>
  Object.values(bundle).filter((file): file is Chunk => file.type === 'chunk');

/** A chunk, what it needs at once, and of what it may need later that which is wanted; with styles. */
function reach(
  bundle: Bundle,
  from: readonly Chunk[],
  isWanted: (chunk: Chunk) => boolean,
): Set<string> {
  const found = new Set<string>();
  const visit = (chunk: Chunk) => {
    if (found.has(chunk.fileName)) return;
    found.add(chunk.fileName);
    for (const css of chunk.viteMetadata?.importedCss ?? []) found.add(css);
    for (const name of chunk.imports) visit(bundle[name] as Chunk);
    for (const name of chunk.dynamicImports) {
      const later = bundle[name] as Chunk;
      if (isWanted(later)) visit(later);
    }
  };
  from.forEach(visit);
  return found;
}

const contentOf = (file: Bundle[string]) => (file.type === 'chunk' ? file.code : file.source);

/** Fails the build where a path has grown past its budget. */
function keepBudgets(): Plugin {
  return {
    name: 'keep-budgets',
    enforce: 'post',
    generateBundle(_, bundle) {
      const chunks = chunksOf(bundle);
      for (const { of, page, words, most } of budgets) {
        const needed = chunks.filter(
          ({ name, isEntry, facadeModuleId: module }) =>
            (isEntry && name === 'index') ||
            module?.endsWith(page) ||
            // The longest words of all languages count.
            words.some((catalogue) => module?.endsWith(`/texts/${catalogue}/ru.json`)),
        );
        const bytes = [...reach(bundle, needed, () => false), 'index.html']
          .flatMap((name) => bundle[name] ?? [])
          .reduce((sum, file) => sum + gzipSync(contentOf(file)).length, 0);
        const size = Math.round(bytes / 100) / 10;
        this.info(`${of} fetches ${size} kB of at most ${most} kB`);
        if (size > most) this.error(`${of} fetches ${size} kB: more than ${most} kB`);
      }
    },
  };
}

/** Writes the list of everything that works offline into the service worker, which keeps it. */
function listForServiceWorker(): Plugin {
  return {
    name: 'list-for-service-worker',
    enforce: 'post',
    generateBundle(_, bundle) {
      const worker = bundle['sw.js'];
      if (worker?.type !== 'chunk') throw new Error('the service worker was not built');
      const hashOf = (bytes: string | Uint8Array) =>
        createHash('sha256').update(bytes).digest('hex').slice(0, 16);
      const entries = chunksOf(bundle).filter(({ isEntry, name }) => isEntry && name === 'index');
      const kept = reach(bundle, entries, ({ facadeModuleId }) => !isOffice(facadeModuleId));
      const built = [...kept, 'index.html']
        .flatMap((name) => bundle[name] ?? [])
        .map((file) => ({ url: `/${file.fileName}`, revision: hashOf(contentOf(file)) }));
      const fixed = readdirSync(path.join(root, 'public')).map((name) => ({
        url: `/${name}`,
        revision: hashOf(readFileSync(path.join(root, 'public', name))),
      }));
      worker.code = worker.code.replace(
        /\bself\.__WB_MANIFEST\b/,
        JSON.stringify([...built, ...fixed]),
      );
    },
  };
}

/** Files smaller than that gain nothing. */
const leastBytes = 1_000;

/** Writes each file compressed beside itself, as well as it can be done: the service only picks one. */
function compress(): Plugin {
  return {
    name: 'compress',
    enforce: 'post',
    writeBundle({ dir }, bundle) {
      for (const file of Object.values(bundle)) {
        const content = Buffer.from(contentOf(file));
        if (!file.fileName.startsWith('assets/') || content.length < leastBytes) continue;
        const place = path.join(dir!, file.fileName);
        writeFileSync(`${place}.br`, brotliCompressSync(content));
        writeFileSync(`${place}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}

/** The pages, built into `dist/web`; the service serves them from there. */
export default defineConfig({
  root,
  plugins: [react(), keepBudgets(), listForServiceWorker(), compress()],
  worker: { format: 'es' },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // Everything comes as a file of our own origin: the content policy allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: path.join(root, 'index.html'), sw: path.join(root, 'service-worker.ts') },
      output: {
        // The worker's place is its name: a browser looks for a new one there.
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
