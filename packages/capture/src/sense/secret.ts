import { secretField } from '@overt/privacy'

import { runSoon } from '../natives.ts'
import { textBefore } from './beside.ts'
import { boxesAround } from './boxes.ts'
import { attributeOf, isElement, isInput, isTextArea } from './dom.ts'
import { givenName, referredText } from './name.ts'
import { valueless } from './value.ts'

/** Remembers every field that was ever secret: a reveal toggle does not make its content public. */
export interface Secrets {
  /** A look begins: what was answered before counts no more. */
  begin(): void
  isSecret(element: Element, label: string): boolean
}

type Field = HTMLInputElement | HTMLTextAreaElement

const controls = 'a,button,input,select,textarea,[contenteditable]'
const titles = 'h1,h2,h3,h4,h5,h6,[role=heading]'

/** Judges fields by type, autocomplete, name, id and label, by what stands before them, how they are drawn and the boxes that they are some of; nothing of their value is read. */
export function createSecrets(): Secrets {
  const known = new WeakSet<Element>()
  const seen = new WeakSet<Element>()
  /** Fields that are none by what stands around them, and by what label: until the page has its turn, and no longer than a look. */
  const plain = new Map<Element, string>()
  const begin = (): void => plain.clear()
  return {
    begin,
    isSecret: (element, label) => {
      if (known.has(element)) return true
      if (!isInput(element) && !isTextArea(element)) return false
      // A script may make it one for passwords and leave it in the same turn.
      if (plain.get(element) === label && !saysSo(element)) return false
      const fields = boxesAround(element)
      const secret =
        fields.some((field) => known.has(field) || saysSo(field)) ||
        [label, ...labelsOf(element, fields)].some((one) => secretField({ label: one })) ||
        // Boxes of one character each are a code, whatever they are called.
        fields.filter(({ maxLength }) => maxLength === 1).length > 2 ||
        ((!seen.has(element) || element.matches(':focus')) && isDisguised(element))
      for (const field of secret ? fields : []) known.add(field)
      seen.add(element)
      plain.set(element, label)
      runSoon(begin)
      return secret
    },
  }
}

function saysSo(field: Field): boolean {
  const facts = { inputType: field.type, autocomplete: attributeOf(field, 'autocomplete'), name: field.name }
  return secretField({ ...facts, label: attributeOf(field, 'aria-label') }) || secretField({ name: field.id })
}

/** Whether a page draws discs for what is typed into a field that is none for passwords. */
function isDisguised(element: Element): boolean {
  return !/^(?:none)?$/.test(getComputedStyle(element).getPropertyValue('-webkit-text-security'))
}

/** What is a label to whoever sees it, and is tied to nothing; of boxes, also what their group is called. A heading is that of more than one field, and a sentence no label. */
function labelsOf(field: Field, [first = field, ...others]: readonly Field[]): readonly string[] {
  const described = referredText(field, 'aria-describedby')
  if (others.length > 0) {
    const group = field.closest('fieldset,[role$=group]')
    return [described, textBefore(first, controls), isElement(group) ? givenName(group) : '']
  }
  const before = field.type === 'search' || valueless.test(field.type) ? '' : textBefore(field, `${controls},${titles}`)
  return [described, /[.!?]$/.test(before) ? '' : before]
}
