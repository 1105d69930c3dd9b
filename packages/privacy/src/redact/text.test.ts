import { expect, test } from 'vitest'

import { createPlaceholderMap } from './placeholder.ts'
import { redactText } from './text.ts'

/** What is left of a text. */
const left = (text: string, field?: string) => redactText(text, field === undefined ? {} : { field }).text
const kindsIn = (text: string) => redactText(text).spans.map(({ start, end, kind }) => [kind, text.slice(start, end)])

test('R2 cards by issuer and Luhn, grouped in any way', () => {
  for (const card of [
    '4539107723702036',
    '4539 1077 2370 2036',
    '4539-1077-2370-2036',
    '4539.1077.2370.2036',
    '5555555555554444',
    '378282246310005',
    '3782 822463 10005',
    '6011111111111117',
    '30569309025904',
    '3530111333300000',
    '2223003122003222',
    '122000000000003',
  ])
    expect(kindsIn(`Paid with ${card} today`)).toEqual([['card', card]])
  expect(left('4539107723702036 0928 123')).toBe('[CARD_1] 0928 123')
  expect(left('4539107723702037')).toBe('4539107723702037')
  expect(left('Card number: 4539107723702037')).toBe('Card number: [CARD_1]')
  expect(left('0000000000000000')).toBe('0000000000000000')
})

test('R2 IBANs by country, length and check digits', () => {
  for (const iban of [
    'DE89370400440532013000',
    'DE89 3704 0044 0532 0130 00',
    'de89370400440532013000',
    'GB29NWBK60161331926819',
    'NO9386011117947',
    'FR14 2004 1010 0505 0001 3M02 606',
    'MT84MALT011000012345MTLCAST001S',
  ])
    expect(kindsIn(`to ${iban} today`)).toEqual([['iban', iban]])
  for (const none of ['DE88370400440532013000', 'XX89370400440532013000', 'DE8937040044053201300']) expect(left(none)).toBe(none)
})

test('R2 national numbers by their rules', () => {
  const numbers = [
    '390-52-1547',
    'AB 12 34 56 C',
    '1 84 12 76 451 089 46',
    '12345678Z',
    'X1234567L',
    'RSSMRA85T10A562S',
    '44051401359',
    '10000000146',
    '111.444.777-35',
    '811228-9874',
    '131052-308T',
    '756.9217.0769.85',
    '93.05.18-223.61',
    '11010519491231002X',
    '15070649C103',
  ]
  for (const number of numbers) expect([number, kindsIn(`no. ${number}`)]).toEqual([number, [['national_id', number]]])
  for (const none of ['000-52-1547', '666-12-3456', '12345678A', '111.444.777-36', '811228-9873', 'RSSMRA85T10A562T'])
    expect(left(`no. ${none}`)).toBe(`no. ${none}`)
  expect(left('Passport: C01X00T47')).toBe('Passport: [NATIONAL_ID_1]')
  expect(left('SSN 390521547')).toBe('SSN [NATIONAL_ID_1]')
})

test('R3 mail, telephone and internet addresses, births', () => {
  for (const mail of [
    'ada@example.com',
    'a.b+c@mail.example.co.uk',
    "o'neil@example.org",
    'müller@bücher.example',
    'ada (at) example (dot) com',
    'ada@xn--d1acufc.xn--p1ai',
  ]) {
    const masked = left(`Write to ${mail} please`)
    expect([mail, masked.includes('[EMAIL_1]') && !masked.includes('example.co')]).toEqual([mail, true])
  }
  for (const phone of [
    '+49 30 901820',
    '+1 (415) 555-0132',
    '415.555.0153',
    '(465) 555-0103',
    '0151 2646074',
    '030/901820-12',
    '01 42 68 53 00',
    '0044 20 7946 0958',
    '07700900123',
    '91-415-555-0132',
  ])
    expect(kindsIn(`Reach ${phone} now`)).toEqual([['phone', phone]])
  expect(left('Phone: 555 0132')).toBe('Phone: [PHONE_1]')
  expect(left('My CN number is 13812345678')).toBe('My CN number is [PHONE_1]')
  expect(left('IP 192.168.1.5.51234 > 93.184.216.34.443: tcp')).toBe('IP [IP_1].51234 > [IP_2].443: tcp')
  expect(left('OID 1.3.6.1.4.1 of 1.2.3.4.5')).toBe('OID 1.3.6.1.4.1 of 1.2.3.4.5')
  for (const ip of ['203.0.113.7', '2001:db8::196f:141f', '::1', 'fe80::1%eth0', '::ffff:129.144.52.38', '127.0.0.1'])
    expect(kindsIn(`from ${ip} to`)).toEqual([['ip', ip]])
  expect(left('born on 12/03/1980, hired 12/03/2010')).toBe('born on [DATE_OF_BIRTH_1], hired 12/03/2010')
  expect(left('Geburtsdatum: 12. März 1980')).toBe('Geburtsdatum: [DATE_OF_BIRTH_1]')
})

