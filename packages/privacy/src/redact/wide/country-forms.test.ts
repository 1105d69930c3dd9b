import { expect, test } from 'vitest'

import { redactText } from '../text.ts'

const maskedIn = (text: string): readonly string[] => {
  const { spans } = redactText(text)
  return spans.map(({ start, end }) => text.slice(start, end))
}

test.each([
  'Kindly bill us with VAT GB [318 2947 61] from May',
  'Notre TVA intracommunautaire : [FR51 438 207 916]',
  'ondernemingsnummer [BE 0519.382.746], btw verlegd',
  'momsregistreringsnummer [SE559183204701]',
  'Orgnr til fakturaen er [NO 918 273 645 MVA]',
  'Na fakturu uveďte DIČ [CZ27518394]',
  'CUI [RO27391845], livrare marți',
  'UID [CHE-217.483.960 MWST]',
  'CNPJ da loja: [37.518.204/0001-42]',
  'retención, RIF [J-41728305-6], caja 2',
  'die steuernummer vom verein: [151/284/70316]',
  'cédula: CI [3.918.274-5]',
  'kontakt: 香港身份證 [G482917(3)]',
  'Carta d’identità [CB61830KT] scade a giugno',
  'občan: OP [318274965], pokoj 4',
  'C.I. seria [KX 481923] elib. de SPCLEP',
  'パスポートは[TR4820917]です',
])('R1 a number in its country’s form is masked where a word tells of taxes or cards: %s', (marked) => {
  const text = marked.replace(/[[\]]/g, '')
  const own = /\[(.+)\]/.exec(marked)?.[1] ?? ''
  expect(maskedIn(text).some((found) => found.endsWith(own) || found === own)).toBe(true)
})

test.each([
  'Order DK27941354 ships on Monday',
  'VAT on invoice 2024018832 is 20 percent',
  'Shelf C-1847 holds 38291 screws',
  'error 0519382 in build 7.391.845',
  'TVA 20 % sur la commande 8830192',
  'Das ist ein Paket 4006381333931',
  'uid 1000000001 gid 1000000001',
  'geleverd op 123456789, graag tekenen',
  'Serial number AB123456',
  'Test passed: 123456789 cases',
  'identifier 123456789012 was reused',
  'backup P-20240115-1 is done',
  'see PO123456 (3) and its copy',
  'label CT12345XL on the crate',
])('R8 an order, an invoice and a build stay what they are: %s', (text) => {
  expect(maskedIn(text)).toEqual([])
})

test.each([
  'der pickup mit [BX 41 826] steht vor dem tor',
  'vozidlo [7AZ 3941] prosím přeparkovat',
  'autoturismul, parcare: [CJ 18 MVL]',
  'haltverbot: abschlepper kommt, [M-RK 4482] ist meiner',
  'whose ute is that, rego [EKT73P]?',
])('R1 a plate in its country’s form is masked where vehicles are told of: %s', (marked) => {
  const own = /\[(.+)\]/.exec(marked)?.[1] ?? ''
  expect(maskedIn(marked.replace(/[[\]]/g, '')).some((found) => found.startsWith(own))).toBe(true)
})
