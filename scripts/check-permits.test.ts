import { expect, test } from 'vitest'

import { checkPermits } from './check-permits.ts'
import { soundHouse } from './plant.ts'
import { parse } from './source.ts'

function faultsOf(path: string, text: string): readonly string[] {
  return checkPermits([parse(path, text)]).faults.map(({ what }) => what)
}

const from = "import type { Permit, Personal } from '@overt/privacy'\n"

test('a sound house is green, its one maker among it', () => {
  const sources = Object.entries(soundHouse).flatMap(([path, text]) => (path.endsWith('.ts') ? [parse(path, text)] : []))
  expect(checkPermits(sources)).toMatchObject({ looked: sources.length, faults: [] })
})

test.each([
  ['a cast', `${from}export const p = { person: 'x' } as unknown as Permit\n`, /makes a permit by a cast/],
  ['a cast under another name', "import type { Permit as Leave } from '@overt/privacy'\nexport const p = {} as Leave\n", /by a cast/],
  ['a cast through a namespace', "import type * as privacy from '@overt/privacy'\nexport const p = {} as privacy.Permit\n", /by a cast/],
  ['a cast to an array', `${from}export const p = [] as unknown as Permit[]\n`, /by a cast/],
  ['an object literal', `${from}export const p: Permit = { person: 'x' }\n`, /out of a plain value/],
  ['parsed JSON', `${from}export const p: Permit = JSON.parse('{}')\n`, /out of a plain value/],
  ['an opened value', `${from}export const p = {} as Personal<string>\n`, /by a cast/],
  ['a class', `${from}export class Mine implements Permit {}\n`, /of a class/],
  ['an interface', `${from}export interface Wide extends Permit { readonly more: string }\n`, /of a wider type/],
  [
    'a permit in the second place',
    `${from}export function read(path: string, permit: Permit): string { return path + permit }\n`,
    /read takes a permit, but not as its first parameter/,
  ],
  [
    'a permit in the second place of an arrow',
    `${from}export const read = (path: string, permit: Permit) => path + permit\n`,
    /not as its first/,
  ],
  ['a flag', 'export interface Options { readonly hasConsent: boolean }\n', /consent is a permit, never a flag/],
])('%s is red', (_, text, what) => {
  expect(faultsOf('packages/data/src/x.ts', text).join('\n')).toMatch(what)
})

test.each([
  ['a permit in the first place', `${from}export function read(permit: Permit, path: string): string { return path + permit }\n`],
  [
    'a permit inside a callback type',
    `${from}export function open(path: string, use: (permit: Permit) => void): void { void path, use }\n`,
  ],
  ['a permit from decide', `${from}export async function f(d: () => Promise<Permit>) { const p: Permit = await d(); return p }\n`],
])('%s is green', (_, text) => {
  expect(faultsOf('packages/data/src/x.ts', text)).toEqual([])
})
