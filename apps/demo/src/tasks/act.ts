/** One act of a scripted solution, driven from outside with trusted input. `selector` is CSS. */
export type Act =
  | { readonly kind: 'click'; readonly selector: string }
  | { readonly kind: 'type'; readonly selector: string; readonly text: string }
  | { readonly kind: 'select_option'; readonly selector: string; readonly text: string }

const waitMs = 5_000
const lookAgainMs = 40

/** Waits until the page shows what is looked for. Throws where it does not within five seconds. */
export async function until<T>(what: string, look: () => T | null | undefined): Promise<T> {
  const endMs = performance.now() + waitMs
  for (;;) {
    const found = look()
    if (found !== null && found !== undefined) return found
    if (performance.now() > endMs) throw new Error(`${what} did not come within ${waitMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs))
  }
}

/** Waits for a selector and gives it back. */
export async function shown(selector: string): Promise<string> {
  await until(selector, () => document.querySelector(selector))
  return selector
}

const fewRows = 3

/** Waits until a search has left a few rows and one of them reads as wanted in its first column; gives the selector of that cell. */
export function foundRow(firstCell: string): Promise<string> {
  return until(`the row ${firstCell}`, () => {
    const rows = [...document.querySelectorAll('tbody tr')]
    const at = rows.findIndex((row) => row.querySelector('td')?.textContent === firstCell)
    return at === -1 || rows.length > fewRows ? null : `tbody tr:nth-child(${at + 1}) td:first-child`
  })
}
