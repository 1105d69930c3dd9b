import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const skipped: ReadonlySet<string> = new Set(['node_modules', 'dist', 'fixtures', 'coverage', '.git', '.cache', '.overt', '.wxt'])

/** Every file under `folder`, sorted, without what is fetched, built or sample; `everything` leaves nothing out. Nothing where the folder is not there. */
export function* walk(folder: string, options: { readonly everything?: boolean } = {}): Generator<string> {
  if (!existsSync(folder)) return
  const entries = readdirSync(folder, { withFileTypes: true }).toSorted((left, right) => (left.name < right.name ? -1 : 1))
  for (const entry of entries) {
    if (options.everything !== true && skipped.has(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* walk(path, options)
    else if (entry.isFile()) yield path
  }
}
