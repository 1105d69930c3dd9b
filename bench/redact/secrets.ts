import type { Draw } from './random.ts'

const lower = 'abcdefghijklmnopqrstuvwxyz'
const upper = lower.toUpperCase()
const digits = '0123456789'
const base62 = lower + upper + digits
const hex = '0123456789abcdef'

/** Tokens by their vendors' documents; rules are tuned with the first list and judged with the second. */
const vendorsTuned: readonly ((draw: Draw) => string)[] = [
  (draw) => `ghp_${draw.text(base62, 36)}`,
  (draw) => `xoxb-${draw.text(digits, 12)}-${draw.text(digits, 12)}-${draw.text(base62, 24)}`,
  (draw) => `AKIA${draw.text('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`,
  (draw) => `sk_live_${draw.text(base62, 24)}`,
  (draw) => `AIza${draw.text(`${base62}_-`, 35)}`,
  (draw) => `glpat-${draw.text(`${base62}_-`, 20)}`,
  (draw) => `npm_${draw.text(base62, 36)}`,
  (draw) => `SG.${draw.text(base62, 22)}.${draw.text(base62, 43)}`,
  (draw) => `eyJhbGciOiJIUzI1NiJ9.eyJ${draw.text(base62, 40)}.${draw.text(`${base62}_-`, 43)}`,
]
const vendorsHeldOut: readonly ((draw: Draw) => string)[] = [
  (draw) => `github_pat_${draw.text(base62, 22)}_${draw.text(base62, 59)}`,
  (draw) => `dop_v1_${draw.text(hex, 64)}`,
  (draw) => `hf_${draw.text(lower + upper, 34)}`,
  (draw) => `pypi-AgEIcHlwaS5vcmc${draw.text(`${base62}_-`, 80)}`,
  (draw) => `shpat_${draw.text(hex, 32)}`,
  (draw) => `rk_live_${draw.text(base62, 40)}`,
  (draw) => `sk-ant-api03-${draw.text(`${base62}_-`, 93)}AA`,
  (draw) => `xoxp-${draw.text(digits, 11)}-${draw.text(digits, 12)}-${draw.text(hex, 32)}`,
  (draw) => `hvs.${draw.text(base62, 90)}`,
  (draw) => `${draw.text(digits, 10)}:AA${draw.text(`${base62}_-`, 33)}`,
  (draw) => `ya29.${draw.text(`${base62}_-`, 120)}`,
  (draw) => `lin_api_${draw.text(base62, 40)}`,
  (draw) => `ASIA${draw.text('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`,
]

/** A vendor's token. */
export const vendorToken = (draw: Draw, held: boolean): string => draw.one(held ? vendorsHeldOut : vendorsTuned)(draw)

/** What a machine drew: keys, hashes used as keys, what a password manager proposes. */
export function bareSecret(draw: Draw): string {
  return draw.one([
    () => draw.text(base62, 20 + draw.whole(28)),
    () => draw.text(`${base62}+/`, 40) + draw.one(['', '=', '==']),
    () => draw.text(hex, draw.one([32, 40, 48, 64])),
    () => draw.text(`${upper}234567`, 16 + draw.whole(16)),
    () => `${draw.text(base62, 5)}${draw.text('!#$%&*+?@', 1)}${draw.text(base62, 5)}${draw.text('!#$%&*+?@', 1)}${draw.text(base62, 4)}`,
    () => `${draw.text(lower + digits, 6)}-${draw.text(lower + digits + upper, 6)}-${draw.text(lower + digits, 6)}`,
    () => draw.text(`${base62}_-`, 32),
  ])()
}

const wordsTuned = ['summer', 'dragon', 'coffee', 'sommer', 'berlin', 'soleil', 'verano', 'office', 'hunter', 'monkey', 'kaffee', 'welcome']
const wordsHeldOut = [
  'winter',
  'falcon',
  'garden',
  'hamster',
  'bonjour',
  'invierno',
  'outono',
  'zomer',
  'kedi',
  'wiosna',
  'printer',
  'saturn',
  'lasagne',
  'fussball',
]

/** What a person makes up where a rule asks for digits and signs. */
export function humanSecret(draw: Draw, held: boolean): string {
  const word = draw.one(held ? wordsHeldOut : wordsTuned)
  const capital = word.slice(0, 1).toUpperCase() + word.slice(1)
  const mark = draw.text('!@#$%&*?', 1)
  const year = String(1970 + draw.whole(56))
  return draw.one([
    () => capital + year + mark,
    () => capital + mark + String(draw.whole(999)),
    () =>
      word.replace(/[aeios]/g, (letter) => ({ a: '4', e: '3', i: '1', o: '0', s: '5' })[letter] ?? letter) + mark + draw.text(digits, 2),
    () => mark + capital + draw.text(digits, 2) + mark,
    () => `${capital}${draw.one(['_', '.', '-'])}${year}${mark}`,
    () => `${capital.replace('a', '@').replace('e', '3').replace('o', '0')}${draw.text(digits, 3)}${mark}`,
  ])()
}

/** Any of them, as it stands behind a label. */
export function labelledSecret(draw: Draw, held: boolean): string {
  const weak = (): string => draw.one(held ? wordsHeldOut : wordsTuned) + draw.one(['', draw.text(digits, 2), draw.text(digits, 4)])
  return draw.one([
    () => humanSecret(draw, held),
    () => humanSecret(draw, held),
    () => bareSecret(draw),
    () => vendorToken(draw, held),
    weak,
  ])()
}
