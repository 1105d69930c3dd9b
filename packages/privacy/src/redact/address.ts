import { allMatches } from './match.ts'
import { frenchStreets, streetsAfterName, streetsAfterNumber, streetsBeforeName, streetsBeforeTown, streetsInWord } from './street-words.ts'
import type { Detector, Span } from './span.ts'

/** A word of a name, in capitals' first letter, and the small words between. */
const capital = "\\p{Lu}[\\p{L}\\p{M}'’.-]{0,24}"
const small =
  "(?:of|the|and|de|del|de la|de los|de las|la|las|los|el|do|da|dos|das|du|des|d'|van|von|der|den|dem|zum|zur|am|an der|in de|op de|y|e|et|i)"
const house = '\\d{1,5}[A-Za-z]?(?:[-/]\\d{1,4}[A-Za-z]?)?'
/** Where it follows the name: five digits there are a post code. */
const door = '\\d{1,4}[A-Za-z]?(?:[-/]\\d{1,4}[A-Za-z]?)?'
const start = '(?<![\\p{L}\\p{N}.,#/-])'
const end = '(?![\\p{L}\\p{N}])'

/** What may go on after a street: a flat, a post code and a town, a town, a state, a country. */
const town = `${capital}(?:(?: |-)(?:${capital}|${small})){0,3}`
const flat =
  '(?:[Aa]pt|[Aa]partment|[Ss]uite|[Ss]te|[Uu]nit|[Ff]lat|[Ff]loor|[Rr]oom|[Bb]ldg|[Bb]uilding|[Aa]ppartement|[Bb]ât|[Éé]tage|[Ee]sc|[Pp]iso|[Pp]uerta|[Aa]ndar|[Dd]aire|[Kk]at|[Dd]:|m\\.|lok\\.|кв\\.|OG|EG|[Hh]interhaus|#)\\.? ?[\\p{L}\\p{N}-]{1,6}'
const code =
  '(?:[A-Z]{1,2}-)?(?:\\d{5}(?:-\\d{3,4})?|\\d{4} ?[A-Z]{2}|\\d{4}(?:-\\d{3})?|\\d{2}-\\d{3}|\\d{3} ?\\d{2,3}|[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}|[A-Z]\\d[A-Z] ?\\d[A-Z]\\d)'
const number = '(?:[Nn](?:[rRoº°]{1,2}|úm(?:ero)?|um)?[.:º°]{0,3} ?|№ ?|д\\. ?)?'
const names = `(?:(?:${capital}|\\d{1,3}(?:st|nd|rd|th)|${small}) ){1,5}`

/** A way to write a street, and what every text that holds one has in it: quick to look for, since a digit or a sign begins it. */
type Street = readonly [needed: RegExp, street: RegExp]

/** A house's number right after one of these words. */
const beforeNumber = (words: string): RegExp => new RegExp(`(?:${words})\\.? ?${number}\\d`, 'u')
const han = /\p{Script=Han}/u

