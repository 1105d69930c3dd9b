const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })

/** `Today`, or `Monday 23 November`. */
export function dayOf(epochMs: number): string {
  const name = day.format(epochMs)
  return name === day.format(Date.now()) ? 'Today' : name
}

/** `14:05` */
export function timeOf(epochMs: number): string {
  return time.format(epochMs)
}

/** `23 November 2026` */
export function dateOf(epochMs: number): string {
  return date.format(epochMs)
}

/** `under a minute`, `12 minutes`, `3 hours`. */
export function lengthOf(durationMs: number): string {
  const minutes = Math.round(durationMs / 60_000)
  if (minutes < 1) return 'under a minute'
  if (minutes < 120) return minutes === 1 ? '1 minute' : `${minutes} minutes`
  return `${Math.round(minutes / 60)} hours`
}
