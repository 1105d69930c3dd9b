import { dwellingPart } from './address-beside.ts'
import { matchAt } from '../match.ts'
import type { Detector, Span } from '../span.ts'

const wall = ['(?<![\\p{L}\\p{N}./-])', '(?![\\p{L}\\p{N}]|[.,:/-]\\d)'] as const
/** How a house is numbered, and nothing that is measured, counted or an hour. */
const house = `\\d{1,4} ?[a-z]?(?:[/-]\\d{1,4})?${wall[1]}(?! ?(?:%|€|h|km|m|min|uhr|std|stück|x|mal|times|euro|eur|kg|st|pm|am|punkte?|tage?|jahre?)(?!\\p{L}))`
/** What a street's name ends in, where it is one word with it. */
const inWord =
  '\\p{Ll}{3,24}(?:str\\.?|straße|strasse|gasse|allee|straat|laan|plein|gracht|(?<!blok)kade|gatan|vägen|gränd|(?<!bri)gade|veien|vej|katu|kuja|polku)'
/** What stands before a street's name. */
const before =
  '(?:rua|travessa|avenida|alameda|calle|c/|paseo|cra\\.?|carrera|viale|piazza|vicolo|rue|allée|impasse|chemin|ul\\.?|ulica|plac|aleja|osiedle|ул\\.?|улица|вул\\.?|пр-т|просп\\.?|jl\\.?|jalan|οδός)'
const name = "\\p{Ll}[\\p{Ll}\\p{M}'’]{0,20}\\.?"
const sign = '(?: n[.º°]{1,2}| no\\.?| nr\\.?| #)? ?'
/** After a street's own word any small letters may stand: there what is said ends, or a flat follows. */
const said = `(?=[,.;!?)\\n]|$| (?:${dwellingPart}))`
/** Read from the house's number on and backwards from there: so that nothing is searched in a text where no street's name stands before a number. */
const street = new RegExp(
  `(?<=${wall[0]}(${before} ${name}(?: ${name}){0,4}${sign}))${house}${said}|(?<=${wall[0]}(${inWord}${sign}))${house}`,
  'uy',
)
/** After it: a flat, a post code with its town, a town at the end of what is said. */
const onward = new RegExp(
  `(?:[ ,]{1,2}(?:${dwellingPart}|\\d{4} ?[a-z]{2} \\p{Ll}{3,20}|\\d{5} \\p{Ll}{3,20}(?![\\p{L}])))(?![\\p{L}\\d])`,
  'iuy',
)
const mostParts = 4

/** Streets as people type them in chats, all in small letters: `kolonnenstr. 9 vh 4. stock`, `rua das acácias 209 casa 3`. */
export const findSmallAddresses: Detector = (text, { numbers }): readonly Span[] => {
  const found: Span[] = []
  let end = 0
  for (const { start: at } of numbers) {
    const match = at < end ? null : matchAt(text, at, street)
    if (match === null) continue
    const [{ length }, far = '', near = far] = match
    end = at + length
    for (let part = 0; part < mostParts; part += 1) end += matchAt(text, end, onward)?.[0].length ?? 0
    found.push({ start: at - near.length, end, kind: 'address' })
  }
  return found
}
