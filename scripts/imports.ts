import { Visitor } from 'oxc-parser'

import type { Source } from './source.ts'

/** One way that a file reaches another: a static, dynamic, re-exported, type or `import.meta.resolve` import. */
export interface Import {
  readonly specifier: string
  readonly line: number
  /** Nothing of it is left at run time. */
  readonly typesOnly: boolean
}

/** Every import of a file. A dynamic one whose target is not a plain string gives the specifier '' : it can't be judged. */
export function importsOf(source: Source): readonly Import[] {
  const found: Import[] = []
  const add = (specifier: string, offset: number, typesOnly: boolean): void => {
    found.push({ specifier, line: source.lineOf(offset), typesOnly })
  }
  for (const one of source.imports)
    add(one.moduleRequest.value, one.start, one.entries.length > 0 && one.entries.every((entry) => entry.isType))
  for (const one of source.exports) {
    const from = one.entries.filter((entry) => entry.moduleRequest !== null)
    const request = from[0]?.moduleRequest
    if (request !== undefined && request !== null)
      add(
        request.value,
        one.start,
        from.every((entry) => entry.isType),
      )
  }
  new Visitor({
    ImportExpression: (node) => add(literal(node.source), node.start, false),
    TSImportType: (node) => add(node.source.value, node.start, true),
    TSImportEqualsDeclaration: (node) => {
      if (node.moduleReference.type === 'TSExternalModuleReference') add(node.moduleReference.expression.value, node.start, false)
    },
    CallExpression: (node) => {
      const called = source.text.slice(node.callee.start, node.callee.end)
      const [first] = node.arguments
      if ((called === 'require' || called === 'import.meta.resolve') && first !== undefined) add(literal(first), node.start, false)
    },
  }).visit(source.program)
  return found
}

function literal(node: { readonly type: string }): string {
  if (node.type === 'Literal' && 'value' in node && typeof node.value === 'string') return node.value
  const quasis = node.type === 'TemplateLiteral' && 'quasis' in node ? node.quasis : undefined
  if (!Array.isArray(quasis) || quasis.length !== 1) return ''
  const [only]: readonly { readonly value?: { readonly cooked?: string } }[] = quasis
  return only?.value?.cooked ?? ''
}
