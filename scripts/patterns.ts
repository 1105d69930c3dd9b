import { pathToFileURL } from 'node:url'
import { join } from 'node:path'

import { Visitor } from 'oxc-parser'

import { sourcesOf, wordFlags } from '../packages/privacy/src/redact/beginning.ts'
import { type Source, readSources } from './source.ts'

/** A regular expression of the code that looks at what people wrote. */
export interface Pattern {
  readonly source: string
  readonly flags: string
  /** Files and lines where it is written; files alone where it is put together when they are loaded. */
  readonly places: readonly string[]
}

/** Code that looks at texts of pages and people. */
const folders = ['packages/privacy/src/redact', 'packages/capture/src'] as const

/** Every pattern that is written down in the folders, and those that are put together in the redactor when it is loaded. */
export async function patternsIn(root: string): Promise<readonly Pattern[]> {
  const sources = readSources(root, [...folders]).filter(({ kind }) => kind === 'source')
  const found = new Map<string, Set<string>>()
  const add = ({ source, flags }: Pick<RegExp, 'source' | 'flags'>, place: string): void => {
    const key = `${flags}\n${source}`
    found.set(key, (found.get(key) ?? new Set()).add(place))
  }
  for (const source of sources) for (const { pattern, line } of literalsOf(source)) add(pattern, `${source.path}:${line}`)
  const { waiting } = await import('../packages/privacy/src/redact/match.ts')
  const load = async (path: string): Promise<void> => {
    await import(pathToFileURL(join(root, path)).href)
    for (const find of waiting.splice(0)) find('')
  }
  for (const { path } of sources.filter(({ path }) => path.startsWith(folders[0])))
    for (const pattern of await builtBy(() => load(path))) add(pattern, path)
  const { families } = await import('../packages/privacy/src/redact/look.ts')
  // Those are made when a text first has their beginning.
  for (const family of Object.values(families))
    for (const source of sourcesOf(family).values()) add({ source, flags: wordFlags }, 'packages/privacy/src/redact/look.ts')
  return [...found].map(([key, places]) => {
    const cut = key.indexOf('\n')
    return { flags: key.slice(0, cut), source: key.slice(cut + 1), places: [...places] }
  })
}

function literalsOf(source: Source): readonly { readonly pattern: Pick<RegExp, 'source' | 'flags'>; readonly line: number }[] {
  const found: { pattern: Pick<RegExp, 'source' | 'flags'>; line: number }[] = []
  const visitor = new Visitor({
    Literal: (node) => {
      if ('regex' in node) found.push({ pattern: { source: node.regex.pattern, flags: node.regex.flags }, line: source.lineOf(node.start) })
    },
  })
  visitor.visit(source.program)
  return found
}

/** What is made of `RegExp` while something is done. */
async function builtBy(work: () => Promise<void>): Promise<readonly RegExp[]> {
  const Own = RegExp
  const built: RegExp[] = []
  globalThis.RegExp = new Proxy(Own, {
    construct: (target, given, heir) => {
      const made = Reflect.construct(target, given, heir) as RegExp // as: that is what it constructs
      built.push(made)
      return made
    },
  })
  try {
    await work()
  } finally {
    globalThis.RegExp = Own
  }
  return built
}
