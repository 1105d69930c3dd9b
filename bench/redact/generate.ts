import { getExampleNumber } from 'libphonenumber-js'
import examples from 'libphonenumber-js/examples.mobile.json'

import { heldOut } from './held-out.ts'
import { foreignIds, nationalIds, passport, taxes, vehicles, withLuhn } from './identities.ts'
import { addressOf, fakerOf, personOf } from './people.ts'
import { drawFrom, type Draw } from './random.ts'
import { bareSecret, humanSecret, labelledSecret, vendorToken } from './secrets.ts'
import type { Template } from './template.ts'
import { tuned } from './tuned.ts'

/** A text and what must not be left of it. Without stretches, nothing in it may be masked. */
export interface Sample {
  readonly language: string
  readonly text: string
  readonly spans: readonly (readonly [start: number, end: number, kind: string])[]
}

/** Every kind that a half holds as often as this, at least. */
export const leastOfKind = 300

const ibanForms: Readonly<Record<string, readonly [string, number]>> = {
  en: ['GB', 22], de: ['DE', 22], fr: ['FR', 27], es: ['ES', 24], pt: ['PT', 25], nl: ['NL', 18], tr: ['TR', 26], pl: ['PL', 28],
} // prettier-ignore
const phoneCountries = { en: ['US', 'GB'], de: ['DE', 'AT'], fr: ['FR'], es: ['ES'], pt: ['PT', 'BR'], nl: ['NL'], tr: ['TR'], pl: ['PL'], zh: ['CN'], ja: ['JP'], ar: ['AE'], ru: ['RU'] } as const // prettier-ignore
const alnum = 'abcdefghijklmnopqrstuvwxyz0123456789'
const months = ['January', 'March', 'June', 'September', 'November']

const kindOf: Readonly<Record<string, string>> = { first: 'person', last: 'person', nid: 'national_id', foreign: 'national_id', secret: 'secret_labelled', vendor: 'secret_vendor', bare: 'secret_random', human: 'secret_human', token: 'secret_labelled', dob: 'date_of_birth' } // prettier-ignore
const harmless = new Set(['order', 'version', 'hash', 'uuid', 'price', 'date'])

/** One half of the generated material, the same for the same seed: texts until every kind is there often enough, then as many harmless ones. */
export function generate(half: 'tuned' | 'held-out', seed: number): readonly Sample[] {
  const { names, texts, negatives } = half === 'tuned' ? tuned : heldOut
  const draw = drawFrom(seed)
  const held = half === 'held-out'
  const make = (template: Template): Sample =>
    fill(template, (slot) => valueOf(slot, { language: template[0], names: names[template[0]], draw, held }))
  const counts = new Map<string, number>()
  const samples: Sample[] = []
  const slots = (text: string): readonly string[] => [...text.matchAll(/<<(\w+)>>/g)].map(([, slot = '']) => kindOf[slot] ?? slot)
  for (const template of texts) for (const kind of slots(template[1])) counts.set(kind, 0)
  for (let round = 0; [...counts.values()].some((count) => count < leastOfKind); round += 1) {
    if (round > 1_000) throw new RangeError('a kind is in no text')
    for (const template of texts) {
      // A text of common kinds alone has been drawn often enough once they are.
      if (round >= 4 && slots(template[1]).every((kind) => (counts.get(kind) ?? 0) >= leastOfKind)) continue
      const sample = make(template)
      for (const [, , kind] of sample.spans) counts.set(kind, (counts.get(kind) ?? 0) + 1)
      samples.push(sample)
    }
  }
  for (let count = 0; count < Math.max(1_000, negatives.length * 20); count += 1) samples.push(make(draw.one(negatives)))
  return samples
}

function fill([language, text]: Template, value: (slot: string) => string): Sample {
  let out = ''
  const spans: (readonly [number, number, string])[] = []
  let at = 0
  for (const match of text.matchAll(/<<(\w+)>>/g)) {
    const [whole, slot = ''] = match
    out += text.slice(at, match.index)
    const filled = value(slot)
    if (!harmless.has(slot)) spans.push([out.length, out.length + filled.length, kindOf[slot] ?? slot])
    out += filled
    at = match.index + whole.length
  }
  return { language, text: out + text.slice(at), spans }
}

