import type { TrustedKey } from '@overt/schema'

/** What an organisation says about the extension. There is no receipt in it, and no place for one: only the person can give that. */
export interface Deployment {
  /** Id of the packed extension: 32 letters in Chromium, an address-like name in Firefox. */
  readonly extensionId: string
  /** Where browsers fetch the package and its updates. */
  readonly updateUrl: string
  readonly endpoint: string
  readonly manifestUrl: string
  readonly keys: readonly TrustedKey[]
  /** The most that recording may take of a page's minute. */
  readonly busyPercent: number
}

/** One file of a policy. */
export interface PolicyFile {
  readonly name: string
  readonly text: string
}

/** Where policies can be put. */
export const targets = ['linux-json', 'chrome-admx', 'intune', 'jamf', 'firefox'] as const
export type Target = (typeof targets)[number]

/** What the extension reads from its managed storage. */
export function managedOf({ endpoint, manifestUrl, keys, busyPercent }: Deployment): object {
  return { endpoint, manifestUrl, keys, busyPercent }
}

/** Chromium's setting for one extension: put there, not removable, and pinned so that its sign can't be hidden from the toolbar. */
export function settingOf({ updateUrl }: Deployment): object {
  return { installation_mode: 'force_installed', update_url: updateUrl, toolbar_pin: 'force_pinned' }
}

/** Any text as XML character data. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
