import type { NodeState } from '@overt/schema'

import { isInput } from './dom.ts'

const disableable = /^(?:button|input|select|textarea|option|optgroup|fieldset)$/

function truth(element: Element, name: string): boolean {
  const value = element.getAttribute(name)
  return value !== null && value !== 'false' && value !== ''
}

function choice(element: Element): NodeState | null {
  const aria = element.getAttribute('aria-checked')
  const box = isInput(element) && (element.type === 'checkbox' || element.type === 'radio') ? element : null
  if (aria === 'mixed' || box?.indeterminate === true) return 'mixed'
  return aria === 'true' || box?.checked === true ? 'checked' : null
}

function opened(element: Element): NodeState | null {
  const aria = element.getAttribute('aria-expanded')
  if (aria !== null) return aria === 'true' ? 'expanded' : aria === 'false' ? 'collapsed' : null
  const details = element.localName === 'summary' ? element.parentElement : element.localName === 'details' ? element : null
  if (details?.localName !== 'details') return null
  return details.hasAttribute('open') ? 'expanded' : 'collapsed'
}

function disabled(element: Element): boolean {
  return element.getAttribute('aria-disabled') === 'true' || (disableable.test(element.localName) && element.matches(':disabled'))
}

function modal(element: Element): boolean {
  return element.getAttribute('aria-modal') === 'true' || (element.localName === 'dialog' && element.matches(':modal'))
}

/** States in the order of the wire's bits, but for who is before it: that comes from geometry. */
export function statesOf(element: Element, focused: boolean, secret: boolean, offscreen: boolean): NodeState[] {
  const states: readonly (NodeState | null | false)[] = [
    choice(element),
    element.getAttribute('aria-selected') === 'true' && 'selected',
    element.getAttribute('aria-pressed') === 'true' && 'pressed',
    opened(element),
    disabled(element) && 'disabled',
    (element.hasAttribute('readonly') || truth(element, 'aria-readonly')) && 'readonly',
    (element.hasAttribute('required') || truth(element, 'aria-required')) && 'required',
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
