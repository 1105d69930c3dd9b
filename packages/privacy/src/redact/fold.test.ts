import { expect, test } from 'vitest'

import { fold } from './fold.ts'

test('what stays as it is hides nothing: no digit, nothing unseen, no other spelling of what ASCII has', () => {
  const kept: string[] = []
  for (let code = 0x80; code < 0xd800; code += 1) {
    const character = String.fromCharCode(code)
    if (fold(`x ${character} y`).text === `x ${character} y`) kept.push(character)
  }
  expect(kept.length).toBeGreaterThan(40_000)
  expect(kept.filter((one) => /\p{Nd}|\p{Cf}|\p{Cc}|\p{Default_Ignorable_Code_Point}/u.test(one))).toEqual([])
  expect(kept.filter((one) => /^[ -~]{1,4}$/.test(one.normalize('NFKC')))).toEqual([])
})

test('letters that look Latin become so beside Latin ones, and the places in the text stay what they were', () => {
  const { text, startOf, endOf } = fold('p\u0430ssword: h\u0443nter2 и Иван')
  expect(text).toBe('password: hynter2 и Иван')
  expect([startOf(10), endOf(16)]).toEqual([10, 17])
})

test('letters of one cell, setting or part of an address do not become Latin because those of another are', () => {
  for (const text of ['7;Иванова;a@b.de', 'пароль=hunter22', 'call/Мария', 'id|имя|ok', 'x(Мария)', 'να,a,b'])
    expect(fold(text).text).toBe(text)
  expect(fold('7;\u0410lice;a').text).toBe('7;Alice;a')
  expect(fold('https://\u0435xample.com/\u0440\u043e\u0441').text).toBe('https://example.com/\u0440\u043e\u0441')
})

test("characters that UTF-8's percents write are read, at their places, and bytes that are none stay", () => {
  const { text, startOf, endOf } = fold('a J%C3%BCrgen %F0%9F%98%80 %E7%94%B0!')
  expect(text).toBe('a Jürgen \u{1f600} 田!')
  expect([startOf(3), endOf(3)]).toEqual([3, 9])
  expect([startOf(text.indexOf('田')), endOf(text.indexOf('田'))]).toEqual([27, 36])
  for (const none of ['%C3%28', '%E7%94 x', '%ED%A0%80', '%C0%AF', '100%DE'])
    expect(fold(none).text).toBe(none === '%C3%28' ? '%C3(' : none)
})
