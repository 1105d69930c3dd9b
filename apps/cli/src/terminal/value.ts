import { Modality, Purpose, parser } from '@overt/schema'
import { resolve } from 'node:path'

import { textFlag, type Flags } from '../command.ts'
import { CliError, exitCode } from './failure.ts'

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const mostDays = 36_500

/** A flag that the command can't do without. */
export function requireFlag(flags: Flags, name: string, why: string): string {
  const value = textFlag(flags, name)
  if (value !== undefined && value !== '') return value
  throw new CliError('OVT-1705', exitCode.usage, `--${typed(name)} is missing: ${why}.`, 'Run the command with --help to see its flags.')
}

/** The name of somebody who is to be known here: what receipts and batches can carry. */
export function personFlag(flags: Flags, why: string): string {
  const person = requireFlag(flags, 'person', why)
  if (/^[A-Za-z0-9_.-]{1,64}$/.test(person)) return person
  throw new CliError(
    'OVT-1705',
    exitCode.usage,
    `--person takes 1 to 64 letters, digits, _ . or -; it got ${JSON.stringify(person.slice(0, 80))}.`,
    'Give a short name, such as ada: it is not shown to others.',
  )
}

/** A whole number from `minimum` to `maximum`. */
export function wholeFlag(flags: Flags, name: string, minimum: number, maximum = Number.MAX_SAFE_INTEGER): number {
  const text = textFlag(flags, name) ?? ''
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value
  const range = maximum === Number.MAX_SAFE_INTEGER ? `from ${minimum}` : `from ${minimum} to ${maximum}`
  throw new CliError('OVT-1705', exitCode.usage, `--${typed(name)} takes a whole number ${range}; it got "${text}".`, 'Give a number.')
}

/** A flag as it is typed: its name is in camel case. */
function typed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** A length such as `10m`, `90d`, in milliseconds; some time, and at most a hundred years. */
export function lengthMs(text: string): number {
  const parts = /^(\d+)([smhd])$/.exec(text)
  const length = parts === null ? Number.NaN : Number(parts[1]) * (unitMs[parts[2] ?? ''] ?? 0)
  if (length > mostDays * 86_400_000)
    throw new CliError(
      'OVT-1705',
      exitCode.usage,
      `"${text.slice(0, 80)}" is longer than ${mostDays} days.`,
      'Give a length that ends, such as 90d.',
    )
  if (length === 0 || text.startsWith('-'))
    throw new CliError('OVT-1705', exitCode.usage, `"${text.slice(0, 80)}" is no time at all.`, 'Give one of at least 1s: 10m, 2h, 90d.')
  if (!Number.isNaN(length)) return length
  throw new CliError('OVT-1705', exitCode.usage, `"${text}" is not a length of time.`, 'Write a number and s, m, h or d: 10m, 2h, 90d.')
}

/** A date (`2027-01-31`) or a length from now. */
export function momentMs(text: string, nowEpochMs: number): number {
  return dateMs(text) ?? nowEpochMs + lengthMs(text)
}

/** A date, or a date and a time. A day that its month has not is none: `Date.parse` takes it for one of the next month. */
function dateMs(text: string): number | undefined {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0]
  if (day === undefined) return undefined
  const midnight = new Date(`${day}T00:00Z`)
  const isDay = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)
  const date = isDay ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(date)) return date
  throw new CliError('OVT-1705', exitCode.usage, `"${text.slice(0, 80)}" is no date.`, 'Write it as 2027-01-31, or 2027-01-31T09:30Z.')
}

/** A date, or a date and a time, of a flag that may be missing. */
export function dateFlag(flags: Flags, name: string): number | undefined {
  const text = textFlag(flags, name)
  if (text === undefined) return undefined
  const date = dateMs(text)
  if (date !== undefined) return date
  throw new CliError(
    'OVT-1705',
    exitCode.usage,
    `--${typed(name)} takes a date; it got "${text}".`,
    'Write it as 2027-01-31, or 2027-01-31T09:30Z.',
  )
}

/** Comma-separated words of a closed list. */
export function listFlag(flags: Flags, name: string): readonly string[] {
  return (textFlag(flags, name) ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

/** The purposes of a flag, checked. */
export function purposesFlag(flags: Flags, name = 'purposes'): readonly Purpose[] {
  return listFlag(flags, name).map((word) =>
    checked(parser(Purpose)(word), word, 'a purpose', 'ground, assist, automate, evaluate, correct, improve, share'),
  )
}

/** The modalities of a flag, checked. */
export function modalitiesFlag(flags: Flags): readonly Modality[] {
  return listFlag(flags, 'modalities').map((word) =>
    checked(parser(Modality)(word), word, 'a modality', 'actions, text, structure, pixels, drawings, films, paths, desktop'),
  )
}

function checked<T>(
  parsed: { readonly ok: true; readonly value: T } | { readonly ok: false },
  word: string,
  what: string,
  list: string,
): T {
  if (parsed.ok) return parsed.value
  throw new CliError('OVT-1705', exitCode.usage, `"${word}" is not ${what}.`, `Choose from ${list}.`)
}

/** A path of a flag, absolute, so that a server with another working folder reads the same file. */
export function pathFlag(flags: Flags, name: string, why: string): string {
  return resolve(requireFlag(flags, name, why))
}
