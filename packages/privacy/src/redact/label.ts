import type { Detector, Span } from './span.ts'
import { wordlike01 } from './likely.ts'
import { labels, ordinary, otherNames, otherNouns, strengthOf, type Strength } from './words.ts'

/** How a label and its value are joined: by a sign, by "is", by quotes alone, or by nothing but a blank. */
type Join = 'sign' | 'copula' | 'quote' | 'blank'

interface Value {
  readonly start: number
  readonly end: number
  readonly join: Join
  /** Words between label and join, without prepositions: "password policy: ..." has one. */
  readonly far: boolean
}

const reach = 120
const copula = /^(?:is|was|be|are|=|ist|war|lautet|lauten|sei|est|es|era|è|é|to|auf|als|as|equals|reads|becomes|будет|это)$/i
const preposition =
  /^(?:for|of|on|at|from|in|to|my|the|your|our|his|her|their|a|an|this|that|new|old|temporary|temp|initial|default|current|für|zum|zur|vom|von|im|am|des|der|das|die|dem|den|mein|dein|ihr|ihre|neues|neue|pour|de|du|des|le|la|les|votre|mon|nouveau|para|del|su|mi|el|nueva)$/i
const sign = /^["'`*_\])]{0,3}[ \t]{0,4}(?:=>|:=|->|={1,3}|:{1,2}|→|\|)[ \t]{0,8}/
const word = /[ \t]+[^\s]{1,64}|[^\s]{1,64}/y
/** Written where a value would be put in later. */
const template =
  /^(?:[*•●·xX.…_\-#?]+|<[^>]*>?|\[[^\]]*\]?|\{[^}]*\}*|\$[\w({].*|%\w+%?|@\w+@?|process\.env.*|os\.environ.*|env\..*|\w+\(.*)$/
const codeLike = /^(?=.{3,14}$)(?:[A-Za-z]-?)?\d[\d -]*\d$/

/** Secrets that the words around them call one, in many wordings: `pw: x`, "the PIN is 1234", `API_KEY="x"`, "use x as the password". */
export const findLabelled: Detector = (text) => {
  const spans: Span[] = []
  for (const match of text.matchAll(labels)) {
    const strength = strengthOf(match)
    const value = valueAfter(text, match.index + match[0].length)
    if (value !== undefined && isSecret(text, value, strength)) spans.push({ start: value.start, end: value.end, kind: 'secret' })
    else spans.push(...valueBefore(text, match.index, strength))
  }
  return spans
}

/** Walks on from a label, word by word, to where its value begins. */
function valueAfter(text: string, labelEnd: number): Value | undefined {
  const suffix = /^[A-Za-z0-9_-]{0,40}/.exec(text.slice(labelEnd, labelEnd + 40))?.[0] ?? ''
  if (otherNames.test(suffix)) return undefined
  let at = labelEnd + suffix.length
  let far = false
  for (let count = 0; count < 8 && at < labelEnd + reach; count += 1) {
    const joined = joinAt(text, at)
    if (joined !== undefined) return { ...joined, far }
    word.lastIndex = at
    const next = word.exec(text)?.[0]
    if (next === undefined) return undefined
    const bare = next.trim()
    if (copula.test(bare)) return valueFrom(text, at + next.length, 'copula', far)
    if (count === 0 && /^\s/.test(next)) {
      const direct = valueFrom(text, at, 'blank', far)
      if (direct !== undefined && looksSecret(text.slice(direct.start, direct.end))) return direct
    }
    if (/[.?!;,]$/.test(bare) && !/^\(.*\),?$/.test(bare)) return undefined
    far ||= !preposition.test(bare) && otherNouns.test(bare.replace(/:$/, ''))
    // `word:` ends the label as well as a sign of its own would.
    const colon = next.lastIndexOf(':')
    if (colon === next.length - 1) return valueFrom(text, at + next.length, 'sign', far)
    at += next.length
  }
  return undefined
}

function joinAt(text: string, at: number): Omit<Value, 'far'> | undefined {
  const joined = sign.exec(text.slice(at, at + 24))
  if (joined !== null) return valueFrom(text, at + joined[0].length, 'sign', false)
  const quoted = /^[ \t]{1,3}(?=["'`][^\s])/.exec(text.slice(at, at + 8))
  return quoted === null ? undefined : valueFrom(text, at + quoted[0].length, 'quote', false)
}

const closers: Readonly<Record<string, string>> = { '"': '"', "'": "'", '`': '`', '(': ')', '<': '>' }

/** The value that begins at or after a place: quoted text whole, else up to the next blank or separator. */
function valueFrom(text: string, from: number, join: Join, far: boolean): Value | undefined {
  const lead =
    /^(?:[ \t]{0,8}|[ \t]{0,4}\r?\n[ \t]{0,8})(?:(?:now|jetzt|still|currently)[ \t])?(?:[*_]{1,2}(?=\S))?/i.exec(
      text.slice(from, from + 32),
    )?.[0].length ?? 0
  const start = from + lead
  const closer = closers[text[start] ?? '']
  if (closer !== undefined) {
    const line = text.slice(start + 1, start + 257).split(/[\n\ue000]/)[0] ?? ''
    const length = line.indexOf(closer)
    if (length > 0) return { start: start + 1, end: start + 1 + length, join: join === 'blank' ? 'quote' : join, far }
  }
  const opened = start + (/^["'`]/.test(text[start] ?? '') ? 1 : 0)
  const raw = /^[^\s\ue000]{1,512}/.exec(text.slice(opened, opened + 512))?.[0] ?? ''
  const cut = /[;&](?=[\w.-]{1,40}=)|,(?=["'\w.-]{1,40}[=:])|["'`](?=[,;)}\]]|$)|<\//.exec(raw)
  const value = (cut === null ? raw : raw.slice(0, cut.index)).replace(/(?:[.,;:]|\*{1,2}|[)\]}>"'`])+$/, '')
  return value === '' ? undefined : { start: opened, end: opened + value.length, join, far }
}

function isSecret(text: string, value: Value, strength: Strength): boolean {
  const found = text.slice(value.start, value.end)
  if (found.length < 3 || template.test(found) || isUrl(found)) return false
  if (strength === 'code') return isCode(found) || (value.join !== 'blank' && !value.far && looksSecret(found))
  if (ordinary.has(found.toLowerCase().replace(/[.!?…]+$/, ''))) return false
  if (value.join === 'blank' || value.far) return looksSecret(found)
  if (strength === 'vague') return found.length >= 12 && /\d/.test(found) && looksSecret(found) && wordlike01(found) < 0.72
  if (strength === 'weak') return found.length >= 8 && looksSecret(found) && !isPlainNumber(found)
  return value.join === 'copula' ? !/^\p{Ll}+(?:ed|ing|en|ée?s?|ado|ada)$/u.test(found) && !found.includes(' ') : true
}

function isCode(found: string): boolean {
  return codeLike.test(found) && !/^(?:19|20)\d\d$/.test(found)
}

/** Mixed as words are not: letters with digits, a sign inside, a capital in the middle. */
function looksSecret(found: string): boolean {
  if (found.length < 4 || isPlainNumber(found) || template.test(found) || isUrl(found)) return false
  if (/^\p{L}+[’'-]\p{L}+$/u.test(found) || /^v?\d+(?:\.\d+)+$/.test(found)) return false
  return /\d/.test(found) ? /\p{L}/u.test(found) && found.length >= 5 : /[!@#$%^&*+=~?]\S/.test(found) || /\p{Ll}\p{Lu}\p{Ll}/u.test(found)
}

function isPlainNumber(found: string): boolean {
  return /^[\d.,]+$/.test(found)
}

function isUrl(found: string): boolean {
  return /^(?:https?:)?\/\//i.test(found)
}

const before =
  /(?:^|[\s"'`(])([^\s"'`()\ue000]{3,64})["'`]?[ \t]+(?:is|as|ist|als|est|es|comme|como|für|for|=)[ \t]+(?:(?:my|your|the|our|a|his|her|their|mein|dein|ihr|das|der|die|euer|mon|ton|votre|le|la|mi|tu|su|el)[ \t]+)?(?:[\p{L}\p{N}]{1,20}[ \t]+){0,3}$/iu

/** "X is your login code", "use X as the password". Only what looks like a secret. */
function valueBefore(text: string, labelStart: number, strength: Strength): readonly Span[] {
  const from = Math.max(0, labelStart - 140)
  const match = before.exec(text.slice(from, labelStart))
  const found = match?.[1] ?? ''
  if (match === null || strength === 'weak' || strength === 'vague' || !(looksSecret(found) || (strength === 'code' && isCode(found))))
    return []
  const start = from + match.index + match[0].indexOf(found)
  return [{ start, end: start + found.length, kind: 'secret' }]
}
