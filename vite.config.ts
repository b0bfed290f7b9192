import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const root = path.resolve('src/web');

/** Writes the list of everything that was built into the service worker, which keeps it offline. */
function listForServiceWorker(): Plugin {
  return {
    name: 'list-for-service-worker',
    enforce: 'post',
    generateBundle(_, bundle) {
      const worker = bundle['sw.js'];
      if (worker?.type !== 'chunk') throw new Error('the service worker was not built');
      const hashOf = (bytes: string | Uint8Array) =>
        createHash('sha256').update(bytes).digest('hex').slice(0, 16);
      const built = Object.values(bundle)
        .filter(({ fileName }) => fileName !== 'sw.js' && !fileName.endsWith('.map'))
        .map((file) => ({
          url: `/${file.fileName}`,
          revision: hashOf(file.type === 'chunk' ? file.code : file.source),
        }));
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

/** The pages, built into `dist/web`; the service serves them from there. */
export default defineConfig({
  root,
  plugins: [react(), listForServiceWorker()],
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
