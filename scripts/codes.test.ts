import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

import { walk } from './walk.ts'

const root = join(import.meta.dirname, '..')

/** Packages whose errors take their code from one table: the compiler holds that a code of it means one thing. */
const tables = ['packages/agent/src', 'packages/learn/src']

/** Codes that several files give for one and the same thing. */
const shared: Readonly<Record<string, string>> = {
  'OVT-1317': 'a release that the data folder did not build',
  'OVT-1350': 'a release that an erasure revoked; the demo waits for it',
  'OVT-1373': 'a batch that could not be stored',
  'OVT-1612': 'nobody is signed in; the pages name it',
  'OVT-1619': 'the server failed; the pages say it where an answer says nothing',
  'OVT-1622': 'a passkey is asked for; the pages do',
  'OVT-1705': 'a flag that is missing or wrong',
  'OVT-1706': 'a file that is not what it is given for',
  'OVT-1707': 'a data folder that can not be one, or whose operator is missing or damaged',
  'OVT-1710': 'a manifest that would be refused',
  'OVT-1715': "a person's consent does not cover it",
  'OVT-1723': 'a release that may not be trained on, before it is and once it was',
  'OVT-1743': 'a collector that can not be reached',
  'OVT-1751': 'the demo could not begin or go on with the part of the person at the screen',
}

/** Where each code is given, a package of one table as one place. */
function placesOf(sources: Iterable<readonly [path: string, text: string]>): ReadonlyMap<string, ReadonlySet<string>> {
  const places = new Map<string, Set<string>>()
  for (const [path, text] of sources) {
    const place = tables.find((folder) => path.startsWith(folder)) ?? path
    for (const [code] of text.matchAll(/OVT-\d{4}/g)) places.set(code, (places.get(code) ?? new Set()).add(place))
  }
  return places
}

function* sources(): Generator<readonly [string, string]> {
  for (const folder of ['apps', 'packages'])
    for (const path of walk(join(root, folder)))
      if (/\/src\/.*\.tsx?$/.test(path) && !/\.test\.tsx?$|fixture\.ts$/.test(path))
        yield [relative(root, path), readFileSync(path, 'utf8')]
}

const doubled = (places: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] =>
  [...places].flatMap(([code, at]) => (at.size > 1 && !Object.hasOwn(shared, code) ? `${code}: ${[...at].join(', ')}` : []))

test('no code stands for two things: what two files give is one thing, and is named above', () => {
  const places = placesOf(sources())
  expect(places.size).toBeGreaterThan(100)
  expect(doubled(places)).toEqual([])
  expect(Object.keys(shared).filter((code) => (places.get(code)?.size ?? 0) < 2)).toEqual([])
})

test('a code that two files give is found', () => {
  const planted = placesOf([
    ['apps/cli/src/a.ts', "'OVT-1799'"],
    ['packages/data/src/b.ts', "'OVT-1799'"],
  ])
  expect(doubled(planted)).toEqual(['OVT-1799: apps/cli/src/a.ts, packages/data/src/b.ts'])
})
