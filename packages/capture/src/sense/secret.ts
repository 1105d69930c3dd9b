import { isInput, isTextArea } from './dom.ts'

/** Remembers every field that was ever secret: a reveal toggle does not make its content public. */
export interface Secrets {
  isSecret(element: Element, label: string): boolean
}

const secretAutocomplete = /(^|\s)(one-time-code|current-password|new-password|cc-[a-z-]+)(\s|$)/

/** Judges fields by type, autocomplete, name and label; nothing of their value is read. */
export function createSecrets(): Secrets {
  const known = new WeakSet<Element>()
  return {
    isSecret: (element, label) => {
      if (known.has(element)) return true
      if (!isInput(element) && !isTextArea(element)) return false
      const secret =
        element.type === 'password' ||
        secretAutocomplete.test(element.getAttribute('autocomplete') ?? '') ||
        /\b(password|passcode|pin code|cvv|cvc)\b/i.test(`${element.name} ${element.id} ${label}`)
      if (secret) known.add(element)
      return secret
    },
  }
}
