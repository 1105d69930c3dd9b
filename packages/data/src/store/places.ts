import type { Batch, Event, Manifest, Observation } from '@overt/schema'

const placeholder = /^\[[A-Z_]+_\d+\]$/

/** Where a page was. */
export type Address = Pick<Batch, 'origin' | 'path'>

/** The addresses that what a batch holds tells of: where each observation was made, and where the page went. */
export function urlsOf(events: readonly Event[], observations: readonly Observation[]): ReadonlySet<string> {
  const moves = events.flatMap((event) => (event.kind === 'navigate' ? [event.url] : []))
  return new Set([...observations.map(({ url }) => url), ...moves])
}

/** The address of a batch, and every other one that it tells of: a batch that names one place may hold what was seen at another. */
export function addressesOf({ origin, path }: Address, urls: ReadonlySet<string>): readonly [Address, ...Address[]] {
  const others = [...urls].filter((url) => url !== '' && url !== origin + path)
  return [{ origin, path }, ...others.map(addressOf)]
}

function addressOf(url: string): Address {
  const parsed = URL.parse(url)
  return parsed === null ? { origin: '', path: url } : { origin: parsed.origin, path: parsed.pathname + parsed.search + parsed.hash }
}

/**
 * The addresses that may stand behind one that a batch tells. Query, fragment and identifiers stay on the device, and a manifest may go by them (a tenant in the path, `?tenant=acme`, `#/orders/**`):
 * the device has judged them, so here they are taken to be what the manifest's patterns say, and all else of the address is judged again.
 */
export function placesOf({ origin, path }: Address, { apps }: Pick<Manifest, 'apps'>): readonly { readonly url: string }[] {
  const patterns = apps.flatMap((app) => (app.origins.includes(origin) ? app.paths : []))
  return [{ url: origin + path }, ...patterns.map((pattern) => ({ url: origin + filled(path, pattern) }))]
}

function filled(path: string, pattern: string): string {
  const [, glob = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(pattern) ?? []
  const parts = glob.split('/')
  const own = path.split('/').map((part, at) => (placeholder.test(part) && !parts[at]?.includes('*') ? (parts[at] ?? part) : part))
  return own.join('/') + rest.replaceAll(/\*+/g, 'x')
}
