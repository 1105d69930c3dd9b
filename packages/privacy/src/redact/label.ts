import { more } from '#wide/more'

import { wordlike01 } from './likely.ts'
import type { FoundWord } from './look.ts'
import { allMatches } from './match.ts'
import { isProse } from './prose.ts'
import { isSample } from './sample.ts'
import type { Detector, Span } from './span.ts'
import { isCode, isName, isUrl, looksSecret, template, valueFrom, type Value } from './value.ts'
import { ordinary, otherNames, otherNouns, type Strength } from './words.ts'

interface Label {
  readonly text: string
  readonly start: number
  readonly end: number
  /** Where the search for its value ends. */
  readonly until: number
  readonly strength: Strength
  /** All labels of the text. */
  readonly all: readonly FoundWord[]
}

/** A value, and whether words stand between it and its label that make the label another thing: "password policy: ...". */
interface Found extends Value {
  readonly far: boolean
}

const reach = 120
/** A text with more is a list of secrets, or an attack on the time this takes. */
const mostLabels = 1_000
const copula =
  /^(?:is|was|be|are|=|ist|war|lautet|lauten|sei|est|sera|devient|es|será|era|è|sarà|é|foi|to|jest|brzmi|auf|als|as|equals|reads|becomes|wordt|werd|är|er|on|je|będzie|будет|это|هو|ficou|quedó|bleibt|blev|blir|steht|heißt|now|agora|ahora|jetzt)$/i
/** "The password is changed": what has been done with it, not what it is. */
const participle =
  /^(?:\p{Ll}+(?:ed|ing|ée?s?|ad[oa]|id[oa])|(?:ge|ver|be|er|zer|ent|ab|an|zurück|on|uit)\p{Ll}+(?:en|t|d)|\p{Ll}+(?:[aeo]n[ey]|ut[oa]|t[tu][uy]|ats|[ои]ть|[аеё]н[аоы]?|[aeiıuü]ld[iıuü]))$/u
const preposition =
  /^(?:for|of|on|at|from|in|to|my|the|your|our|his|her|their|a|an|this|that|new|old|temporary|temp|initial|default|current|für|zum|zur|vom|von|im|am|des|der|das|die|dem|den|mein|dein|ihr|ihre|neues|neue|pour|de|du|des|le|la|les|votre|mon|nouveau|para|del|su|mi|el|nueva)$/i
