import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

import { type Comment, type Program, type StaticExport, type StaticImport, parseSync } from 'oxc-parser'

import { walk } from './walk.ts'

/** Something that a check found: where, and what is to be done about it. `line` counts from 1; 0 is the file as a whole. */
export interface Fault {
  readonly path: string
  readonly line: number
  readonly what: string
}

/** What a check says: how much it looked at (nothing is an error) and what it found. */
export interface Finding {
  readonly looked: number
  readonly of: string
  readonly faults: readonly Fault[]
}

/** `source` ships; `test` proves it, or is its fixture; `tool` builds or configures it. */
export type SourceKind = 'source' | 'test' | 'tool'

/** A parsed file. `path` is relative to the project, with forward slashes. */
export interface Source {
  readonly path: string
  readonly kind: SourceKind
  readonly text: string
  readonly program: Program
  readonly comments: readonly Comment[]
  readonly imports: readonly StaticImport[]
  readonly exports: readonly StaticExport[]
  /** Line, from 1, of an offset in `text`. */
  lineOf(offset: number): number
}

/** Folders that hold code. */
export const codeFolders: readonly string[] = ['packages', 'apps', 'scripts', 'tests', 'tests-python', 'bench']

const codeFile = /\.(ts|tsx|mts|js|mjs)$/

function kindOf(path: string): SourceKind {
  if (/\.test\.tsx?$|(\/|\.)fixture\.tsx?$/.test(path) || /^tests(-python)?\//.test(path)) return 'test'
  return /^(packages|apps)\/[^/]+\/src\//.test(path) ? 'source' : 'tool'
}

/** Every code file under `folders` of the project at `root`, parsed. A file that can't be parsed throws: the checks after it would be blind. */
export function readSources(root: string, folders: readonly string[] = codeFolders): readonly Source[] {
  const files = folders.flatMap((folder) => [...walk(join(root, folder))]).filter((file) => codeFile.test(file))
  return files.map((file) => parse(relative(root, file).replaceAll('\\', '/'), readFileSync(file, 'utf8')))
}

/** Parses one file's text. */
export function parse(path: string, text: string): Source {
  const { program, comments, errors, module } = parseSync(path, text)
  const fatal = errors[0]
  if (fatal !== undefined) throw new SyntaxError(`${path}: ${fatal.message}`)
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return {
    path,
    kind: kindOf(path),
    text,
    program,
    comments,
    imports: module.staticImports,
    exports: module.staticExports,
    lineOf: (offset) => {
      let low = 0
      let high = starts.length
      while (high - low > 1) {
        const middle = (low + high) >> 1
        if ((starts[middle] ?? 0) <= offset) low = middle
        else high = middle
      }
      return low + 1
    },
  }
}
