import type { NodeState } from '@overt/schema'

import { isInput } from './dom.ts'

const disableable: ReadonlySet<string> = new Set(['button', 'input', 'select', 'textarea', 'option', 'optgroup', 'fieldset'])

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
  return element.getAttribute('aria-disabled') === 'true' || (disableable.has(element.localName) && element.matches(':disabled'))
}

function modal(element: Element): boolean {
  return element.getAttribute('aria-modal') === 'true' || (element.localName === 'dialog' && element.matches(':modal'))
}

/** States that markup and DOM tell, in the order of the wire's bits; where it is and who is before it comes from geometry. */
export function statesOf(element: Element): NodeState[] {
  const states: NodeState[] = []
  const say = (state: NodeState | null | false): void => {
    if (state !== null && state !== false) states.push(state)
  }
  say(choice(element))
  say(element.getAttribute('aria-selected') === 'true' && 'selected')
  say(element.getAttribute('aria-pressed') === 'true' && 'pressed')
  say(opened(element))
  say(disabled(element) && 'disabled')
  say((element.hasAttribute('readonly') || truth(element, 'aria-readonly')) && 'readonly')
  say((element.hasAttribute('required') || truth(element, 'aria-required')) && 'required')
  say(truth(element, 'aria-invalid') && 'invalid')
  return states
}

/** States that come after `focused` on the wire. */
export function laterStates(element: Element): NodeState[] {
  const states: NodeState[] = []
  if (truth(element, 'aria-current')) states.push('current')
  if (modal(element)) states.push('modal')
  if (truth(element, 'aria-haspopup')) states.push('popup')
  return states
}
