import { allMatches } from './match.ts'
import type { Detector, Span } from './span.ts'

const local = /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]/u
const domain = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,8}(?:xn--[a-z0-9-]{2,59}|\p{L}{2,24})(?![\p{L}\p{N}])/iu
const spelled = /(?<![\p{L}\p{N}])[\p{L}\p{N}._-]{1,64} ?[([{] ?at ?[)\]}] ?[\p{L}\p{N}-]{1,63}(?: ?[([{] ?dot ?[)\]}] ?|\.)\p{L}{2,24}/giu
const longestLocal = 64

/** E-mail addresses, in any script, and those spelled with (at) and (dot). */
export const findEmails: Detector = (text) => {
  const spans: Span[] = []
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const start = localStart(text, at)
    const tail = start < at ? domain.exec(text.slice(at + 1, at + 320)) : null
    if (tail !== null) spans.push({ start, end: at + 1 + tail[0].length, kind: 'email' })
  }
  if (!/[([{] ?at ?[)\]}]/i.test(text)) return spans
  for (const match of allMatches(text, spelled)) spans.push({ start: match.index, end: match.index + match[0].length, kind: 'email' })
  return spans
}

function localStart(text: string, at: number): number {
  let start = at
  while (start > 0 && at - start < longestLocal && local.test(text[start - 1] ?? '')) start -= 1
  if (start === at) return at
  // A quote, an equals sign or a question mark before the address belongs to what holds it: `mail='a@b.de'`, `?q=a@b.de`.
  const held = Math.max(...['=', '?', '&', "'", '/', '`', '|', '{'].map((mark) => text.slice(start, at).lastIndexOf(mark)))
  return start + held + 1
}