interface Context {
  readonly language: string
  readonly names: readonly string[] | undefined
  readonly draw: Draw
  readonly held: boolean
}

function valueOf(slot: string, { language, names, draw, held }: Context): string {
  switch (slot) {
    case 'person':
      return personOf(language, names, draw)
    case 'first':
      return personOf(language, names, draw).split(' ')[0] ?? ''
    case 'last':
      return personOf(language, names, draw).split(' ').slice(1).join(' ')
    case 'email':
      return emailOf(language, draw)
    case 'phone':
      return phoneOf(language, draw)
    case 'card':
      return cardOf(draw)
    case 'iban':
      return ibanOf(language, draw)
    case 'ip':
      return ipOf(draw)
    case 'mac':
      return Array.from({ length: 6 }, () => draw.text('0123456789abcdef', 2)).join(draw.one([':', '-']))
    case 'nid':
      return draw.one(nationalIds[language] ?? nationalIds['en'] ?? [])(draw)
    case 'foreign':
      return draw.one(foreignIds)(draw)
    case 'passport':
      return passport(draw)
    case 'vehicle':
      return (vehicles[language] ?? vehicles['en'])?.(draw) ?? ''
    case 'tax':
      return (taxes[language] ?? taxes['en'])?.(draw) ?? ''
    case 'dob':
      return dateOf(draw, 1945, 60)
    case 'address':
      return addressOf(language, draw)
    case 'secret':
      return labelledSecret(draw, held)
    case 'vendor':
      return vendorToken(draw, held)
    case 'bare':
      return bareSecret(draw)
    case 'human':
      return humanSecret(draw, held)
    case 'token':
      return draw.text(`${alnum}ABCDEFGHJKLMNPQRSTUVWXYZ`, 16 + draw.whole(24))
    case 'code':
      return draw.one([
        draw.text('0123456789', 4),
        draw.text('0123456789', 6),
        draw.text('0123456789', 6),
        draw.text('0123456789', 8),
        `${draw.text('0123456789', 3)} ${draw.text('0123456789', 3)}`,
        `${draw.text('0123456789', 3)}-${draw.text('0123456789', 3)}`,
      ])
    default:
      return harmlessOf(slot, draw)
  }
}

function harmlessOf(slot: string, draw: Draw): string {
  switch (slot) {
    case 'order':
      return draw.one([
        `R-${draw.text('123456789', 4)}`,
        `PO-2025-${draw.text('0123456789', 5)}`,
        `#${draw.text('123456789', 5)}`,
        `INV-${draw.text('0123456789', 6)}`,
        `SO${draw.text('0123456789', 7)}`,
        `45000${draw.text('0123456789', 5)}`,
        `${draw.text('ABCDEFGHJK', 3)}-${draw.text('0123456789', 4)}-${draw.text('ABCDEFGHJK', 2)}`,
      ])
    case 'version':
      return `${draw.one(['v', ''])}${draw.whole(20)}.${draw.whole(40)}.${draw.whole(10)}${draw.one(['', '-rc.1', '-beta.2', '+build.77'])}`
    case 'hash':
      return draw.text('0123456789abcdef', draw.one([7, 8, 40, 64]))
    case 'uuid':
      return `${draw.text('0123456789abcdef', 8)}-${draw.text('0123456789abcdef', 4)}-4${draw.text('0123456789abcdef', 3)}-a${draw.text('0123456789abcdef', 3)}-${draw.text('0123456789abcdef', 12)}`
    case 'price':
      return draw.one([
        `€ ${draw.whole(9_999)},${draw.text('0123456789', 2)}`,
        `$${1 + draw.whole(9)},${draw.text('0123456789', 3)}.${draw.text('0123456789', 2)}`,
        `${draw.whole(900)}.${draw.text('0123456789', 2)} EUR`,
        `${draw.whole(99)}.${draw.text('0123456789', 3)},00 zł`,
      ])
    case 'date':
      return dateOf(draw, 2020, 7)
    default:
      throw new RangeError(`a text asks for "${slot}", which nothing makes`)
  }
}

