import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The pages, built into `dist/web`; the service serves them from there. */
export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // Everything comes as a file of our own origin: the content policy allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