const sign =
  /^(?:(?:は|が|为|為|是|은|는)[ \t]?|["'`*_\])]{0,3}[ \t]{0,4}(?:=>|:=|->|={1,3}|:[ \t]?&?[A-Za-z]{3,12} = ?(?=["'])|:{1,2}|→|\|)[*_]{0,2}|>(?=[^\s<]))[ \t]{0,8}/
const word = /[ \t]+[^\s]{1,64}|[^\s]{1,64}/y
/** A name of its own that takes the value: `usernamePassword(credentialsId: 'x'`. */
const elsewhere = /(?:[a-z](?:Id|Name|Type|Path|File|Url)|[_-](?:id|name|type|path|file|url))["']?:$/
/** `<key tag="x">`: an attribute is no value. */
const attribute = /^[\w-]+=["']/
/** A fingerprint; the name of a constant. */
const publicForm = /^(?:sha\d+[:-].*|SHA\d+:.*|[A-Z]+(?:_[A-Z]+)+)$/
/** `password" value="x"`, `#password', 'x'`, `password").send_keys("x"`, `password 7 x`. */
const asWritten = /^["'](?:\]?\)?[ ]?\.(?:type|fill|send|set|val)\w*\(|[ ](?:value|content)=|,[ ]?)(?=["'])|^ [05789] (?=\S{6})/
const pairLabel = /^(?:cred|zugangsdaten|login|pass$)/i
const phraseLabel = /phrase|mnemonic/i

/** Secrets that the words around them call one, in many wordings: `pw: x`, "the PIN is 1234", `API_KEY="x"`, "use x as the password". */
export const findLabelled: Detector = (text, look) => {
  const matches = look.words('strong', 'code', 'weak', 'vague')
  if (matches.length > mostLabels) return [spanOf({ start: 0, end: text.length })]
  return matches.flatMap((match, index) => {
    if (/public[_ -]?$/i.test(text.slice(Math.max(0, match.start - 8), match.start))) return []
    // A value may stand after another label ("the login password is x"), not after two.
    const until = Math.min(match.end + reach, matches[index + 2]?.start ?? text.length)
    const label = {
      ...match,
      until,
      all: matches,
      strength: isSure(text, match) ? 'strong' : match.name,
    } as const
    const value = valueAfter(text, label)
    if (
      value !== undefined &&
      isSecret(text.slice(value.start, value.end), value, label) &&
      !isWords(text, value, label) &&
      !more.isLayout(text, value, match)
    )
      return [spanOf(value)]
    const before = valueBefore(text, label)
    return before.length > 0 || label.strength === 'weak' || label.strength === 'vague' ? before : more.toldBy(text, match)
  })
}

/** Of a phrase words are what it is. */
function isWords(text: string, value: Value, { text: label, all }: Label): boolean {
  return !(phraseLabel.test(label) && /["'`]\p{Ll}/u.test(text.slice(value.start - 1, value.start + 1))) && isProse(text, value, all)
}

function spanOf({ start, end }: { readonly start: number; readonly end: number }): Span {
  return { start, end, kind: 'secret' }
}

/** Walks on from a label, word by word, to where its value begins. */
function valueAfter(text: string, label: Label): Found | undefined {
  const suffix = /^[\p{Script=Latin}\p{Script=Cyrillic}0-9_-]{0,40}/u.exec(text.slice(label.end, label.end + 40))?.[0] ?? ''
  if (otherNames.test(suffix) || more.otherNames.test(suffix)) return undefined
  let at = label.end + suffix.length
  let far = more.grown.test(label.text + suffix)
  const written = asWritten.exec(text.slice(at, at + 40))
  if (written !== null && (!written[0].includes(',') || /\(\s?["'][^"'(]*$/.test(text.slice(Math.max(0, label.start - 28), label.start)))) {
    const own = valueFrom(text, at + written[0].length, written[0].includes(',') ? 'blank' : 'sign')
    return own === undefined ? undefined : { ...own, far: false }
  }
  const direct = valueFrom(text, at, 'blank')
  if (direct !== undefined && /^\s/.test(text.slice(at, at + 1)) && isPaired(text, direct, label))
    return { ...direct, join: 'sign', far: false }
  if (/^\s/.test(text.slice(at, at + 1)) && direct !== undefined && isDirect(text, direct, label))
    return stretched(text, { ...direct, far: false }, label)
  for (let count = 0; count < 8 && at < label.until; count += 1) {
    const joined = joinAt(text, at)
    if (joined !== undefined) return stretched(text, { ...joined, far }, label)
    word.lastIndex = at
    const next = word.exec(text)?.[0]
    if (next === undefined) return undefined
    at += next.length
    const bare = next.trim()
    const value = bare.endsWith(':') ? valueFrom(text, at, 'sign') : copula.test(bare) ? valueFrom(text, at, 'copula') : undefined
    if (elsewhere.test(bare)) return undefined
    far ||= !preposition.test(bare) && otherNouns.test(bare.replace(/:$/, ''))
    // "the password to the drive is ...", "was reset to ...": what follows is no value yet.
    if (value !== undefined && !isOrdinary(text.slice(value.start, value.end)) && !isWords(text, value, label))
      return stretched(text, { ...value, far }, label)
    if (/[.?!;,]$/.test(bare) && !/^(?:\(.*\),?|ext\.|n[or]\.)$/i.test(bare)) return undefined
  }
  return undefined
}

/** `=`, `:`, `->`, a tag's end; a dash between blanks; a quote. */
function joinAt(text: string, at: number): Value | undefined {
  const ahead = text.slice(at, at + 24)
  const joined = sign.exec(ahead)
  if (joined !== null) return valueFrom(text, at + joined[0].length, 'sign')
  const dash = /^[ \t]-[ \t]/.exec(ahead)
  if (dash !== null) return valueFrom(text, at + dash[0].length, 'blank')
  const quoted = /^[ \t]{1,3}(?=["'`«“„「])/.exec(ahead)
  return quoted === null ? undefined : valueFrom(text, at + quoted[0].length, 'quote')
}

function isDirect(text: string, value: Value, label: Label): boolean {
  const found = text.slice(value.start, value.end)
  if (label.strength === 'code' && isCode(found)) return label.text !== 'tan' && label.text !== 'pin'
  if (
    label.strength === 'strong' &&
    /^(?:\d{4,8}|\d{12,24}|\d{3}[ -]\d{3})(?!\S?[\d\p{L}])/u.test(text.slice(value.start, value.start + 26))
  )
    return !/^(?:19|20)\d\d$/.test(found)
  return looksSecret(found)
}

const account =
  /(?:user(?:name)?|login|benutzer|konto|account|usuario|usuário|utilisateur|gebruiker|kullanıcı|użytkownik|ssid|wi-?fi|wlan|red|rede|netz|réseau|network)[ \t:=]{1,3}[^\s,;]{3,40}[ ,;/|]{1,3}$/iu
const short = /^(?:pw|pwd|pass(?:wor[dt])?|kennwort|mdp|mot de passe|contraseña|senha|palavra-passe|wachtwoord|şifre|hasło)$/i

/** "login admin, pw x": an account's name stands before a short label. */
function isAfterAccount(text: string, { text: label, start }: FoundWord): boolean {
  return short.test(label) && account.test(text.slice(Math.max(0, start - 64), start))
}

/** A word that names a secret only where more says so; `pw` and "clave del wifi" always do. */
function isSure(text: string, match: FoundWord): boolean {
  const known =
    /^pw$/i.test(match.text) || (/^clave$/i.test(match.text) && /^ (?:de[l ]|wi-?fi)/i.test(text.slice(match.end, match.end + 4)))
  return known || isAfterAccount(text, match) || isSetting(text, match) || (match.name === 'vague' && more.isOfNetwork(text, match))
}

/** `SMTP_PASS=x`: the last part of a setting's name. */
function isSetting(text: string, { text: label, start, end }: FoundWord): boolean {
  return (
    /^(?:PASS|PW|SECRET|TOKEN)$/.test(label) &&
    /[A-Z0-9]_$/.test(text.slice(Math.max(0, start - 2), start)) &&
    /^[ \t]?[=:]/.test(text.slice(end, end + 2))
  )
}

function isPaired(text: string, value: Value, label: Label): boolean {
  const found = text.slice(value.start, value.end)
  return (
    label.strength === 'strong' &&
    short.test(label.text) &&
    /^[\p{L}\d]{5,}$/u.test(found) &&
    !isOrdinary(found) &&
    !otherNouns.test(found) &&
    account.test(text.slice(Math.max(0, label.start - 64), label.start))
  )
}

/** A code in groups, a phrase of words, the second of a pair: the value is longer than its first run, or begins after it. */
function stretched(text: string, value: Found, label: Label): Found {
  const ahead = text.slice(value.start, value.start + 400)
  if (label.strength === 'code' || /^\d{2,4}[ -]\d/.test(ahead)) {
    const groups = /^(?:\d{2,4}[ -]){1,3}\d{2,4}(?!\d)/.exec(ahead)
    return groups === null ? value : { ...value, end: Math.max(value.end, value.start + groups[0].length) }
  }
  if (phraseLabel.test(label.text) && value.join !== 'blank') {
    const words = /^\p{L}+(?:[ ,-]{1,2}\p{L}+){1,24}/u.exec(ahead)
    return words === null ? value : { ...value, end: value.start + words[0].length }
  }
  const pair = pairLabel.test(label.text) ? /^[^\s/|]{1,64}[ \t]?[/|][ \t]?(?=\S)/.exec(ahead) : null
  if (pair === null) return value
  return { ...(valueFrom(text, value.start + pair[0].length, 'blank') ?? value), far: value.far }
}

const ordinaryAfter = new Set([...ordinary, ...more.ordinary.split(' ')])

function isOrdinary(found: string): boolean {
  return ordinaryAfter.has(
    found
      .trim()
      .toLowerCase()
      .replace(/[.!?…]+$/, ''),
  )
}

function isSecret(found: string, value: Found, { text: label, strength }: Label): boolean {
  if (found.length < 3 || template.test(found) || isUrl(found) || isSample(found) || publicForm.test(found)) return false
  if (value.join === 'blank' && attribute.test(found)) return false
  if (strength === 'code')
    return (
      isCode(found) ||
      (value.join !== 'blank' && !value.far && /^(?:19|20)\d\d$/.test(found)) ||
      (value.join !== 'blank' && !value.far && looksSecret(found))
    )
  if (isOrdinary(found)) return false
  // Keys that machines make are no words.
  if (/^[^wn].*(?:key|token)$/i.test(label) && /^\p{Lu}\p{Ll}{1,14}$/u.test(found)) return false
  if (strength === 'vague') return !value.far && (value.join === 'blank' ? looksSecret(found) : isRandomKey(found))
  if (value.join === 'blank' || value.far)
    return looksSecret(found) || (strength === 'strong' && !value.far && /^[\d -]{4,24}$/.test(found))
  // Of a cookie's name and value the value counts.
  if (strength === 'weak')
    return found.length >= 6 && !/ |^[A-Za-z]+(?:\.[a-z]+)?$/.test(found) && looksSecret(found.replace(/^[\w-]{1,24}=/, ''))
  return value.join !== 'copula' || (!participle.test(found) && !more.said.test(found) && !/\p{L} \p{L}/u.test(found))
}

function isRandomKey(found: string): boolean {
  return found.length >= 12 && /\d/.test(found) && looksSecret(found) && wordlike01(found) < 0.72
}

const linking = /^(?:is|as|ist|als|est|es|comme|como|für|for|=)$/i
const leading = /^["'`(]+|["'`)]+$/g

/** "X is your login code", "use X as the password". Only what looks like a secret. */
function valueBefore(text: string, label: Label): readonly Span[] {
  if (label.strength === 'weak' || label.strength === 'vague' || text[label.start - 1] === '.') return []
  const from = Math.max(0, label.start - 140)
  const words = allMatches(text.slice(from, label.start), /[^\s\x80]{1,64}/g).slice(-8)
  const link = words.findLastIndex((one) => linking.test(one[0]))
  const last = words[link - 1]
  if (last === undefined || link < words.length - 5) return []
  const found = last[0].replace(leading, '')
  const start = from + last.index + last[0].indexOf(found)
  // A name of code is no secret that somebody tells.
  if ((looksSecret(found) && !isName(found)) || (label.strength === 'code' && isCode(found)))
    return [spanOf({ start, end: start + found.length })]
  return []
}
