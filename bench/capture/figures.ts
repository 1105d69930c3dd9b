/** The middle of several runs, with the first and third quarter beside it. */
export interface Middle {
  readonly median: number
  readonly spread: readonly [number, number]
  readonly n: number
}

/** The value below which a share of the others lies, by the nearest rank; NaN of nothing. */
export function quantile(values: readonly number[], share01: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share01 * sorted.length) - 1))] ?? Number.NaN
}

/** The mean of the two in the middle where there is an even number; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  const half = sorted.length / 2
  return ((sorted[Math.floor(half)] ?? Number.NaN) + (sorted[Math.ceil(half) - 1] ?? Number.NaN)) / 2
}

/** Median and quarters; what was not measured (NaN) does not count. */
export function middleOf(values: readonly number[]): Middle {
  const measured = values.filter((value) => !Number.isNaN(value))
  return { median: median(measured), spread: [quantile(measured, 0.25), quantile(measured, 0.75)], n: measured.length }
}

/** One figure beside a peer's; null where the peer's is nothing or either is missing. */
export function ratio(ours: number | null | undefined, peers: number | null | undefined): number | null {
  if (ours === null || ours === undefined || peers === null || peers === undefined || !(peers > 0)) return null
  return ours / peers
}

/** A number for JSON and for print: three figures, null where it was not measured. */
export function rounded(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(Math.abs(value) >= 1_000 ? 6 : 3)) : null
}
