import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import react from '@vitejs/plugin-react'
import { build as bundle } from 'vite'

import { suite } from './src/tasks/suite.ts'

/** Bundles the back office into `dist/`: static files that any server can hand out, offline. */
export async function build(): Promise<void> {
  await bundle({
    root: fileURLToPath(new URL('.', import.meta.url)),
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 2_000, reportCompressedSize: false },
  })
  await writeFile(new URL('dist/suite.json', import.meta.url), `${JSON.stringify(suite(), null, 2)}\n`)
}
