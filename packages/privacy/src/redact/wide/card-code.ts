import { isCard } from '../card.ts'
import { digitsOf } from '../checksum.ts'
import type { Detector, Span } from '../span.ts'

/** How far behind a card its security code is told, in UTF-16 units. */
const farthest = 160
/** What such a code is called, or where on the card it stands. */
const called =
  /(?<!\p{L})(?:prüf(?:ziffer|nummer|zahl)n?|sicherheitscode|cryptogramme|c[óo]digo de segur\p{L}+|codice di sicurezza|veiligheidscode|beveiligingscode|güvenlik kodu|kod (?:zabezpiecz|bezpiecz)\p{L}+|security (?:code|number)|on the back|au (?:dos|verso)|(?:auf der )?rückseite|hinten drauf|detrás|(?:del|al) reverso|no verso|atrás|achterop|achterkant|retro|z tyłu|arka\p{L}*|cv[cv]2?)(?!\p{L})[^\d\n]{0,28}(\d{3,4})(?![\d.,:/]\d|\d)/giu
/** Behind the month in which the card ends. */
const afterExpiry = /(?<!\d)(?:0[1-9]|1[0-2]) ?\/ ?(?:20)?[2-4]\d[ ,;·|\n-]{1,4}(\d{3,4})(?![\d.,:/-]\d|\d)/g

/** A card's security code some words behind the card: what else would call it one stands in other places, too. */
export const findCardCodes: Detector = (text, look) =>
  look.longNumbers.flatMap(({ start, end, count }): readonly Span[] => {
    if (count < 13 || count > 26 || !isCardIn(text.slice(start, end))) return []
    const behind = text.slice(end, end + farthest)
    const last = text.slice(Math.max(start, end - 12), end)
    return [...codesIn(behind, end, called), ...codesIn(last + behind, end - last.length, afterExpiry)]
  })

/** Whether a stretch of digits begins with a card; what follows it may be joined to it. */
function isCardIn(stretch: string): boolean {
  const digits = digitsOf(stretch)
  return [16, 15, 14, 13, 19].some((length) => digits.length >= length && isCard(digits.slice(0, length)))
}

function codesIn(text: string, offset: number, pattern: RegExp): readonly Span[] {
  return [...text.matchAll(pattern)].map(({ index, 0: whole, 1: code = '' }) => {
    const start = offset + index + whole.length - code.length
    return { start, end: start + code.length, kind: 'secret' }
  })
}
