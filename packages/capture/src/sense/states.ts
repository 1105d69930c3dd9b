import type { NodeState } from '@overt/schema'

import { bare } from '../bare.ts'
import { attributeOf, isInput, parentOf } from './dom.ts'

const disableable = /^(?:button|input|select|textarea|option|optgroup|fieldset)$/

function truth(element: Element, name: string): boolean {
  return !/^(?:false)?$/.test(attributeOf(element, name))
}

function isTrue(element: Element, name: string): boolean {
  return attributeOf(element, name) === 'true'
}

function choice(element: Element): NodeState | null {
  const aria = attributeOf(element, 'aria-checked')
  const box = isInput(element) && (element.type === 'checkbox' || element.type === 'radio') ? element : null
  if (aria === 'mixed' || box?.indeterminate === true) return 'mixed'
  return aria === 'true' || box?.checked === true ? 'checked' : null
}

function opened(element: Element): NodeState | null {
  const aria = attributeOf(element, 'aria-expanded')
  if (aria !== '') return aria === 'true' ? 'expanded' : aria === 'false' ? 'collapsed' : null
  const details = element.localName === 'summary' ? parentOf(element) : element.localName === 'details' ? element : null
  if (details?.localName !== 'details') return null
  return details.hasAttribute('open') ? 'expanded' : 'collapsed'
}

function disabled(element: Element): boolean {
  return isTrue(element, 'aria-disabled') || (disableable.test(element.localName) && element.matches(':disabled'))
}

function modal(element: Element): boolean {
  return isTrue(element, 'aria-modal') || (element.localName === 'dialog' && element.matches(':modal'))
}

function must(element: Element, name: string): boolean {
  return bare(element).hasAttribute(name) || truth(element, `aria-${name}`)
}

/** States in the order of the wire's bits, but for who is before it: that comes from geometry. */
export function statesOf(element: Element, focused: boolean, secret: boolean, offscreen: boolean): NodeState[] {
  const states: readonly (NodeState | null | false)[] = [
    choice(element),
    isTrue(element, 'aria-selected') && 'selected',
    isTrue(element, 'aria-pressed') && 'pressed',
    opened(element),
    disabled(element) && 'disabled',
    must(element, 'readonly') && 'readonly',
    must(element, 'required') && 'required',
    truth(element, 'aria-invalid') && 'invalid',
    focused && 'focused',
    truth(element, 'aria-current') && 'current',
    modal(element) && 'modal',
    truth(element, 'aria-haspopup') && 'popup',
    secret && 'secret',
    offscreen && 'offscreen',
  ]
  return states.filter((state) => !!state)
}
