import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, relative } from 'node:path'

import { type Node, Visitor } from 'oxc-parser'

import type { Fault, Finding, Source } from './source.ts'
import { walk } from './walk.ts'

/** What no schema and no feature may name: guesses about a person's state, and marks for it. */
const judging: ReadonlySet<string> = new Set(
  (
    'affect affective emotion emotional mood sentiment stress stressed idle idleness fatigue ' +
    'hesitation hesitancy hesitate score scores productivity attentiveness engagement'
  ).split(' '),
)

const schemaFolder = 'packages/schema/'
const featureFolder = 'packages/learn/src/features/'
const watched: readonly string[] = [schemaFolder, featureFolder]

/** Checks the names of fields in schemas and features, and the text of every file for what belongs to one machine. */
export function checkWords(root: string, sources: readonly Source[]): Finding {
  const shipped = sources.filter(({ path, kind }) => kind === 'source' && watched.some((folder) => path.startsWith(folder)))
  const avoided = wordsToAvoid(root)
  const faults = shipped.flatMap((source) => fieldFaults(source, source.path.startsWith(schemaFolder) ? avoided : new Map()))
  const texts = textFiles(root)
  const { looked, faults: jsonFaults } = schemaFileFaults(root)
  return {
    looked: shipped.length === 0 ? 0 : shipped.length + texts.length + looked,
    of: 'files',
    faults: [...faults, ...jsonFaults, ...texts.flatMap((path) => placeFaults(root, path)), ...lockfileFaults(root)],
  }
}

function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
}

function judgingWord(name: string): string | undefined {
  return wordsOf(name).find((word) => judging.has(word))
}

/** The glossary's third column: exact names that have a better one, and that one. Names that are words of their own are left alone. */
export function wordsToAvoid(root: string): ReadonlyMap<string, string> {
  const file = join(root, 'CONTEXT.md')
  if (!existsSync(file)) return new Map()
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('| word') && !line.startsWith('|-'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
  const kept = new Set(rows.flatMap((cells) => (cells[1] ?? '').split(/,\s*/)))
  return new Map(
    rows.flatMap((cells) => {
      const avoided = (cells[3] ?? '').replace(/\(.*\)/, '').split(/,\s*/)
      return avoided.filter((word) => word !== '' && !kept.has(word)).map((word) => [word, cells[1] ?? ''] as const)
    }),
  )
}

function fieldFaults(source: Source, avoided: ReadonlyMap<string, string>): readonly Fault[] {
  const faults: Fault[] = []
  const judge = (name: string | undefined, offset: number): void => {
    const word = name === undefined ? undefined : judgingWord(name)
    if (word !== undefined)
      faults.push({ path: source.path, line: source.lineOf(offset), what: `${name}: nothing here is named for ${word}` })
    const better = name === undefined ? undefined : avoided.get(name)
    if (better !== undefined) faults.push({ path: source.path, line: source.lineOf(offset), what: `${name}: the glossary says ${better}` })
  }
  const key = (node: { readonly key: Node; readonly start: number }): void => judge(nameOf(node.key), node.start)
  new Visitor({
    Property: key,
    TSPropertySignature: key,
    PropertyDefinition: key,
    CallExpression: (node) => {
      const [first] = node.arguments
      if (source.text.slice(node.callee.start, node.callee.end) === 'Type.Literal' && first !== undefined) judge(nameOf(first), node.start)
    },
    Literal: (node) => {
      if (source.path.startsWith(featureFolder) && typeof node.value === 'string' && judgingWord(node.value) !== undefined)
        judge(node.value, node.start)
    },
  }).visit(source.program)
  return faults
}

function nameOf(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}

function schemaFileFaults(root: string): { readonly looked: number; readonly faults: readonly Fault[] } {
  const files = [...walk(join(root, schemaFolder, 'json'))]
  const faults = files.flatMap((file) => {
    const names = new Set<string>()
    JSON.parse(readFileSync(file, 'utf8'), (key: string, value: unknown) => (names.add(key), value))
    return [...names].flatMap((name) => {
      const word = judgingWord(name)
      return word === undefined ? [] : [{ path: relative(root, file), line: 0, what: `${name}: nothing here is named for ${word}` }]
    })
  })
  return { looked: files.length, faults }
}

/** Paths of files that git has or would take; of all files where the project is not a checkout. */
function textFiles(root: string): readonly string[] {
  const git = spawnSync('git', ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  const listed = git.status === 0 ? git.stdout.split('\0') : [...walk(root)].map((file) => relative(root, file))
  const binary = /\.(png|jpg|webp|ico|woff2?|gz|zst|parquet|zip|bin|model)$/
  return listed.filter((path) => path !== '' && !binary.test(path) && !path.includes('fixtures/') && existsSync(join(root, path)))
}

/** Places of one machine, put together here so that this file does not name them. */
function machinePlaces(root: string): RegExp {
  const escaped = [root, homedir() === '/' ? root : `${homedir()}/`].map((place) => place.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const slash = '/'
  return new RegExp(
    `(?<![\\w.:-])(${[...escaped, `${slash}work/(main|shared)`, `${slash}root/\\w`, `${slash}opt/n24`, `${slash}tmp/\\w`].join('|')})`,
  )
}

function placeFaults(root: string, path: string): readonly Fault[] {
  const text = readFileSync(join(root, path), 'utf8')
  const places = machinePlaces(root)
  if (!places.test(text)) return []
  return text.split('\n').flatMap((line, index) => {
    const found = places.exec(line)?.[0]
    return found === undefined ? [] : [{ path, line: index + 1, what: `${found} is a place on one machine` }]
  })
}

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** A lockfile names no host, and has every platform's packages: npm refuses to install from one where some are missing. */
function lockfileFaults(root: string): readonly Fault[] {
  const path = 'package-lock.json'
  if (!existsSync(join(root, path))) return [{ path, line: 0, what: 'is not there' }]
  const text = readFileSync(join(root, path), 'utf8')
  const hosts = text
    .split('\n')
    .flatMap((line, index) =>
      /"resolved":\s*"https?:/.test(line)
        ? [{ path, line: index + 1, what: 'names a registry host; omit-lockfile-registry-resolved=true stands in .npmrc' }]
        : [],
    )
  const { packages = {} }: { packages?: Record<string, LockedPackage> } = JSON.parse(text)
  const names = new Set(Object.keys(packages).map((key) => key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length)))
  const gone = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
  const missing = [...new Set(gone)].filter((name) => !names.has(name))
  return [
    ...hosts,
    ...missing.map((name) => ({
      path,
      line: 0,
      what: `lacks ${name}, which npm ci asks for: pin its parent to a version that has all platforms`,
    })),
  ]
}
