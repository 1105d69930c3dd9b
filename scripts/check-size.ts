import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'

import { type Ceiling, ceilings } from './ceilings.ts'
import type { Fault, Finding } from './source.ts'

/** Checks what is built against the ceilings. A bundle that is not built is not judged; one that no ceiling names is free. */
export function checkSize(root: string, table: readonly Ceiling[] = ceilings): Finding {
  const built = table.filter(({ path }) => existsSync(join(root, path)))
  const faults = built.flatMap(({ path, gzipBytes }): readonly Fault[] => {
    const weight = weightBytes(root, path)
    return weight <= gzipBytes ? [] : [{ path, line: 0, what: `weighs ${weight} bytes after gzip; at most ${gzipBytes}` }]
  })
  return { looked: built.length, of: 'bundles', faults }
}

/** Bytes after gzip of a file, or of a page with what it loads at once. */
export function weightBytes(root: string, path: string): number {
  const own = readFileSync(join(root, path))
  const files = path.endsWith('.html') ? loads(root, path, own.toString()) : []
  return [own, ...files.map((file) => readFileSync(file))].reduce(
    (sum, bytes) => sum + gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }).length,
    0,
  )
}

function loads(root: string, page: string, html: string): readonly string[] {
  const tags = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^":]+)"[^>]*>/g)]
  const wanted = tags.filter(([tag]) => !/rel="(icon|prefetch|manifest)"/.test(tag)).map(([, url = '']) => url.split(/[?#]/)[0] ?? '')
  return wanted.map((url) => {
    const beside = join(root, dirname(page), url)
    const places = [beside, join(root, dirname(dirname(page)), url), join(root, dirname(page), url.split('/').slice(2).join('/'))]
    const file = places.find((place) => existsSync(place))
    if (file === undefined) throw new Error(`${page} loads ${url}, which is not built`)
    return file
  })
}
