import { expect, test } from 'vitest'

import { implicitRole } from './role.ts'

test.each([
  ['input', '', {}, 'textbox'],
  ['input', 'checkbox', {}, 'checkbox'],
  ['input', 'no-such-type', {}, 'textbox'],
  ['a', '', { href: true }, 'link'],
  ['a', '', {}, 'generic'],
  ['select', '', {}, 'combobox'],
  ['select', '', { listSelect: true }, 'listbox'],
  ['td', '', {}, 'cell'],
  ['x-grid', '', {}, 'generic'],
])('%s %s %j is a %s', (tag, type, detail, role) => {
  expect(implicitRole(tag, type, detail)).toBe(role)
})
