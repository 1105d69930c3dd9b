import { allMatches } from './match.ts'
import type { Detector } from './span.ts'

const digits = '((?:[A-Z]-)?\\d(?:[ -]?\\d){3,9})(?!\\d)'
/** "Your (Acme) code is 482913", in the wordings of messages that carry one. */
const yours = new RegExp(
  `(?:your|ihr|dein|votre|ton|su|tu|il tuo|seu)[ \\t]+((?:[\\p{L}\\p{N}.&-]{1,20}[ \\t]+){0,2})(?:code|código|codice)[ \\t]*(?:is|are|:|ist|lautet|est|es|è|é)[ \\t:]*${digits}`,
  'giu',
)
/** "Use 482913 to sign in", "enter code 482913 to verify". */
const used = new RegExp(
  `(?:enter|use|type|input|with)[ \\t]+(?:the[ \\t]+|this[ \\t]+)?(?:code[ \\t]+)?${digits}[ \\t]+(?:to|as|for)[ \\t]+(?:sign|log|verify|verification|confirm your|complete (?:your )?(?:sign|log)|authenticate|unlock|access|activate)`,
  'giu',
)
/** Codes that are business: no one signs in with them. */
const business =
  /promo|coupon|discount|voucher|gift|order|booking|reservation|product|zip|postal|post|country|area|tracking|reference|customer|dress|tax|employee|item|article|branch|sort|swift|error|status|color|colour|cost|dial/iu

/** One-time codes in messages that name no stronger word than "code". */
export const findOneTimeCodes: Detector = (text) =>
  [...allMatches(text, yours), ...allMatches(text, used)].flatMap((match) => {
    const code = match[2] ?? match[1] ?? ''
    if (match[2] !== undefined && business.test(match[1] ?? '')) return []
    const start = match.index + match[0].lastIndexOf(code)
    return [{ start, end: start + code.length, kind: 'secret' as const }]
  })
