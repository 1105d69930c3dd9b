import { more } from '#wide/more'

import type { Family } from './beginning.ts'
import type { Detector, Span } from './span.ts'

/** The word for a code, as languages decline it, and of what such a code opens; and words for putting one in. */
export const codeWords: Readonly<Record<'codeWord' | 'unpartedCode' | 'put', Family>> = {
  codeWord: {
    pieces: 'codes? kode[nt]? kod(?:u|un|unuz|em|en)? kód(?:em)? koodi(?:lla|nne|si)? mã c[óo]digo codice codul? код(?:ом)?'
      .split(' ')
      .concat(more.codeWords),
    pattern: (own) => `(?:${own})(?![\\p{L}\\p{N}])`,
    inside: true,
  },
  unpartedCode: {
    pieces:
      'コード 番号 코드 번호 كود رمز קוד (?:[驗验][證证]|校[验驗]|[动動][态態]|安全|短信|提取|取件|登[录錄]|激活|[确確][认認]|邀请|授权|取|密)[码碼]'.split(
        ' ',
      ),
    pattern: (own) => `(?:${own})`,
    inside: true,
  },
  put: { pieces: ['enter', 'use', 'type', 'input', 'with', ...more.puts], pattern: (own) => `(?:${own})[ \\t]`, inside: true },
}
const digits = '((?:[A-Z]-)?\\d(?:[ -]?\\d){3,9}|\\d{2,3}[A-Z]\\d{1,3}|\\d-\\d-\\d)(?!\\d|[.,:/]\\d)'
/** What stands between the word and its digits: nothing but a sign, or words that end in "is". */
const led = new RegExp(
  `^(?:[^\\d\\n]{0,48}?(?:(?<![\\p{L}])(?:is|are|ist|lautet|est(?: le)?|es|è|é|jest|to|wordt|är|er|on|je|будет|это|هو|là|:)|[:：=→]|は|是|[은는]|为))?[ \\t:(*#"']{0,4}(?:${digits}|((?=[a-z-]{0,8}\\d)[a-z\\d-]{4,12})(?![\\w.:/]))`,
  'iu',
)
/** Whose code it is: a message that carries one speaks to its reader. */
export const yours =
  /(?:your|ihr|dein|deine?n?|votre|ton|su|tu|seu|teu|il tuo|uw|je|jouw|twój|twoj|senin|din|ditt|sinun|ваш|твой)[ \t]+(?:[\p{L}\p{N}.&-]{1,20}[ \t]+){0,2}$/iu
/** What is said of a code that soon ends. */
export const letting = new RegExp(
  `\\bmin|expir|verf|gültig|v[aá]lid|valable|geldig|geçerli|sign.?in|log.?(?:in|ga)|zugang|anmeld|conne[xc]|v[eé]rif|share|teilen|se[cg]ur|sécur|sicher|bestät|confirm|auth|aut[eo][nr]|a[ck]tiv|ntsperr|reset|sms|fa[ck]tor|2fa|mfa|one.?time|single|einmal|ważn|istek|действ|inlog|logow|bekr|acc?e[sn]|доступ|подтв|вход|toegang|potw|onay|doğru|giri|التحقق|[验驗認确]|確認${more.letting}`,
  'iu',
)
/** What a code opens or turns off. */
export const place = new RegExp(
  `door|tür|\\bgate|alarm|safe|garage|porte|puerta|porta|deur|kapı|drzwi|entry|entran|entrée|eingang${more.place}`,
  'iu',
)
/** "Use 482913 to sign in", "enter code 482913 to verify". */
const used =
  /^[a-z]{3,5}[ \t]+(?:the[ \t]+|this[ \t]+)?(?:code[ \t]+)?((?:[A-Z]-)?\d(?:[ -]?\d){3,9})(?!\d)[ \t]+(?:to|as|for)[ \t]+(?:sign|log|verify|verification|confirm your|complete (?:your )?(?:sign|log)|authenticate|unlock|access|activate)/iu
/** Codes that are business: no one signs in with them. */
export const business =
  /promo|coupon|discount|voucher|gift|rabatt|gutschein|order|booking|reservation|produ|arti[ck]|zip|post.?$|plz|country|area|tracking|reference|customer|dress|tax|employee|item|branch|sort|swift|error|fault|commod|fehler|status|colou?r|[ck]ost|dial|bar|qr|source|commit|\bhs|naf|ape/iu

/** One-time codes in messages that name no stronger word than "code". */
export const findOneTimeCodes: Detector = (text, look) => {
  const found = look.words('codeWord', 'unpartedCode').flatMap(({ start: index, end, text: name }): readonly Span[] => {
    const tail = text.slice(end, end + 72)
    // Most of what is called a code has no figure near it.
    if (!/\d/.test(text.slice(Math.max(0, index - 72), end + 72))) return []
    const loose = more.nearCode.exec(tail)
    const isPlace =
      place.test(text.slice(Math.max(0, index - 24), index) + name + (loose?.[0] ?? '')) &&
      !/^(?:19[5-9]|20[0-3])\d(?:$|-)/.test(loose?.[1] ?? '')
    // What opens is no code itself: "alarm 4711 went off".
    const match = (/^(?:alarm|lock|key|schl)/i.test(name) ? null : led.exec(tail)) ?? (isPlace ? loose : null)
    const digits = match?.[1] ?? match?.[2]
    if (match === null || digits === undefined) return before(text, index, name)
    const [lead, between] = [text.slice(Math.max(0, index - 48), index), match[0].slice(0, -digits.length)]
    if (business.test(lead.slice(-20)) || business.test(between)) return []
    const around = lead + name + between + text.slice(end + match[0].length, end + match[0].length + 60)
    const start = end + match[0].length - digits.length
    if (!yours.test(lead) && !letting.test(around) && !place.test(around) && (digits.replace(/\D/g, '').length !== 6 || /番|번/.test(name)))
      return []
    return [spanOf(start, digits), ...next(text, start + digits.length, digits.length)]
  })
  return [...found, ...look.words('put').flatMap(({ start }) => putIn(text, start))]
}

/** `1907, to disarm 7091`: a second as long as the first. */
function next(text: string, from: number, length: number): readonly Span[] {
  const [whole, digits = ''] = /^[#)"']{0,2}[,;/][ ]?(?:[^\d\n,;.]{1,24} )?(\d{4,8})(?!\d)/.exec(text.slice(from, from + 48)) ?? []
  return whole === undefined || digits.length !== length ? [] : [spanOf(from + whole.length - digits.length, digits)]
}

/** `8841 is your code`, `8841 - code to sign in`. */
function before(text: string, index: number, name: string): readonly Span[] {
  const from = Math.max(0, index - 72)
  const lead = text.slice(from, index)
  const match = more.codeBefore.exec(lead)
  const digits = match?.[1]
  if (match === null || digits === undefined || /^(?:19|20)\d\d$/.test(digits) || business.test(lead.slice(-20))) return []
  const around = lead + name + text.slice(index, index + 60)
  return yours.test(lead) || letting.test(around) || place.test(around) ? [spanOf(from + match.index, digits)] : []
}

function putIn(text: string, from: number): readonly Span[] {
  const [whole, digits] = used.exec(text.slice(from, from + 120)) ?? []
  return whole === undefined || digits === undefined ? [] : [spanOf(from + whole.indexOf(digits), digits)]
}

function spanOf(start: number, digits: string): Span {
  return { start, end: start + digits.length, kind: 'secret' }
}
