import type { ObservationNode } from '@overt/schema'

import { sizeClass } from '../observe/clipboard.ts'
import type { Mask } from './redactor.ts'

/** What moves in steps or is chosen from a list: it holds nothing that a person wrote. */
const chosen = /^(?:range|color|number|date|time|month|week|datetime-local)$/

/** Whether a row's value is what a person wrote in their own words. Where it can't be told, it is. */
export function isFreeText({ tag, inputType, role }: ObservationNode): boolean {
  return tag !== 'select' && !chosen.test(inputType) && !/^(?:slider|spinbutton|progressbar|meter)$/.test(role)
}

/** The mask of an ambient session: of what was written into a field only a size class is left, `[TEXT_1]` a word or two to `[TEXT_4]` more than a page. */
export function ambientMask(mask: Mask): Mask {
  return {
    ...mask,
    typed: (text, field) => {
      // Judged all the same: a secret in it is masked wherever the page repeats it.
      mask.text(text, field)
      return text === '' ? '' : `[TEXT_${sizeClass(text.length)}]`
    },
  }
}
