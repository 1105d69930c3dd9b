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
  const url = new URL(place.url)
  const paths = pathsOf(url)
  if ([origin, ...paths].some(isNeverRecorded)) return []
  const lowered = paths.map((path) => path.toLowerCase())
  const apps = manifest.apps.filter((app) => app.origins.includes(origin))
  // An exception of one app holds for every app on the same origin.
  const excepted = (pattern: string): boolean => fits(pattern.toLowerCase(), lowered, new URLSearchParams(url.search.toLowerCase()))
  if (apps.some((app) => app.exceptPaths.some(excepted))) return []
  return apps.filter((app) => app.paths.some((pattern) => fits(pattern, paths.slice(0, 2), url.searchParams, true)))
}

/** What follows the `?` of a pattern names a tenant or an account by parameters of the address; `once`, since of two values nobody knows which one the site goes by. */
function fits(pattern: string, paths: readonly string[], given: URLSearchParams, once = false): boolean {
  const [glob = '', query] = pattern.split('?')
  const asked = [...new URLSearchParams(query)]
  return matchesAny(glob, paths) && asked.every(([name, value]) => given.has(name, value) && !(once && given.getAll(name)[1] !== undefined))
}

/** The path as the browser spells it, with its `#/route` where it has one, and both decoded, so that `%61dmin` is still `admin`. */
function pathsOf({ protocol, pathname, hash }: URL): readonly string[] {
  const path = protocol === 'dataset:' ? '/' : pathname
  const routed = hash.startsWith('#/') ? [path, path + (hash.split('?')[0] ?? '')] : [path, path]
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
 * Keeps the set of places in the path where the pattern so far may end, so the time is pattern times path whatever they hold.
 */
export function matchesPath(pattern: string, path: string): boolean {
  if (pattern.endsWith('/**') && path === pattern.slice(0, -3)) return true
  let ends = new Set([0])
  for (const part of pattern.match(/\*\*?|[^*]+/g) ?? []) {
    const next = new Set<number>()
    for (const end of ends) {
      const star = part.startsWith('*')
      if (star || path.startsWith(part, end)) next.add(star ? end : end + part.length)
      // A set grows while it is walked: a star may stand for one character more.
      if (star && end < path.length && (part === '**' || path[end] !== '/')) ends.add(end + 1)
    }
    ends = next
  }
  return ends.has(path.length)
}
