import { bare } from './bare.ts'

/** The site's own word against capture: `<meta name="overt" content="no-capture">`, or the header `Server-Timing: overt;desc="no-capture"`, the only kind that a page can read of its own response. */
export function optsOut(page: Document): boolean {
  const own = bare(page)
  const [arrival] = own.defaultView?.performance.getEntriesByType('navigation') ?? []
  const said = (arrival as PerformanceNavigationTiming | undefined)?.serverTiming ?? [] // as: what entries of this type are
  if (said.some(({ name, description }) => name === 'overt' && description === 'no-capture')) return true
  return own.querySelector('meta[name="overt" i][content~="no-capture" i]') !== null
}
