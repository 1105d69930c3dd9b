import type { Manifest, Receipt } from '@overt/schema'
import { assert, asyncProperty, jsonValue, nat } from 'fast-check'
import { expect, test } from 'vitest'

import { decide } from './decide.ts'
import { nowEpochMs, organisationManifest, scene } from './fixture.ts'

const { sign, grant, keys } = await scene()
const council = keys[1]?.keyId ?? null
const manifest = await sign(
  await sign(organisationManifest({ councilKeyId: council, hours: { days: [1, 2], fromHour: 8, toHour: 18 } })),
  'council',
)
const receipt = await grant(manifest, { assurance: 'device', follows: 'before' })

type Path = readonly (string | number)[]

/** Every place in a document where something can be changed. */
function places(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [at]
  return [...(at.length > 0 ? [at] : []), ...Object.entries(value).flatMap(([key, member]) => places(member, [...at, key]))]
}

function changed(value: unknown, path: Path, change: (old: unknown) => unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return change(value)
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value)
    ? [...(value as unknown[])]
    : { ...(value as Record<string, unknown>) } // as: plain JSON
  const members = copy as Record<string | number, unknown> // as: arrays are indexed alike
  members[key] = changed(members[key], rest, change)
  return copy
}

/** The smallest change of a value that keeps its type: what a careful forger would do. */
function nudged(old: unknown): unknown {
  if (typeof old === 'number') return old + 1
  if (typeof old === 'boolean') return !old
  if (typeof old === 'string') return `${old.startsWith('a') ? 'b' : 'a'}${old.slice(1)}`
  if (Array.isArray(old)) return old.length > 0 ? old.slice(1) : ['x']
  return null
}

async function verdict(one: unknown, other: unknown): Promise<boolean> {
  return (await decide(one, other, 'ground', nowEpochMs, { keys })).ok
}

test('C18 the documents hold before anything is changed', async () => {
  expect(await verdict(receipt, manifest)).toBe(true)
})

test('C18 a nudge of any field is refused', async () => {
  for (const path of places(receipt)) expect([path, await verdict(changed(receipt, path, nudged), manifest)]).toEqual([path, false])
  for (const path of places(manifest)) expect([path, await verdict(receipt, changed(manifest, path, nudged))]).toEqual([path, false])
})

test('C18 any field replaced by anything, removed or added is refused', async () => {
  const documents: readonly (Receipt | Manifest)[] = [receipt, manifest]
  for (const document of documents) {
    const all = places(document)
    const judged = (forged: unknown) => (document === receipt ? verdict(forged, manifest) : verdict(receipt, forged))
    await assert(
      asyncProperty(nat(all.length - 1), jsonValue(), async (which, value) => {
        const path = all[which] ?? []
        const forged = changed(document, path, () => value)
        if (JSON.stringify(forged) === JSON.stringify(document)) return
        expect([path, value, await judged(forged)]).toEqual([path, value, false])
      }),
      { numRuns: 150 },
    )
    for (const key of Object.keys(document)) {
      const { [key as keyof typeof document]: _, ...rest } = document // as: its own key
      expect([key, await judged(rest)]).toEqual([key, false])
    }
    expect(await judged({ ...document, extra: true })).toBe(false)
  }
})