const streets: readonly Street[] = [
  // 742 Evergreen Terrace; 3 Rabbit Common, Springfield, IL 62704; 12 bis, rue de la Paix.
  [
    /\d[A-Za-z]?,? [\p{L}\d]/u,
    new RegExp(
      `${start}(?:\\d{1,5} )?${house},? ${names}(?:${streetsAfterNumber})${end}\\.?(?: (?:North|South|East|West|[NSEW]{1,2})${end})?`,
      'gu',
    ),
  ],
  [
    /\d[A-Za-z]?,? [\p{L}\d]/u,
    new RegExp(`${start}${house},? ${names}(?:${streetsBeforeTown})${end}(?=,?(?: ${capital}){1,3}(?:,? [A-Z]{2})? [\\dA-Z])`, 'gu'),
  ],
  [
    new RegExp(`\\d[A-Za-z]?(?: ?(?:bis|ter|quater))?,? (?:${frenchStreets}) `, 'u'),
    new RegExp(
      `${start}(?:\\d{1,5} )?${house}(?: ?(?:bis|ter|quater))?,? (?:${frenchStreets})(?: (?:${capital}|${small}|[lLdD]['’]${capital})${end}){1,6}(?:,? \\d{1,4}${end}(?! \\p{Lu}))?`,
      'gu',
    ),
  ],
  // Hauptstraße 5; Berliner Str. 3; Herengracht 101-3.
  [
    beforeNumber(streetsInWord),
    new RegExp(
      `${start}(?:\\d{1,5} )?(?:(?:${capital}|${small}) ){0,3}\\p{Lu}[\\p{L}\\p{M}-]{1,30}(?:${streetsInWord})\\.? ?${number}${door}${end}`,
      'gu',
    ),
  ],
  [
    beforeNumber(streetsAfterName),
    new RegExp(`${start}(?:\\d{1,5} )?(?:${capital}[ -]){1,3}(?:${streetsAfterName})\\.? ?${number}${door}${end}`, 'gu'),
  ],
  // Calle Mayor, 12; Rua das Flores, n.º 3; ul. Długa 7/2; Via Roma 1.
  [
    new RegExp(`(?:${streetsBeforeName}) [\\p{L}\\d]`, 'u'),
    new RegExp(
      `${start}(?:\\d{1,5} )?(?:${streetsBeforeName})(?: (?:${capital}|${small}|\\d{1,2})${end}){1,6},? ?${number}${door}${end}`,
      'gu',
    ),
  ],
  // Atatürk Mah. Gül Sok. No: 5 Daire 2.
  [
    /[Mm]ah(?:allesi|\.)|[Cc]ad(?:desi|\.)|[Ss]ok(?:ak|ağ[ıi]|\.)|[Bb]ulvar[ıi]|Blv\./u,
    new RegExp(
      `${start}(?:${capital} ){1,3}(?:[Mm]ah(?:allesi|\\.)|[Cc]ad(?:desi|\\.)|[Ss]ok(?:ak|ağ[ıi]|\\.)|[Bb]ulvar[ıi]|Blv\\.)(?:,? (?:${capital}|\\d{1,4}\\.?)){0,5},? ?(?:[Nn]o ?[:.]? ?)?${house}${end}`,
      'gu',
    ),
  ],
  // Whatever the street is called: a name, a number, a post code and a town.
  [
    /\d[A-Za-z]?(?:, ?| - |\n ?)(?:[A-Z]{1,2}-)?\d\d/,
    new RegExp(
      `${start}${capital}(?: (?:${capital}|${small})){0,3} ${house}(?:, ?| - |\\n ?)(?:[A-Z]{1,2}-)?(?:\\d{5}|\\d{4} ?[A-Z]{2}|\\d{4}|\\d{2}-\\d{3}|\\d{4}-\\d{3}|\\d{3} \\d{2}) ${capital}`,
      'gu',
    ),
  ],
  [
    /(?:Apt|Suite|Ste|Flat|Unit)\.? ?\d/,
    new RegExp(
      `${start}(?:\\d{1,5} )?${capital}(?: (?:${capital}|${small})){0,3} ${house}(?:,? |,?\\n[ \\t>?]{0,5})(?:Apt|Suite|Ste|Flat|Unit)${end}\\.? ?\\d{1,5}`,
      'gu',
    ),
  ],
  [
    /(?:pt|partment|uite)\.? ?#?\d/,
    /(?<![\p{L}\p{N}])(?:[Aa]pt|[Aa]partment|[Ss]uite)\.? ?#?\d{1,5}[A-Z]?(?![\p{L}\p{N}])(?: \d{1,3}(?= \d))?/gu,
  ],
  // Boxes, and the armed forces' post.
  [
    /Box|Post|Apartado|Caixa|BP|Boîte|Skrytka/,
    /(?<![\p{L}\p{N}])(?:(?:P\.? ?O\.? ?Box|Post(?:fach|bus|box)|Apartado(?: de [Cc]orreos)?|Caixa [Pp]ostal|Boîte [Pp]ostale|BP|Skrytka pocztowa|Posta [Kk]utusu) ?\d[\d ]{0,8}\d?|(?:PSC|Unit|CMR) \d{1,5},? Box \d{1,5}(?:[\n ,]{1,3}(?:APO|FPO|DPO) A[AEP] \d{5})?)/gu,
  ],
  // East Asia: prefecture or province down to the house; a post code by its sign.
  [han, /〒? ?\d{3}-\d{4}[ 　]?\p{Script=Han}{2,3}[都道府県][\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}0-9ー-]{2,40}/gu],
  [
    han,
    /\p{Script=Han}{2,3}[都道府県]\p{Script=Han}{1,8}[市区町村郡][\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}ー]{0,16}\d{1,4}(?:(?:丁目|番地?|-)\d{0,4}){0,3}号?/gu,
  ],
  [
    han,
    /(?:\p{Script=Han}{2,8}[省市区县縣區]){1,4}\p{Script=Han}{1,12}[路街道巷弄]\d{1,5}[号號弄](?:[\p{Script=Han}0-9-]{0,16}[室楼层樓])?/gu,
  ],
]

