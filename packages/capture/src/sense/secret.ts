import { secretField } from '@overt/privacy'

import { isInput, isTextArea } from './dom.ts'

/** Remembers every field that was ever secret: a reveal toggle does not make its content public. */
export interface Secrets {
  isSecret(element: Element, label: string): boolean
}

/** Judges fields by type, autocomplete, name, id and label; nothing of their value is read. */
export function createSecrets(): Secrets {
  const known = new WeakSet<Element>()
  const harmless = new WeakMap<Element, string>()
  return {
    isSecret: (element, label) => {
      if (known.has(element)) return true
      if (!isInput(element) && !isTextArea(element)) return false
      const autocomplete = element.getAttribute('autocomplete') ?? ''
      const facts = [element.type, autocomplete, element.name, element.id, label].join('\n')
      if (harmless.get(element) === facts) return false
      const secret = secretField({ inputType: element.type, autocomplete, name: element.name, label }) || secretField({ name: element.id })
      if (secret) known.add(element)
      else harmless.set(element, facts)
      return secret
    },
  }
}
