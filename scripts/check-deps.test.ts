import { rmSync } from 'node:fs'

import { expect, test } from 'vitest'

import { checkDeps } from './check-deps.ts'
import { verdictOf } from './check.ts'
import { type Tree, plant } from './plant.ts'
import { readSources } from './source.ts'

function faultsOf(faults: Tree): readonly string[] {
  const root = plant(faults)
  try {
    return checkDeps(root, readSources(root)).faults.map(({ path, what }) => `${path}: ${what}`)
  } finally {
    rmSync(root, { recursive: true })
  }
}

test('a sound house is green, and something was looked at', () => {
  const root = plant()
  const finding = checkDeps(root, readSources(root))
  rmSync(root, { recursive: true })
  expect(finding.faults).toEqual([])
  expect(finding.looked).toBeGreaterThan(10)
})

test('nothing to look at is an error', () => {
  const root = plant({}, {})
  expect(verdictOf(checkDeps(root, readSources(root)))).toMatchObject({ ok: false, lines: ['looked at nothing, which is an error'] })
  rmSync(root, { recursive: true })
})

const learnDoor = 'packages/learn/src/index.ts'
const dataDeclared =
  '{"name":"@overt/learn","exports":{".":"./src/index.ts"},"dependencies":{"@overt/data":"*","@overt/privacy":"*","@overt/schema":"*"}}'

test.each([
  ['static', "import { read } from '@overt/data'\nexport const again = read\n"],
  ['re-exported', "export { read } from '@overt/data'\n"],
  ['dynamic', "export const read = await import('@overt/data')\n"],
  ['template', 'export const read = await import(`@overt/data`)\n'],
  ['type', "import type { read } from '@overt/data'\nexport type Read = typeof read\n"],
  ['inline type', "export type Read = typeof import('@overt/data')\n"],
  ['require', "export const read = require('@overt/data')\n"],
  ['resolved', "export const read = import.meta.resolve('@overt/data')\n"],
])('learn never imports data: %s import', (_, text) => {
  expect(faultsOf({ [learnDoor]: text, 'packages/learn/package.json': dataDeclared })).toEqual([
    `${learnDoor}: packages/learn may not import @overt/data (layer table, scripts/layers.ts)`,
  ])
})

test.each<[string, Tree, RegExp]>([
  [
    'an undeclared package',
    { [learnDoor]: "import x from 'left-pad'\nexport const y = x\n" },
    /imports left-pad, which packages\/learn\/package.json does not declare/,
  ],
  [
    'a dev dependency of the root in shipped code',
    { [learnDoor]: "import { test } from 'vitest'\nexport const y = test\n" },
    /imports vitest, which/,
  ],
  ['a relative path out of the package', { [learnDoor]: "import '../../data/src/index.ts'\n" }, /leaves its package/],
  ['an absolute path', { [learnDoor]: "import '/etc/x.ts'\n" }, /by an absolute path/],
  ['node: in a page package', { 'packages/privacy/src/index.ts': "import 'node:fs'\n" }, /runs in a page and imports node:fs/],
  ['a bare built-in', { [learnDoor]: "import 'fs'\n" }, /write node:fs/],
  [
    'node: behind the page-safe door',
    { 'packages/learn/src/model/rank.ts': "import 'node:fs'\nexport const rank = 1\n" },
    /is reached from packages\/learn\/src\/model, which runs in a page/,
  ],
  [
    'a path inside another package',
    { 'packages/data/src/index.ts': "import '@overt/privacy/src/decide.ts'\n" },
    /is not a door of packages\/privacy/,
  ],
  [
    'a door that the table does not name',
    {
      'packages/privacy/package.json':
        '{"name":"@overt/privacy","exports":{".":"./src/index.ts","./decide":"./src/decide.ts"},"dependencies":{"@overt/schema":"*"}}',
    },
    /opens the door \.\/decide/,
  ],
  [
    'the validator in a page',
    { 'packages/privacy/src/decide.ts': "import { Event } from '@overt/schema'\nexport const decide = Event\nexport type Permit = 1\n" },
    /may import @overt\/schema for types only/,
  ],
  [
    'privacy at run time in learn',
    { [learnDoor]: "import { decide } from '@overt/privacy'\nexport const y = decide\n" },
    /may import @overt\/privacy for types only/,
  ],
  [
    'a package that drives a browser',
    {
      'packages/data/package.json': '{"name":"@overt/data","exports":{".":"./src/index.ts"},"dependencies":{"playwright-core":"1"}}',
      'packages/data/src/index.ts': "import 'playwright-core'\n",
    },
    /only packages\/agent, apps\/cli and tests drive a browser/,
  ],
  [
    'a stage against the flow',
    { 'packages/data/src/store/read.ts': "import { ingest } from '../ingest/ingest.ts'\nexport const read = ingest\n" },
    /store\/ may not import ingest\//,
  ],
  [
    'one bundle in another',
    { 'apps/web/src/mine/page.ts': "import { page } from '../console/page.ts'\nexport const mine = page\n" },
    /mine\/ may not import console\//,
  ],
  ['a fixture in shipped code', { [learnDoor]: "import './x.fixture.ts'\n" }, /ships \.\/x\.fixture\.ts, which is for tests/],
  [
    'a circle',
    {
      'packages/learn/src/model/rank.ts': "import './turn.ts'\nexport const rank = 1\n",
      'packages/learn/src/model/turn.ts': "import './rank.ts'\n",
    },
    /in a circle: .*rank.ts -> .*turn.ts -> .*rank.ts/,
  ],
  ['a package without a row', { 'packages/extra/src/index.ts': 'export const x = 1\n' }, /has no row in the layer table/],
  [
    'a path made at run time in a page',
    { 'packages/privacy/src/index.ts': 'export const load = (name: string) => import(name)\n' },
    /can't be checked/,
  ],
])('%s is red', (_, tree, what) => {
  expect(faultsOf(tree).join('\n')).toMatch(what)
})
