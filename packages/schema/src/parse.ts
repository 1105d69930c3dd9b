import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

/** A value that fits its schema, or the first place where it does not. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string }

/** Compiles a schema once and returns its parser: the value itself where it fits, else the first place where it does not. Needs `new Function`: not for pages. */
export function parser<S extends TSchema>(schema: S): (value: unknown) => Parsed<Static<S>> {
  const compiled = Compile(schema)
  return (value) => {
    if (compiled.Check(value)) return { ok: true, value }
    const first = compiled.Errors(value)[0]
    return {
      ok: false,
      reason: first === undefined ? 'does not fit its schema' : `${first.instancePath === '' ? '/' : first.instancePath} ${first.message}`,
    }
  }
}
