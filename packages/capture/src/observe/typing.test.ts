import type { Event, Observation, ObservationNode } from '@overt/schema'
import { createPlaceholderMap, decide, redactText, redactUrl, redactionVersion } from '@overt/privacy'
import { type Arbitrary, array, assert, constantFrom, integer, oneof, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'

import { papersFor } from '../../trial.ts'
import { packStrip } from '../pack/batch.ts'
import { createMask } from '../pack/redactor.ts'
import { createRoll } from '../pack/roll.ts'
import { createVeils } from '../pack/veil.ts'
import { createHolds } from './holds.ts'
import type { Draft, Scribe, Sighting } from './scribe.ts'
import { unfinishedIn } from './unfinished.ts'

const { receipt, manifest, keys } = await papersFor('http://127.0.0.1:4999')
const decision = await decide(receipt, manifest, 'ground', Date.now(), { keys })
if (!decision.ok) throw new Error(decision.reason)
const permit = decision.value

/** A page of one field and a line that repeats it, with the recorder's own holds, veils, roll, mask and packing around it. */
function openDesk() {
  const page = { activeElement: null as unknown }
  const contains = (other: unknown): boolean => other === field
  const field = { localName: 'input', type: 'text', value: '', isConnected: true, ownerDocument: null, getAttribute: () => null, contains }
  const input = field as unknown as HTMLElement // as: what the holds read of a field is here
  page.activeElement = field
  const veils = createVeils(() => 1, unfinishedIn)
  const roll = createRoll(
    () => ({ href: 'http://127.0.0.1:4999/', mode: 'task', episode: 0 }),
    () => 0,
  )
  const mask = createMask({ createPlaceholderMap, redactionVersion, redactText, redactUrl })
  const finishes: ((sinceMs: number) => void)[] = []
  const timers = new Set<() => void>()
  const told: (readonly Event[])[] = []
  const shown: (readonly Observation[])[] = []
  let next = 0
  const sight = (): Sighting => {
    // The page's own words are shorter than what counts as a part of a secret.
    const nodes = [row(1, 'For', field.value), row(2, `For "${field.value}"`, '')]
    const viewport = { width: 1, height: 1, scrollX: 0, scrollY: 0, pixelRatio: 1 }
    const observation: Observation = { id: (next += 1), url: 'http://127.0.0.1:4999/', title: 'Desk', viewport, status: 'fresh', nodes }
    veils.note(observation, holds.pending())
    return { observation, node: 1 }
  }
  const scribe = {
    nowMs: () => 0,
    // A document has what it has from what it is made after.
    page: Object.create(page) as Document, // as: what the holds ask of it is here
    sight,
    isSecret: () => false,
    beforeWrite: (finish: (sinceMs: number) => void) => void finishes.push(finish),
    write: (draft: Draft, sighting: Sighting | null, sinceMs = Infinity, deleted?: readonly string[]) => {
      for (const finish of finishes) finish(sinceMs)
      roll.put(draft, sighting, deleted)
    },
    written: (one: Element, text: string) => veils.lift(one, text),
    later: (react: () => void) => {
      timers.add(react)
      return () => timers.delete(react)
    },
  } as unknown as Scribe // as: the holds ask for no more
  const holds = createHolds(scribe)
  const pack = (): void => {
    const given = { id: 'b', nowEpochMs: 0, counters: {}, veil: veils.veil }
    for (const strip of roll.take()) {
      const packed = packStrip(permit, strip, { device: 'd', session: 's', producer: 'p' }, mask, given)
      told.push(packed.events)
      shown.push(packed.observations)
    }
  }
  return {
    texts: (): readonly string[] => {
      const seen = shown.flat().flatMap((one) => one.nodes.flatMap((node) => [node.name, node.value]))
      return [...seen, ...told.flat().flatMap((event) => (event.kind === 'text' ? [event.before, event.after] : []))]
    },
    edit: (from: number, to: number, text: string) => {
      if (!holds.hasChanged(input)) holds.begin(input, sight(), 'typed')
      if (from < to) holds.deletes(input)
      field.value = field.value.slice(0, from) + text + field.value.slice(to)
      holds.changed(input, 'typed')
    },
    length: () => field.value.length,
    click: () => scribe.write({ kind: 'submit', cause: 'pointer' }, sight()),
    idle: () => [...timers].forEach((react) => react()),
    pack,
    cut: () => holds.commit('cut'),
    leave: () => {
      page.activeElement = null
      holds.commitOne(input, 'done')
      scribe.write({ kind: 'submit', cause: 'pointer' }, sight())
      pack()
    },
  }
}

function row(id: number, name: string, value: string): ObservationNode {
  const rest = { parent: -1, tag: 'p', inputType: '', states: [], options: [], look: '', keys: '' }
  return { ...rest, id, role: id === 1 ? 'textbox' : 'text', name, value, box: [0, 0, 1, 1] }
}

type Desk = ReturnType<typeof openDesk>
const happenings: readonly ((desk: Desk) => void)[] = [
  (desk) => desk.click(),
  (desk) => desk.idle(),
  (desk) => desk.pack(),
  (desk) => (desk.click(), desk.pack()),
  (desk) => desk.cut(),
  (desk) => {
    const at = desk.length()
    desk.edit(at, at, 'zz')
    desk.click()
    desk.edit(at, at + 2, '')
  },
  () => {},
]

interface Secret {
  readonly text: string
  /** What anyone may know of it. */
  readonly open: string
}
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789'
const token = (open: string, length: number): Arbitrary<Secret> =>
  array(integer({ min: 0, max: 58 }), { minLength: length, maxLength: length }).map((places) => ({
    text: `${open}x7${places.map((place, at) => alphabet[(place + at * 13) % 59]).join('')}`,
    open: `${open}x7`,
  }))
const secrets: Arbitrary<Secret> = oneof(
  constantFrom('5500 0000 0000 0004', '4539107723702036', '3782-822463-10005', 'DE89 3704 0044 0532 0130 00', 'GB82WEST12345698765432', '390-52-0012', '85.07.30-033.28').map((text) => ({ text, open: '' })),
  token('ghp_', 34),
  token('sk-live-', 30),
  token('xoxb-123456789012-', 22),
  token('glpat-', 20),
) // prettier-ignore

const parts = (text: string): readonly string[] => {
  const bare = text.replace(/[^A-Za-z0-9]/g, '')
  return Array.from({ length: Math.max(0, bare.length - 3) }, (_, at) => bare.slice(at, at + 4))
}

/** The words that stand before a secret: four of their letters may be four of a token's as well. */
const befores = ['', 'my ', 'it is ']
const said = new Set(parts(`For ${befores.join('')}`))

function leaks(desk: Desk, { text, open }: Secret): readonly string[] {
  const own = new Set(parts(text.slice(open.length))).difference(said)
  // What a placeholder stands between is not one text.
  return desk.texts().filter((told) => told.split(/\[[A-Z_]+_\d+\]/).some((piece) => parts(piece).some((part) => own.has(part))))
}

test('attack 26: a secret typed in any pieces, with anything happening between them, leaves no piece', () => {
  const typing = tuple(
    secrets,
    constantFrom(...befores),
    array(tuple(integer({ min: 1, max: 9 }), integer({ min: 0, max: 6 })), { minLength: 40, maxLength: 40 }),
  )
  assert(
    property(typing, ([secret, before, steps]) => {
      const desk = openDesk()
      desk.edit(0, 0, before)
      let typed = 0
      for (const [length, happening] of steps) {
        const piece = secret.text.slice(typed, typed + length)
        if (piece === '') break
        desk.edit(desk.length(), desk.length(), piece)
        typed += piece.length
        if (typed < secret.text.length) happenings[happening]?.(desk)
      }
      desk.edit(desk.length(), desk.length(), ' ok')
      desk.click()
      desk.leave()
      expect(leaks(desk, secret)).toEqual([])
      expect(desk.texts().some((text) => /\[[A-Z_]+_\d\]/.test(text))).toBe(true)
    }),
    { numRuns: 400 },
  )
})

test('attack 26: a secret typed out of order, or in part deleted again, leaves no piece', () => {
  const order = tuple(
    secrets,
    integer({ min: 4, max: 14 }),
    integer({ min: 0, max: 6 }),
    integer({ min: 0, max: 6 }),
    integer({ min: 1, max: 6 }),
  )
  assert(
    property(order, ([secret, at, one, other, gone]) => {
      const desk = openDesk()
      const end = secret.text.slice(at)
      if (secret.open === '') desk.edit(0, 0, end)
      else desk.edit(0, 0, secret.open + end.slice(-4))
      happenings[one]?.(desk)
      if (secret.open === '') desk.edit(0, 0, secret.text.slice(0, at))
      else desk.edit(secret.open.length, secret.open.length, secret.text.slice(secret.open.length, -4))
      happenings[other]?.(desk)
      desk.edit(desk.length() - gone, desk.length(), '')
      happenings[one]?.(desk)
      desk.leave()
      expect(leaks(desk, secret)).toEqual([])
    }),
    { numRuns: 400 },
  )
})

test('ordinary words are told before what happens next, and an ordinary number when its field is left', () => {
  const desk = openDesk()
  desk.edit(0, 0, 'gus')
  desk.click()
  desk.pack()
  expect(desk.texts()).toEqual(expect.arrayContaining(['gus', 'For "gus"']))
  desk.edit(3, 3, ' 1042')
  desk.click()
  desk.leave()
  expect(desk.texts()).toEqual(expect.arrayContaining(['gus 1042', 'For "gus 1042"']))
})
