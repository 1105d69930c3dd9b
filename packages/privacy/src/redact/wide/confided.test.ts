import { expect, test } from 'vitest'

import { redactText } from '../text.ts'

/** Made up here; between the brackets stands what must not stay. */
test.each([
  'how do I open the shed door?\nsure, it is [4410]',
  'Kuba: jaki był kod do furtki\nOla: [5518] i klamka',
  'Das Hoftor geht jetzt mit [7714#], Klinke drücken',
  'le portail du fond, [38B12], puis pousser',
  'la alarma nueva: [88210]',
  'the key box is by the drain, code [3-3-0-9]',
  'Your PIN is printed below.\n\n  [6 0 1 7]\n\nKeep it safe.',
  'Use [K3T-90W] to finish signing in.',
  '[551-208] is your confirmation code',
  'Objet : [RT7-41K] – votre code de connexion',
  '[PQ2-118] é o seu código de acesso',
  'voicemail, dial in and enter [90312#]',
  'the combination is [seven, two, two, nine]',
  'Der Tresor? Ja, [drei acht null eins], dann drehen.',
  'my new card, [four four one nine two zero] she said',
  'customer: [three nine zero, double two, seven]',
  'Müşteri: [Beş sekiz, üç üç, dokuz bir].',
  'room | safe override | note\n12 | [4471] | new\n14 | [9902] | ',
  'Raum    Schloss    Code\nLager   Tastatur   [B-5512]',
  'site | ssid | key\nmill | mill-guest | [Amber.Lantern.3]',
  'safe: dial [L 12 R 44 L 09]',
  'per il cancello del cortile [3071] e poi la campanella',
  'kapıdaki kod değişti, artık [2580#] oldu',
  '压缩包密码为 [Lotus@77kx],请勿外传。',
  'na górze drzwi [9080]',
  'control, the gate is [alpha four four nine two] over',
  'still the usual for the till laptop, [Rhabarber88]',
  'probeer het eens met [Stroopwafel2019] dan',
  'log in with [tante_trude_77] and tell me if it works',
  'wifi is the same as at home: [drei-kleine-enten]',
  'залогинься, там [Ryabina2014] с большой буквы',
  'Reset done. New one = [Harbour-Mill26], change it on first use.',
  'Agent: your telephone password, please?\nCaller: it is [purple lantern]\nAgent: thank you',
  'db.internal:5432:shop:writer:[qu1etHeron]',
  'BitLocker recovery key\n[481209-220611-093524-618012-337114-551216-704018-129310]',
  'conn = DriverManager.getConnection("jdbc:postgresql://db/shop", "shop", "[moss-Lamp-4]");',
])('what people tell each other to get in is masked: %s', (marked) => {
  const secrets = [...marked.matchAll(/\[([^\]]+)\]/g)].map((match) => match[1] ?? '')
  const { text } = redactText(marked.replace(/\[([^\]]+)\]/g, '$1'))
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
})

test.each([
  'Door 1204 is open until 18:00, gate B12 from 2026 on.',
  'The alarm went off at 14:20, locker room 3 is closed.',
  'Please log in to server2 and check Windows11 updates.',
  'Try Chrome120 or Firefox115 if the login page stays blank.',
  'Your password must have at least 12 characters.',
  'one two three four, the microphone works, log in again',
  'user_name and created_at are columns; sign in to read them.',
  'Das Schloss Neuschwanstein, 1869 begonnen, hat 200 Räume.',
  'Tor 2 in der 87. Minute, Endstand 3-1',
  'El portal de empleo recibió 4500 solicitudes.',
  'Reset the counter to 5000 before the next run.',
  'The safe working load is 1200 kg.',
  'Bot: please enter your 4 digit fault code.\nYou: E217',
  'code | product\n4471 | lamp\n9902 | desk',
  'Please choose a PIN (4 digits): ____',
  'Password: (leave blank, IT will issue)',
  'door | opened | count\nnorth | 06:41 | 12\nsouth | 07:02 | 9',
])('talk of doors and logins that tells no secret stays: %s', (text) => {
  expect(redactText(text).text).toBe(text)
})
