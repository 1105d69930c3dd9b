import { existsSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, posix } from 'node:path'

import { cyclesOf } from './cycles.ts'
import { type Import, importsOf } from './imports.ts'
import { type Layer, driver, layers } from './layers.ts'
import type { Fault, Finding, Source } from './source.ts'

interface PackageFile {
  readonly name?: string
  readonly exports?: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

interface Home {
  readonly layer: Layer | undefined
  readonly folder: string
  readonly own: PackageFile
}

type Context = { readonly root: string; readonly house: PackageFile; readonly packages: ReadonlyMap<string, PackageFile> }

/** Checks every import of `sources` against the layer table: rows, doors, declarations, escapes, Node in pages, the browser driver, and circles at run time. */
export function checkDeps(root: string, sources: readonly Source[]): Finding {
  const house = readPackage(root)
  const packages = new Map(layers.map(({ folder }) => [folder, readPackage(join(root, folder))]))
  const context: Context = { root, house, packages }
  const edges = new Map<string, readonly string[]>()
  const faults: Fault[] = [...doorFaults(context), ...strangers(sources)]
  let looked = 0
  for (const source of sources) {
    const home = homeOf(context, source.path)
    const found = importsOf(source)
    looked += found.length
    for (const one of found) {
      const what = judge(context, home, source, one)
      if (what !== undefined) faults.push({ path: source.path, line: one.line, what })
    }
    const near = found.filter(({ specifier, typesOnly }) => specifier.startsWith('.') && !typesOnly)
    edges.set(
      source.path,
      near.map(({ specifier }) => posix.join(posix.dirname(source.path), specifier)),
    )
  }
  for (const cycle of cyclesOf(edges)) faults.push({ path: cycle[0] ?? '', line: 0, what: `imports go in a circle: ${cycle.join(' -> ')}` })
  return { looked, of: 'imports', faults: [...faults, ...pageReach(sources, edges)] }
}

function readPackage(folder: string): PackageFile {
  const file = join(folder, 'package.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

function folderOf(path: string): string {
  return path.split('/').slice(0, 2).join('/')
}

function homeOf(context: Context, path: string): Home {
  const folder = folderOf(path)
  const layer = layers.find((one) => one.folder === folder)
  return layer === undefined ? { layer, folder: '', own: context.house } : { layer, folder, own: context.packages.get(folder) ?? {} }
}

function strangers(sources: readonly Source[]): readonly Fault[] {
  const folders = new Set(
    sources
      .map(({ path }) => path)
      .filter((path) => /^(packages|apps)\//.test(path))
      .map(folderOf),
  )
  return [...folders]
    .filter((folder) => !layers.some((layer) => layer.folder === folder))
    .map((folder) => ({ path: folder, line: 0, what: 'has no row in the layer table (scripts/layers.ts); a new package needs an ADR' }))
}

function doorFaults(context: Context): readonly Fault[] {
  return layers.flatMap(({ folder, doors }) =>
    Object.keys(context.packages.get(folder)?.exports ?? {})
      .filter((door) => !doors.includes(door))
      .map((door) => ({ path: `${folder}/package.json`, line: 0, what: `opens the door ${door}, which the layer table does not name` })),
  )
}

function judge(context: Context, home: Home, source: Source, one: Import): string | undefined {
  const { specifier } = one
  if (specifier === '') return judgeUnknown(home, source, one)
  if (specifier.startsWith('.')) return judgeNear(home, source, specifier)
  if (specifier.startsWith('/') || specifier.startsWith('file:')) return `imports ${specifier} by an absolute path`
  if (isBuiltin(specifier)) return judgeNode(home, source, specifier)
  if (specifier.startsWith('#') || /^[a-z]+:/.test(specifier)) return undefined
  return judgeDriver(home, source, specifier) ?? judgeOwn(context, home, source, one) ?? judgeDeclared(context, home, source, one)
}

/** A path made at run time can't be checked: in a page it says on its line why it must be one. */
function judgeUnknown(home: Home, source: Source, one: Import): string | undefined {
  const said = source.comments.some(({ value, start }) => source.lineOf(start) === one.line && /[a-z]{3} [a-z]/i.test(value))
  if (said || source.kind !== 'source' || home.layer?.runsIn !== 'page') return undefined
  return "imports a path that is made at run time: it can't be checked, so say on the line why"
}

function judgeNear(home: Home, source: Source, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(source.path), specifier)
  if (home.layer === undefined) return undefined
  const reach = [home.folder, ...(home.layer.beyond ?? [])]
  if (!reach.some((folder) => target.startsWith(`${folder}/`))) return `leaves its package: ${specifier}`
  if (source.kind === 'source' && /(\.test|(\/|\.)fixture)\.tsx?$/.test(target)) return `ships ${specifier}, which is for tests`
  const inside = home.layer.inside
  if (inside === undefined || source.kind !== 'source') return undefined
  const from = stage(home.folder, source.path)
  const to = stage(home.folder, target)
  if (from === '' || to === '' || from === to || !(from in inside) || inside[from]?.includes(to) === true) return undefined
  return `${from}/ may not import ${to}/ (scripts/layers.ts)`
}

/** First folder under `src/`; '' for a file at the top. */
function stage(folder: string, path: string): string {
  const parts = path.slice(folder.length + '/src/'.length).split('/')
  return parts.length > 1 ? (parts[0] ?? '') : ''
}

function judgeNode(home: Home, source: Source, specifier: string): string | undefined {
  if (home.layer?.runsIn === 'page' && source.kind === 'source') return `runs in a page and imports ${specifier}`
  return specifier.startsWith('node:') ? undefined : `write node:${specifier}`
}

function judgeDriver(home: Home, source: Source, specifier: string): string | undefined {
  const packages: readonly string[] = driver.packages
  const folders: readonly string[] = driver.folders
  if (!packages.includes(packageOf(specifier)) || source.kind !== 'source' || folders.includes(home.folder)) return undefined
  return `imports ${specifier}: only ${folders.join(', ')} and tests drive a browser`
}

function judgeOwn(context: Context, home: Home, source: Source, one: Import): string | undefined {
  const target = packageOf(one.specifier)
  const folder = [...context.packages].find(([, file]) => file.name === target)?.[0]
  if (folder === undefined) return undefined
  if (folder === home.folder) return `imports its own door ${one.specifier}; use a relative path`
  const door = one.specifier === target ? '.' : `.${one.specifier.slice(target.length)}`
  if (!(door in (context.packages.get(folder)?.exports ?? {})))
    return `${one.specifier} is not a door of ${folder} (exports in its package.json)`
  if (home.layer === undefined) return undefined
  const use = home.layer.may[one.specifier]
  if (use === undefined) return `${home.folder} may not import ${one.specifier} (layer table, scripts/layers.ts)`
  if (use === 'types' && !one.typesOnly && source.kind === 'source') return `${home.folder} may import ${one.specifier} for types only`
  return undefined
}

function judgeDeclared(context: Context, home: Home, source: Source, one: Import): string | undefined {
  const name = packageOf(one.specifier)
  const { own, layer } = home
  const known = { ...own.dependencies, ...own.optionalDependencies, ...own.peerDependencies }
  const typed = name.startsWith('@') ? `@types/${name.slice(1).replace('/', '__')}` : `@types/${name}`
  const lent = { ...own.devDependencies, ...context.house.devDependencies }
  if (name in known) return undefined
  if (layer === undefined && [...context.packages.values()].some((file) => file.name === name)) return undefined
  if (source.kind !== 'source' && name in lent) return undefined
  if (one.typesOnly && (name in lent || typed in lent)) return undefined
  return `imports ${name}, which ${home.folder === '' ? 'the root' : home.folder}/package.json does not declare`
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** What a page-safe door of a Node package reaches must be page-safe too. */
function pageReach(sources: readonly Source[], edges: ReadonlyMap<string, readonly string[]>): readonly Fault[] {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  return layers.flatMap(({ folder, pageDoors = [] }) =>
    pageDoors.flatMap((door) => {
      const reached = new Set<string>()
      const queue = [join(folder, door)]
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        if (reached.has(next)) continue
        reached.add(next)
        queue.push(...(edges.get(next) ?? []))
      }
      return [...reached].flatMap((path) => {
        const source = byPath.get(path)
        return source === undefined ? [] : pageFaults(source, folder, door)
      })
    }),
  )
}

function pageFaults(source: Source, folder: string, door: string): readonly Fault[] {
  return importsOf(source)
    .filter(({ specifier, typesOnly }) => isBuiltin(specifier) || (specifier === '@overt/schema' && !typesOnly))
    .map(({ specifier, line }) => ({
      path: source.path,
      line,
      what: `imports ${specifier} and is reached from ${dirname(join(folder, door))}, which runs in a page`,
    }))
}
