/** A day of the calendar. `month` 1-12. */
export interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** Something of the goal that is written in a form of its own, and where: UTF-16 units. */
export interface Written<T> {
  readonly value: T
  readonly start: number
  readonly end: number
}

/** Minutes after midnight. */
export type Clock = number

const monthNames = 'january february march april may june july august september october november december'.split(' ')
const monthPattern = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?'
const two = (amount: number): string => String(amount).padStart(2, '0')

/** 1-12 by a name's first three letters; 0 where it is no month. */
export function monthOf(text: string): number {
  const lower = text.toLowerCase().replace('.', '')
  if (lower.length < 3) return 0
  return monthNames.findIndex((name) => name === lower || (lower.length <= 4 && name.startsWith(lower.slice(0, 3)))) + 1
}

/** Days written as `2016-09-15`, `09/15/2016`, `15.09.2016`, `September 15, 2016` or `15 September 2016`. */
export function daysIn(text: string): Written<Day>[] {
  const found: Written<Day>[] = []
  const add = (match: RegExpMatchArray, year: string | undefined, month: number, day: string | undefined): void => {
    const value = { year: Number(year), month, day: Number(day) }
    const start = match.index ?? 0
    if (month >= 1 && month <= 12 && value.day >= 1 && value.day <= 31) found.push({ value, start, end: start + match[0].length })
  }
  for (const match of text.matchAll(/\b(\d{4})-(\d{1,2})-(\d{1,2})\b/g)) add(match, match[1], Number(match[2]), match[3])
  for (const match of text.matchAll(/\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/g)) add(match, match[3], Number(match[1]), match[2])
  for (const match of text.matchAll(/\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b/g)) add(match, match[3], Number(match[2]), match[1])
  for (const match of text.matchAll(new RegExp(`\\b${monthPattern}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b`, 'gi')))
    add(match, match[3], monthOf(match[1] ?? ''), match[2])
  for (const match of text.matchAll(new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${monthPattern},?\\s+(\\d{4})\\b`, 'gi')))
    add(match, match[3], monthOf(match[2] ?? ''), match[1])
  return found
}

/** The ways to write a day, ISO 8601 first. */
export function dayForms({ year, month, day }: Day): string[] {
  const name = monthNames[month - 1] ?? ''
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
  return [
    `${year}-${two(month)}-${two(day)}`,
    `${two(month)}/${two(day)}/${year}`,
    `${two(day)}.${two(month)}.${year}`,
    `${title} ${day}, ${year}`,
    `${day} ${title} ${year}`,
  ]
}

/** Times written as `7:16 PM`, `19:16` or `7 pm`. */
export function clocksIn(text: string): Written<Clock>[] {
  const found: Written<Clock>[] = []
  for (const match of text.matchAll(/\b(\d{1,2})(?::(\d{2}))?\s*([ap])\.?m\b\.?|\b(\d{1,2}):(\d{2})\b/gi)) {
    const hour = Number(match[1] ?? match[4])
    const minute = Number(match[2] ?? match[5] ?? 0)
    const half = match[3]?.toLowerCase()
    const hours = half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0)
    if (hours < 24 && minute < 60) found.push({ value: hours * 60 + minute, start: match.index, end: match.index + match[0].length })
  }
  return found
}

/** The ways to write a time, 24 hours first. */
export function clockForms(minutes: Clock): string[] {
  const hours = Math.floor(minutes / 60)
  const twelve = hours % 12 === 0 ? 12 : hours % 12
  const rest = two(minutes % 60)
  const half = hours < 12 ? 'AM' : 'PM'
  return [`${two(hours)}:${rest}`, `${twelve}:${rest} ${half}`]
}
