import type { Stretch } from '../look.ts'
import { matchesIn } from '../match.ts'
import type { Span } from '../span.ts'
import { judgedName, plainCaseless } from './caseless-odds.ts'

interface Script {
  readonly isIn: RegExp
  readonly words: RegExp
  /** What a name has to reach in all, and each of its words after the first, in nats. Lists of Hebrew and Hindi hold more words. */
  readonly least: number
  readonly leastWord: number
  /** Words that are written onto the one after them: and, to, in. */
  readonly joined: RegExp | undefined
}

const script = (name: string, least: number, leastWord: number, joined?: RegExp): Script => {
  const letters = `\\p{Script=${name}}`
  const words = new RegExp(`${letters}[${letters}\\p{M}\\u05f3\\u05f4'’\\u200c]+`, 'gu')
  return { isIn: new RegExp(letters, 'u'), words, least, leastWord, joined }
}
const scripts = [script('Arabic', 4.5, -1, /^[وفبلك](?=.{3})/u), script('Hebrew', 6, -1, /^[ולבמשהכ](?=.{3})/u), script('Devanagari', 7, 0)]
/** The least of a first word, of one that begins a name though the next could, and of a third and later one. */
const [leastFirst, leastOwn, leastLater] = [0.5, 2, 1]
/** What a word costs that another is written onto, what it is worth that nothing but signs stands around a name, and the least that a word is worth that follows a part of a name. */
const [ofJoined, ofApart, ofPart] = [-1, 1, 1]
/** The most words of a name. */
const most = 6
/** Parts of names: servant of, father of, son of, house of. */
const part = /^(?:عبد|ابو|ابي|ام|بن|ابن|بنت|ال|بو|אבו|אל|בן|בת)$/u
/** What the article costs with which few given names begin. */
const article = { form: /^ال.{3}/u, odds: -2 }
const [signBefore, signBehind] = [/(?:^|[\p{P}\p{S}\d\n\t])[ ]?$/u, /^ ?(?:$|[\p{P}\p{S}\d\n\t])/u]

/** Words of greeting, other words that a given name follows, and what follows one. */
const greeting = /(?:^|[^\p{L}\p{M}])(?:שלום|היי|הי|תודה|प्रिय|नमस्ते|مرحبا|أهلا|عزيزي|عزيزتي|يا|سلام|درود|آقای|خانم) $/u
const leading = /(?:^|[^\p{L}\p{M}])(?:של|עם|בשם|मरीज|العزيز|العزيزة|سيد|مع|إلى|اتصل بـ|أخبر|اسأل) $/u
const calling = /^(?:\n|\t|$|[:：،,!](?:\s|$))/u
const kindly = /^ (?:भैया|मैडम|जी|सर|दीदी|भाई|साहब|عزیز|جان)(?![\p{L}\p{M}])/u
/** How likely a name alone has to be that somebody is called by, one that a line of a talk begins with, and one that may stand for somebody. */
const [leastCalled, leastSpeaking, leastAlone] = [3, 4, 5]

interface Word extends Stretch {
  readonly plain: string
  readonly odds: number
  /** Whether a list of names has it. */
  readonly isListed: boolean
}

/** Where a name begins, and the place of its last word. */
interface Found {
  readonly start: number
  readonly last: number
}

/** Names in Arabic, Hebrew and Devanagari letters: words beside each other that are likelier a name than words, the first of them in a list. */
export function caselessIn(text: string, stretches: readonly Stretch[]): readonly Span[] {
  return scripts.flatMap((script) =>
    stretches.some(({ start, end }) => script.isIn.test(text.slice(start, end)))
      ? namesIn(text, wordsIn(text, stretches, script.words), script)
      : [],
  )
}

function wordsIn(text: string, stretches: readonly Stretch[], pattern: RegExp): readonly Word[] {
  return matchesIn(text, stretches, pattern).map(({ index, 0: found }) => wordOf(index, found))
}

function wordOf(start: number, text: string): Word {
  const plain = plainCaseless(text)
  return { start, end: start + text.length, plain, ...judgedName(plain) }
}

function namesIn(text: string, words: readonly Word[], script: Script): readonly Span[] {
  const spans: Span[] = []
  for (let first = 0; first < words.length;) {
    const found = foundAt(text, words, first, script)
    if (found !== undefined) spans.push({ start: found.start, end: words[found.last]?.end ?? 0, kind: 'person' })
    first = (found?.last ?? first) + 1
  }
  return spans
}

/** A name that begins at a word; none where the word is mostly another, and a name begins at the next as well: שלום נועה, "hello, Noa". */
function foundAt(text: string, words: readonly Word[], first: number, script: Script): Found | undefined {
  const at = (place: number): Found | undefined => nameFrom(text, words, place, script) ?? calledAt(text, words, place)
  const found = at(first)
  return found !== undefined && (words[first]?.odds ?? 0) < leastOwn && at(first + 1) !== undefined ? undefined : found
}

/** The longest name that begins with a word, or with what another word is written onto: وأحمد, "and Ahmed". */
function nameFrom(text: string, words: readonly Word[], first: number, script: Script): Found | undefined {
  const begun = beginning(words[first], script)
  if (begun === undefined) return undefined
  let [sum, last, isPart] = [begun.odds, -1, part.test(begun.plain)]
  for (let place = first + 1; place < words.length && place - first < most; place += 1) {
    const word = words[place]
    if (word === undefined || text.slice(words[place - 1]?.end, word.start) !== ' ') break
    if (part.test(word.plain)) {
      isPart = true
      continue
    }
    const odds = isPart ? Math.max(ofPart, word.odds) : word.odds
    if (odds < (place - first > 1 ? leastLater : script.leastWord)) break
    isPart = false
    sum += odds
    const isApart =
      signBefore.test(text.slice(Math.max(0, begun.start - 2), begun.start)) && signBehind.test(text.slice(word.end, word.end + 2))
    if (sum + (isApart ? ofApart : 0) >= script.least) last = place
  }
  return last === -1 ? undefined : { start: begun.start, last }
}

/** A given name alone that somebody is called by. */
function calledAt(text: string, words: readonly Word[], first: number): Found | undefined {
  const word = words[first]
  if (word === undefined || word.odds < leastCalled || !word.isListed) return undefined
  const [before, behind] = [text.slice(Math.max(0, word.start - 12), word.start), text.slice(word.end, word.end + 8)]
  const isCalled = greeting.test(before) || kindly.test(behind)
  const speaks = word.odds >= leastSpeaking && /(?:^|\n)$/.test(before) && /^: ./.test(behind)
  const mayBe = word.odds >= leastAlone && (leading.test(before) || (/(?:^|[\n\t@])$/.test(before) && calling.test(behind)))
  return isCalled || speaks || mayBe ? { start: word.start, last: first } : undefined
}

/** A word that a name may begin with, or what is left of it without the word that is written onto it. */
function beginning(word: Word | undefined, { joined }: Script): Word | undefined {
  if (word === undefined) return undefined
  const odds = word.odds + (article.form.test(word.plain) ? article.odds : 0)
  if (word.isListed || part.test(word.plain)) return odds >= leastFirst ? { ...word, odds } : undefined
  if (joined?.test(word.plain) !== true) return undefined
  const { odds: bare, isListed } = judgedName(word.plain.slice(1))
  return isListed ? { ...word, start: word.start + 1, plain: word.plain.slice(1), odds: bare + ofJoined } : undefined
}
