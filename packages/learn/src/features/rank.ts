import { once } from './once.ts'
import type { View } from './view.ts'

/** What a number on the page counts. */
export type Unit = 'money' | 'minutes' | 'plain'

interface Amount {
  readonly unit: Unit
  readonly value: number
}

/** The place of a row among the rows beside it, by one of its numbers: 1 least, 2 between, 3 greatest. */
export interface Ranking {
  readonly unit: Unit
  readonly place: 1 | 2 | 3
}

/** For each row that has numbers, where they stand among those of the rows with the same parent. */
export function rankRows(view: View): ReadonlyMap<number, readonly Ranking[]> {
  const families = new Map<number, number[]>()
  for (const row of view.rowTexts.keys()) {
    const parent = view.nodes[row]?.parent ?? -1
    const family = families.get(parent)
    if (family === undefined) families.set(parent, [row])
    else family.push(row)
  }
  const rankings = new Map<number, Ranking[]>()
  const amounts = once(amountOf)
  for (const rows of families.values()) if (rows.length > 1 && rows.length < 60) rankFamily(view, rows, amounts, rankings)
  return rankings
}

function rankFamily(
  view: View,
  rows: readonly number[],
  amountsOf: (text: string) => readonly Amount[],
  rankings: Map<number, Ranking[]>,
): void {
  const amounts = rows.map((row) => new Map((view.rowTexts.get(row) ?? []).flatMap(amountsOf).map(({ unit, value }) => [unit, value])))
  for (const unit of ['money', 'minutes', 'plain'] as const) {
    const values = amounts.flatMap((amount) => amount.get(unit) ?? [])
    if (values.length < 2) continue
    const least = Math.min(...values)
    const greatest = Math.max(...values)
    rows.forEach((row, index) => {
      const value = amounts[index]?.get(unit)
      if (value === undefined) return
      const place = value === least ? 1 : value === greatest ? 3 : 2
      rankings.set(row, [...(rankings.get(row) ?? []), { unit, place }])
    })
  }
}

function amountOf(text: string): Amount[] {
  const span = /^(?:(\d+)\s*h(?:ours?|rs?)?)?\s*(?:(\d+)\s*m(?:in(?:utes)?)?)?$/.exec(text)
  if (span !== null && text !== '') return [{ unit: 'minutes', value: Number(span[1] ?? 0) * 60 + Number(span[2] ?? 0) }]
  const money = /[$€£]\s?(\d[\d,]*(?:\.\d+)?)/.exec(text) ?? /\b(?:for|price|total)\s+(\d[\d,]*(?:\.\d+)?)$/.exec(text)
  if (money !== null) return [{ unit: 'money', value: Number((money[1] ?? '').replaceAll(',', '')) }]
  return /^-?\d+(?:\.\d+)?$/.test(text) ? [{ unit: 'plain', value: Number(text) }] : []
}
