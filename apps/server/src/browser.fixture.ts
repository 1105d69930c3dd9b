import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** The bundles under test; `npm run build` makes them. */
export const webRoot = at('web/dist')
/** The back office. */
export const toolRoot = at('demo/dist')

const found = process.env['OVERT_CHROMIUM'] ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path))

/** Where Chromium is, if it is where it usually is. */
export const executablePath: { readonly executablePath?: string } = found === undefined ? {} : { executablePath: found }

/** Nothing of the browser's own goes out. */
export const flags: string[] = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]
