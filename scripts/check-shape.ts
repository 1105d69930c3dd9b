import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

import { Visitor } from 'oxc-parser'

import { layers } from './layers.ts'
import type { Fault, Finding, Source } from './source.ts'

const fileLines = 400
const functionLines = 60
const doorNames = 40
const foldersUnderSource = 2
const kindFolders: ReadonlySet<string> = new Set([
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'types',
  'services',
  'lib',
  'misc',
  'shared',
])
/** Files that a tool reads, and asks for a default export. */
const namedByItsTool = /\.config\.[mc]?[jt]s$|^apps\/extension\/src\/entrypoints\//
const emptyNames = /(^|[a-z])(Manager|Handler|Helper|Util|Utils)$|^(data|info|process|do)$/i

/** Checks the rules of style that a parser can see: sizes, folders, doors, casts without a reason, empty catches, names that say nothing. */
export function checkShape(root: string, sources: readonly Source[]): Finding {
  const doors = doorFiles(root)
  const faults = sources.flatMap((source) => [
    ...placeFaults(source, doors),
    ...sizeFaults(source),
    ...exportFaults(source, doors),
    ...lineFaults(source),
    ...topFaults(source),
  ])
  return { looked: sources.length, of: 'files', faults }
}

function doorFiles(root: string): ReadonlySet<string> {
  const paths = layers.flatMap(({ folder }) => {
    const file = join(root, folder, 'package.json')
    if (!existsSync(file)) return []
    const { exports = {} }: { exports?: Record<string, unknown> } = JSON.parse(readFileSync(file, 'utf8'))
    return Object.values(exports).flatMap((target) => (typeof target === 'string' ? [posix.join(folder, target)] : []))
  })
  return new Set(paths)
}

function placeFaults(source: Source, doors: ReadonlySet<string>): readonly Fault[] {
  const parts = source.path.split('/')
  const name = parts.at(-1) ?? ''
  const folders = parts.slice(0, -1)
  const faults: Fault[] = []
  const add = (what: string): void => void faults.push({ path: source.path, line: 0, what })
  const kind = folders.find((folder) => kindFolders.has(folder))
  if (kind !== undefined) add(`the folder ${kind} names a kind; name the stage of the journey or the place where the code runs`)
  const deep = source.kind === 'tool' || parts[2] !== 'src' ? 0 : folders.length - 3
  if (deep > foldersUnderSource) add(`lies ${deep} folders under src/; at most ${foldersUnderSource}`)
  if (/^index\.tsx?$/.test(name) && source.kind === 'source' && !doors.has(source.path))
    add('is a barrel that is not a door of its package')
  if (!/^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*$/.test(name)) add('write file names in kebab-case')
  return faults
}

function codeLines(source: Source): ReadonlySet<number> {
  const lines = new Set<number>()
  const bare = [...source.comments].reduceRight(
    (text, { start, end }) => text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, ' ') + text.slice(end),
    source.text,
  )
  bare.split('\n').forEach((line, index) => {
    if (line.trim() !== '') lines.add(index + 1)
  })
  return lines
}

function sizeFaults(source: Source): readonly Fault[] {
  const lines = codeLines(source)
  const faults: Fault[] = []
  if (lines.size > fileLines) faults.push({ path: source.path, line: 0, what: `has ${lines.size} code lines; at most ${fileLines}` })
  if (source.kind === 'test') return faults
  const judge = (node: { readonly start: number; readonly end: number }): void => {
    const first = source.lineOf(node.start)
    const last = source.lineOf(node.end)
    let count = 0
    for (let line = first; line <= last; line += 1) if (lines.has(line)) count += 1
    if (count > functionLines)
      faults.push({ path: source.path, line: first, what: `a function of ${count} code lines; at most ${functionLines}` })
  }
  new Visitor({ FunctionDeclaration: judge, FunctionExpression: judge, ArrowFunctionExpression: judge }).visit(source.program)
  return faults
}