test('R5 secrets by the form that their vendor documents', () => {
  const body = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0'
  const tokens = [
    `ghp_${body}`,
    `github_pat_${body}`,
    `glpat-${body.slice(0, 20)}`,
    // Of letters alone, and as wordlike as a name.
    'glpat-AARVInssNFIaWdoryACJ',
    `xoxb-123456789012-${body}`,
    `sk_live_${body}`,
    `AIza${body.slice(0, 35)}`,
    `sk-ant-api03-${body}`,
    `sk-proj-${body}`,
    `npm_${body.slice(0, 36)}`,
    'AKIAQ3EGRZ5TLXD4PWYB',
    `SG.${body.slice(0, 22)}.${body}`,
    `hf_${body}`,
    `dop_v1_${body}`,
    `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${body}`,
    `whsec_${body}`,
    `hvs.${body}`,
    `123456789:AA${body.slice(0, 33)}`,
  ]
  for (const token of tokens) expect([token, left(`x ${token} y`)]).toEqual([token, 'x [SECRET_1] y'])
  expect(left('hf_requiredTypesForDisplayed here')).toBe('hf_requiredTypesForDisplayed here')
  expect(left('see -----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\nabcd\n-----END RSA PRIVATE KEY----- end')).toBe('see [SECRET_1] end')
  expect(left('-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA')).toBe('[SECRET_1]')
  expect(left('postgres://app:s3cr3tP4ss@db.example.com:5432/x')).not.toContain('s3cr3t')
  expect(left('curl -u ada:tr0ub4dor https://example.com')).not.toContain('tr0ub4dor')
})

test('R6 long random runs, but no UUIDs, fingerprints, paths or names', () => {
  for (const key of [
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzz9KEYabcd',
    'Zq8vT2nLx0Rk5WmYb7Jd3Hc9',
    '9f86d081884c7d659a2feaa0c55ad015',
    'bm90IGEgd29yZCBhdCBhbGwgMTIzNDU2Nzg5MA==',
  ])
    expect([key, left(`value ${key} end`)]).toEqual([key, 'value [SECRET_1] end'])
  for (const plain of [
    '550e8400-e29b-41d4-a716-446655440000',
    'commit 9f86d081884c7d659a2feaa0c55ad01512345678',
    'Build 7f3a9c1e4b2d8f60a1c3e5d7b9f1a3c5e7d9b1f3 passed',
    'getUserAccountInformationById2',
    'src/components/order-list/OrderList2.tsx',
    'my-long-blog-post-title-2024-edition',
    'Donaudampfschifffahrtsgesellschaft2024',
    '/var/log/nginx/access.log.2024-01-01.gz',
  ])
    expect(left(plain)).toBe(plain)
})

test('R7 addresses inside a text lose credentials and telling parameters', () => {
  expect(left('see https://app.example/reset?token=abcd1234&tab=2')).toMatch(
    /^see https:\/\/app\.example\/reset\?token=\[(SECRET|URL_TOKEN)_1\]&tab=2$/,
  )
  expect(left('https://shop.example/orders?status=open&page=2')).toBe('https://shop.example/orders?status=open&page=2')
})

