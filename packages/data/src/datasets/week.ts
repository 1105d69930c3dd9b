const dayMs = 86_400_000

/** The ISO 8601 week of a moment in UTC: `2026-W48`. */
export function isoWeek(atEpochMs: number): string {
  const date = new Date(atEpochMs)
  const weekday = (date.getUTCDay() + 6) % 7
  const thursday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() - weekday + 3))
  const year = thursday.getUTCFullYear()
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / dayMs / 7) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}
