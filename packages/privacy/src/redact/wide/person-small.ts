import { eitherGiven, givenNames, plainWord } from '../lexicon.ts'
import { allMatches } from '../match.ts'
import { type Word, isEither, isFamily, isGiven, isWord, spanOf, wordAt } from '../person-word.ts'
import type { Span } from '../span.ts'

/** A line as people type it to each other: from a small letter on, four words or more, no sign of code. */
const typed = /^\p{Ll}[^\n=(){};<>_\\`|]{14,400}$/u
const some = /[\p{L}\p{M}]{1,24}(?:['-]\p{L}{1,20})?/gu
/** Titles that no word is; and those that are one, too. */
const title =
  /^(?:frau|herrn?|mme|mlle|mrs?|madame|monsieur|dhr|mevr|mevrouw|meneer|sra|señora?|senhora?|pani|han[ıi]m|dona|doña|fröken|gospođa)$/u
const softTitle = /^(?:ms|miss|don|seu|sr|pan|bay|fr|hr|dr|prof|dra|tante|onkel|oma|opa|tía|tío|tia|tio|tata|big|abla|abi|fru|herr)$/u
const lead =
  /^(?:from|with|to|for|ask|tell|by|and|at|did|does|has|is|cc|thx|thanks|hi|hey|hello|bei|mit|von|an|und|hat|hallo|danke|à|avec|de|chez|pour|et|que|merci|salut|con|por|para|y|hola|oye|oi|com|do|da|o|met|van|voor|en|vraag|z|od|dla|do|i|cześć|ile|ve|med|av|till|från|och|uh|um|per|di|ciao|say|via)$/u
const verbs =
  'says?|said|sagt|meinte?|schreibt|hat|ist|kommt|fragt|dice|dijo|pregunta|dit|demande|a|est|va|vient|diz|disse|falou|zegt|vraagt|heeft|mówi|pisze|pyta|diyor|dedi|is|was|has|wants?|needs?|asked|told|can|will|wrote|säger|frågar|scrive|ha'
const said = new RegExp(`^(?:${verbs})$`, 'u')
const tail = new RegExp(`^(?:'s\\b| (?:${verbs})(?!\\p{L})|[,?!:]| ?$)`, 'u')
/** What is read out, a digit at a time. */
const digit =
  /^(?:zero|one|two|three|four|five|six|seven|eight|nine|null|eins?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|un|deux|trois|quatre|cinq|sept|huit|neuf|uno|due|tre|quattro|cinque|sei|sette|otto|nove|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|um|dois|três|quatro|sete|oito)$/u
const particle = /^(?:van|von|de|del|della|di|da|dos|du|der|den|la|le|el|al|ter|ten|bin)$/u
const speaker = /^([\p{L}]{3,16})(?: \[?\d{1,2}:\d\d(?::\d\d)?\]?)?(?::(?=[ \t]\S)|(?<=\d\]?)$)/u

/** Names in small letters: who speaks in a chat, and who is told of in lines that nobody wrote a capital in. */
export function smallNamesIn(text: string): readonly Span[] {
  if (!/(?:^|\n)\p{Ll}/u.test(text)) return []
  const spans: Span[] = []
  const speakers: [string, number][] = []
  let [from, lines, isEnded] = [0, 0, true]
  for (const line of text.split('\n')) {
    if (line !== '') lines += 1
    const own = speaker.exec(line)?.[1]
    if (own !== undefined) speakers.push([own, from])
    const begin = own === undefined ? 0 : line.indexOf(':') + 2
    if (own !== undefined || isEnded) spans.push(...inTyped(line.slice(begin), from + begin))
    isEnded = line === '' || /[.!?:…)]$/.test(line) || own !== undefined
    from += line.length + 1
  }
  // A chat has a speaker in most of its lines, and one at least is known.
  if (speakers.length * 2 < lines) return spans
  const words = speakers.map(([own, at]) => wordAt(own, at)).filter((word) => !isWord(word))
  return words.some(isGiven) ? [...spans, ...words.map((word) => spanOf(word, word))] : spans
}

function inTyped(line: string, at: number): readonly Span[] {
  if (!typed.test(line)) return twoIn(line, at)
  const runs = allMatches(line, some)
  // Most lines have neither: what their words are need not be asked.
  if (!runs.some(({ 0: found }) => title.test(found) || mayBeGiven(found))) return []
  const words = runs.map(({ index, 0: found }) => {
    const bare = found.endsWith("'s") ? found.slice(0, -2) : found
    return wordAt(bare, at + index)
  })
  if (words.length < 4) return twoIn(line, at)
  return words.flatMap((word, place): readonly Span[] => {
    if (!/^\p{Ll}{3}/u.test(word.text)) return []
    const [before, next] = [words[place - 1], words[place + 1]]
    const gap = before === undefined ? '' : line.slice(before.end - at, word.start - at)
    const isAfterTitle = before !== undefined && /^\.? $/.test(gap)
    if (isAfterTitle && title.test(before.text) && (!isWord(word) || (isFamily(word) && !word.ordinary))) return [spanOf(word, word)]
    if (digit.test(word.text) && digit.test(before?.text ?? '')) return []
    if (isWord(word) || !isGiven(word) || lead.test(word.text) || said.test(word.text)) return []
    const family = familyAfter(words, place)
    if (family !== undefined && line.slice(word.end - at, family.end - at).replace(/[ \p{L}'-]/gu, '') === '') return [spanOf(word, family)]
    if (word.text.length < 4 || next?.text === 'inc') return []
    const isLed = before !== undefined && gap === ' ' && (lead.test(before.text) || softTitle.test(before.text))
    return isLed || (tail.test(line.slice(word.end - at, word.end - at + 16)) && !/^\S*[.:/]\w/.test(line.slice(word.end - at)))
      ? [spanOf(word, word)]
      : []
  })
}

/** Whether it is in the list of given names, or so written that the list alone can't tell. */
export function mayBeGiven(found: string): boolean {
  if (found.length < 3) return false
  const plain = plainWord(found)
  return givenNames.has(plain) || eitherGiven.has(plain) || !/^[A-Za-z]*$/.test(found)
}

/** "annika schwörer konstanz": what somebody looked for, or answered when asked for a name. */
function twoIn(line: string, at: number): readonly Span[] {
  const [, given = '', family = ''] = /^(\p{Ll}{3,16}) (\p{Ll}{3,20})(?: \p{Ll}{3,20})?$/u.exec(line.trim()) ?? []
  const first = wordAt(given, at + line.indexOf(given))
  const last = wordAt(family, first.end + 1)
  if (given === '' || isWord(first) || !isGiven(first) || isWord(last)) return []
  return [spanOf(first, last)]
}

/** A family name after a given one, over particles. */
function familyAfter(words: readonly Word[], place: number): Word | undefined {
  let at = place + 1
  while (at < place + 3 && particle.test(words[at]?.text ?? '')) at += 1
  const family = words[at]
  if (family === undefined || family.text.length < 3 || family.ordinary) return undefined
  if (family.text.includes('-')) return family.text.split('-').some((part) => isFamily(wordAt(part, 0))) ? family : undefined
  return isFamily(family) && (!family.common || !isEither(family) || at > place + 1) ? family : undefined
}