test('R9 hidden spellings are found, and spans are in the text that came in', () => {
  const spellings = [
    'a\u200bda@exam\u200dple.com',
    'ａｄａ@ｅｘａｍｐｌｅ.ｃｏｍ',
    'ada%40example.com',
    'ada\\u0040example.com',
    'ada&#64;example.com',
    '\u0430d\u0430@ex\u0430mple.com',
    'ada\ufeff@example.com',
  ]
  for (const spelling of spellings) expect([spelling, left(`mail ${spelling} now`)]).toEqual([spelling, 'mail [EMAIL_1] now'])
  for (const card of [
    '４５３９１０７７２３７０２０３６',
    '٤٥٣٩١٠٧٧٢٣٧٠٢٠٣٦',
    '4539\u200b1077\u200b2370\u200b2036',
    '𝟜𝟝𝟛𝟡𝟙𝟘𝟟𝟟𝟚𝟛𝟟𝟘𝟚𝟘𝟛𝟞',
    '4539\u20111077\u20112370\u20112036',
    '4539\u00a01077\u00a02370\u00a02036',
  ])
    expect([card, left(`pay ${card} now`)]).toEqual([card, 'pay [CARD_1] now'])
  const hidden = ['YWRhLmxvdmVsYWNlQGV4YW1wbGUuY29t', '6164612e6c6f76656c616365406578616d706c652e636f6d']
  for (const run of hidden) expect(left(`see ${run} now`)).toMatch(/^see \[(?:EMAIL|SECRET)_1\] now$/)
  expect(left('internationalisation of responsibilities')).toBe('internationalisation of responsibilities')
  expect(left('p\u0430ssw\u043erd: hunter2')).toBe('p\u0430ssw\u043erd: [SECRET_1]')
  expect(left('pass\u00adword is hunter2!')).toBe('pass\u00adword is [SECRET_1]')
})

test('R10 one value, one placeholder, and a masked secret is masked everywhere', () => {
  const map = createPlaceholderMap()
  expect(redactText('from ada@example.com to bob@example.com', { map }).text).toBe('from [EMAIL_1] to [EMAIL_2]')
  expect(redactText('Cc: ADA@example.com', { map }).text).toBe('Cc: [EMAIL_1]')
  expect(redactText('4539 1077 2370 2036', { map }).text).toBe(redactText('4539-1077-2370-2036', { map }).text)
  expect(map.original('[EMAIL_2]')).toBe('bob@example.com')
  expect(map.original('[EMAIL_9]')).toBeUndefined()
  redactText('password: Sommer2024!', { map })
  expect(redactText('he said Sommer2024! aloud', { map }).text).toBe('he said [SECRET_1] aloud')
  expect(redactText('[EMAIL_7] and eve@example.com', { map }).text).toBe('[EMAIL_7] and [EMAIL_8]')
})

test('R10 a secret that was known in part is masked to its end', () => {
  const key = 'sk-live-AbCdEf0123456789AbCdEf0123456789'
  for (const part of [key.slice(0, 12), key.slice(0, 18), key.slice(9, 30), key.slice(20)]) {
    const map = createPlaceholderMap()
    redactText(`password: ${part}`, { map })
    const { text } = redactText(`key ${key} x`, { map })
    expect(text).toMatch(/^key \[SECRET_\d\] x$/)
  }
  const map = createPlaceholderMap()
  redactText('password: 5500-0000', { map })
  expect(redactText('it is 5500-0000 0000-0004.', { map }).text).toMatch(/^it is \[SECRET_\d\]\.$/)
  expect(redactText(`key ${key} x`).text).toBe('key [SECRET_1] x')
})

test('R1 R12 secret fields are masked whole, and what can not be judged too', () => {
  expect(left('correct horse battery', 'Password')).toBe('[SECRET_1]')
  expect(left('[SECRET_1]', 'Password')).toBe('[SECRET_1]')
  expect(left('555 0132', 'Phone')).toBe('[PHONE_1]')
  expect(left('a'.repeat(1_000_001))).toBe('[OTHER_1]')
  expect(redactText('')).toEqual({ text: '', spans: [] })
  const broken = createPlaceholderMap()
  Object.defineProperty(broken, 'tainted', { get: () => { throw new Error('broken') } }) // prettier-ignore
  expect(redactText('Order 1042', { map: broken })).toEqual({ text: '[OTHER_1]', spans: [{ start: 0, end: 10, kind: 'other' }] })
  expect(redactText('\ud800 lone \udc00 surrogates \0').spans).toEqual([])
})