function dateOf(draw: Draw, from: number, years: number): string {
  const [year, month, day] = [String(from + draw.whole(years)), String(1 + draw.whole(12)), String(1 + draw.whole(28))]
  const two = (text: string): string => text.padStart(2, '0')
  return draw.one([
    `${two(day)}.${two(month)}.${year}`,
    `${two(day)}/${two(month)}/${year}`,
    `${year}-${two(month)}-${two(day)}`,
    `${day} ${draw.one(months)} ${year}`,
  ])
}

function emailOf(language: string, draw: Draw): string {
  const internet = fakerOf(['ja', 'zh', 'ar', 'ru'].includes(language) ? 'en' : language, draw.whole(2 ** 30))
  const user = internet.internet.username().normalize('NFKD').replace(/[^\w.-]/g, '').replace(/[.-]+$/, '') // prettier-ignore
  return `${user === '' ? 'info' : user}${draw.one(['', '', '+news'])}@${draw.one(['example.com', 'mail.example.org', 'firma-nord.example', 'acme.co.uk', 'uni.example.edu'])}`
}

function phoneOf(language: string, draw: Draw): string {
  const countries = phoneCountries[language as keyof typeof phoneCountries] ?? phoneCountries.en // a language of another key has none
  const example = getExampleNumber(draw.one<(typeof countries)[number]>(countries), examples)
  if (example === undefined) throw new RangeError(`no telephone number is known for ${language}`)
  const tail = draw.text('0123456789', 4)
  const swap = (text: string): string => {
    let place = 0
    const count = text.replace(/\D/g, '').length
    return text.replace(/\d/g, (digit) => ((place += 1) > count - 4 ? (tail[place - count + 3] ?? digit) : digit))
  }
  return draw.one([
    swap(example.formatInternational()),
    swap(example.formatNational()),
    swap(example.number),
    swap(example.formatInternational()).replaceAll(' ', '-'),
  ])
}

function cardOf(draw: Draw): string {
  const body = draw.one([
    '4' + draw.text('0123456789', 14),
    `5${draw.text('12345', 1)}${draw.text('0123456789', 13)}`,
    `3${draw.one(['4', '7'])}${draw.text('0123456789', 12)}`,
    `6011${draw.text('0123456789', 11)}`,
  ])
  const number = withLuhn(body)
  const grouped = number.length === 15 ? number.replace(/(.{4})(.{6})/, '$1 $2 ') : number.replace(/(.{4})(?=.)/g, '$1 ')
  return draw.one([number, grouped, grouped.replaceAll(' ', '-')])
}

function ibanOf(language: string, draw: Draw): string {
  const [country, length] = ibanForms[language] ?? ['DE', 22]
  const bank = country === 'GB' || country === 'NL' ? draw.text('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 4) : ''
  const account = bank + draw.text('0123456789', length - 4 - bank.length)
  const rest = `${account}${country}00`
    .split('')
    .reduce((all, sign) => Number(`${all}${/\d/.test(sign) ? sign : sign.charCodeAt(0) - 55}`) % 97, 0)
  const iban = `${country}${String(98 - rest).padStart(2, '0')}${account}`
  return draw.one([iban, iban.replace(/(.{4})(?=.)/g, '$1 ')])
}

function ipOf(draw: Draw): string {
  const octet = (): string => String(1 + draw.whole(254))
  const group = (): string => draw.text('0123456789abcdef', 4)
  return draw.one([
    () => [octet(), octet(), octet(), octet()].join('.'),
    () => Array.from({ length: 8 }, group).join(':'),
    () => `2001:db8:${group()}::${group()}`,
    () => `fe80::${group()}:${group()}%eth0`,
  ])()
}
