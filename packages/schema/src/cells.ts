import Type, { type TSchema } from 'typebox'

import { eventSchemas } from './event.ts'
import { parser } from './parse.ts'

/** Whether a column holds nothing but cells that its field allows. */
export type CellCheck = (cells: unknown) => boolean

/** By kind of event: its fields beside `kind` and `seq`, each with the check of its column. */
export function cellChecks(): ReadonlyMap<string, ReadonlyMap<string, CellCheck>> {
  // Most kinds share their fields: each is compiled once.
  const compiled = new Map<TSchema, CellCheck>()
  const checkOf = (field: TSchema): CellCheck => {
    const known = compiled.get(field)
    if (known !== undefined) return known
    const parse = parser(Type.Array(field))
    const check: CellCheck = (cells) => parse(cells).ok
    compiled.set(field, check)
    return check
  }
  return new Map(
    [...eventSchemas()].map(([kind, { properties, required }]) => {
      const fields = Object.entries(properties).filter(([name]) => name !== 'kind' && name !== 'seq')
      const always: readonly string[] = required
      const checkFor = (name: string, field: TSchema): CellCheck => {
        const check = checkOf(field)
        return always.includes(name) ? check : (cells) => cells === undefined || check(cells)
      }
      return [kind, new Map(fields.map(([name, field]) => [name, checkFor(name, field)]))]
    }),
  )
}
