import { isElement } from '../sense/dom.ts'
import type { Area } from '../sense/geometry.ts'
import { givenName, lastName } from '../sense/name.ts'
import { roleOf } from '../sense/role.ts'
import { clean } from '../sense/text.ts'
import { isField } from '../sense/value.ts'
import { fieldTexts } from './fields.ts'
import type { Run, Spot, Walk } from './found.ts'
import { isDrawnAstray } from './clip.ts'
import { anyShadowOf } from './unreadable.ts'

/** Masks what nobody can read into, whole. */
export function maskUnread(element: HTMLElement, box: Area, { found }: Walk): void {
  found.areas.push(box)
  found.astray ||= isDrawnAstray(element)
}

/**
 * A drawing or a film that may be shown: its pixels, and nothing around it. All that the page says of it is read as if it stood in it,
 * since it may draw the same: where redaction takes something out, a field in it holds what someone wrote, or it can't be read, the whole is masked.
 */
export function revealedRuns(drawing: HTMLElement, box: Area, { place }: Spot, walk: Walk): Run[] {
  const { found } = walk
  const parts = [drawing, ...drawing.querySelectorAll('*')].filter((part) => isElement(part))
  if (parts.some((part) => part !== drawing && anyShadowOf(part) !== null)) {
    maskUnread(drawing, box, walk)
    return []
  }
  found.shown += 1
  const texts = parts.flatMap((part) => {
    const role = roleOf(part)
    const said = [givenName(part), lastName(part)].map((text) => ({ text, field: '' }))
    return isField(part, role) ? [...said, ...fieldTexts(part, role, box, { walk, place })] : said
  })
  const boxes = (): Iterable<DOMRect> => [drawing.getBoundingClientRect()]
  return [...texts, ...[drawing.textContent ?? '', captions(drawing)].map((text) => ({ text, field: '' }))]
    .map(({ text, field }) => ({ text: clean(text), field, element: drawing, place, boxes }))
    .filter(({ text }) => text !== '')
}

/** The captions that the browser draws over a film now. */
function captions(film: HTMLElement): string {
  if (!('textTracks' in film)) return ''
  const tracks = film.textTracks as TextTrackList // as: only films have tracks
  return [...tracks].flatMap(({ activeCues }) => [...(activeCues ?? [])].map((cue) => ('text' in cue ? String(cue.text) : ''))).join(' ')
}
