import { capital, door, end, flat, headStart, house, number, small, start, tailEnd, town, townAfterCode } from './address-parts.ts'
import { unspacedAddresses } from './address-unspaced.ts'
import { codeAt, isLetter } from './character.ts'
import { frenchStreets, streetsAfterName, streetsAfterNumber, streetsBeforeName, streetsInWord } from './street-words.ts'
import { bitsOf, type Look, type WordName } from './look.ts'
import { type Finder, late, lateOf } from './match.ts'
import type { Detector, Span } from './span.ts'

const names = `(?:(?:${capital}|\\d{1,3}(?:st|nd|rd|th)|${small}) ){1,5}`

const sticky = (source: string): Finder => lateOf(source, 'uy')

/** What is numbered by words before is no house. */
const numbering = '(?<!(?:[Vv]ersion|[Ll]evel|[Cc]hapter|[Ss]tep|[Ss]eason|[Tt]op|[Ss]ection|[Ff]igure|[Pp]age) )'
/** Streets that begin with a number, and have a word of streets in them: 742 Evergreen Terrace; 12 bis, rue de la Paix. */
const wordAfterNumber: readonly Finder[] = [
  `(?:\\d{1,5} )?${house},? ${names}(?:${streetsAfterNumber})${end}\\.?(?:(?<=R(?:oad|oute|d|te)|Ave|Hwy|Highway) \\d{1,4}${end})?(?: (?:North|South|East|West|[NSEW]{1,2})${end})?`,
  `(?:\\d{1,5} )?${house}(?: ?(?:bis|ter|quater))?,? (?:${frenchStreets})(?: (?:${capital}|${small}|[lLdD]['’]${capital})${end}){1,6}(?:,? \\d{1,4}${end}(?! \\p{Lu}))?`,
].map((source) => sticky(numbering + start + source))
/** 3 Rabbit Common, Springfield, IL 62704: whatever it is called, where a town and a post code follow. */
const codeAfterNumber = sticky(
  start +
    `(?<!\\p{Lu}\\p{L}{2,20} )(?:\\d{1,5} )?${house},? (?:(?:${capital}|${small}) ){0,4}${capital}(?: \\d{1,4})?(?=[\\s,]{1,6}${town}[\\s,]{1,6}(?:[A-Za-z]{2,3}[\\s,]{1,6})?(?:\\d{5}|[A-Z]{1,3}\\d[\\dA-Z]? \\d[A-Z\\d]{2})${end})`,
)
/** What follows a number that begins a street. */
const leading = sticky(
  `\\d{1,5}(?: \\d{1,5})?[A-Za-z]?(?:[-/]\\d{1,4}[A-Za-z]?)?(?: ?(?:bis|ter|quater))?,? (?:\\p{Lu}|\\d|${small} |(?:${frenchStreets}) )`,
)
/** Calle Mayor, 12; Rua das Flores, n.º 3; ul. Długa 7/2; Via Roma 1: at its first word, or at the number before it. */
const afterWord = sticky(
  `${start}(?:\\d{1,5} )?(?:${streetsBeforeName})(?: (?:${capital}|[dl]'${capital}|[A-Z]{2}-\\d{1,3}|${small}|\\p{Ll}{2,4}\\.|\\d{1,2})${end}){1,6},? ?${number}${door}${end}`,
)
/** After words that say that somebody or something is there: a number and a name, or a name and a number. */
const afterPlace = sticky(
  `(?:\\d{1,5} )?(?:${house} (?:(?:${capital}|${small}) ){0,3}${capital}|${capital}(?: (?:${capital}|${small})){0,4},? ?${number}${door})${end}`,
)
/** Where two streets meet. */
const corner = sticky(
  `(?:the )?corner of (?:[\\p{Lu}\\d][\\p{L}\\p{M}\\d'’.-]{0,24} |${small} ){1,7}and (?:(?:${capital}|${small}|\\d{1,5}) ){0,4}${capital}`,
)
const [inWord, afterName] = [streetsInWord.join('|'), [...streetsAfterName, 'u'].join('|')]
/** Streets that end in a number: Hauptstraße 5; Berliner Str. 3; Herengracht 101-3. */
const beforeNumber: readonly Finder[] = [
  lateOf(`${start}(?:\\d{1,5} )?(?:(?:${capital}|${small}) ){0,3}\\p{Lu}[\\p{L}\\p{M}-]{1,30}(?:${inWord})\\.? ?${number}${door}${end}`),
  lateOf(`${start}(?:\\d{1,5} )?(?:${capital}[ -]){1,3}(?:${afterName})\\.? ?${number}${door}${end}`),
]
/** Only where one ends so is all of it looked for. */
const lastAndDoor = sticky(`(?:${inWord}|${afterName})\\.? ?${number}${door}${end}`)
/** Flats, with what stands before them: Main 12, Apt 4. */
const flatNumber: readonly Finder[] = [
  lateOf(
    `${start}(?:\\d{1,5} )?${capital}(?: (?:${capital}|${small})){0,3} ${house}(?:,? |,?\\n[ \\t>?]{0,5})(?:Apt|Suite|Ste|Flat|Unit)${end}\\.? ?\\d{1,5}`,
  ),
  late(
    () =>
      /(?<![\p{L}\p{N}])(?:[Aa]p(?:artmen)?t|[Ss]uite)\.? ?#?\d{1,5}[A-Z]?(?![\p{L}\p{N}]| (?:of|tests?|passed|failed))(?: \d{1,3}(?= \d))?/gu,
  ),
]
const flatAndNumber = late(() => /(?<![\p{L}\p{N}])(?:[Aa]p(?:artmen)?t|[Ss]uite|Flat|Unit)\.? ?#?\d/uy)
/** Whatever the street is called: a name, a number, a post code and a town. */
const postCodeAfter = lateOf(`${door}(?:,? ${flat})?(?:, ?| - |\\n ?)(?:[A-Z]{1,2}-)?\\d\\d`, 'uy')
const beforePostCode = lateOf(
  `${start}(?:'t )?${capital}(?: (?:${capital}|${small})){0,3} ${door}(?:,? ${flat})?(?:, ?| - |\\n ?)(?:[A-Z]{1,2}-)?(?:\\d{5}|\\d{4} ?[A-Z]{2}|\\d{4}|\\d{2}-\\d{3}|\\d{4}-\\d{3}|\\d{3} \\d{2}) ${townAfterCode}`,
)
/** Atatürk Mah. Gül Sok. No: 5 Daire 2. */
const turkish = lateOf(
  `${start}(?:${capital} ){1,3}(?:\\d\\. )?(?:[Mm]ah(?:allesi|\\.)|[Cc]ad(?:de(?:si)?|\\.)|[Ss]o?k(?:ak|ağ[ıi]|\\.)|[Bb]ulvar[ıi]|Blv\\.)(?:,? (?:${capital}|[A-Z]?\\d{1,4}\\.?)){0,7},? ?(?:(?:[Nn]o|D) ?[:.]? ?)?${house}${end}`,
)
/** Boxes, and the armed forces' post. */
const boxes = late(
  () =>
    /(?<![\p{L}\p{N}])(?:(?:P\.? ?O\.? ?Box|Post(?:fach|bus|boks|box)|Apartado(?: de [Cc]orreos)?|Caixa [Pp]ostal|Boîte [Pp]ostale|BP(?! \d+\/)|Skr(?:ytka|\.) poczt(?:owa|\.)|Casella [Pp]ostale|а\/я|Posta [Kk]utusu) ?\d[\d ]{0,8}\d?|(?:(?:PSC|Unit|CMR) \d{1,5},? Box \d{1,5}|US[A-Z]{1,3} \p{Lu}[\p{L}\p{M}'’-]{1,24}(?: \p{Lu}[\p{L}\p{M}]{1,24})?(?=[\n ,]{1,3}[AFD]PO A))(?:[\n ,]{1,3}[AFD]PO A[AEP] \d{5})?|[AFD]PO A[AEP] \d{5})/uy,
)
/** Before a post code: a house's name, a lane, a town. */
const placesBefore = lateOf(
  `(?<![\\p{L}\\p{N}'])(?:(?:(?:\\d{1,4}[A-Za-z]? )?${town}, ?){1,4}|(?:${town}\\n){0,2}(?:${capital} ){1,3}(?:${streetsAfterNumber})\\n(?:${town}\\n){0,3})(?:${town} )?$`,
)
/** A post code with what only it looks like: the British, the Dutch, the Canadian, a state and five digits. */
const codes = late(
  () =>
    /(?<![\p{L}\p{N}-])(?:(?:GIR 0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d[\dA-Z]?|\d[A-HJKPS-UW]) \d[ABD-HJLNP-UW-Z]{2})|[ABCEGHJ-NPRSTVXY]\d[A-Z] \d[A-Z]\d)(?![\p{L}\p{N}])/gu,
)
/** What stands beside a street's one number. */
const streets = bitsOf('streetFirst', 'streetLast', 'streetAfter', 'placeAhead', 'corner', 'turkishStreet', 'box')
/** Street addresses by the shapes that countries give them, with what follows of flat, post code and town; what a label calls one, as far as its line goes. */
export const findAddresses: Detector = (text, look) => [
  ...(look.numbers.length > 1 || look.mayHave(streets) ? wholeOf(text, streetsIn(text, look)) : []),
  ...(look.unspaced.length > 0 ? unspacedAddresses(text) : []),
  ...labelled(text, look),
  ...postCodes(text, look),
]

/** Streets with what stands around them; what one reached over is not looked at again. */
function wholeOf(text: string, streets: readonly Stretch[]): readonly Span[] {
  let [first, last] = [0, 0]
  return streets.flatMap(([from, to]): readonly Span[] => {
    if (first <= from && to <= last) return []
    first = headStart(text, from, from < last ? 0 : last)
    last = tailEnd(text, to)
    return [{ start: first, end: last, kind: 'address' }]
  })
}

type Stretch = readonly [from: number, to: number]
type Place = Look['numbers'][number]

/** Only what stands around a number or a word of streets is looked at. */
function streetsIn(text: string, look: Look): readonly Stretch[] {
  const at = (name: WordName, find: typeof around, pattern: Finder, placed = ({ start }: Place): number => start): readonly Stretch[] =>
    find(text, look.words(name).map(placed), pattern)
  return [
    ...fromNumbers(text, look),
    ...toNumbers(text, look),
    ...at('streetFirst', startingAt, afterWord, ({ start }) => numberStart(text, start)),
    ...at('placeAhead', startingAt, afterPlace, ({ end }) => end),
    ...at('corner', startingAt, corner, ({ start }) => (text.startsWith('the ', start - 4) ? start - 4 : start)),
    ...at('turkishStreet', around, turkish),
    ...at('box', startingAt, boxes),
  ]
}

/** Whether a letter, a sign of names' ends or what isn't ASCII stands at a place, or before a blank there. */
function endsWord(text: string, at: number): boolean {
  const code = codeAt(text, codeAt(text, at) === 32 ? at - 1 : at)
  return (code >= 65 && code <= 122) || code === 44 || code === 46 || code === 58 || code === 35 || code > 127
}

/** Whether a house's number may end at a place: a letter, a blank, a comma or a stroke follows. */
function endsHouse(text: string, at: number): boolean {
  const code = codeAt(text, at)
  return (code >= 65 && code <= 122) || code === 32 || (code >= 44 && code <= 47)
}

function fromNumbers(text: string, look: Look): readonly Stretch[] {
  const houses = look.numbers.filter(({ end }) => endsHouse(text, end))
  const leads = (at: number): boolean => leading(text, at) !== null
  const named = followed(houses, look.words('streetAfter'), 160).filter(leads)
  const codes = look.numbers.filter(({ start, end }) => end - start === 5 || isLetter(codeAt(text, start - 1)))
  const coded = followed(houses, codes, 300).filter(leads)
  return [...wordAfterNumber.flatMap((street) => startingAt(text, named, street)), ...startingAt(text, coded, codeAfterNumber)]
}

/** Where places begin that one of some others follows near; all in order. */
function followed(places: readonly Place[], others: readonly Place[], near: number): readonly number[] {
  if (others.length === 0) return []
  let next = 0
  return places.flatMap(({ start, end }) => {
    while ((others[next]?.start ?? Infinity) < end) next += 1
    return (others[next]?.start ?? Infinity) - start <= near ? [start] : []
  })
}

/** For each of some others, where the first that it stands shortly before begins. */
function preceded(places: readonly Place[], others: readonly Place[]): readonly number[] {
  let [next, last] = [0, -1]
  return places.flatMap(({ start }) => {
    while ((others[next]?.end ?? Infinity) <= start) next += 1
    if (last === next - 1 || start - (others[next - 1]?.end ?? 0) > 16) return []
    last = next - 1
    return [start]
  })
}

function toNumbers(text: string, look: Look): readonly Stretch[] {
  const after = look.numbers.filter(({ start }) => endsWord(text, start - 1))
  if (after.length === 0) return []
  const coded = followed(
    after.filter(({ start, end }) => end - start <= 4),
    look.numbers.filter(({ start, end }) => end - start > 1),
    60,
  )
  const words = look.words('streetLast', 'streetAfter')
  if (coded.length + words.length === 0) return []
  const near = (patterns: readonly Finder[], last: Finder): readonly Stretch[] => {
    const own = words.filter(({ start: at }) => last(text, at) !== null)
    const known = preceded(after, own)
    return patterns.flatMap((street) => around(text, known, street))
  }
  return [
    ...near(beforeNumber, lastAndDoor),
    ...near(flatNumber, flatAndNumber),
    ...around(
      text,
      coded.filter((at) => postCodeAfter(text, at) !== null),
      beforePostCode,
    ),
  ]
}

/** Matches of a sticky pattern that begin at places, apart. */
function startingAt(text: string, places: readonly number[], pattern: Finder): readonly Stretch[] {
  const found: Stretch[] = []
  for (const at of places) {
    if (at < (found.at(-1)?.[1] ?? 0)) continue
    const match = pattern(text, at)
    if (match !== null) found.push([at, at + match[0].length])
  }
  return found
}

const reach = { back: 170, on: 120 }

/** Matches of a global pattern that go over places, apart. */
function around(text: string, places: readonly number[], pattern: Finder): readonly Stretch[] {
  const found: Stretch[] = []
  let seen = 0
  for (const at of places) {
    const last = found.at(-1)?.[1] ?? 0
    if (at < last) continue
    // One unit more than is looked at, so that no word begins where the window cuts one; what began up to the place before was found there.
    const from = Math.max(seen, last - 1, at - reach.back)
    seen = at
    const near = text.slice(from, at + reach.on)
    let match = pattern(near, from === 0 ? 0 : 1)
    while (match !== null && from + match.index <= at) {
      const start = from + match.index
      const end = start + match[0].length
      if (end > at) found.push([start, end])
      match = pattern(near, end - from)
    }
  }
  return found
}

/** Where a street begins at its first word, or at the number before it. */
function numberStart(text: string, at: number): number {
  return at - (/(?<![\d\p{L}.,#/-])\d{1,5} $/u.exec(text.slice(Math.max(0, at - 8), at))?.[0].length ?? 0)
}

function labelled(text: string, look: Look): readonly Span[] {
  return look.words('addressLabel', 'unpartedAddress').flatMap(({ end: from }): readonly Span[] => {
    const line = /^[^\n\t;|"{}<>\x80]{6,120}/.exec(text.slice(from, from + 120))?.[0].trimEnd() ?? ''
    // An address has a number in it, and words; a mail or a page's address is another thing.
    const is =
      /\d/.test(line) && /\p{L}{3}/u.test(line) && !/@|:\/\/|\.\w{2,4}\/|\d\.\d{1,3}\.\d/.test(line) && line.split(/\s+/).length >= 2
    return is ? [{ start: from, end: from + line.length, kind: 'address' }] : []
  })
}

/** The last three units of each such post code begin with a digit after a blank. */
function postCodes(text: string, look: Look): readonly Span[] {
  const places = look.numbers.filter(({ start, end }) => end - start === 1 && codeAt(text, start - 1) === 32 && isLetter(codeAt(text, end)))
  return around(
    text,
    places.map(({ start }) => start),
    codes,
  ).map(([from, to]) => ({
    start: headStart(text, from - (placesBefore(text.slice(Math.max(0, from - 90), from))?.[0].length ?? 0)),
    end: to,
    kind: 'address',
  }))
}
