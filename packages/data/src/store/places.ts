import type { Batch, Manifest } from '@overt/schema'

const placeholder = /^\[[A-Z_]+_\d+\]$/

/**
 * The addresses that a batch may have been recorded at. Query, fragment and identifiers stay on the device, and a manifest may go by them (a tenant in the path, `?tenant=acme`, `#/orders/**`):
 * the device has judged them, so here they are taken to be what the manifest's patterns say, and all else of the address is judged again.
 */
export function placesOf(
  { origin, path }: Pick<Batch, 'origin' | 'path'>,
  { apps }: Pick<Manifest, 'apps'>,
): readonly { readonly url: string }[] {
  const patterns = apps.flatMap((app) => (app.origins.includes(origin) ? app.paths : []))
  return [{ url: origin + path }, ...patterns.map((pattern) => ({ url: origin + filled(path, pattern) }))]
}

function filled(path: string, pattern: string): string {
  const [, glob = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(pattern) ?? []
  const parts = glob.split('/')
  const own = path.split('/').map((part, at) => (placeholder.test(part) && !parts[at]?.includes('*') ? (parts[at] ?? part) : part))
  return own.join('/') + rest.replaceAll(/\*+/g, 'x')
}
