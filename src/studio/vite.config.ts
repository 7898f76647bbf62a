import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Built into dist/studio, which the server sends; `npx vite --config` with this file serves it over a server on port 5050. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../../dist/studio',
    emptyOutDir: true,
    manifest: true,
    // The policy of the server allows no inline script, and every browser that runs this preloads modules by itself.
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:5050', changeOrigin: true } } },
});
