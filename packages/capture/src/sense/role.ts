import { implicitRole } from '@overt/schema/words'

import { bare } from '../bare.ts'
import { attributeOf, isInput, isSelect } from './dom.ts'

/** Roles whose name is their content, so that text alone inside them is no row of its own. */
const namedByContent = /^(?:button|link|option|tab|menuitem|menuitemcheckbox|menuitemradio|treeitem|switch|checkbox|radio|heading)$/

/** Whether a role takes its name from what it holds (WAI-ARIA 1.2, "name from: contents", the part that people act on). */
export function isNamedByContent(role: string): boolean {
  return namedByContent.test(role)
}

/** The first word of the `role` attribute, else the role that the element has by itself. */
export function roleOf(element: Element): string {
  const [given] = attributeOf(element, 'role').trim().toLowerCase().split(/\s+/, 1)
  if (given !== undefined && given !== '' && given !== 'presentation' && given !== 'none') return given.slice(0, 32)
  return implicitRole(bare(element).localName, isInput(element) ? element.type : '', {
    href: bare(element).hasAttribute('href'),
    listSelect: isSelect(element) && (element.multiple || element.size > 1),
  })
}
