import type { FoundWord, Stretch } from '../look.ts'
import { business, letting, place, yours } from '../otp.ts'
import { lineAround, madeNear, nearOf } from './confided-word.ts'
import type { Detector, Span } from '../span.ts'
import { forgotten } from './told.ts'

/** As many words are looked around: a text with more is no talk. */
const mostWords = 1_000

/** Words that people use for passwords, too. */
const personal = /^(?:clave|pw|pass|creds?|credentials?|zugangsdaten)$/i

/** Codes near words of what they open, and passwords that people tell each other beside words of getting in. */
export const findConfided: Detector = (text, look) => {
  const labels = look.words('strong', 'code', 'weak', 'vague').slice(0, mostWords)
  const doors = look.words('opening').slice(0, mostWords)
  const digits = look.words('digit').slice(0, mostWords)
  const isNumbered = look.numbers.length > 0
  const codeWords = isNumbered || digits.length >= fewest ? look.words('codeWord', 'unpartedCode').slice(0, mostWords) : []
  const codes = [...codeWords, ...labels.filter(({ name }) => name === 'code')]
  const secrets = labels.filter(({ name }) => name === 'strong')
  const puts = isNumbered ? look.words('put').slice(0, mostWords) : []
  const ways = [
    ...secrets,
    ...labels.filter(({ name, text: word }) => name === 'weak' && personal.test(word)),
    ...look.words('access').slice(0, mostWords),
    ...doors,
  ]
  // Of most texts the words only begin so.
  if (ways.length + codes.length + puts.length + digits.length === 0 && !look.hasAny('signs')) return []
  return [
    ...(!isNumbered || ways.length + codes.length + puts.length === 0
      ? []
      : [
          ...doors.flatMap((word) => openedBy(text, word)),
          ...[...codes, ...secrets].flatMap((word) => codedBy(text, word)),
          ...puts.flatMap((word) => putIn(text, word)),
          ...[...codes, ...ways, ...puts].flatMap((word) => answered(text, word)),
        ]),
    ...(digits.length < fewest ? [] : spelledIn(text, digits, nearOf(inOrder([...doors, ...codes, ...secrets])))),
    ...(ways.length > 0 || look.hasAny('signs') ? madeNear(text, look, inOrder(ways)) : []),
  ]
}

function inOrder(words: readonly FoundWord[]): readonly FoundWord[] {
  return words.toSorted((one, other) => one.start - other.start)
}

/** Codes that no amount, date or number of a thing looks like: with a key of the pad, digit by digit, letters and digits in turn. */
const sure =
  '(?:[LR][ -]?\\d{1,2}[ ,-]{1,2}){2}[LR][ -]?\\d{1,2}|\\d{1,2} [LR] \\d{1,2} [LR] \\d{1,2}|[#*]\\d{3,8}[#*]?|\\d{3,8}[#*]|\\d(?:[ -]\\d){3,7}|[A-Z]\\d{3,5}[A-Z]?|\\d{1,4}[A-ZА-Яkк]\\d{2,4}|\\d{3,4}[A-ZА-Я]|(?=[A-Z-]{0,8}\\d)(?=[\\d-]{0,8}[A-Z])[A-Z\\d]{2,4}-[A-Z\\d]{1,4}(?:[- ][A-Z\\d]{1,4})?'
