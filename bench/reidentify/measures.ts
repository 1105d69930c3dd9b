import type { Batch, Row } from '@overt/schema'
import { decodeColumns } from '@overt/schema/words'

import type { Measures } from './attack.ts'
import type { Stroke } from './hands.ts'

/** What a keylogger would have: how long each key and button was held, and the time from each key to the next. */
export function measuresOfStrokes(strokes: readonly Stroke[]): Measures {
  const found = new Map<string, number[]>()
  strokes.forEach(({ on, downMs, upMs, aim }, at) => {
    const before = strokes[at - 1]
    note(found, aim === undefined ? `hold ${on}` : 'press', upMs - downMs)
    note(found, 'all holds', upMs - downMs)
    if (aim !== undefined || before === undefined || before.aim !== undefined) return
    note(found, `flight ${before.on}${on}`, downMs - before.downMs)
    note(found, 'all flights', downMs - before.downMs)
  })
  return found
}

/** Everything in what left the device that is a number, or has a length. */
export function measuresOfBatches(batches: readonly Batch[]): Measures {
  const found = new Map<string, number[]>()
  const events = batches.flatMap((batch) => decodeColumns(batch).events)
  const first = events[0]
  const times = new Map<string, number>()
  for (const { seq, observation, ...event } of events) {
    const name = `${event.kind} ${event.node}`
    const time = (times.get(name) ?? 0) + 1
    times.set(name, time)
    measure(found, `${name} #${time}`, { ...event, seq: seq - (first?.seq ?? 0), observation: observation - (first?.observation ?? 0) })
  }
  batches.forEach(({ closedAtEpochMs }, at) => note(found, `closed #${at}`, closedAtEpochMs - (batches[0]?.closedAtEpochMs ?? 0)))
  return found
}

/** Everything in the rows of one episode that is a number, or has a length. Numbers that only count on, over documents and sessions, begin with the episode. */
export function measuresOfRows(rows: readonly Row[]): Measures {
  const found = new Map<string, number[]>()
  let base: { readonly observation: number; readonly event: number } | undefined
  for (const { observation, action, ...row } of rows) {
    const seen = JSON.parse(observation) as { id: number } // as: rows were checked when the release was read
    const done = JSON.parse(action) as { events: number[] } // as: like the observation
    base ??= { observation: seen.id, event: done.events[0] ?? 0 }
    const { event, observation: id } = base
    const { step_index, episode_steps, action_kind, target_node, argument } = row
    const step = {
      seen: { ...seen, id: seen.id - id },
      done: { ...done, events: done.events.map((seq) => seq - event) },
      episode_steps,
      action_kind,
      target_node,
      argument,
    }
    measure(found, `step ${step_index}`, step)
  }
  return found
}

function measure(found: Map<string, number[]>, path: string, value: unknown): void {
  if (typeof value === 'number') note(found, path, value)
  else if (typeof value === 'boolean') note(found, path, Number(value))
  else if (typeof value === 'string') {
    note(found, `${path} length`, value.length)
    if (/^-?\d+(?:\.\d+)?(?:,-?\d+(?:\.\d+)?)*$/.test(value))
      value.split(',').forEach((part, at) => note(found, `${path} number ${at}`, Number(part)))
  } else if (Array.isArray(value)) {
    note(found, `${path} count`, value.length)
    value.forEach((one, at) => measure(found, `${path}.${at}`, one))
  } else if (typeof value === 'object' && value !== null)
    for (const [name, one] of Object.entries(value)) measure(found, `${path}.${name}`, one)
}

function note(found: Map<string, number[]>, name: string, value: number): void {
  const known = found.get(name)
  if (known === undefined) found.set(name, [value])
  else known.push(value)
}
