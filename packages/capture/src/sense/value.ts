import { unitSeparator } from '@overt/schema/words'

import { bare } from '../bare.ts'
import { isEditable, isEditor, isInput, isSelect, isTextArea } from './dom.ts'
import { clean, cut } from './text.ts'

/** Inputs that hold no text. */
export const valueless = /^(?:checkbox|radio|button|submit|reset|image|file|hidden)$/

/** Labels of the chosen options, joined by U+001F. */
export function chosenLabels(select: HTMLSelectElement): string {
  return [...select.selectedOptions].map((option) => clean(option.label)).join(unitSeparator)
}

/** What the field holds: text, chosen labels, a slider's number. Never ask for a secret field. */
export function fieldValue(element: HTMLElement, role: string): string {
  if (isSelect(element)) return chosenLabels(element)
  if (isTextArea(element)) return cut(element.value)
  if (isInput(element)) return valueless.test(element.type) ? '' : cut(element.value)
  const own = bare(element)
  if (role === 'slider' || role === 'spinbutton' || role === 'progressbar' || role === 'meter')
    return cut(clean(own.getAttribute('aria-valuetext') ?? own.getAttribute('aria-valuenow') ?? own.getAttribute('value') ?? ''))
  if (isEditable(element)) return cut(own.innerText.split('\n').map(clean).filter(Boolean).join('\n'))
  if (role === 'combobox' || role === 'textbox' || role === 'searchbox') return cut(clean(own.textContent ?? ''))
  return ''
}

/** Labels of a native select's options, in order; at most 512 of 512 units each. */
export function optionLabels(select: HTMLSelectElement): string[] {
  const labels: string[] = []
  for (const option of select.options) {
    if (labels.length === 512) break
    labels.push(cut(clean(option.label), 512))
  }
  return labels
}

/** Whether an element's content is its value, so that nothing below it is a row of its own. */
export function isField(element: HTMLElement, role: string): boolean {
  if (isInput(element) || isSelect(element) || isTextArea(element)) return true
  return isEditable(element) ? isEditor(element) : role === 'slider' || role === 'progressbar'
}
