import { describe, expect, test } from 'vitest'

import { redactText } from './text.ts'

/** What goes before, what is repeated, and what comes after and makes a pattern try again: found by asking each pattern for its worst input. */
const pumps: readonly (readonly [before: string, pump: string, after: string])[] = [
  ['password: a', '*', 'b'],
  ['password: a', '.', 'b'],
  ['password: a', ')', 'b'],
  ['password: ', '"', 'x'],
  ['password (', ')', '\0'],
  ['password is ', '!', '\0!'],
  ['https://a.example/?x=', '=', '\0'],
  ['', 'http://a/?a=b&', ''],
  ['http://', 'a:b@', ''],
  ['::1', '%', '\n%'],
  ['', 'a:', ''],
  ['', '1.', 'x'],
  ['', '0', 'x'],
  ['', '4111 1111 ', 'x'],
  ['', 'DE89 ', 'x'],
  ['', 'eyJ-', '\0'],
  ['', '-M', '-'],
  ['', '-o', '.-'],
  ['tel 030 1234567', 'X', '\nD'],
  ['llam', 'ellamercgwrcgwkoyndl', 'oevo'],
  ['', 'password ', ''],
  ['', 'password:\n', ''],
  ['', 'ssn ', ''],
  ['', 'geboren 01.', ''],
  ['', 'your code is ', ''],
  ['', '-----BEGIN PRIVATE KEY-----', ''],
  ['', 'ghp_', ''],
  ['', 'a@', ''],
  ['', 'a at ', ''],
  ['', 'bearer ', ''],
  ['', ' -u a:', ''],
  ['', '\\u0041', ''],
  ['', '%41', ''],
  ['', 'QUJD', ''],
  ['', '[EMAIL_1]', ''],
  ['', '[EMAIL_', ''],
  ['a', '\u200b', ''],
  ['a', '\u0301', ''],
  ['', ' ', ''],
  ['', '\t\n', 'x'],
]
/** In small steps at first: a pattern that runs away is stopped by the bound before the step at which it would never end. */
const lengths = [16, 20, 24, 28, 32, 36, 40, 44, 48, 64, 256, 4_096, 16_384, 65_536]
/** In time of the processor, which a busy machine does not stretch. */
const mostCpuMs = 2_500

test.each(pumps)('attack 11: 64 KB of %j%j%j are judged in bounded time, and so is every length before', (before, pump, after) => {
  for (const length of lengths) {
    const text = before + pump.repeat(Math.ceil(length / pump.length)) + after
    const begun = process.cpuUsage()
    redactText(text)
    const { user, system } = process.cpuUsage(begun)
    expect((user + system) / 1_000, `${length} characters`).toBeLessThan(mostCpuMs)
  }
})

const secrets = {
  mail: 'ada.lovelace@example.org',
  card: '4539148803436467',
  iban: 'DE89370400440532013000',
  token: 'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
} as const

const each = (text: string, change: (letter: string) => string): string => Array.from(text, change).join('')
const code = (letter: string): number => letter.codePointAt(0) ?? 0
const evasions: Readonly<Record<string, (text: string) => string>> = {
  'spaces of no width': (text) => each(text, (letter) => `${letter}\u200b`),
  'soft hyphens': (text) => each(text, (letter) => `${letter}\u00ad`),
  'joiners and marks of direction': (text) => `\u202d${each(text, (letter) => `${letter}\u2060`)}\u202c`,
  'full-width letters': (text) => each(text, (letter) => (/[!-~]/.test(letter) ? String.fromCodePoint(code(letter) + 0xfee0) : letter)),
  'percent codes': (text) => each(text, (letter) => `%${code(letter).toString(16).padStart(2, '0')}`),
  'escapes of JSON': (text) => each(text, (letter) => `\\u${code(letter).toString(16).padStart(4, '0')}`),
  base64: (text) => Buffer.from(text).toString('base64'),
  hexadecimal: (text) => Buffer.from(text).toString('hex'),
  'Cyrillic letters for Latin ones': (text) => text.replaceAll('a', 'а').replaceAll('e', 'е').replaceAll('c', 'с'),
}

describe.each(Object.entries(evasions))('attack 28: in %s', (_, evade) => {
  test.each(Object.entries(secrets))('a %s is masked to its last letter', (__, secret) => {
    const evaded = evade(secret)
    const { text } = redactText(`Send it to ${evaded} please`)
    for (let at = 0; at + 8 <= evaded.length; at += 1) expect(text).not.toContain(evaded.slice(at, at + 8))
    expect(text).toMatch(/^Send it to .?\[[A-Z_]+_\d+\].* please$/u)
  })
})
