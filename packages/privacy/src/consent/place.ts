import type { Manifest } from '@overt/schema'

import { isNeverRecorded } from './never.ts'

/** A page (its URL) or another source of recorded work (`dataset:name`). */
export interface Place {
  readonly url: string
}

/** Scheme, host and port; `dataset:name` for a published set; '' for anything else. */
export function originOf(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null) return ''
  return parsed.protocol === 'dataset:' ? `dataset:${parsed.pathname}` : parsed.origin === 'null' ? '' : parsed.origin
}

/** Whether an origin can only be this machine (a loopback page), or no page at all (`dataset:`). */
export function isLocalOrigin(origin: string): boolean {
  const parsed = URL.parse(origin)
  if (parsed === null || originOf(origin) !== origin) return false
  if (parsed.protocol === 'dataset:') return true
  return (
    parsed.hostname === 'localhost' ||
    parsed.hostname.endsWith('.localhost') ||
    parsed.hostname === '[::1]' ||
    /^127(\.\d+){3}$/.test(parsed.hostname)
  )
}

/** The apps of a manifest that cover a place at an hour; none where it may not be recorded. */
export function appsAt(manifest: Manifest, place: Place, nowEpochMs: number): Manifest['apps'] {
  const origin = originOf(place.url)
  if (origin === '' || !withinHours(manifest.hours, nowEpochMs)) return []
  const paths = pathsOf(place.url)
  if ([origin, ...paths].some(isNeverRecorded)) return []
  const lowered = paths.map((path) => path.toLowerCase())
  const apps = manifest.apps.filter((app) => app.origins.includes(origin))
  // An exception of one app holds for every app on the same origin.
  const { searchParams } = new URL(place.url)
  const excepted = (pattern: string): boolean =>
    fits(
      pattern,
      (path) => matchesAny(path.toLowerCase(), lowered),
      (name, value) => searchParams.getAll(name).includes(value),
    )
  if (apps.some((app) => app.exceptPaths.some(excepted))) return []
  // Once: of two values nobody knows which one the site goes by.
  const named = (pattern: string): boolean =>
    fits(
      pattern,
      (path) => matchesAny(path, paths.slice(0, 2)),
      (name, value) => searchParams.getAll(name).join('\n') === value,
    )
  return apps.filter((app) => app.paths.some(named))
}

/** What follows the `?` of a pattern names a tenant or an account by parameters of the address. */
function fits(pattern: string, path: (glob: string) => boolean, parameter: (name: string, value: string) => boolean): boolean {
  const [glob = '', query] = pattern.split('?')
  return path(glob) && [...new URLSearchParams(query)].every(([name, value]) => parameter(name, value))
}

/** The path as the browser spells it, with its `#/route` where it has one, and both decoded, so that `%61dmin` is still `admin`. */
function pathsOf(url: string): readonly string[] {
  const parsed = URL.parse(url)
  if (parsed === null) return []
  const path = parsed.protocol === 'dataset:' ? '/' : parsed.pathname
  const routed = parsed.hash.startsWith('#/') ? [path, path + (parsed.hash.split('?')[0] ?? '')] : [path, path]
  return [...routed, ...routed.map(decoded)]
}

function decoded(path: string): string {
  return path.replace(/%[0-7][0-9a-f]/gi, (code) => String.fromCharCode(parseInt(code.slice(1), 16)))
}

function withinHours(hours: Manifest['hours'], nowEpochMs: number): boolean {
  if (hours === null) return true
  const local = new Date(nowEpochMs)
  return hours.days.includes(local.getDay()) && local.getHours() >= hours.fromHour && local.getHours() < hours.toHour
}

function matchesAny(pattern: string, paths: readonly string[]): boolean {
  return paths.some((path) => matchesPath(pattern, path))
}

/**
 * Whether a path fits a pattern: `*` stands for any characters but `/`, `**` for any; `/x/**` fits `/x` too.
 * Keeps the set of reachable places in the pattern, so the time is pattern times path whatever they hold.
 */
export function matchesPath(pattern: string, path: string): boolean {
  if (pattern.endsWith('/**') && path === pattern.slice(0, -3)) return true
  const parts = pattern.match(/\*\*|[^]/g) ?? []
  let places = skipStars(parts, new Set([0]))
  for (const character of path) places = skipStars(parts, advance(parts, places, character))
  return places.has(parts.length)
}

function advance(parts: readonly string[], places: ReadonlySet<number>, character: string): Set<number> {
  const next = new Set<number>()
  for (const place of places) {
    const part = parts[place]
    if (part === '**' || (part === '*' && character !== '/')) next.add(place)
    else if (part === character) next.add(place + 1)
  }
  return next
}

/** A star may stand for nothing: the place after it is reachable as well. Sets grow while they are walked. */
function skipStars(parts: readonly string[], places: Set<number>): Set<number> {
  for (const place of places) if (parts[place]?.startsWith('*') === true) places.add(place + 1)
  return places
}
