import { codeAt } from '../character.ts'
import { entropyBits, wordlike01 } from '../likely.ts'
import { bitsOf, type FoundWord, type Look, type Stretch } from '../look.ts'
import { allMatches, matchAt, matchesIn } from '../match.ts'
import type { Detector, Span } from '../span.ts'
import { tells } from './told.ts'

/** Such as no list of words for wallets has, and no sentence lacks. */
const common = /\b(?:the|and|for|are|with|but|der|die|und|das|les|des|est|que|los|por|van|het|een)\b/
/** Groups of four, as programs make passwords to be read, found by the first two signs between them. */
const groups = /(?<=(?<![\w-])([a-z0-9]{4}))([ -])[a-z0-9]{4}(?:\2[a-z0-9]{4}){2,7}(?![\w-])/y
/** Four groups of four, with what parts them. */
const shortestGroups = 19
const [lineEnd, grouped, blank, hyphen, comma, point, bracket] = [10, 5, 32, 45, 44, 46, 41]
const threeSigns = 1 | (1 << grouped) | (1 << (2 * grouped))
const counts: readonly number[] = [12, 15, 18, 21, 24]

/** Secrets of many words or groups that nothing has to name. */
export const findPhrases: Detector = (text, look) =>
  text.length < shortestGroups
    ? [...spokenIn(text, look), ...findAnswers(text, look)]
    : [
        ...(text.length < shortestWallet ? [] : [...walletsIn(text), ...ledWallets(text, look)]),
        ...groupsIn(text),
        ...(look.longest < shortestKey ? [] : lastOf(matchesIn(text, look.runs(shortestKey, 'digits'), recovery), () => true)),
        ...(look.longest < shortestPass || !look.hasAny('colon') ? [] : lastOf(passesIn(text, look), () => true)),
        ...spokenIn(text, look),
        ...findAnswers(text, look),
      ]

/** BitLocker's keys; a line of PostgreSQL's `.pgpass`, which is one run. */
const recovery = /(?<![\d-])(\d{6}(?:-\d{6}){7})(?![\d-])/g
const [shortestKey, shortestPass] = [55, 20]
const passFile = /(?<=^|\n)[\w.*-]{1,80}:(?:\d{2,5}|\*):[\w*-]{1,40}:[\w*-]{1,40}:([^\s:]{4,64})(?=\n|$)/y
/** What is said to somebody on the phone is words. */
const spoken = /telefon|telephone|phone|infolin|hotline|kunden|customer|verification word|кодовое|memorable|security word/iu
const saying = /^[^:?\n]{0,48}[:?](?: | ?\n[^:\n]{1,24}: )(?:(?:it's|it is|es ist|c'est|es|è|é|это) )?(\p{L}+(?: \p{L}+){0,3})[.]?(?=\n|$)/u

function passesIn(text: string, look: Look): readonly RegExpExecArray[] {
  return look
    .runs(7, 'colon')
    .filter(({ start }) => start === 0 || codeAt(text, start - 1) === lineEnd)
    .map(({ start }) => matchAt(text, start, passFile))
    .filter((match) => match !== null)
}

const [strong, answering] = [bitsOf('strong'), bitsOf('strong', 'asked')]

/** Words for a secret, as labels are looked for. */
function secretsOf(look: Look): readonly FoundWord[] {
  return !look.mayHave(strong) ? [] : look.words('strong', 'code', 'weak', 'vague').filter(({ name }) => name === 'strong')
}

function spokenIn(text: string, look: Look): readonly Span[] {
  return secretsOf(look).flatMap(({ start, end }): readonly Span[] => {
    if (!spoken.test(text.slice(Math.max(0, start - 24), end + 48))) return []
    const match = saying.exec(text.slice(end, end + 120))
    const found = match?.[1] ?? ''
    return match === null
      ? []
      : [{ start: end + match[0].replace(/\.$/, '').length - found.length, end: end + match[0].replace(/\.$/, '').length, kind: 'secret' }]
  })
}

function groupsIn(text: string): readonly Span[] {
  const spans: Span[] = []
  const { length } = text
  // A bit for each of the last characters: which of them are signs is nothing that a processor could guess.
  let signs = 0
  for (let at = 0; at < length; at += 1) {
    const code = codeAt(text, at)
    signs = (signs << 1) | (code === blank || code === hyphen ? 1 : 0)
    if ((signs & threeSigns) !== threeSigns) continue
    const first = at - 2 * grouped
    const found = matchAt(text, first, groups)
    if (found === null) continue
    const [start, end] = [first - grouped + 1, first + found[0].length]
    if (isDrawn(text.slice(start, end))) spans.push({ start, end, kind: 'secret' })
    at = end - 1
    signs = 0
  }
  return spans
}

const numberedWord = /^(?:\d{1,2}[.):]?[ \t]{1,4}[a-z]{3,8}(?:[ \t,]{1,8}|$)){1,24}$/
const [shortestWallet, longestWallet] = [47, 260]

/** Words of a wallet (BIP 39): short and small, alone in a line, or each with its number in lines below each other. */
function walletsIn(text: string): readonly Span[] {
  const spans: Span[] = []
  let [from, numbered] = [0, '']
  for (let start = 0; start < text.length;) {
    const next = text.indexOf('\n', start)
    const end = next === -1 ? text.length : next
    const line = end - start > longestWallet || !mayBeOfWallet(text, start, end) ? '' : text.slice(start, end)
    if (/^\s*\d/.test(line) && numberedWord.test(line.trim())) {
      if (numbered === '') from = start
      numbered += ` ${line}`
    } else numbered = ''
    const found = numbered === '' ? line : numbered
    if ((line.length >= shortestWallet || numbered !== '') && isWallet(found.trim())) {
      spans.push({ start: numbered === '' ? start : from, end, kind: 'secret' })
      numbered = ''
    }
    start = end + 1
  }
  return spans
}

