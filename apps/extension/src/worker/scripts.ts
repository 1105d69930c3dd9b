import { browser } from '../talk/browser.ts'

import { leave } from './leave.ts'

const id = 'recorder'
const file = '/recorder.js'

/** The match patterns of a manifest's origins; what is no web page has none. */
export function patternsOf(origins: readonly string[]): readonly string[] {
  const hosts = origins.flatMap((origin) => {
    const url = URL.parse(origin)
    return url !== null && /^https?:$/.test(url.protocol) ? [`${url.protocol}//${url.hostname}/*`] : []
  })
  return [...new Set(hosts)]
}

/** Has the recorder run where the manifest says and the person's browser lets it, and nowhere else; open tabs get it too. Gives the patterns. */
export async function place(nowEpochMs: number): Promise<readonly string[]> {
  const allowed = await leave(nowEpochMs)
  const wanted = allowed.ok ? patternsOf(allowed.enrolment.manifest.apps.flatMap(({ origins }) => origins)) : []
  const granted = await Promise.all(wanted.map((origin) => browser.permissions.contains({ origins: [origin] })))
  const matches = wanted.filter((_, index) => granted[index])
  const known = await browser.scripting.getRegisteredContentScripts({ ids: [id] })
  if (known.length > 0) await browser.scripting.unregisterContentScripts({ ids: [id] })
  if (matches.length === 0) return []
  await browser.scripting.registerContentScripts([
    { id, js: [file], matches, allFrames: true, matchOriginAsFallback: true, runAt: 'document_start', persistAcrossSessions: false },
  ])
  const tabs = await browser.tabs.query({ url: matches })
  await Promise.allSettled(
    tabs.map((tab) =>
      browser.scripting.executeScript({ target: { tabId: tab.id ?? -1, allFrames: true }, files: [file], injectImmediately: true }),
    ),
  )
  return matches
}
