import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

/** A value that fits its schema, or the first place where it does not (`at`, a JSON pointer) and what is expected there. The value itself is not told: it may be a person's. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly at: string; readonly reason: string }

/** Compiles a schema once and returns its parser: the value itself where it fits, else the first place where it does not. Needs `new Function`: not for pages. */
export function parser<S extends TSchema>(schema: S): (value: unknown) => Parsed<Static<S>> {
  const compiled = Compile(schema)
  return (value) => {
    if (compiled.Check(value)) return { ok: true, value }
    const first = compiled.Errors(value)[0]
    if (first === undefined) return { ok: false, at: '', reason: 'does not fit its schema' }
    const unknown = first.keyword === 'boolean' ? /\/[^/]*$/.exec(first.instancePath)?.[0] : undefined
    const at = unknown === undefined ? first.instancePath : first.instancePath.slice(0, -unknown.length)
    const expected = unknown === undefined ? expectedBy(first, schema) : `knows no key "${unknown.slice(1)}"`
    return { ok: false, at, reason: `${at === '' ? '/' : at} ${expected}` }
  }
}

type Misfit = ReturnType<ReturnType<typeof Compile>['Errors']>[number]

/** What was expected: of a union all of its members, where the error is the first one's alone. */
function expectedBy(misfit: Misfit, schema: TSchema): string {
  if (misfit.keyword !== 'const' && misfit.keyword !== 'type') return misfit.message
  const alone = misfit.keyword === 'const' ? { const: misfit.params.allowedValue } : { type: misfit.params.type }
  const [first = '', ...others] = membersAround(misfit.schemaPath, schema, alone).map(wordOf)
  return others.length === 0 ? `must be ${first}` : `must be one of ${[first, ...others].join(', ')}`
}

function membersAround(schemaPath: string, schema: TSchema, alone: object): readonly object[] {
  if (!/\/anyOf\/\d+$/.test(schemaPath)) return [alone]
  const keys = schemaPath.split('/').slice(1, -1)
  const union = keys.reduce<unknown>((part, key) => (part instanceof Object ? Reflect.get(part, key) : undefined), schema)
  return Array.isArray(union) ? union : [alone]
}

function wordOf(member: object): string {
  return 'const' in member ? JSON.stringify(member.const) : String(Reflect.get(member, 'type'))
}
