import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { build as bundle } from 'wxt'

const root = fileURLToPath(new URL('.', import.meta.url))

/** Makes `dist/chrome-mv3` and `dist/firefox-mv3`: folders that the browsers load as they are. Nothing is fetched. */
export async function build(): Promise<void> {
  for (const browser of ['chrome', 'firefox']) await bundle({ root, browser, mode: 'production' })
  // Made for an editor's sake; types here come from imports.
  await rm(new URL('.wxt', import.meta.url), { recursive: true, force: true })
}