const tail = new RegExp(
  `(?:(?:,? |,?\\n[ \\t>]{0,4}|, ?| - )${flat}${end}|(?:, ?|,?\\n[ \\t>]{0,4}| - | )${code}(?: ${town})?${end}|(?:, ?|,?\\n[ \\t>?]{0,5})(?:${town},? )?(?:[A-Za-z]{2,3} )?${code}${end}|(?:, ?)(?:${town})(?:,? [A-Z]{2}(?: ${code})?)?${end}|,? [A-Z]{2} \\d{5}(?:-\\d{4})?${end}|\\n[ \\t>]{0,4}${town} ${code}${end}|\\n[ \\t>?]{0,5}${code} ${town}${end}|,?\\n[ \\t>?]{0,5}${town}(?=\\s{0,2}\\n[ \\t>?,]{0,5}(?:${town},? )?${code}${end})|\\s{0,2}\\n[ \\t>?,]{0,5}(?:[A-Za-z]{2,3}[ \\n]{1,3})?${code}${end})`,
  'uy',
)
const mostParts = 5
/** A post code with what only it looks like: the British, the Dutch, the Canadian, a state and five digits. */
const codes =
  /(?<![\p{L}\p{N}-])(?:(?:GIR 0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d[\dA-Z]?|\d[A-HJKPS-UW]) \d[ABD-HJLNP-UW-Z]{2})|[ABCEGHJ-NPRSTVXY]\d[A-Z] \d[A-Z]\d)(?![\p{L}\p{N}])/gu
const label =
  /(?<![\p{L}])(?:(?:(?:e-?)?(?:home|street|mailing|postal|billing|shipping|delivery|business|work|residential|permanent|current) )?address|(?:liefer|rechnungs|wohn|post|firmen|heimat)?(?:adresse|anschrift|lieferanschrift)|wohnhaft in|adresse (?:postale|de (?:livraison|facturation))|domicile|dirección(?: de \p{L}{5,12})?|domicilio|direccion|morada|endereço(?: de \p{L}{5,12})?|indirizzo|(?:bezorg|woon|post|factuur)?adres|(?:teslimat|fatura|ev|iş)?(?: adresi|adres)|adres (?:zamieszkania|dostawy|korespondencyjny)|adress|osoite|adresa|cím|διεύθυνση|адрес|адреса)[ \t]{0,2}[:=][ \t]{0,4}|(?:住所|地址|주소|العنوان)[ \t]?[:：][ \t]{0,4}/giu

/** Street addresses by the shapes that countries give them, with what follows of flat, post code and town; what a label calls one, as far as its line goes. */
export const findAddresses: Detector = (text) => [...found(text), ...labelled(text), ...postCodes(text)]

/** A street is a capital and a number near each other, or East Asian signs before one: few stretches of a text are looked at. */
const near = /(?:\p{Lu}[^\n]{0,80}?\d|\d[^\n]{0,24}?\p{Lu}|[路街道巷弄都道府県区町村][^\n]{0,20}?\d)/u

function found(text: string): readonly Span[] {
  const likely = streets.filter(([needed]) => needed.test(text))
  if (likely.length === 0 || !near.test(text)) return []
  return likely.flatMap(([, street]) =>
    allMatches(text, street).map(({ index, 0: match }) => ({
      start: index,
      end: tailEnd(text, index + match.length),
      kind: 'address' as const,
    })),
  )
}

function tailEnd(text: string, from: number): number {
  let at = from
  for (let part = 0; part < mostParts; part += 1) {
    tail.lastIndex = at
    const next = tail.exec(text)?.[0]
    if (next === undefined) return at
    at += next.length
  }
  return at
}

function labelled(text: string): readonly Span[] {
  if (!/[:=：]/.test(text)) return []
  return allMatches(text, label).flatMap(({ index, 0: match }): readonly Span[] => {
    const from = index + match.length
    const line = /^[^\n\t;|"{}<>\ue000]{6,120}/.exec(text.slice(from, from + 120))?.[0].trimEnd() ?? ''
    // An address has a number in it, and words; a mail or a page's address is another thing.
    const is =
      /\d/.test(line) && /\p{L}{3}/u.test(line) && !/@|:\/\/|\.\w{2,4}\/|\d\.\d{1,3}\.\d/.test(line) && line.split(/\s+/).length >= 2
    return is ? [{ start: from, end: from + line.length, kind: 'address' }] : []
  })
}

function postCodes(text: string): readonly Span[] {
  if (!/ \d[A-Z]/.test(text)) return []
  return allMatches(text, codes).map(({ index, 0: match }) => ({ start: index, end: index + match.length, kind: 'address' }))
}