function exportFaults(source: Source, doors: ReadonlySet<string>): readonly Fault[] {
  const faults: Fault[] = []
  const entries = source.exports.flatMap((one) => one.entries.map((entry) => ({ entry, line: source.lineOf(one.start) })))
  for (const { entry, line } of entries) {
    if (entry.importName.kind === 'AllButDefault' || entry.importName.kind === 'All')
      faults.push({ path: source.path, line, what: 'export *: name what goes out' })
    if (entry.exportName.kind === 'Default' && !namedByItsTool.test(source.path))
      faults.push({ path: source.path, line, what: 'default export: name it' })
  }
  if (doors.has(source.path) && entries.length > doorNames)
    faults.push({ path: source.path, line: 0, what: `a door of ${entries.length} names; at most ${doorNames}` })
  return faults
}

function lineFaults(source: Source): readonly Fault[] {
  const faults: Fault[] = []
  const reasons = new Set(source.comments.filter(({ value }) => /[A-Za-z]{3}/.test(value)).map(({ start }) => source.lineOf(start)))
  const add = (offset: number, what: string): void => void faults.push({ path: source.path, line: source.lineOf(offset), what })
  const unlessReason = (node: { readonly start: number; readonly end: number }, what: string, at = node.start): void => {
    if (source.kind !== 'test' && ![node.start, at, node.end].some((offset) => reasons.has(source.lineOf(offset)))) add(at, what)
  }
  const cast = (node: {
    readonly start: number
    readonly end: number
    readonly typeAnnotation: { readonly start: number; readonly end: number }
  }): void => {
    const annotation = source.text.slice(node.typeAnnotation.start, node.typeAnnotation.end)
    if (annotation !== 'const') unlessReason(node, `as ${annotation.split('\n')[0]}: say why on the line`, node.typeAnnotation.start)
  }
  new Visitor({
    TSAsExpression: cast,
    TSTypeAssertion: cast,
    TSNonNullExpression: (node) => unlessReason(node, '!: say why on the line', node.end - 1),
    TSAnyKeyword: (node) => unlessReason(node, 'any: say why on the line'),
    CatchClause: (node) => {
      if (node.body.body.length === 0) add(node.start, 'an empty catch')
    },
    TSEnumDeclaration: (node) => add(node.start, 'an enum: write a union of strings'),
    FunctionDeclaration: (node) => {
      if (node.id !== null && emptyNames.test(node.id.name)) add(node.start, `${node.id.name} says nothing: name what it does`)
    },
    ClassDeclaration: (node) => {
      if (node.id !== null && emptyNames.test(node.id.name)) add(node.start, `${node.id.name} says nothing: name what it is`)
      if (node.superClass !== null && !/Error$|^HTMLElement$/.test(source.text.slice(node.superClass.start, node.superClass.end)))
        add(node.start, 'inherits: only errors do')
    },
  }).visit(source.program)
  return faults
}

/** What stands at the top of a shipped file: nothing that changes, and a docstring on whatever goes out. A type that is read off a value says it there. */
function topFaults(source: Source): readonly Fault[] {
  if (source.kind !== 'source') return []
  return source.program.body.flatMap((statement): readonly Fault[] => {
    const exported = statement.type === 'ExportNamedDeclaration' ? statement.declaration : null
    const declared = exported ?? statement
    const line = source.lineOf(statement.start)
    const faults: Fault[] = []
    if (declared.type === 'VariableDeclaration' && declared.kind !== 'const')
      faults.push({ path: source.path, line, what: `${declared.kind} at the top of a file: state belongs to something with a lifetime` })
    const derived = exported?.type === 'TSTypeAliasDeclaration' && /\btypeof\b/.test(source.text.slice(exported.start, exported.end))
    if (exported !== null && !derived && !isDocumented(source, statement.start))
      faults.push({ path: source.path, line, what: 'goes out without a docstring: one sentence that says what the type does not' })
    return faults
  })
}

function isDocumented(source: Source, offset: number): boolean {
  const before = source.comments.findLast(({ end, value }) => end <= offset && value.startsWith('*'))
  return before !== undefined && source.text.slice(before.end, offset).trim() === ''
}
