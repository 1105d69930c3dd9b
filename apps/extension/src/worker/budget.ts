import { browser } from '../talk/browser.ts'

/** Where no organisation says another. */
const busyPercent = 5

/** The most of a minute that recording may take of its page, as the organisation's policy says. */
export async function budget01(): Promise<number> {
  // A browser without policies rejects.
  const said = await browser.storage.managed.get<{ readonly busyPercent?: number }>('busyPercent').catch(() => ({ busyPercent }))
  return (said.busyPercent ?? busyPercent) / 100
}
