import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

import { withLock } from './lock.ts'
import { walk } from './walk.ts'

/** A package or app with a `build.ts`, in the order that its dependencies allow. */
export interface Buildable {
  readonly folder: string
  readonly name: string
  /** Workspace folders whose sources end in its bundles, itself among them. */
  readonly sources: readonly string[]
}

interface Stamp {
  readonly hash: string
  readonly outputs: readonly string[]
}

interface PackageFile {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
}

function workspaces(root: string): ReadonlyMap<string, { readonly folder: string; readonly needs: readonly string[] }> {
  const folders = ['packages', 'apps'].flatMap((group) =>
    existsSync(join(root, group)) ? readdirSync(join(root, group)).map((name) => join(group, name)) : [],
  )
  const found = folders.filter((folder) => existsSync(join(root, folder, 'package.json')))
  return new Map(
    found.map((folder) => {
      const file: PackageFile = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
      return [file.name, { folder, needs: Object.keys(file.dependencies ?? {}) }]
    }),
  )
}

/** Every package and app that has a `build.ts`, dependencies first. */
export function buildables(root: string): readonly Buildable[] {
  const known = workspaces(root)
  const order: string[] = []
  const reach = (name: string): readonly string[] => {
    const own = known.get(name)
    if (own === undefined) return []
    const below = own.needs.flatMap(reach)
    if (!order.includes(name)) order.push(name)
    return [...new Set([...below, own.folder])]
  }
  const sources = new Map([...known.keys()].map((name) => [name, reach(name)]))
  return order.flatMap((name) => {
    const folder = known.get(name)?.folder ?? ''
    return existsSync(join(root, folder, 'build.ts')) ? [{ folder, name, sources: sources.get(name) ?? [] }] : []
  })
}

/** SHA-256 over the paths and contents of everything that a bundle is made of, with the lockfile. */
export function sourceHash(root: string, buildable: Buildable): string {
  const files = buildable.sources.flatMap((folder) => [...walk(join(root, folder))])
  const made = files.filter((file) => !/\.test\.tsx?$|\.md$/.test(file))
  const hash = createHash('sha256')
  for (const file of [...made, join(root, 'package-lock.json')].toSorted()) {
    const bytes = readFileSync(file)
    hash.update(`${relative(root, file)}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

function stampPath(root: string, buildable: Buildable): string {
  return join(root, '.cache/built', `${buildable.folder.replaceAll('/', '-')}.json`)
}

function readStamp(root: string, buildable: Buildable): Stamp | undefined {
  const path = stampPath(root, buildable)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}

/** What the last build of it left that is not there any more. */
export function missingOutputs(root: string, buildable: Buildable): readonly string[] {
  return (readStamp(root, buildable)?.outputs ?? []).filter((path) => !existsSync(join(root, path)))
}

/** True where the bundles were made of the very sources that lie there now. */
export function isFresh(root: string, buildable: Buildable): boolean {
  return readStamp(root, buildable)?.hash === sourceHash(root, buildable)
}

async function buildOne(root: string, buildable: Buildable): Promise<void> {
  const hash = sourceHash(root, buildable)
  const script = `const { build } = await import(${JSON.stringify(join(root, buildable.folder, 'build.ts'))}); await build()`
  // A test that builds runs under NODE_ENV=test, which would make the pages' development bundles.
  const env = { ...process.env, NODE_ENV: 'production' }
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: join(root, buildable.folder), env })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const exitCode = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (exitCode !== 0) throw new Error(`${buildable.folder}/build.ts failed\n${output.trim()}`)
  const outputs = [...walk(join(root, buildable.folder, 'dist'), { everything: true })].map((path) => relative(root, path))
  if (outputs.length === 0) throw new Error(`${buildable.folder}/build.ts left nothing in ${buildable.folder}/dist`)
  const path = stampPath(root, buildable)
  mkdirSync(join(root, '.cache/built'), { recursive: true })
  const stamp: Stamp = { hash, outputs: outputs.filter((file) => !/-[\w-]{8}\.\w+$/.test(file)) }
  writeFileSync(`${path}.${process.pid}`, JSON.stringify(stamp))
  renameSync(`${path}.${process.pid}`, path)
}

/** Builds what is not fresh, dependencies first, at most two at a time. Returns the folders built. */
export async function buildAll(
  root: string,
  options: { readonly force?: boolean; readonly say?: (line: string) => void } = {},
): Promise<readonly string[]> {
  const all = buildables(root)
  const isStale = (one: Buildable): boolean => options.force === true || !isFresh(root, one) || missingOutputs(root, one).length > 0
  if (!all.some(isStale)) return []
  return withLock(join(root, '.cache/build.lock'), async () => {
    const stale = all.filter(isStale)
    if (stale.length > 0) options.say?.(`building ${stale.map(({ folder }) => folder).join(', ')}`)
    const running = new Map<string, Promise<void>>()
    const slots: Promise<void>[] = [Promise.resolve(), Promise.resolve()]
    stale.forEach((one, index) => {
      const before = one.sources.flatMap((folder) => (folder === one.folder ? [] : (running.get(folder) ?? [])))
      const turn = Promise.all([slots[index % 2], ...before]).then(() => buildOne(root, one))
      slots[index % 2] = turn
      running.set(one.folder, turn)
    })
    const ends = await Promise.allSettled(running.values())
    const failed = ends.find((end) => end.status === 'rejected')
    if (failed !== undefined) throw failed.reason
    return stale.map(({ folder }) => folder)
  })
}

async function main(flags: readonly string[]): Promise<void> {
  const root = join(import.meta.dirname, '..')
  if (flags.includes('--only-stale')) {
    const gone = buildables(root)
      .filter((one) => isFresh(root, one))
      .flatMap((one) => missingOutputs(root, one))
    if (gone.length > 0)
      throw new Error(`built and gone since: ${gone.slice(0, 5).join(', ')} (OVT-1020). \`npm run build\` makes it again.`)
  }
  const say = flags.includes('--quiet') ? () => {} : (line: string) => void process.stderr.write(`overt: ${line}\n`)
  await buildAll(root, { force: flags.includes('--force'), say })
}

if (import.meta.main)
  await main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`overt: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  })
