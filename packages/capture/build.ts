import { fileURLToPath } from 'node:url'

import { type BuildOptions, build as bundle } from 'esbuild'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const shared: BuildOptions = {
  bundle: true,
  minify: true,
  platform: 'browser',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
}

/** A global that is there whatever scope the script is run in: some injectors wrap it in a function, which hides a `var`. */
const global = (name: string): BuildOptions => ({ format: 'iife', globalName: name, footer: { js: `globalThis.${name}=${name};` } })

/** Makes `dist/sense.iife.js` (global `OvertSense`). */
export async function build(): Promise<void> {
  await bundle({ ...shared, ...global('OvertSense'), entryPoints: [here('src/sense/index.ts')], outfile: here('dist/sense.iife.js') })
}
