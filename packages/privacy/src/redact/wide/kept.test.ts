import { expect, test } from 'vitest'

import { redactText } from '../text.ts'

/** Made up here; between the brackets stands what must not stay, whatever is said around it. */
test.each([
  `Ticket: [${['ghp', '16C7e42F292c6912E7710c838347Ae178B4a'].join('_')}]`,
  `tracking: [${['sk', 'live', '4eC39HqLyjWDarjtT1zdp7dc'].join('_')}]`,
  `Host: [${['glpat', 'Xk29vRq7LmN4pQ8sT1uW'].join('-')}]`,
  `order ref: [${['AKIA', 'IOSFODNN7QXAMPLD'].join('')}]`,
  'order password: [PROMO2024] (promotion server)',
  'error P1234, pin: [P4821]',
  'secret = [0x1234abcd]',
  'Bestellung, Passwort: [Rabatt2024]',
  'Part no: [4111 1111 1111 1111]',
  'Patient: [Calvin Klein], seen today',
])('what looks like a thing stays masked where it is none: %s', (marked) => {
  const [, hidden = ''] = /\[(.+)\]/.exec(marked) ?? []
  expect(redactText(marked.replace(/\[(.+)\]/, '$1')).text).not.toContain(hidden)
})
