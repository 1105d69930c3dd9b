import { readFileSync } from 'node:fs'

import { handsOf, type Stroke } from './hands.ts'
import { asksOf } from './desk.ts'

/** One session of one person: what their hands did. */
export interface Performance {
  readonly person: number
  /** What was done; everybody did it. */
  readonly task: number
  readonly strokes: readonly Stroke[]
}

/** Made people at their work: the same habits in every session, other words in each. */
export function madePerformances(people: number, sessions: number): readonly Performance[] {
  return Array.from({ length: people }, (_, person) => {
    const hands = handsOf(person)
    return Array.from({ length: sessions }, (__, task): Performance => ({ person, task, strokes: hands.work(asksOf(task), task) }))
  }).flat()
}

/** Repetitions that make one session: a password alone is short. */
const repetitionsTaken = 6
const keys: Readonly<Record<string, string>> = { period: '.', five: '5', 'Shift.r': 'R' }

/**
 * Real people from a file of the CMU benchmark's form (Killourhy and Maxion 2009; `subject,sessionIndex,rep,H.period,DD.period.t,UD.period.t,...`, seconds): who typed one password 50 times in each of 8 sessions.
 * The last key, Return, is left out: it would send the form.
 */
export function readPerformances(path: string): readonly Performance[] {
  const [head = '', ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/)
  const names = head.split(',').map((name) => name.replaceAll('"', ''))
  if (names[0] !== 'subject' || !names.some((name) => name.startsWith('H.')))
    throw new RangeError(`${path} is not of the CMU benchmark's form: it begins with ${head.slice(0, 60)}`)
  const table = lines.map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')))
  const subjects = [...new Set(table.map(([subject]) => subject))]
  const sessions = [...Map.groupBy(table, ([subject, session]) => `${subject} ${session}`).values()]
  return sessions.map((rows): Performance => {
    const [subject, session] = rows[0] ?? []
    return { person: subjects.indexOf(subject), task: Number(session) - 1, strokes: strokesOf(names, rows.slice(0, repetitionsTaken)) }
  })
}

function strokesOf(names: readonly string[], rows: readonly (readonly string[])[]): readonly Stroke[] {
  const strokes: Stroke[] = [{ on: 'customer', downMs: 500, upMs: 590, aim: [0, 0] }]
  let atMs = 1_500
  for (const row of rows) {
    const cell = (name: string): number => Math.max(1, Math.round(Number(row[names.indexOf(name)] ?? 0) * 1_000))
    for (const name of names.filter((one) => one.startsWith('H.') && one !== 'H.Return')) {
      const key = name.slice(2)
      strokes.push({ on: keys[key] ?? key, downMs: atMs, upMs: atMs + cell(name) })
      atMs += cell(names.find((one) => one.startsWith(`DD.${key}.`)) ?? '')
    }
    atMs += 1_000
  }
  return [...strokes, { on: 'save', downMs: atMs, upMs: atMs + 90, aim: [0, 0] }]
}