/** Six to eight capitals and digits, where a code is due. */
const boxed = '(?=[A-Z]{0,7}\\d)(?=\\d{0,7}[A-Z])[A-Z\\d]{6,8}'
const turned = '\\d{1,2}-\\d{1,2}-\\d{1,2}'
const plain = '\\d{2,4}(?:[ -]\\d{2,4}){1,3}|\\d{4,8}'
const measured = '(?:km|kg|mm|cm|m²|MB|GB|EUR|USD|PLN|TL|Uhr|h|kr|min|zł)(?!\\p{L})'
const [before, after] = [
  '(?<![A-Za-zÀ-ɏЀ-ӿ\\p{N}.,:/+%-])',
  `(?![A-Za-zÀ-ɏЀ-ӿ\\p{N}%€$]|[.,:/-]\\d(?!\\d{0,2}[\\u3040-\\u9fff])| ?${measured})`,
] as const
const dialled = new RegExp(`${before}(?:(${sure})|(${turned})|(${plain}))${after}`, 'u')
const confirming = new RegExp(`${before}(?:(${sure}|${boxed})|(${turned})|(${plain}))${after}`, 'u')
/** What stands directly before a number that is a code. */
const linked =
  /(?:[:：—–=→、，,(]|(?<!\p{L})(?:is|it's|are|code|pin|with|wants|now|to|ist|sind|mit|lautet|jetzt|est|c'est|avec|fait|es|con|ahora|é|com|agora|è|met|nu|jest|kodem|teraz|är|med|это|теперь|код\p{L}*|ile|şimdi|mot|naar|temporary|provisional|gilt|είναι|זה|הוא|هو|هي|คือ|là|adalah|artık|már|ny[tå]?|on nyt|dial|press|enter|tape[zr]?|tippe|drücke?|marca|pulsa|digite|wpisz|toets)|[はでを是为]) ?["'«(]?$/iu
const sentenceEnd = /[.!?。？！][\s"')]/
const then = /^ ?(?:then|and press|dann|puis|luego|poi|dan|potem|sonra|потом|затем)(?!\p{L})/iu
/** A year or a date. */
const year = /^(?:(?:19[5-9]|20[0-4])\d(?:[ -]\d\d[ -]\d\d)?|\d\d[ -]\d\d[ -](?:19|20)\d\d)$/
/** "Door type A1234", "locker no. 12B": the number of a thing. */
const numbering = /(?:no|nr|num|n[°º]|type|typ|model|art|ref|part|room|raum|zimmer|sala|chambre|id|v)\.?[ :#-]{0,2}$/i

interface Code {
  readonly isSure: boolean
  readonly text: string
  readonly start: number
  readonly between: string
  readonly after: string
}

/** The first number after a word, in its clause. */
function codeAfter(text: string, from: number, most: number, form: RegExp): Code | undefined {
  const ahead = text.slice(from, from + most + 24)
  // There is no code without a digit, and few words have one behind them.
  const match = /\d/.test(ahead) ? form.exec(ahead) : null
  if (match === null || match.index > most || year.test(match[0])) return undefined
  const between = ahead.slice(0, match.index)
  if (/\d\d|[|;]/.test(between) || (between.length > 3 && sentenceEnd.test(between)) || numbering.test(between)) return undefined
  const after = ahead.slice(match.index + match[0].length)
  return { isSure: match[3] === undefined, text: match[0], start: from + match.index, between, after }
}

/** What stands behind a number that no noun follows. */
const apart = /^(?:$|[\n,;.!)]| (?:and|und|et|y|e|en|i|ve|и|och|then|dann|puis)(?!\p{L}))/u
/** What holds keys has no number of its own. */
const keyBox =
  /nyckel|key|lock ?box|clés|clef|schlüssel|sleutel|kastje|skryt|llaves|chaves|chiavi|klucz|anahtar|ключ|nøgle|nøkkel|avain|kulcs|klíč|slot|lås|lakat|padlock|candado|cadenas|lucchetto|cadeado|kłódk|kilit/iu

function openedBy(text: string, word: FoundWord): readonly Span[] {
  const code = codeAfter(text, word.end, 52, dialled)
  if (code === undefined || code.between.includes('\n')) return []
  return code.isSure || isSaid(code) || isShort(text, word, code) ? [spanOf(code)] : []
}

/** Whether a sign or a word says that a number is what opens; after a comma a year of long ago stands as well. */
function isSaid({ between, text }: Code): boolean {
  return linked.test(between) && !(/, ?$/.test(between) && /^1[0-9]\d\d$/.test(text))
}

/** "alarm 4711 then", "key box 0618", "tür vorne 1894,", and "drzwi 9080" in a line that somebody typed in small letters. */
function isShort(text: string, { start, end, text: word }: FoundWord, { between, text: digits, after: next }: Code): boolean {
  if (/alarm|larm|сигнал/iu.test(word) && then.test(next)) return true
  if (keyBox.test(word) && /^ ?$/.test(between) && /^\d{3,6}$/.test(digits)) return true
  if (!/^\d{4,6}$/.test(digits) || !apart.test(next)) return false
  if (between === ' ') return /^\p{Ll}/u.test(lineAround(text, start, end).trimStart())
  return /^[ \p{L}'’]{3,24} $/u.test(between) && /\p{Ll}/u.test(between)
}

/** A code in a form of its own after a word for it, or digits after a word of what it confirms. */
function codedBy(text: string, word: FoundWord): readonly Span[] {
  const code = codeAfter(text, word.end, 56, confirming)
  if (code !== undefined && isConfirming(text, word, code)) return [spanOf(code)]
  return word.name === 'strong' ? [] : ahead(text, word.start)
}

function isConfirming(text: string, { start, text: word }: FoundWord, { isSure, between, after: next }: Code): boolean {
  const lead = text.slice(Math.max(0, start - 48), start)
  if (business.test(lead.slice(-20)) || business.test(between)) return false
  const all = lead + word + between
  if (!yours.test(lead) && !letting.test(all + next) && !place.test(all)) return false
  const isNext = /^[^\n]{0,24}\n\s*$/.test(between)
  if (between.includes('\n')) return isNext
  return isSure || letting.test(between) || linked.test(between)
}

const shown = new RegExp(
  `${before}(${sure}|${boxed}|${plain})["'»”)]{0,2}(?:,? ?[—–:-]| (?:is|ist|est|es|è|é|to|jest|är|er)) [^\\d\\n]{0,40}$`,
  'u',
)

const failing = /err|fehl|fault|fel|błąd|hata|ошибк|status|http/iu

/** "403-118 is your code", "TR8-55K – votre code". */
function ahead(text: string, start: number): readonly Span[] {
  const from = Math.max(0, start - 72)
  const lead = text.slice(from, start)
  const match = /\d/.test(lead) ? shown.exec(lead) : null
  const found = match?.[1] ?? ''
  return match === null ||
    year.test(found) ||
    business.test(lead.slice(-20)) ||
    failing.test(lead.slice(Math.max(0, match.index - 24), match.index)) ||
    !(yours.test(lead) || letting.test(lead + text.slice(start, start + 40)))
    ? []
    : [spanOf({ start: from + match.index, text: found })]
}

const used = new RegExp(
  `^[^\\n]{2,24}?[ \\t](?:the |this |code |le code |el código |den code |pass ?key |de code |o código |il codice |kod ){0,2}(${sure}|${boxed}|${plain})(?=[)"'»]{0,2} (?:to|om|per|para|pour|zum|um|aby|żeby|by|чтобы|щоб|için|för|as|on|dans|in|nel\\p{L}*|en|na|no|w|auf|im|and|und|et|y|e)(?!\\p{L}))`,
  'u',
)

/** "Use K7Q-X2M to finish signing in". */
function putIn(text: string, { start, end }: FoundWord): readonly Span[] {
  const tail = text.slice(start, end + 64)
  const match = /\d/.test(tail) ? used.exec(tail) : null
  const found = match?.[1] ?? ''
  return match === null || year.test(found) || !letting.test(text.slice(Math.max(0, start - 60), end + 120))
    ? []
    : [spanOf({ start: start + match[0].length - found.length, text: found })]
}

const asks =
  /[?？](?=[\s"'»”)]|$)|何番|多少|いくつ|几号|什么|reply|enter|antwort|nennen|eingeben|répond|indiqu|escrib|introdu|dígame|inform|digite|podać|podaj|wpisz|voer|vul|назовите|введите|söyle|\bpide|asks? for|(?<!\p{L})(?:how|what'?s?|which|come|qual[ei]?|cómo|cuál|como|wie|was|comment|quel(?:le)?|quoi|hoe|wat|jak[ia]?|nas[ıi]l|как(?:ой|ая)?|який|як)(?!\p{L})/iu
/** Who speaks, or when, before what is said. */
const speaker = /^(?:[^\n\d:：]{1,32}[:：][ \t]?|[-—–>*] ?|\[?\d\d:\d\d\]? ?)/u
const alone = new RegExp(`^[ \\t]{0,16}(${sure}|${boxed}|${plain}|\\d{9,12})[ \\t]*$`, 'u')

const longestLine = 160

/** The number in the next line, or the one after it, where a line asks for it; alone in the next that is not empty. */
function answered(text: string, { start, end, name }: FoundWord): readonly Span[] {
  let at = endOf(text, end)
  if (at >= text.length) return []
  const line = lineAround(text, start, Math.min(at, end + longestLine))
  if (line.length > longestLine || (/\d/.test(line) && dialled.test(line)) || forgotten.test(line)) return []
  if (business.test(line)) return []
  const isAsked = name !== 'put' && asks.test(line)
  const isCode = name !== 'access' && name !== 'weak' && name !== 'strong'
  for (let count = 0; at < text.length && count < 3; count += 1) {
    const from = at + 1
    at = endOf(text, from)
    const next = text.slice(from, Math.min(at, from + 140))
    const own = isCode ? alone.exec(next)?.[1] : undefined
    if (own !== undefined) return year.test(own) && !isAsked ? [] : [spanOf({ start: from + next.indexOf(own), text: own })]
    if (next.trim() === '') continue
    if (!isAsked || count > 1) return []
    const said = speaker.exec(next)?.[0].length ?? 0
    const reply = next.slice(said)
    const three = /^\d{3}$/.exec(reply.trim())
    if (three !== null) return [spanOf({ start: from + next.indexOf(three[0], said), text: three[0] })]
    const match = /\d/.test(reply) ? dialled.exec(reply) : null
    if (match === null) continue
    const around = reply.slice(0, match.index) + (match[3] === undefined ? '' : reply.slice(match.index + match[0].length))
    return match.index < 60 && around.length < 90 && !/\d/.test(around)
      ? [spanOf({ start: from + said + match.index, text: match[0] })]
      : []
  }
  return []
}

const [fewest, sureCount, widest] = [4, 6, 3]
/** Somebody counts. */
const counting =
  /^(?:one two three|eins zwei drei|un deux trois|uno dos tres|uno due tre|um dois três|een twee drie|jeden dwa trzy|bir iki üç|один два три)/iu
const hash =
  /^[ ,]{0,2}(?:hash|pound|star|raute|stern|dièse|étoile|almohadilla|asterisco|cancelletto|hekje|sterretje|krzyżyk|kare|решётк)/iu

/** Letters as they are spelled on the radio. */
const nato =
  /(?<!\p{L})(?:alph?fa|alpha|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november|oscar|papa|quebec|romeo|sierra|tango|uniform|victor|whiskey|x-?ray|yankee|zulu) $/iu

/** A code that somebody reads out, digit by digit: six digits, or four near a word of what it opens. `near`: what is near such words. */
function spelledIn(text: string, digits: readonly FoundWord[], near: readonly Stretch[]): readonly Span[] {
  const spans: Span[] = []
  for (let from = 0; from < digits.length;) {
    let to = from + 1
    while (to < digits.length && isNext(text, digits[to - 1], digits[to])) to += 1
    const first = digits[from]?.start ?? 0
    const start = first - (nato.exec(text.slice(Math.max(0, first - 12), first))?.[0].length ?? 0)
    const end = digits[to - 1]?.end ?? 0
    const isNear = (): boolean => near.some((one) => one.start < end && start < one.end) || hash.test(text.slice(end, end + 16))
    if (to - from >= sureCount || (to - from >= fewest && isNear()))
      if (!counting.test(text.slice(start, end).replace(/[ ,.]+/g, ' '))) spans.push({ start, end, kind: 'secret' })
    from = to
  }
  return spans
}

function isNext(text: string, one: FoundWord | undefined, other: FoundWord | undefined): boolean {
  return one !== undefined && other !== undefined && other.start - one.end <= widest && /^[ ,.-]+$/.test(text.slice(one.end, other.start))
}

/** Where a line ends, as far as an answer is looked for. */
function endOf(text: string, at: number): number {
  const next = text.slice(at, at + 2 * longestLine).indexOf('\n')
  return next === -1 ? Math.min(text.length, at + 2 * longestLine) : at + next
}

function spanOf({ start, text }: Pick<Code, 'start' | 'text'>): Span {
  return { start, end: start + text.length, kind: 'secret' }
}