/** Whether a line is of words of three to eight small letters and of numbers, as far as its first characters show. */
function mayBeOfWallet(text: string, start: number, end: number): boolean {
  let letters = 0
  for (let at = start; at <= end; at += 1) {
    const code = at === end ? blank : codeAt(text, at)
    if (code >= 97 && code <= 122) letters += 1
    else if (code === blank || code === comma || (code >= 9 && code <= 13)) {
      if (letters > 0 && (letters < 3 || letters > 8)) return false
      letters = 0
    } else if (code > 127) letters = -Infinity
    else if ((code < 48 || code > 58) && code !== point && code !== bracket) return false
  }
  return true
}

function isWallet(line: string): boolean {
  if (!/^[a-z\d]/.test(line) || common.test(line)) return false
  const words = line.split(/[\s,]+/).filter((part) => !/^\d{1,2}[.):]?$/.test(part))
  return counts.includes(words.length) && words.every((one) => /^[a-z]{3,8}$/.test(one))
}

const ledWallet = /^[^\n]{0,48}?(?:[:=] ?|(?:is|es|est|ist|é|è) )((?:[a-z]{3,8}[ ,]{1,2}){11,24}[a-z]{3,8})(?![a-z])/iu

/** A wallet's words in a sentence that names them: the first twelve, or as many more as it may have. */
function ledWallets(text: string, look: Look): readonly Span[] {
  return after(text, look.words('wallet'), ledWallet).flatMap(({ start, found }) => {
    const words = found.split(/[ ,]+/)
    const own = counts.filter((count) => count <= words.length && !common.test(words.slice(0, count).join(' '))).at(-1)
    const end = own === undefined ? null : new RegExp(`^(?:[a-z]+[ ,]*){${own - 1}}[a-z]+`).exec(found)
    return end === null ? [] : [{ start, end: start + end[0].length, kind: 'secret' }]
  })
}

/** What a pattern finds after each of some words. */
function after(text: string, words: readonly Stretch[], pattern: RegExp): readonly { readonly start: number; readonly found: string }[] {
  return words.flatMap(({ end }) => {
    const match = pattern.exec(text.slice(end, end + 320))
    const found = match?.[1] ?? ''
    return match === null ? [] : [{ start: end + match[0].length - found.length, found }]
  })
}

const answer =
  /(?<!\p{L})(?:answer|antwort|réponse|respuesta|resposta|risposta|odpowiedź|antwoord|cevap|ответ|答え|答案)\p{L}{0,2}[^\n:]{0,40}:[ \t]{0,3}([^\s?][^\n?]{1,58}[^\s?])(?=[ \t]{0,3}(?:\n|$))/giu
const ownHalf = /(\S{4,40})(?=[ \t]{0,3}(?:\n|$))/y
/** The last run of a line, and read backwards what stands before it. */
const pair =
  /(\S{7,40})(?=[ \t]{0,3}(?:\n|$))(?<=(?<=^|\n)(?:[^\n]{0,48}[ :])?(?:[a-z][\w.@-]{2,30} (?:->|=>|→) |[\w.@-]{3,30} [/|] )\S{7,40})/y
const parting = ['> ', '→ ', '/ ', '| '] as const
const disguised = /^\p{Ll}{2,}\d\p{Ll}{2,}\p{Lu}\p{Ll}+$/u

/** What answers a question that lets somebody in; a secret told in halves; the second of a name and a password. */
const findAnswers: Detector = (text, look) => {
  const isParted = look.hasAny('marks') || look.foreign
  return !isParted && !look.mayHave(answering)
    ? []
    : [
        ...(look.words('asked').length > 0 ? lastOf(allMatches(text, answer), () => true) : []),
        ...(secretsOf(look).length > 0 && text.includes('\n')
          ? lastOf(
              look
                .words('half')
                .map(({ end }) => matchAt(text, end, ownHalf))
                .filter((match) => match !== null),
              (own) => /[\d\p{Lu}+-]/u.test(own),
            )
          : []),
        ...lastOf(isParted ? pairsIn(text) : [], (own) => tells(own) || disguised.test(own)),
      ]
}

/** Each at the sign that parts it from what stands before. */
function pairsIn(text: string): readonly RegExpExecArray[] {
  const found: RegExpExecArray[] = []
  for (const sign of parting)
    for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + 2)) {
      const match = matchAt(text, at + 2, pair)
      if (match !== null) found.push(match)
    }
  return found
}

/** The first groups of what matches. */
function lastOf(matches: readonly RegExpExecArray[], isOne: (own: string) => boolean): readonly Span[] {
  return matches.flatMap(({ index, 0: { length }, 1: own = '' }) =>
    isOne(own) ? [{ start: index + length - own.length, end: index + length, kind: 'secret' }] : [],
  )
}

/** Letters that follow each other as in no word. */
function isDrawn(found: string): boolean {
  const parts = found.split(/[ -]/)
  const lettered = parts.filter((part) => /[a-z]/.test(part))
  return (
    lettered.length === parts.length &&
    lettered.reduce((sum, part) => sum + wordlike01(part), 0) / parts.length < 0.72 &&
    entropyBits(found) > 2.8
  )
}
