import { expect, test } from 'vitest'

import { redactText } from '../text.ts'

const left = (text: string) => redactText(text).text

test.each([
  'Wagen <HH-KM 4471> steht falsch',
  'caminhão <BRA2E19> chegou',
  'araç <34 BKT 881> çıkış',
  'пропуск для <К 482 МР 777>',
  'van reg <KP19 XZD> outside',
  '<KA 05 MJ 4417> parked near gate',
  '車両 <横浜 501 な 12-34> です',
  '<沪C·8H221> 已登记',
  'auf dem Parkplatz steht <MÜ-RK 3382>',
  'the hatchback <LR21 XKB> has its lights on',
  'Véhicule A immatriculé <GH-418-TN>, conduit par',
  'зелёная <К417МР77> у ворот',
  'Chassis <WDB9634031L884417>',
])('a plate is told by its form beside a word, or by its form alone: %s', (text) => {
  expect(left(text.replace(/[<>]/g, ''))).toBe(text.replace(/<.*>/, '[NATIONAL_ID_1]'))
})

test.each([
  'The truck F-150 and the van Transit 350',
  'auto BMW 320 te koop, 2019',
  'van 12 MAY 2024 tot 3 JUN',
  'car A4 2019',
  'driver OPS-482 fixed, see XKB-12',
  'FY24 EUR, SS25 NEW, Q3 25 USD',
  'Fahrzeug ISO 9001 geprüft',
  'SKU AB-204-XL, Part AB-123-CD',
  'Order UP 12 AM 2024',
  '3분기 12나 2024',
  'ABCDEFGHJKLMN1234 is a constant',
])('what only looks like a plate is none: %s', (text) => {
  expect(left(text)).toBe(text)
})
