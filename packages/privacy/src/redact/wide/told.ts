import type { FoundWord } from '../look.ts'
import { isSample } from '../sample.ts'
import type { Span } from '../span.ts'
import { isCode, isName, isUrl, looksSecret, template } from '../value.ts'

const token = /[^\s"'`<>()|\x80，。、！？：；]{3,64}/gu
const trailing = /[.,;:!?*]+$/
/** Words of English letters in a text of another script. */
const foreign = /^[^\s!-~]{0,12}?[ \t:=("'「『【]{0,3}(?![,;"')}\]])([!-~]{4,64})/
const isForeign = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
const opens = /^[ \t>"'`*«-]{0,8}(?:[\p{L}\d ._-]{1,24}: ?)?[ \t>"'`*«-]{0,4}$/u
/** What stands between a secret and what it is said to be. */
const says = /^["'`)*]{0,3}[ \t]{0,2}(?:[-=→]|<-|is|ist|est|es|è|é|это|вот|är|er|c'est|that's|das|jest|to|[这這がはを])/iu
/** A file, a host, a version, a name of code. */
const named =
  /(?:Error|Exception)$|\.[a-z]{2,5}$|^[a-z_]+\d*$|^[A-Z][a-z]+\d{1,3}$|^\W*v?\d[\d.]*\w?$|^[\w-]+(?:\.[a-z][\w-]*)+$|[/\\@{}[\]=]|:\d/

/** What a secret was changed to. */
const soft = /^(?:a|à|para|in|till?|på|na|it's|zu|auf|nuev[ao]|nov[ao]|neu|now)$/iu
const changed = /chang|cambi|alter|änd|veran|помен|смен|измен|zmien|modif|ersetz|neu|nuev|nov|mudou/iu
/** Who asks so is told where to go. */
export const forgotten = /forg[eo]t|vergessen|oubli|olvid|esque|vergeten|dimentic|zapomn|unuttu|забыл|忘|잊/iu
const joinedWords = /^\p{Ll}{2,}(?:-\p{Ll}{2,}){2,}$/u

/** Whether a run tells by itself that it is a secret: of letters with signs of passwords in it, or of both cases with digits and joints. */
export function tells(found: string): boolean {
  if (found.length < 6 || named.test(found) || isUrl(found) || isSample(found) || template.test(found)) return false
  return (
    (/\p{L}/u.test(found) && /[^-._]{2}[!#$%&*+?^~]\p{L}|\p{L}[!#$%&*+?^~]\d|\d[!#$%&*+?^~]\p{L}/u.test(found)) ||
    (/\p{Ll}/u.test(found) && /\p{Lu}/u.test(found) && /\d/.test(found) && /[._-]/.test(found))
  )
}

/** What an answer or the line after a colon is made of. */
function answers(found: string, isAlone: boolean): boolean {
  if (named.test(found) && !(isAlone && /\d/.test(found) && /\p{L}/u.test(found))) return isCode(found)
  return (
    isCode(found) ||
    (looksSecret(found) && found.length >= 5 && (isAlone || !isName(found))) ||
    tells(found) ||
    (isAlone && /\p{L}[._+-]\p{L}/u.test(found))
  )
}

/** Secrets that stand apart from the word for them: before it, after a question or a colon in the next line, or farther on in its sentence. */
export function toldBy(text: string, { start, end, text: name }: FoundWord): readonly Span[] {
  if (several.test(name)) return codesBelow(text, end)
  const from = text.lastIndexOf('\n', start) + 1
  const until = ends(text, end)
  if (isForeign.test(name)) {
    const found = foreign.exec(text.slice(end, Math.min(until, end + 80)))
    const own = found?.[1]?.replace(/[.,;:!?)"']+$/, '') ?? ''
    if (found !== null && ((isCode(own) && own.replace(/\D/g, '').length > 3) || tells(own) || (looksSecret(own) && own.length >= 6)))
      return spanAt(end + found[0].length - (found[1] ?? '').length, own)
  }
  const line = text.slice(end, Math.min(until, end + 160))
  const mark = /(?<!\?)\?(?=\s|$)|:[ \t]*$/.exec(line)
  if (mark !== null) return forgotten.test(text.slice(from, until)) ? [] : answersIn(text, end + mark.index + 1, until)
  const below = /[.!?;,)}\]>=]\s*$/.test(line) || forgotten.test(text.slice(from, until)) ? [] : aloneBelow(text, until)
  if (below.length > 0) return below
  for (const match of line.slice(0, 80).matchAll(token)) {
    const own = match[0].replace(trailing, '')
    // What goes on without a blank is the same name.
    if (match.index === 0) continue
    const head = line.slice(0, match.index)
    const isNew =
      soft.test(/(\S{1,8})[\s"'`]{1,3}$/.exec(head.slice(-12))?.[1] ?? '') &&
      changed.test(head) &&
      /\d/.test(own) &&
      own.length >= 6 &&
      isTold(own)
    if (isNew || tells(own)) return spanAt(end + match.index, own)
  }
  return start - from > 100 ? [] : first(text, from, start)
}

const several = /codes|códig|codici|kody|kód|kod\p{L}|коды|备用|恢复|コード|백업|복구|رموز/iu
/** A code to keep, and what may number it. */
const kept = /^(?:(?=[a-z-]*\d)[a-z\d-]{4,16}|[a-z\d]{4,6}-[a-z\d]{4,6})$/i
const numbering = /^(?:\d{1,2}[.)]?|[-*•/|,·☐☑✓✔])$/

/** Codes to keep stand in lines of their own, a few lines down. */
function codesBelow(text: string, from: number): readonly Span[] {
  const spans: Span[] = []
  let at = ends(text, from) + 1
  for (let line = 0; line < 20 && at < text.length; line += 1) {
    const end = ends(text, at)
    const parts = [...text.slice(at, end).matchAll(/\S+/g)]
    const codes = parts.filter(({ 0: part }) => kept.test(part))
    if (codes.length > 0 && codes.length + parts.filter(({ 0: part }) => numbering.test(part)).length >= parts.length)
      for (const code of codes) spans.push(...spanAt(at + code.index, code[0]))
    else if (parts.length > 0 && (spans.length > 0 || line > 4)) break
    at = end + 1
  }
  return spans
}

function ends(text: string, at: number): number {
  const next = text.indexOf('\n', at)
  return next === -1 ? text.length : next
}

/** In what is left of the line, or in the first line after that has something in it. */
function answersIn(text: string, from: number, until: number): readonly Span[] {
  const blank = /^\s{0,8}/.exec(text.slice(until, until + 8))?.[0].length ?? 0
  const begin = /\S/.test(text.slice(from, until)) ? from : until + blank
  const line = text.slice(begin, Math.min(ends(text, begin), begin + 120))
  const found = [...line.matchAll(token)].map((match) => ({ at: begin + match.index, own: match[0].replace(trailing, '') }))
  const mayBeCode = found.length <= (begin === from ? 1 : 5) || /^\s*[-=]/.test(text.slice(from, from + 4))
  const answer = found.filter(({ own }) => (isCode(own) ? mayBeCode : answers(own, found.length === 1)))
  // "52 in front, 08 behind".
  const halves = found.filter(({ own }) => /^\d\d$/.test(own))
  if (answer.length === 0 && halves.length === 2 && found.length < 7) return halves.flatMap(({ at, own }) => spanAt(at, own))
  return answer.length > 2 || (found.length > 10 && !answer.some(({ own }) => tells(own)))
    ? []
    : answer.flatMap(({ at, own }) => spanAt(at, own))
}

/** The first run of the line, where it is said or shown to be a secret. */
function first(text: string, from: number, label: number): readonly Span[] {
  const before = text.slice(from, label)
  for (const match of before.matchAll(token)) {
    if (!opens.test(before.slice(0, match.index))) return []
    const own = match[0].replace(trailing, '')
    const after = before.slice(match.index + own.length)
    if (tells(own) || (own.length >= 6 && says.test(after) && after.length < 40 && isTold(own)))
      return isForeign.test(own) ? [] : spanAt(from + match.index, own)
  }
  return []
}

/** What is said to be a password: no name of code, or words joined. */
function isTold(found: string): boolean {
  return joinedWords.test(found) || (looksSecret(found) && !named.test(found) && !isName(found))
}

function spanAt(start: number, found: string): readonly Span[] {
  return [{ start, end: start + found.length, kind: 'secret' }]
}

const alone = /^\s{1,12}(?:[-—–>:*] ?)?(\S{6,40})[ \t]*(?:\n|$)/

/** What a sentence says to put in stands alone in the line below it. */
function aloneBelow(text: string, at: number): readonly Span[] {
  const [whole, found = ''] = alone.exec(text.slice(at, at + 72)) ?? []
  if (whole === undefined || /[=(){}<>/@:]/.test(found) || !/\p{L}/u.test(found) || isName(found)) return []
  const isMade = /\d/.test(found) || /\p{Lu}\p{Ll}+[._+&-]\p{L}+[._+&-]\p{L}/u.test(found)
  return isMade && !named.test(found.replace(/\p{Ll}\d{1,3}$/u, 'xX')) && !/^[\w-]+\.[a-z]{2,4}$/.test(found)
    ? spanAt(at + whole.indexOf(found), found)
    : []
}
