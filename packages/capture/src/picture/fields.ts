import { isInput, isSelect, isTextArea } from '../sense/dom.ts'
import { type Area, areaOf, overlap, type Place } from '../sense/geometry.ts'
import { givenName } from '../sense/name.ts'
import { clean } from '../sense/text.ts'
import { fieldValue, optionLabels } from '../sense/value.ts'
import type { Walk } from './found.ts'

const chosen = /^(?:checkbox|radio|range|color|hidden)$/
const pressed = /^(?:button|submit|reset)$/
const picked = /^(?:number|date|time|month|week|datetime-local)$/

/** A text of a field, and the field's name where it stands in one. */
export interface FieldText {
  readonly text: string
  readonly field: string
}

/** What a field shows. What is secret, or what someone wrote, masks `box` whole; the rest is a text like any other. */
export function fieldTexts(
  field: HTMLElement,
  role: string,
  box: Area,
  { walk, place }: { readonly walk: Walk; readonly place: Place },
): readonly FieldText[] {
  const name = clean(givenName(field))
  const mask = (): [] => {
    walk.found.areas.push(box)
    return []
  }
  if (walk.isSecret(field, name)) return mask()
  const type = isInput(field) ? field.type : ''
  if (chosen.test(type)) return []
  if (type === 'file') return isInput(field) && (field.files?.length ?? 0) > 0 ? mask() : []
  const value = isInput(field) && pressed.test(type) ? field.value : fieldValue(field, role)
  // A browser that offers to fill a field shows what it would fill in before it has.
  if (value === '') return field.matches(':autofill') ? mask() : [{ text: field.getAttribute('placeholder') ?? '', field: '' }]
  if (pressed.test(type)) return [{ text: value, field: '' }]
  if (isSelect(field)) {
    const labels = field.multiple || field.size > 1 ? optionLabels(field) : [value]
    return labels.map((text) => ({ text, field: name }))
  }
  if (picked.test(type) || (type === '' && !isTextArea(field) && !field.isContentEditable)) return [{ text: value, field: name }]
  // What someone wrote is theirs: no picture shows it, finished or not.
  walk.found.written.push(value)
  if (field.isContentEditable) {
    walk.range.selectNodeContents(field)
    walk.found.areas.push(overlap(areaOf(walk.range.getBoundingClientRect(), place), walk.viewport))
  }
  return mask()
}
