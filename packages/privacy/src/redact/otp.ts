import { word, type Family } from './beginning.ts'
import type { Detector, Span } from './span.ts'

/** The word for a code, as languages decline it; and words for putting one in. */
export const codeWords: Readonly<Record<'codeWord' | 'unpartedCode' | 'put', Family>> = {
  codeWord: word('codes? kode[nt]? kod kodu kodun kodunuz kód koodi(?:nne)? código codigo codice codul? код'.split(' ')),
  unpartedCode: {
    pieces: 'コード (?:驗證|验证|校验|校驗|动态|動態|安全|短信|提取|取件|登录|登錄|激活|确认|確認|邀请|授权)[码碼] 코드 رمز'.split(' '),
    pattern: (own) => `(?:${own})`,
    inside: true,
  },
  put: { pieces: ['enter', 'use', 'type', 'input', 'with'], pattern: (own) => `(?:${own})[ \\t]`, inside: true },
}
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
  /^[a-z]{3,5}[ \t]+(?:the[ \t]+|this[ \t]+)?(?:code[ \t]+)?((?:[A-Z]-)?\d(?:[ -]?\d){3,9})(?!\d)[ \t]+(?:to|as|for)[ \t]+(?:sign|log|verify|verification|confirm your|complete (?:your )?(?:sign|log)|authenticate|unlock|access|activate)/iu
/** Codes that are business: no one signs in with them. */
const business =
  /promo|coupon|discount|voucher|gift|rabatt|gutschein|order|booking|reservation|produ|artik|zip|post|plz|country|area|tracking|reference|customer|dress|tax|employee|item|article|branch|sort|swift|error|fehler|status|color|colour|cost|kosten|dial|bar|qr|source|commit|\bhs|naf|ape/iu

/** One-time codes in messages that name no stronger word than "code". */
export const findOneTimeCodes: Detector = (text, look) => {
  const found = look.words('codeWord', 'unpartedCode').flatMap(({ start: index, end }): readonly Span[] => {
    const match = led.exec(text.slice(end, end + 72))
    const digits = match?.[1]
    if (match === null || digits === undefined) return []
    const [before, between] = [text.slice(Math.max(0, index - 48), index), match[0].slice(0, -digits.length)]
    if (business.test(before.slice(-20)) || business.test(between)) return []
    const around = before + between + text.slice(end + match[0].length, end + match[0].length + 60)
    const start = end + match[0].length - digits.length
    return yours.test(before) || letting.test(around) || digits.replace(/\D/g, '').length === 6 ? [spanOf(start, digits)] : []
  })
  return [...found, ...look.words('put').flatMap(({ start }) => putIn(text, start))]
}

function putIn(text: string, from: number): readonly Span[] {
  const [whole, digits] = used.exec(text.slice(from, from + 120)) ?? []
  return whole === undefined || digits === undefined ? [] : [spanOf(from + whole.indexOf(digits), digits)]
}

function spanOf(start: number, digits: string): Span {
  return { start, end: start + digits.length, kind: 'secret' }
}
