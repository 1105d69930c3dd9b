import type { Event, Observation, ObservationNode } from '@overt/schema'
import { expect, test } from 'vitest'

import { redactEvent, redactObservation, redactUrl } from './event.ts'
import { secretField } from './field.ts'
import { createPlaceholderMap } from './placeholder.ts'

const base = { seq: 0, gap: 0, observation: 0, node: 1 }
const node = (change: Partial<ObservationNode>): ObservationNode => ({
  id: 1,
  parent: -1,
  tag: 'input',
  inputType: 'text',
  role: 'textbox',
  name: '',
  value: '',
  states: [],
  box: [0, 0, 1, 1],
  options: [],
  look: '',
  keys: '',
  ...change,
})

test('R1 fields are secret by type, autocomplete, name or label, in four languages', () => {
  expect(secretField({ inputType: 'password' })).toBe(true)
  for (const autocomplete of ['current-password', 'new-password', 'one-time-code', 'cc-number', 'cc-csc', 'section-a billing cc-exp'])
    expect(secretField({ autocomplete })).toBe(true)
  for (const name of [
    'password',
    'userPassword',
    'new_password',
    'pwd',
    'pin',
    'cvv',
    'otpCode',
    'api-key',
    'client_secret',
    'cardNumber',
    'ssn',
    'loginPasswort',
    'IBAN',
  ])
    expect([name, secretField({ name })]).toEqual([name, true])
  for (const label of [
    'Password *',
    'Passwort',
    'Neues Kennwort',
    'Mot de passe',
    'Contraseña',
    'PIN',
    'Security code',
    'Einmalcode',
    'Kreditkartennummer',
    'Card number',
  ])
    expect([label, secretField({ label })]).toEqual([label, true])
  for (const label of [
    'Name',
    'Order',
    'Email',
    'Passenger',
    'Spinning',
    'Card view',
    'Keyboard',
    'Pinned',
    'Code',
    'Compass',
    'Notes',
    'Search',
    'Encompass',
    'Tank',
    'Company',
    'Opinion',
    'ZIP code',
    'Product code',
    'We never ask for your password by telephone, whoever calls you about it',
  ])
    expect([label, secretField({ label, name: label })]).toEqual([label, false])
  expect(secretField({ autocomplete: 'cc-name' })).toBe(false)
})

test('R7 of an address only origin and path are kept', () => {
  expect(redactUrl('https://u:p@app.example:8443/orders/1042?token=x#frag')).toBe('https://app.example:8443/orders/1042')
  expect(redactUrl('https://app.example/u/550e8400-e29b-41d4-a716-446655440000/mail/ada@example.com')).toBe(
    'https://app.example/u/[URL_TOKEN_1]/mail/[EMAIL_1]',
  )
  expect(redactUrl('https://app.example/orders/R-2041/edit')).toBe('https://app.example/orders/R-2041/edit')
  expect(redactUrl('blob:https://a.example/alert') + redactUrl('data:text/html,secret') + redactUrl('nonsense')).not.toMatch(
    /alert|secret|nonsense/,
  )
  const once = redactUrl('https://a.example/x/550e8400-e29b-41d4-a716-446655440000')
  expect(redactUrl(once)).toBe(once)
})

test('R14 every text of an event goes through, and a secret one carries none', () => {
  const map = createPlaceholderMap()
  const events: readonly Event[] = [
    { kind: 'text', ...base, before: 'ada@example.com', after: 'password: hunter2', cause: 'typed', secret: false },
    { kind: 'text', ...base, before: 'left', after: 'behind', cause: 'typed', secret: true },
    { kind: 'select', ...base, before: 'One\u001fada@example.com', after: 'Two', cause: 'pointer' },
    { kind: 'value', ...base, before: '', after: '2016-09-15', cause: 'typed' },
    { kind: 'clipboard', ...base, operation: 'copy', content: '4539107723702036', sizeClass: 1 },
    { kind: 'navigate', ...base, url: 'https://app.example/a?x=1', title: 'Mail - ada@example.com', cause: 'link' },
    {
      kind: 'task',
      ...base,
      phase: 'start',
      goal: 'Refund order 1042 to ada@example.com',
      template: '',
      seed: '',
      outcome: 'unknown',
      by: 'none',
    },
    { kind: 'key', ...base, chord: 'Control+Shift+K', code: 'KeyK' },
    { kind: 'key', ...base, chord: 'my password is long and typed into a chord', code: 'KeyK' },
    { kind: 'click', ...base, button: 0, count: 1, modifiers: '', x: 1, y: 2, cause: 'pointer' },
  ]
  const out = events.map((event) => redactEvent(event, map))
  expect(out).toMatchObject([
    { before: '[EMAIL_1]', after: 'password: [SECRET_1]' },
    { before: '', after: '' },
    { before: 'One\u001f[EMAIL_1]', after: 'Two' },
    { after: '2016-09-15' },
    { content: '[CARD_1]' },
    { url: 'https://app.example/a', title: 'Mail - [EMAIL_1]' },
    { goal: 'Refund order 1042 to [EMAIL_1]' },
    { chord: 'Control+Shift+K' },
    { chord: '' },
    events[9],
  ])
  expect(out.map((event) => redactEvent(event, createPlaceholderMap()))).toEqual(out)
})

test('R14 every text of an observation goes through, and a secret node has no value', () => {
  const observation: Observation = {
    id: 0, url: 'https://app.example/a?q=ada', title: 'ada@example.com', viewport: { width: 1, height: 1, scrollX: 0, scrollY: 0, pixelRatio: 1 }, status: 'fresh',
    nodes: [
      node({ name: 'Order of ada@example.com' }),
      node({ name: 'Phone', value: '555 0132' }),
      node({ name: 'Password', value: 'hunter2' }),
      node({ name: 'Code', value: 'x', states: ['secret'] }),
      node({ name: 'PIN', value: '[SECRET_4]' }),
      node({ inputType: 'password', value: 'hunter2' }),
      node({ role: 'combobox', name: 'Account', options: ['DE89370400440532013000', 'None'] }),
    ],
  } // prettier-ignore
  const out = redactObservation(observation, createPlaceholderMap())
  expect(out).toMatchObject({
    url: 'https://app.example/a',
    title: '[EMAIL_1]',
    nodes: [
      { name: 'Order of [EMAIL_1]' },
      { value: '[PHONE_1]' },
      { name: 'Password', value: '' },
      { value: '' },
      { value: '[SECRET_4]' },
      { value: '' },
      { options: ['[IBAN_1]', 'None'] },
    ],
  })
  expect(redactObservation(out, createPlaceholderMap())).toEqual(out)
})

test('what an agent would have written is redacted as what a person wrote', () => {
  const event = { kind: 'proposed', ...base, action: 'type', argument: 'gus@example.org', p01: 0.5 } as const
  expect(redactEvent(event, createPlaceholderMap())).toEqual({ ...event, argument: '[EMAIL_1]' })
})
