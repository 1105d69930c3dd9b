import { allMatches } from './match.ts'
import type { Detector, Span } from './span.ts'

/** The word for a code, as languages decline it. */
const word =
  /(?<![\p{L}\p{N}])(?:code|codes|kode[nt]?|kod(?:u(?:nuz|n)?)?|kód|koodi(?:nne)?|código|codigo|codice|codul?|код)(?![\p{L}\p{N}])|コード|(?:驗證|验证)?[码碼]|코드|رمز/giu
/** What stands between the word and its digits: nothing but a sign, or words that end in "is". */
const led =
  /^(?:[^\d\n]{0,48}?(?:(?<![\p{L}])(?:is|are|ist|lautet|est(?: le)?|es|è|é|jest|to|wordt|är|er|on|je|будет|это|:)|[:：=]|は|是|为))?[ \t:(*#"']{0,4}((?:[A-Z]-)?\d(?:[ -]?\d){3,9})(?!\d|[.,]\d)/iu
/** Whose code it is: a message that carries one speaks to its reader. */
const yours =
  /(?:your|ihr|dein|deine?n?|votre|ton|su|tu|seu|teu|il tuo|uw|je|jouw|twój|twoj|senin|din|ditt|sinun|ваш|твой)[ \t]+(?:[\p{L}\p{N}.&-]{1,20}[ \t]+){0,2}$/iu
/** What is said of a code that lets somebody in, and soon ends. */
const letting =
  /(?:\bmin|minut|expir|verfällt|gültig|valid|válid|valable|geldig|geçerli|ważn|istek|действ|sign.?in|log.?in|anmeld|connexion|inloggen|logow|verif|share|teilen|door|tür|gate|alarm|safe|garage|porte|puerta|porta|deur|kapı|drzwi|entry|entrance|entrée|eingang)/iu
/** "Use 482913 to sign in", "enter code 482913 to verify". */
const used =
  /(?:enter|use|type|input|with)[ \t]+(?:the[ \t]+|this[ \t]+)?(?:code[ \t]+)?((?:[A-Z]-)?\d(?:[ -]?\d){3,9})(?!\d)[ \t]+(?:to|as|for)[ \t]+(?:sign|log|verify|verification|confirm your|complete (?:your )?(?:sign|log)|authenticate|unlock|access|activate)/giu
/** Codes that are business: no one signs in with them. */
const business =
  /promo|coupon|discount|voucher|gift|rabatt|gutschein|order|booking|reservation|produ|artik|zip|post|plz|country|area|tracking|reference|customer|dress|tax|employee|item|article|branch|sort|swift|error|fehler|status|color|colour|cost|kosten|dial|bar|qr|source|commit|\bhs|naf|ape/iu

/** One-time codes in messages that name no stronger word than "code". */
export const findOneTimeCodes: Detector = (text) => {
  const found = allMatches(text, word).flatMap(({ index, 0: label }): readonly Span[] => {
    const end = index + label.length
    const match = led.exec(text.slice(end, end + 72))
    const digits = match?.[1]
    if (match === null || digits === undefined) return []
    const [before, between] = [text.slice(Math.max(0, index - 48), index), match[0].slice(0, -digits.length)]
    if (business.test(before.slice(-20)) || business.test(between)) return []
    const around = before + between + text.slice(end + match[0].length, end + match[0].length + 60)
    const start = end + match[0].length - digits.length
    return yours.test(before) || letting.test(around) || digits.replace(/\D/g, '').length === 6 ? [spanOf(start, digits)] : []
  })
  return [...found, ...allMatches(text, used).map(({ index, 0: whole, 1: digits = '' }) => spanOf(index + whole.indexOf(digits), digits))]
}

function spanOf(start: number, digits: string): Span {
  return { start, end: start + digits.length, kind: 'secret' }
}
