import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { type BuildOptions, build as bundle } from 'esbuild'
import { minify } from 'vite'

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
  const make = async (options: BuildOptions, entry: string, file: string): Promise<void> => {
    const { outputFiles } = await bundle({ ...options, write: false, entryPoints: [here(`src/${entry}`)], outfile: here(`dist/${file}`) })
    await mkdir(here('dist'), { recursive: true })
    for (const { path, text } of outputFiles) await writeFile(path, await smaller(file, text, options.format === 'esm'))
  }
  await Promise.all([
    make(module, 'sdk.ts', 'overt.js'),
    make(module, 'redact.ts', 'overt-redact.js'),
    make(global('Overt'), 'script.ts', 'overt.iife.js'),
    make(global('OvertSense'), 'sense/index.ts', 'sense.iife.js'),
    make(module, 'show/index.ts', 'show.js'),
  ])
}

/** A second minifier, after the first: the SDK is 500 bytes (gzip) smaller by what it inlines and folds. Only a module's outermost names are its own. */
async function smaller(file: string, text: string, module: boolean): Promise<string> {
  const { code, errors } = await minify(file, text, { module, compress: { target: 'es2022' }, mangle: true, codegen: true })
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors.length} errors`)
  return code
}
