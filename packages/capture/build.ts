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
const global = (name: string): BuildOptions => ({
  ...shared,
  format: 'iife',
  globalName: name,
  footer: { js: `globalThis.${name}=${name};` },
})

const module: BuildOptions = { ...shared, format: 'esm' }

/**
 * Makes the files of `dist/`: `overt.js` (ESM) with the redactor beside it in `overt-redact.js`, `overt.iife.js` (global `Overt`) with everything on board,
 * since an injected script has nothing beside it, `sense.iife.js` (global `OvertSense`) and `show.js` (ESM: indicator and consent card).
 */
export async function build(): Promise<void> {
  const make = (options: BuildOptions, entry: string, file: string): Promise<unknown> =>
    bundle({ ...options, entryPoints: [here(`src/${entry}`)], outfile: here(`dist/${file}`) })
  await Promise.all([
    make(module, 'sdk.ts', 'overt.js'),
    make(module, 'redact.ts', 'overt-redact.js'),
    make(global('Overt'), 'script.ts', 'overt.iife.js'),
    make(global('OvertSense'), 'sense/index.ts', 'sense.iife.js'),
    make(module, 'show/index.ts', 'show.js'),
  ])
}
