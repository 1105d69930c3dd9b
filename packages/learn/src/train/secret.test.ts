import type { Action } from '@overt/schema'
import { expect, test } from 'vitest'

import { secretsTyped } from './secret.ts'

const typed = (argument: string, rule: string): Action => ({
  kind: 'type',
  target: null,
  argument,
  modifiers: [],
  point: null,
  to: null,
  before: '',
  after: '',
  cause: 'typed',
  events: [],
  rule,
})
const secret = typed('', 'type.secret')

test('what was typed into a secret field is the placeholder of the goal that nothing else types', () => {
  const goal = 'Sign in as [EMAIL_1] with the password: [SECRET_1]'
  expect([...secretsTyped(goal, [typed('[EMAIL_1]', 'type.commit'), secret])]).toEqual([[1, '[SECRET_1]']])
  expect([...secretsTyped('Pay with [CARD_1], code [SECRET_1]', [secret, secret])]).toEqual([
    [0, '[CARD_1]'],
    [1, '[SECRET_1]'],
  ])
})

test('where it can’t be told which of them it was, or a field was only cleared, nothing is said', () => {
  expect(secretsTyped('Pay with [CARD_1], code [SECRET_1]', [secret]).size).toBe(0)
  expect(secretsTyped('Sign in', [secret]).size).toBe(0)
  expect(secretsTyped('Write [EMAIL_1]', [typed('', 'type.commit')]).size).toBe(0)
})
