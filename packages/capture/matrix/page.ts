import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build as bundle } from 'esbuild'

import type { Stage } from '../chromium.ts'
import { type Trial, startTrial } from '../trial.ts'

const bundles = new Map<string, Promise<Bundle>>()

interface Bundle {
  readonly script: string
  readonly style: string
}

/** Starts the recorder on a page of `pages/`: an `.html` file is the body, a `.ts` or `.tsx` file is bundled, with the `.css` of its name, and finds `<div id=root>`. Resolves when the script has put something there. */
export async function openMatrix(stage: Stage, entry: string, options: Parameters<typeof startTrial>[2] = {}): Promise<Trial> {
  const trial = await startTrial(stage, await matrixHtml(stage, entry), options)
  if (!entry.endsWith('.html')) await trial.page.waitForSelector('#root > *', { state: 'attached' })
  return trial
}

/** The body of a page of `pages/`, its bundle served beside it. */
export async function matrixHtml(stage: Stage, entry: string): Promise<string> {
  const path = fileURLToPath(new URL(`pages/${entry}`, import.meta.url))
  if (entry.endsWith('.html')) return readFile(path, 'utf8')
  const made = bundles.get(path) ?? bundled(path)
  bundles.set(path, made)
  const { script, style } = await made
  const name = basename(entry).replace(/\.\w+$/, '')
  const source = stage.serve(`/matrix/${name}.js`, script, 'text/javascript')
  const sheet = stage.serve(`/matrix/${name}.css`, style, 'text/css')
  return `<link rel=stylesheet href="${sheet}"><div id=root></div><script src="${source}"></script>`
}

async function bundled(path: string): Promise<Bundle> {
  const sheet = path.replace(/\.\w+$/, '.css')
  const { outputFiles } = await bundle({
    entryPoints: [path, ...(existsSync(sheet) ? [sheet] : [])],
    bundle: true,
    write: false,
    outdir: 'matrix',
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.ttf': 'empty', '.woff2': 'empty', '.svg': 'empty' },
    logLevel: 'error',
  })
  const text = (end: string): string => outputFiles.find((file) => file.path.endsWith(end))?.text ?? ''
  return { script: text('.js'), style: text('.css') }
}
