import { gridsIn } from '../grid.ts'
import { bitsOf, type FoundWord, type Stretch } from '../look.ts'
import { allMatches } from '../match.ts'
import { isSample } from '../sample.ts'
import type { Detector, Span } from '../span.ts'
import { template } from '../value.ts'
import { ordinary } from '../words.ts'
import { isUnfilled } from './bracketed.ts'

/** Where formats and calls have a password that no word names, which is the first group. Each is asked where its sign stands. */
const places: readonly (readonly [sign: string, RegExp])[] = [
  // What a router's code for guests' telephones says: `WIFI:T:WPA;S:name;P:secret;;`.
  ['WIFI:', /WIFI:(?:(?!P:)[A-Z0-9]{1,4}:(?:\\.|[^;\\\n]){0,64};){0,6}P:((?:\\.|[^;\\\n]){3,64})(?=;)/dg],
  // A login in a database's address, with several hosts or signs escaped, from its end on: most addresses have none. Oracle's.
  [
    '://',
    /(?<=[a-z]:\/\/[^\s:@/"'<>]{1,64}:(?!\d{1,5}\/|(?:pass(?:w(?:or)?d)?|pw|secret|token|test)@)([^\s@"'<>{}$]{3,128}))@[\w.:-]+(?:,[\w.:-]+)*(?:[/?"']|$)/dg,
  ],
  ['jdbc:oracle', /jdbc:oracle:\w{2,6}:[^\s/@"']{1,64}\/([^\s@"'{}$]{3,64})(?=@)/dg],
  // What a hash is taken of.
  [
    "('",
    /(?:pass(?:w(?:or)?d)?|pwd|clave|contrase[ñn]a|senha|kennwort|passwort|wachtwoord|haslo|sifre|parola)["`\]]? ?[=,(] ?(?:MD5|SHA1?|SHA2|SHA256|SHA512|PASSWORD|CRYPT|ENCRYPT|HASHBYTES)\((?:'\w{1,16}', ?)?N?'([^'\n]{3,64})(?=')/dgi,
  ],
  // The second of a pair, in quotes.
  ['USERPWD', /CURLOPT_(?:PROXY)?USERPWD, ?["'][^"':\n]{1,64}:([^"'\n$]{3,64})(?=["'])/dg],
  ['auth', /(?:auth ?= ?\(|basic_auth\()["'][^"'\n]{1,64}["'], ?"([^"\n{}$]{3,64})(?="\))/dg],
  ['auth', /(?:auth ?= ?\(|basic_auth\()["'][^"'\n]{1,64}["'], ?'([^'\n{}$]{3,64})(?='\))/dg],
  ['sshpass', /sshpass -p ?"([^"\n$]{3,64})(?=")/dg],
  ['sshpass', /sshpass -p ?'([^'\n]{3,64})(?=')/dg],
]

/** The beginning of a variable's name: `SMTP_PASS`. */
const variable = /^[ \t]*(?:export )?(?:[A-Z0-9]+_)+$/
/** A label apart from its value by blanks. */
const aligned = /^[ \t]*\p{L}[\p{L}\d ./-]{0,24}?(?: {2,}|\t)[ \t]*\S/u
const [named, keys] = [bitsOf('strong', 'weak'), bitsOf('strong', 'weak', 'vague')]
const [longestName, longestValue, mostLabels] = [40, 64, 500]
/** No type of a column, no sign of code. */
const chosen = /^(?!\p{Lu}{2,})[\p{L}\p{N}'’./!-]+(?: [\p{L}\p{N}'’./!-]+){0,3}$/u
const several = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.!-]*(?: [\p{L}\p{N}][\p{L}\p{M}\p{N}'’.!-]*)+$/u

/** Values of several words or of an ordinary one, where a file or a form sets them: `password = winter rain`, `Password    boilerhouse`; cells below a header for keys; and what formats say in a place of its own. */
export const findSettings: Detector = (text, look) => [
  ...(look.hasAny('marks') || text.includes('WIFI:') ? placedIn(text) : []),
  ...(look.mayHave(named)
    ? look
        .words('strong', 'weak')
        .slice(0, mostLabels)
        .flatMap((label) => setIn(text, label))
    : []),
  ...(text.includes('\n') && (look.mayHave(keys) || otherKeys.test(text)) ? keysIn(text) : []),
]

function placedIn(text: string): readonly Span[] {
  return places.flatMap(([sign, place]) =>
    text.includes(sign)
      ? allMatches(text, place)
          .flatMap(({ indices: [, own] = [] }) => (own === undefined ? [] : [{ start: own[0], end: own[1], kind: 'secret' as const }]))
          .filter((span) => isOwn(text, span))
      : [],
  )
}

/** Whether somebody's own secret stands there, and no sample of one. */
function isOwn(text: string, { start, end }: Stretch): boolean {
  const found = text.slice(start, end)
  return found.trim() !== '' && !template.test(found) && !isSample(found)
}

/** What a line sets, from its sign to its end. */
function setIn(text: string, { name, start, end }: FoundWord): readonly Span[] {
  const head =
    text
      .slice(Math.max(0, start - longestName), start)
      .split('\n')
      .at(-1) ?? ''
  const tail = text.slice(end, end + longestName + longestValue).split('\n', 1)[0] ?? ''
  const [from, to] = [start - head.length, end + tail.length]
  if ((from > 0 && text[from - 1] !== '\n') || (to < text.length && text[to] !== '\n')) return []
  const [, gap = '', value = ''] = /^([\w-]{0,24}[ \t]?=[ \t]?|[ \t]{2,})(\S.*?)[ \t]*(?:[ \t]#.*)?$/.exec(tail) ?? []
  const isSetting = gap.includes('=')
  if (name === 'weak' && !(isSetting && variable.test(head))) return []
  if (value === '' || !(isSetting ? /^[ \t]*(?:export |set )?[\w.-]*$/ : /^[ \t]*(?:\p{L}{2,16} ){0,2}$/u).test(head)) return []
  // One word behind a sign the label's own rule has judged, and words are no code.
  if (!isTold(value) || !(isSetting ? several.test(value) : chosen.test(value) && isBeside(text, from, to))) return []
  const at = end + tail.indexOf(value, gap.length)
  return [{ start: at, end: at + value.length, kind: 'secret' }]
}

/** Whether the line above or below has the same shape. */
function isBeside(text: string, from: number, to: number): boolean {
  const above =
    text
      .slice(Math.max(0, from - 161), Math.max(0, from - 1))
      .split('\n')
      .at(-1) ?? ''
  const below = text.slice(to + 1, to + 161).split('\n', 1)[0] ?? ''
  return aligned.test(above) || aligned.test(below)
}

/** Whether a value is one that somebody chose: a word or a few, none of which says what is required of it or where it is. */
export function isTold(value: string): boolean {
  if (/^["'`$<{([%@!|>&~/\\]|["'`)(;{}<>|]$|[(){}[\]<>$]|:\/\/|^\w+\.\w+\.|^\d{1,3}$/.test(value)) return false
  const own = value.split(/ +/)
  return (
    value.length >= 3 &&
    value.length <= longestValue &&
    own.length <= 8 &&
    !template.test(value) &&
    !isSample(value) &&
    !isUnfilled(value) &&
    !isOrdinary(own[0] ?? '') &&
    own.filter(isOrdinary).length * 2 < own.length
  )
}

function isOrdinary(word: string): boolean {
  return ordinary.has(word.toLowerCase().replace(/[.,;:!?]+$/, ''))
}

/** A header of keys. */
export const keyed =
  /^(?:(?:wi-?fi|wlan|login|user|admin|portal|app|door|router|mail)[ _-]?)?(?:pass(?:w(?:or)?d|phrase|word)?|pwd?|pw|key|clave|contrase[ñn]a|chave|senha|palavra-passe|mot de passe|mdp|clé|passwort|kennwort|schlüssel|wachtwoord|sleutel|hasło|klucz|şifre|parola|anahtar|пароль|ключ|密码|パスワード)(?: (?:wi-?fi|wlan))?$/iu
/** Those that are in no family of words. */
const otherKeys = /chave|sleutel|klucz|anahtar|ключ/i
/** Headers beside such a one: of accounts and of networks. */
const ofAccounts =
  /^(?:\p{L}+[ _-])?(?:wi-?fi(?: name)?|wlan|ssid|netz\p{L}*|network\p{L}*|netwerk|rede|red|réseau|rete|sieć|ağ|сеть|router|user\p{L}*|usuari[oa]|usuário|login|accounts?|konto|gebruiker\p{L}*|benutzer\p{L}*|utilisateur|utente|kullanıcı|użytkownik|логин|路由器|用户名|ユーザー\p{L}*)(?:[ _-]\p{L}+)?$/iu

/** Cells below a header that names keys to accounts or networks. */
function keysIn(text: string): readonly Span[] {
  return gridsIn(text, (header) => keyed.test(header.trim())).flatMap(([headers = [], ...rows]) => {
    const names = headers.map(({ start, end }) => text.slice(start, end).trim())
    return names.flatMap((name, place) => {
      if (!keyed.test(name) || !names.some((one) => one !== name && ofAccounts.test(one))) return []
      return rows
        .flatMap((row) => row[place] ?? [])
        .filter(({ start, end }) => isTold(text.slice(start, end)))
        .map(({ start, end }) => ({ start, end, kind: 'secret' as const }))
    })
  })
}
