import { fileURLToPath } from 'node:url'

import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { build as bundle } from 'vite'

/** Bundles the person's own pages and the walk-through into `dist/`: one HTML file each, nothing fetched from elsewhere. */
export async function build(): Promise<void> {
  const at = (name: string) => fileURLToPath(new URL(name, import.meta.url))
  await bundle({
    root: at('.'),
    configFile: false,
    logLevel: 'warn',
    plugins: [react(), tailwind()],
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      target: 'es2023',
      cssTarget: 'chrome123',
      reportCompressedSize: false,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { mine: at('mine.html'), demo: at('demo.html') } },
    },
  })
}
