import { type FoundWord, holds, type Look, type Stretch } from '../look.ts'
import { allMatches } from '../match.ts'
import { isFile, isSample } from '../sample.ts'
import type { Span } from '../span.ts'
import { tells } from './told.ts'
import { template } from '../value.ts'

/** How far a password stands before and after the word that leads to it. */
const [back, reach] = [100, 140]
const run = /[^\s"'`“”„«»‹›()[\]{}<>,;:，。、！？：；|\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]{6,48}/gu
/** Code has signs that talk has not. */
const code = /[{}<>\\]|\S=|=\S|\w\(|::|\/\/|--\w|^\s*[#$|]|\t|\w[,;]\w/
const words = /(?:(?<!\p{L})\p{L}{2,}(?!\p{L}).*){3}|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]{4}/u
/** Whose name stands before: it is no secret. */
const user =
  /(?:user|benutzer|kennung|utilisat|identifiant|usuari|utente|gebruiker|użytkown|kullan[ıi]c[ıi]|логин|login|account|konto|compte|cuenta|conta|mail|@|ssid|netz|network|réseau|red|rede|host|server|site)\p{L}{0,8}[ "'`:=]{0,3}(?:name )?(?:(?:is|ist|est|es|é|è|to) )?["'`]?$/iu
const toward =
  /(?:^|[\s(])(?:to|on|onto|at|of|for|from|by|an|auf|in|im|am|für|von|sur|à|pour|de|en|na|do|w|z|dla|op|bij|voor|van|su|per|к|на|в|для)[ "'`]{1,2}$/iu

/** A word that somebody made a password of: with digits after it, with words or signs joined to it. */
const grown = /^\p{L}{4,}(?:\d{1,6}[!?*#.$]{0,2}|4(?:ever|life|you|me))$/u
const joined =
  /^(?:\p{L}{2,}[._&+-]){1,5}\p{L}*\d{1,4}\p{L}{0,5}$|^\p{Lu}\p{Ll}{2,}[._&+-](?=\D{0,24}\d)(?:[\p{L}\d]+[._&+-]){0,3}[\p{L}\d]+$/u
const snake = /^\p{L}{2,}(?:_\p{L}+){1,4}\d{0,4}$/u
const paired = /^\p{Lu}\p{Ll}+(?:[&+]\p{L}+|[&+-]\p{Lu}\p{Ll}+-\p{L}+)/u
const leet = /^\p{L}{1,3}\d\p{L}+[-_.]/u
const hyphened = /^(?!.*(?:^|-)(?:your|my|key|token|password|secret|name|id|here|value|api|user)(?:-|$))\p{Ll}{2,}(?:-\p{Ll}{2,}){2,}$/u
const led = /(?:[:,]|(?<!\p{L})(?:is|it's|ist|est|es|è|é|jest|är|er|to|это)) ["'`]?$/iu
const begun = /^\d{1,4}\p{Ll}{4,}$/u
/** A sign of passwords between two words: nobody writes so. */
const signed = /^\p{Lu}\p{L}{3,}[$#!*?%^~]\p{Lu}\p{L}{3,}$/u
/** What algorithms are called. */
const algorithm = /(?:sha|aes|rsa|utf|iso|md)-?\d/i
/** Things that are numbered so, and what is no word. */
const things =
  /^(?:office|windows|win|mac(?:os)?|ubuntu|debian|android|ios|iphone|ipad|galaxy|pixel|fritz!?box|thinkpad|xbox|chrome|firefox|safari|python|java|node|base|utf|sha|ipv|web|server|host|srv|client|app|pc|nb|laptop|desktop|printer|drucker|room|raum|sala|salle|zimmer|lab|team|group|gruppe|user|benutzer|usuario|test|demo|build|release|version|sprint|ticket|issue|case|fall|vlan|port|line|level|lane|floor|gate|block|hall|halle|haus|wohnung|kasse|store|filiale|covid|formula|formel|channel|canal|kanal|route|linie|tram|page|seite|step|schritt|teil|part|phase|stage|type|model|modell?|series|serie|usb|hdmi|wifi|wpa|dns|smtp|http|tls|ssl|oauth|mp|backup|stand|patch|kb|service|project|projekt|bug|feature|fix|hotfix|dev|prod|staging|qa|expo|euro|horizon|agenda|vision|plan|cop|mundial|copa|studio|exchange|sharepoint|acrobat|autocad|photoshop|word|excel|outlook|angular|react|vue|mysql|postgres|oracle|hotel|radio|studio|area|zona?|zone|sector|distrito|bezirk|tisch|table|mesa|terminal|kiosk|kamera|camera|cam|sensor|motor|modul|module|gruppe|klasse|class|grade|platz|slot|rack|port|error|fehler|status|code)[-_. ]?\d+\p{L}?$/iu

/** What is near words in their order, in stretches apart. */
export function nearOf(words: readonly Stretch[]): readonly Stretch[] {
  const all: { readonly start: number; end: number }[] = []
  for (const { start, end } of words) {
    const last = all.at(-1)
    if (last !== undefined && start - back <= last.end) last.end = Math.max(last.end, end + reach)
    else all.push({ start: Math.max(0, start - back), end: end + reach })
  }
  return all
}

/** Passwords as people make them, in talk of how to get in: the same runs in code are names. `ways`: words of getting in, in their order. */
export function madeNear(text: string, look: Look, ways: readonly FoundWord[]): readonly Span[] {
  let next = 0
  // Far from any such word a sign has to tell.
  return look.runs(7, ways.length === 0 ? 'signs' : undefined).flatMap((one): readonly Span[] => {
    while ((ways[next]?.end ?? Infinity) <= one.start) next += 1
    const [way, other] = [ways[next - 1], ways[next]]
    const isNear = one.start - (way?.end ?? -Infinity) <= reach || (other?.start ?? Infinity) - one.end < back
    if (!isNear && !holds(one, 'signs')) return []
    const whole = text.slice(one.start, one.end)
    if (!/[\d_&$#!*?%^~+-]|\.\p{L}/u.test(whole)) return []
    return allMatches(whole, run).flatMap(({ index, 0: raw }) => {
      const found = raw.replace(/[.!?…*]+$/, '')
      const at = one.start + index
      const own = other !== undefined && other.end <= at ? other : way
      return found.length >= 7 && isMadeAt(text, at, found, own, other)
        ? [{ start: at, end: at + found.length, kind: 'secret' as const }]
        : []
    })
  })
}

function isMadeAt(text: string, at: number, found: string, way: FoundWord | undefined, other: FoundWord | undefined): boolean {
  const isLed = way !== undefined && at - way.end <= reach && text.slice(way.end, at).split('\n').length <= 3
  const isFollowed = other !== undefined && other.start > at && other.start - at < back
  const before = text.slice(Math.max(0, at - 32), at)
  const isDue = isLed && ((way.name === 'strong' && begun.test(found)) || (hyphened.test(found) && led.test(before)))
  if (!isDue && !(isLed || isFollowed ? isMade(found) : signed.test(found))) return false
  const line = lineAround(text, at, at + found.length)
  const after = text.slice(at + found.length, at + found.length + 4)
  if (code.test(line) || !words.test(line) || user.test(before) || /^ ?[:=]/.test(after)) return false
  // A host, a name of code.
  if (toward.test(before) && /^\p{Ll}+[-_.]?\d{1,2}$/u.test(found)) return false
  return !snake.test(found) || !(/["'`]$/.test(before) || /^ \p{Lu}{2}/u.test(after) || isNamed(found, line))
}

/** Whether a line has signs of code. */
export function isLineOfCode(line: string): boolean {
  return code.test(line)
}

const widest = 200

/** The line of a stretch, as far as something stands near. */
export function lineAround(text: string, start: number, end: number): string {
  const [before, after] = [text.slice(Math.max(0, start - widest), start), text.slice(end, end + widest)]
  const next = after.indexOf('\n')
  return before.slice(before.lastIndexOf('\n') + 1) + text.slice(start, end) + (next === -1 ? after : after.slice(0, next))
}

/** Whether words that `_` joins name a thing of code: by how they end, or by another such in the line. */
function isNamed(found: string, line: string): boolean {
  return (
    /(?:^|_)(?:password|token|secret|key)(?:_|$)|_(?:at|id|ids|by|on|in|to|of|name|type|key|url|path|file|count|list|date|time|code|token|password|user)$/i.test(
      found,
    ) || (line.match(/\p{L}_\p{L}/gu)?.length ?? 0) > found.split('_').length
  )
}

function isMade(found: string): boolean {
  if (things.test(found) || algorithm.test(found) || template.test(found) || isSample(found) || isFile(found)) return false
  if (/[/@=]|^[\w-]+\.[a-z]{2,4}$|^[A-Z]{2,10}[-_]\d+|^v?\d|^[A-Z\d_-]+$/.test(found)) return false
  return (
    grown.test(found) ||
    joined.test(found) ||
    (snake.test(found) && found.length > 9) ||
    paired.test(found) ||
    leet.test(found) ||
    tells(found)
  )
}
