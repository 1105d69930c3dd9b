import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { type BuildOptions, build as bundle } from 'esbuild'
import { minify as shorten } from 'terser'
import { minify } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const shared: BuildOptions = {
  bundle: true,
  platform: 'browser',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
}

const module: BuildOptions = { ...shared, format: 'esm' }
/** A page's redactor goes without the words that a server and an extension have room for, unless its site serves it the wide one. */
const conditionsOf = (file: string): string[] => (file.endsWith('-wide.js') ? ['module'] : ['overt-small', 'module'])

/**
 * A module as a script that sets a global, whatever scope it is run in: some injectors wrap it in a function, which hides a `var`.
 * Not by esbuild's own format: that walks its exports with `for in`, and fails in a page that has added to Object.prototype.
 */
function asGlobal(name: string, text: string): string {
  const [, body = '', list = ''] = /^([^]*)export\s*\{([^}]*)\};?\s*$/.exec(text) ?? []
  if (list === '') throw new SyntaxError(`${name} exports nothing`)
  const members = list.split(',').map((one) => {
    const [inner = '', outer = inner] = one.trim().split(' as ')
    return `${outer}:${inner}`
  })
  return `(()=>{"use strict";${body};globalThis.${name}={${members.join(',')}}})();`
}

/**
 * Makes the files of `dist/`: `overt.js` (ESM) with the redactor beside it in `overt-redact.js` (`overt-redact-wide.js`: with all that servers know), `overt.iife.js` (global `Overt`) with everything on board,
 * since an injected script has nothing beside it, `sense.iife.js` (global `OvertSense`) and `show.js` (ESM: indicator and consent card).
 */
export async function build(): Promise<void> {
  const make = async (entry: string, file: string, name?: string): Promise<void> => {
    const conditions = conditionsOf(file)
    const entryPoints = [here(`src/${entry}`)]
    const { outputFiles } = await bundle({ ...module, conditions, write: false, entryPoints, outfile: here(`dist/${file}`) })
    await mkdir(here('dist'), { recursive: true })
    for (const { path, text } of outputFiles)
      await writeFile(path, await smaller(file, name === undefined ? text : asGlobal(name, text), name === undefined))
  }
  await Promise.all([
    make('sdk.ts', 'overt.js'),
    make('redact.ts', 'overt-redact.js'),
    make('redact.ts', 'overt-redact-wide.js'),
    make('script.ts', 'overt.iife.js', 'Overt'),
    make('sense/index.ts', 'sense.iife.js', 'OvertSense'),
    make('show/index.ts', 'show.js'),
  ])
}

/** Members that never leave the recorder and that it asks nothing of the browser's by: they need no name (0.5 kB). */
const inward = [
  'act acts adopt afterMs ahead alone answers area around atMs beforeWrite begin begins beside boundary budgetMs carried checkedBefore clicks codes',
  'colourOf commitOne composes composing deletes deliver draft ending ends enters episode extent filled finishLater firstScroll forget fresh give',
  'given giveUp goesOn guard gzipped hand hasChanged heard holds idOf interactive isAhead isAround isChanged isRestyled isSecret isSure isTouched',
  'joint kids largestSidePx late later learn leave leaving lift lifted listen listSelect lookAhead loose masked masks maxNodes moved nodeId',
  'nodeOf noteClip noteHidden noticed nowEpochMs nowMs odd onChange onLost onResume onRetry option own parts passed piece place positionedClip prepare',
  'prune reach redact released restyled rigid roleOf roll rowOf secrets secretsIn seen seenIn sentinel settle shown sight sighting silent sinceMs soon spent',
  'splitIn starts stirred stretchesIn styleOf suspects takeAll takeNew tell textOf thing thingOf timer tokenFor touch typed unload unseen used',
  'veil whole written',
  'zipped added changed changes commit compare discard dispose drop finish hide idle isSeen keep loaded ours listed lose lost memory onMoved onPause onStop pending press',
  'sense sender take touched ask kept offer named running show transport undo unmount visible',
].flatMap((names) => names.split(' '))
/** Those of the redactor alone (0.1 kB), in its own file: its other members are asked for by name, and in the script of both some of these are the recorder's too. */
const inwardOfRedactor =
  'back begun births bitOf bits cells codeBefore codeWords common count cue endOf ends extensions far flats foreign grown hasAny hasWord header holds inside isLayout initials isOfNetwork jointed letting longest longNumbers mangled matchAt mayHave moreWords nearCode nextBits numbers opens ordinary otherNames pattern phones pieces places plain plates present puts runs said seen startOf streets strength sure toldBy unpartedBirths unspaced until vehicles whole words'.split(
    ' ',
  )
const nameless = (names: readonly string[], builtins = false) => ({
  properties: { builtins, regex: new RegExp(`^(?:${names.join('|')})$`) },
})
const mangles: Readonly<Record<string, ReturnType<typeof nameless>>> = {
  'overt.js': nameless(inward, true),
  'overt.iife.js': nameless(inward, true),
  'overt-redact.js': nameless(inwardOfRedactor),
  'overt-redact-wide.js': nameless(inwardOfRedactor),
}

const shortening = {
  passes: 3,
  inline: 1,
  conditionals: false,
  if_return: false,
  pure_getters: true,
  unsafe_arrows: true,
  unsafe_methods: true,
} as const

/** What the second minifier folds better by itself (0.1 kB); the redactor's file would grow by 1 kB. */
const leftToOthers: Readonly<Record<string, object>> = {
  'overt.js': { passes: 5, hoist_funs: true, sequences: false, side_effects: false },
}

/** Two minifiers, since each folds what the other leaves. Only a module's outermost names are its own. No function of ours is asked for its prototype, so that each may be an arrow (0.1 kB). */
async function smaller(file: string, text: string, module: boolean): Promise<string> {
  const mangle = mangles[file] ?? true
  const { code: shorter = '' } = await shorten(text, { module, ecma: 2020, compress: { ...shortening, ...leftToOthers[file] }, mangle })
  const { code, errors } = await minify(file, shorter, { module, compress: { target: 'es2022' }, mangle: true, codegen: true })
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors.length} errors`)
  return module ? code : inAscii(code)
}

/** A classic script is read in whatever encoding its page is in: a name or a class of letters would become another, and mask nothing. */
function inAscii(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
