import type { Only } from '@overt/schema'

/** What a recorder was told of where it runs, in the words of `Only`. */
export type Here = { readonly [K in keyof Only]?: string }

/** The first limit that lies elsewhere; what nobody said lies elsewhere. With null nothing is asked. */
export function outsideOf(only: Only = {}, here: Here | null = {}): keyof Only | undefined {
  const kinds = Object.keys(only) as (keyof Only)[] // as: checked to have no other keys
  return kinds.find((kind) => here !== null && !only[kind]?.some((name) => `${here[kind] ?? ''}-`.startsWith(`${name}-`)))
}
