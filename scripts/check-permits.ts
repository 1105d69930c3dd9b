import { type Node, type ParamPattern, Visitor } from 'oxc-parser'

import type { Fault, Finding, Source } from './source.ts'

/** What only packages/privacy makes, and only functions that hold a permit open. */
const sealed: readonly string[] = ['Permit', 'Personal']

/** Checks that permits come from `decide` alone, that a permit stands first among a function's parameters, and that consent is never a boolean. */
export function checkPermits(sources: readonly Source[]): Finding {
  const faults = sources.flatMap((source) => [...forged(source), ...misplaced(source), ...flags(source)])
  return { looked: sources.length, of: 'files', faults }
}

/** Local names of the sealed types in one file, aliases included. */
function sealedNames(source: Source): ReadonlySet<string> {
  const names = new Set(sealed)
  for (const one of source.imports)
    for (const entry of one.entries)
      if (entry.importName.kind === 'Name' && sealed.includes(entry.importName.name ?? '')) names.add(entry.localName.value)
  return names
}

function namesIn(source: Source, node: { readonly start: number; readonly end: number }): ReadonlySet<string> {
  return new Set(source.text.slice(node.start, node.end).match(/[A-Za-z_$][\w$]*/g))
}

function mentions(source: Source, node: { readonly start: number; readonly end: number }, names: ReadonlySet<string>): boolean {
  return !names.isDisjointFrom(namesIn(source, node))
}

function forged(source: Source): readonly Fault[] {
  if (source.path.startsWith('packages/privacy/')) return []
  const faults: Fault[] = []
  const names = sealedNames(source)
  const add = (offset: number, how: string): void => {
    faults.push({ path: source.path, line: source.lineOf(offset), what: `makes a permit ${how}; only decide() in packages/privacy does` })
  }
  const cast = (node: { readonly typeAnnotation: Node; readonly start: number }): void => {
    if (mentions(source, node.typeAnnotation, names)) add(node.start, 'by a cast')
  }
  new Visitor({
    TSAsExpression: cast,
    TSTypeAssertion: cast,
    TSSatisfiesExpression: cast,
    VariableDeclarator: (node) => {
      const annotation = node.id.typeAnnotation
      const loose =
        node.init?.type === 'ObjectExpression' || /^JSON\.parse\b/.test(node.init === null ? '' : source.text.slice(node.init.start))
      if (annotation && loose && mentions(source, annotation, names)) add(node.start, 'out of a plain value')
    },
    TSInterfaceDeclaration: (node) => {
      if (node.extends.some((parent) => mentions(source, parent, names))) add(node.start, 'of a wider type')
    },
    ClassDeclaration: (node) => {
      if (node.implements?.some((parent) => mentions(source, parent, names))) add(node.start, 'of a class')
    },
  }).visit(source.program)
  return faults
}

function misplaced(source: Source): readonly Fault[] {
  const faults: Fault[] = []
  const exported = exportedNames(source)
  const judge = (name: string | undefined, params: readonly ParamPattern[]): void => {
    const place = params.findIndex((param) => typeNames(source, param).has('Permit'))
    const first = params[0]
    if (place > 0 && first !== undefined && name !== undefined && exported.has(name))
      faults.push({ path: source.path, line: source.lineOf(first.start), what: `${name} takes a permit, but not as its first parameter` })
  }
  new Visitor({
    FunctionDeclaration: (node) => judge(node.id?.name, node.params),
    TSDeclareFunction: (node) => judge(node.id?.name, node.params),
    VariableDeclarator: (node) => {
      if (node.id.type === 'Identifier' && node.init?.type === 'ArrowFunctionExpression') judge(node.id.name, node.init.params)
    },
  }).visit(source.program)
  return faults
}

function exportedNames(source: Source): ReadonlySet<string> {
  return new Set(source.exports.flatMap(({ entries }) => entries.map((entry) => entry.localName.name ?? '')))
}

/** Names in the annotation of a parameter itself; not those inside a callback's or an object's type. */
function typeNames(source: Source, param: ParamPattern): ReadonlySet<string> {
  const text = source.text.slice(param.start, param.end)
  const annotation = text.replace(/^[^:]*:/, '')
  return new Set(/[({]/.test(annotation) ? [] : (annotation.match(/[A-Za-z_$][\w$]*/g) ?? []))
}

function flags(source: Source): readonly Fault[] {
  const faults: Fault[] = []
  const judge = (name: string, offset: number): void => {
    if (/^(has|is|with)?consent(ed|Given)?$/i.test(name) && name !== 'consent')
      faults.push({ path: source.path, line: source.lineOf(offset), what: `${name}: consent is a permit, never a flag` })
  }
  new Visitor({
    VariableDeclarator: (node) => {
      if (node.id.type === 'Identifier') judge(node.id.name, node.start)
    },
    TSPropertySignature: (node) => {
      if (node.key.type === 'Identifier') judge(node.key.name, node.start)
    },
  }).visit(source.program)
  return faults
}
