import { codeAt } from '../character.ts'
import { plainWord, givenNames } from '../lexicon.ts'
import { bitsOf, type Look } from '../look.ts'
import { allMatches, endsAt, matchAt } from '../match.ts'
import { isPeople } from '../person-context.ts'
import { type Around, matchesAround } from './around.ts'
import { type Word, isAcronym, isEither, isFamily, isGiven, isWord, spanOf, wordAt } from '../person-word.ts'
import type { Span } from '../span.ts'

type Group = readonly Word[]

/** Names by the form that they are written in: initials, a name in quotes, a firm's mail, a ticket, the name before a marriage, capitals. */
export function formsIn(text: string, look: Look, groups: readonly Group[]): readonly Span[] {
  const isSlavic = look.foreign && /[ąćęłńśźżěřůčšžĄĆĘŁŃŚŹŻŘČŠŽ]/.test(text)
  const hasMaiden = look.mayHave(bitsOf('maiden')) && maidens.test(text)
  const spans: Span[] = []
  for (const [place, group] of groups.entries()) {
    const next = groups[place + 1]
    if (group[0]?.text.length === 1) spans.push(...initialled(text, group, next))
    if (hasMaiden) spans.push(...born(text, group))
    if (group.length > 1) spans.push(...inCapitals(text, group), ...doubled(group), ...pinyin(group))
    if (isSlavic) spans.push(...declined(text, group))
  }
  // In all of them a capital begins a word.
  return look.initials.length === 0 ? spans : [...spans, ...bySigns(text, look)]
}

/** Letters with points that are no initials. */
const abbreviated = /^(?:US|UK|EU|DC|NY|LA|PS|PO|RIP|VD|AM|PM|NB|ZB|UA|SA|SL|BV|NV|AG|QA|ID|IP|PC)$/
const joints = /^\. ?(?:(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|ter|ten|zu|af|el|al|bin|in|op|'t|'s|d'|l') ?){1,3}$/u

/** "A. Weidenfeller", "J.J. van Schalkwyk". */
function initialled(text: string, group: Group, next: Group | undefined): readonly Span[] {
  if ((group[0]?.text.length ?? 2) > 1) return []
  const count = group.findIndex((word) => word.text.length > 1 || text[word.end] !== '.')
  const [first, initials] = [group[0], count === -1 ? group.length : count]
  if (first === undefined || initials === 0 || initials > 3) return []
  if (
    abbreviated.test(
      group
        .slice(0, initials)
        .map((word) => word.text)
        .join(''),
    )
  )
    return []
  const isOver = count === -1 && next !== undefined && joints.test(text.slice(group.at(-1)?.end, next[0]?.start))
  const own = count === -1 ? (isOver ? next : []) : group.slice(initials)
  const last = own[0]
  if (last === undefined || last.text.length < 3 || last.ordinary) return []
  // Many a list counts by letters.
  const isFirst = first.start === 0 || text[first.start - 1] === '\n'
  const isListed = /[:,;(|\t] {0,3}$/.test(text.slice(Math.max(0, first.start - 4), first.start))
  const isName = isOver || isListed || (isFirst && initials === 1 ? isFamily(last) && !isWord(last) : isFamily(last) || !isWord(last))
  return isName && (!isAcronym(last) || isFamily(last)) ? [spanOf(first, last)] : []
}

const maidens = /geb\.|geborene|née|ép\.|épouse|z d|roz\.|nata |soltera|o\. s\.|f\. |урожд/
/** Read backwards from the name that it leads to. */
const maiden =
  /(?<=\p{Lu}[\p{L}\p{M}'-]{1,24},? \(?(?:geb\.|geborene|née|ép\.|épouse|z domu|z d\.|roz\.|nata|de soltera|o\. s\.|f\.|урожд\.|урождённая) )/uy

/** "Ostermann, geb. Kreuz": and no date. */
function born(text: string, group: Group): readonly Span[] {
  const [first, last] = [group[0], group.at(-1)]
  if (first === undefined || last === undefined || group.length > 2 || !endsAt(text, first.start, maiden)) return []
  return /^\.? ?\d/.test(text.slice(last.end, last.end + 3)) ? [] : [spanOf(first, last)]
}

const suffix = /^(?:FILHO|NETO|JUNIOR|JÚNIOR|SOBRINHO)$/u

/** Names in capitals that a sure given name begins: whole between signs or in a line of their own. */
function inCapitals(text: string, group: Group): readonly Span[] {
  const [first, last] = [group[0], group.at(-1)]
  if (first === undefined || last === undefined || group.length < 2 || group.length > 6 || first.text.length < 3) return []
  if (!group.every(({ text: word }) => word === word.toUpperCase()) || !isGiven(first) || isWord(first)) return []
  const rest = group.slice(1)
  const isFamilyLast = isFamily(last) || suffix.test(last.text)
  const isApart = /^(?:$|[\n,;:)"|\t])/.test(text.slice(last.end, last.end + 1))
  if (isApart && rest.every((word) => !isWord(word) || isParticle(word) || (word === last && isFamilyLast))) return [spanOf(first, last)]
  return group.length > 2 && isFamilyLast && !isWord(last) ? [spanOf(first, last)] : []
}

function isParticle({ text }: Word): boolean {
  return /^(?:D[AEO]S?|DEL|DELLA|DI|VAN|VON|DER|DEN|LA|LE|LOS|LAS|Y|E|EL|AL|BIN|TER|Ó)$/.test(text)
}

const family = new Set(
  'li wang zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo lin gao luo zheng liang xie tang deng feng han cao zeng peng xiao cai pan tian dong yuan yu ye jiang du su wei cheng ding shen ren yao lu fu zhong cui tan liao fan jin xia qiu hou zou xiong qin yan xue lei bai duan hao kong shao shi mao gu lai qian kang yi'.split(
    ' ',
  ),
)
const syllables =
  /^(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:i?ang|i?ong|uang|eng|ing|uan|ian|[aeiu]n|iao|uai|[aeou]i|ao|ou|ia|ie|iu|ua|uo|ue|[aeiou])){1,2}$/

/** "Xu Wei": two words of Chinese in Latin letters. */
function pinyin(group: Group): readonly Span[] {
  const [first, last] = group
  if (first === undefined || last === undefined || group.length !== 2 || !family.has(first.plain) || last.text.length < 2) return []
  return /^\p{Lu}\p{Ll}+$/u.test(last.text) && syllables.test(last.plain) && !isWord(last) && last.start - first.end === 1
    ? [spanOf(first, last)]
    : []
}

/** How Polish and Czech end names, and how those names are called. */
const endings: readonly (readonly [string, string])[] = [
  ['owi', ''], ['ovi', ''], ['iem', ''], ['em', ''], ['mu', ''], ['ie', ''], ['ie', 'a'], ['rze', 'r'], ['rze', 'ra'], ['ce', 'ka'], ['ii', 'ia'],
  ['y', 'a'], ['i', 'a'], ['i', 'ia'], ['ę', 'a'], ['ą', 'a'], ['o', 'a'], ['u', ''], ['a', ''], ['ou', 'a'], ['ě', 'a'], ['e', ''],
] // prettier-ignore
const sirs = /(?<!\p{L})(?:[Pp]an(?:ie|u|em|a|ią|i)?|[Pp]ane|[Pp]aní) $/u

/** "Katarzyny Wrzosek", "Panie Zbigniewie", "Dawida K.": known once the case is taken off. */
function declined(text: string, group: Group): readonly Span[] {
  return group.flatMap((word, at) =>
    word.cue || word.ordinary || word.text.length < 4 || !isNominal(word.text.toLowerCase()) ? [] : withNext(text, word, group[at + 1]),
  )
}

function withNext(text: string, first: Word, next: Word | undefined): readonly Span[] {
  const isSir = sirs.test(text.slice(Math.max(0, first.start - 7), first.start))
  if (isSir && next !== undefined && !next.ordinary) return [spanOf(first, next)]
  if (isWord(first) && !isSir) return []
  if (next !== undefined && (!isWord(next) || (next.text.length === 1 && text[next.end] === '.'))) return [spanOf(first, next)]
  return isSir ? [spanOf(first, first)] : []
}

function isNominal(name: string): boolean {
  return endings.some(
    ([ending, own]) => name.endsWith(ending) && givenNames.has(plainWord(name.slice(0, name.length - ending.length) + own)),
  )
}

/** "Bengt-Åke Zorblat", "Śliwa-Nowotna Agnieszka": a double name beside a known one, or with it inside. */
function doubled(group: Group): readonly Span[] {
  return group.flatMap((word, at) => {
    const next = group[at + 1]
    if (
      next === undefined ||
      !(word.text.includes('-') || next.text.includes('-')) ||
      ![word, next].some(isDouble) ||
      [word, next].some(({ ordinary }) => ordinary)
    )
      return []
    const isKnown = [word, next].some((one) => isSure(one) || (one === word && isDouble(one) && hasGiven(one)))
    return isKnown && ![word, next].every(isWord) ? [spanOf(word, next)] : []
  })
}

function isDouble({ text }: Word): boolean {
  return /^\p{Lu}\p{Ll}{2,}-\p{Lu}\p{Ll}{2,}$/u.test(text)
}

function isSure(word: Word): boolean {
  return isGiven(word) && !isWord(word)
}

/** Whether one of the parts that hyphens join is a given name. */
export function hasGiven({ text }: Word): boolean {
  return text.split('-').some((part) => part.length > 2 && isSure(wordAt(part, 0)))
}

/** Read backwards from the first quote, and from the stroke: else every capital of a long text would be tried. */
const nicknamed = /(?<=((?<![\p{L}\p{N}])(\p{Lu}\p{Ll}{1,16}) ["']))\p{Lu}\p{Ll}{1,12}["'] (\p{Lu}[\p{L}'-]{1,24})/uy
const quote = / ["']/g
const mailed = / <([^\s<>@]{2,40})@/g
const mailer = /(?:\p{Lu}[\p{L}\p{M}'.-]{0,20} ){1,3}\p{Lu}[\p{L}\p{M}'-]{1,20}$/u
const ticket = /(?<=((?<![\p{L}\p{N}/])\p{Lu}{2,20}\/))\p{Lu}{2,20}(?: \p{Lu}{2,20})?(?= (?:MR|MRS|MS|MISS|MSTR|CHD|INF|DR)(?!\p{L}))/uy
const stroke = /\//g
const spanish =
  /(?<!\p{L})(?:Ma\.? (?:del|de la|de los|de las) |M\.a (?:(?:del?|la|los) ){0,2})\p{Lu}\p{Ll}{1,14}(?: \p{Lu}\p{Ll}{2,14}){0,3}/gu
const tagged = /<([\p{L}_-]{3,24})>([^<>\n]{2,40})<\/\1>/gu
const keyed =
  /(?<![\p{L}\p{N}])([Ff]irst|[Ll]ast|given|family|fname|lname)(?:_?[Nn]ame)?["']? ?[:=] ?["'](\p{Lu}[\p{L}\p{M}' -]{1,30})["']/gu
const netherlands = /(?<!\p{L})(?:van (?:den|der|'t)|in 't|op 't|op den) \p{Lu}[\p{L}'-]{2,24}/gu

const lastName = /(?<=[Ll])ast(?:_?[Nn]ame)?["']? ?[:=] ?["']/y

/** A family name of Vietnam, and up to three syllables. */
const vietnamese =
  /(?<![\p{L}\p{M}])(?:Nguyễn|Trần|Lê|Phạm|Huỳnh|Hoàng|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý)(?: \p{Lu}\p{Ll}{0,5}){1,3}(?![\p{L}\p{M}])/gu
/** "Зорблат В.Н." and how mail says who wrote what it quotes. */
const russian = /(?<![\p{L}])\p{Lu}\p{Ll}{2,20}(?:-\p{Lu}\p{Ll}{2,20})? [А-ЯІЇЄ]\. ?[А-ЯІЇЄ]\.?(?![\p{L}])/gu
const quoted =
  /(?<=\d{1,2}:\d\d(?: ?[AP]M)?,? )(?:\p{Lu}[\p{L}.'-]{0,20} ){1,4}(?=(?:via [^\n<]{2,40} )?(?:<[^\n>]{3,60}> ?)?(?:wrote|a écrit|escribió|escreveu|schreef|napisał\p{L}?|yazdı|ha scritto|skrev):)/gu

/** What signs around it tell, each looked for where its sign is. */
function bySigns(text: string, look: Look): readonly Span[] {
  const spans: Span[] = []
  if (text.includes('Ma d') || text.includes('M.a ')) spans.push(...allMatches(text, spanish).map(whole))
  if (look.foreign && /[А-Я]\. ?[А-Я]/.test(text)) spans.push(...allMatches(text, russian).map(whole))
  if (look.foreign && /[ăđơưạ-ỹ]/i.test(text)) spans.push(...allMatches(text, vietnamese).map(whole))
  if (text.includes(':\n') && /\d:\d\d[^\n]{0,120}:\n/.test(text))
    spans.push(
      ...allMatches(text, quoted).map(({ index, 0: found }): Span => ({
        start: index,
        end: index + found.trimEnd().length,
        kind: 'person',
      })),
    )
  if (text.includes('van d') || text.includes(" 't "))
    spans.push(
      ...allMatches(text, netherlands)
        .filter(({ 0: found }) => !isWord(wordAt(lastOf(found), 0)))
        .map(whole),
    )
  if (!look.hasAny('marks')) return spans
  if ((text.includes(' "') || text.includes(" '")) && / ["'][A-Z]/.test(text))
    spans.push(...matchesAround(text, quote, nicknamed).flatMap(asNicknamed))
  if (text.includes('@') && text.includes(' <')) spans.push(...allMatches(text, mailed).flatMap((match) => asMailed(text, match)))
  if (text.includes('/') && /\/[A-Z]{2,20} /.test(text)) spans.push(...matchesAround(text, stroke, ticket).map(spanAt))
  if (text.includes('</')) spans.push(...allMatches(text, tagged).flatMap(asTagged))
  if (isAnywhere(text, 'ast', lastName) || text.includes('lname')) spans.push(...asKeyed(allMatches(text, keyed)))
  return spans
}

/** Whether a sticky pattern matches where one of some letters stand that it begins with. */
function isAnywhere(text: string, letters: string, pattern: RegExp): boolean {
  for (let at = text.indexOf(letters); at !== -1; at = text.indexOf(letters, at + 1)) if (matchAt(text, at, pattern) !== null) return true
  return false
}

function whole({ index, 0: { length } }: RegExpExecArray): Span {
  return { start: index, end: index + length, kind: 'person' }
}

function lastOf(found: string): string {
  return found.slice(found.lastIndexOf(' ') + 1)
}

function spanAt({ start, end }: Around): Span {
  return { start, end, kind: 'person' }
}

function asNicknamed(own: Around): readonly Span[] {
  const [given = '', family = ''] = own.groups
  const [first, last] = [wordAt(given, 0), wordAt(family, 0)]
  return (isGiven(first) || isEither(first)) && (isFamily(last) || !isWord(last)) ? [spanAt(own)] : []
}

/** "Joy Power <jpower@…>": the address has a part of the name. */
function asMailed(text: string, { index, 1: local = '' }: RegExpExecArray): readonly Span[] {
  const name = mailer.exec(text.slice(Math.max(0, index - 64), index).replace(/^.*[\n:;,]/su, ''))?.[0]
  const own = plainWord(local).replace(/[^\p{L}]/gu, '')
  return name !== undefined && name.split(' ').some((part) => part.length > 2 && own.includes(plainWord(part)))
    ? [{ start: index - name.length, end: index, kind: 'person' }]
    : []
}

function asTagged({ index, 0: { length }, 1: tag = '', 2: value = '' }: RegExpExecArray): readonly Span[] {
  const header = tag.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/[_-]/g, ' ')
  const isName = /^\p{Lu}[\p{L}\p{M}'. -]+$/u.test(value) && !value.split(' ').every((word) => wordAt(word, 0).ordinary)
  const end = index + length - tag.length - 3
  return isName && isPeople(header) ? [{ start: end - value.length, end, kind: 'person' }] : []
}

/** `First = "Ingrid", Last = "Zorblat"`: both are there, and one is known. */
function asKeyed(matches: readonly RegExpExecArray[]): readonly Span[] {
  const isKnown = matches.some(({ 2: value = '' }) => isGiven(wordAt(value, 0)) || isFamily(wordAt(value, 0)))
  if (!isKnown || new Set(matches.map(({ 1: key = '' }) => key.toLowerCase())).size < 2) return []
  return matches.map(({ index, 0: { length }, 2: value = '' }) => ({
    start: index + length - 1 - value.length,
    end: index + length - 1,
    kind: 'person',
  }))
}

const surnamed =
  /(?:surname|last[ _]?name|nazwisko|nachname|familienname|apellidos?|cognome|sobrenome|achternaam|soyad[ıi]?|фамилия|nom(?: de famille)?|imi(?:ę|e)|vorname|pr[ée]nom)["']? ?[:=] ?["']?$/iu

/** One word in capitals after a label that only names have. */
export function capitalsAfter(text: string, groups: readonly Group[]): readonly Span[] {
  return groups.flatMap(([word, other]) =>
    word !== undefined &&
    other === undefined &&
    word.text.length > 2 &&
    isSigned(text, word.start) &&
    word.text === word.text.toUpperCase() &&
    surnamed.test(text.slice(Math.max(0, word.start - 24), word.start)) &&
    !word.ordinary
      ? [spanOf(word, word)]
      : [],
  )
}

/** Whether a colon, `=` or a quote stands before a place, with or without a blank between. */
function isSigned(text: string, at: number): boolean {
  const last = codeAt(text, at - 1)
  const code = last === 32 ? codeAt(text, at - 2) : last
  return code === 58 || code === 61 || code === 34 || code === 39
}

const younger =
  /^(?: (?:Filho|Neto|Júnior|Junior|Sobrinho|FILHO|NETO|J[UÚ]NIOR|SOBRINHO|Jr\.?|II|III|IV)(?!\p{L})| D[AEO]S? \p{Lu}[\p{Lu}'-]{0,20}(?![\p{L}])| d'\p{Lu}\p{L}{2,20}| Sá(?!\p{L}))/u
const smallParticle = /^(?: (?:van|von|de|der|den|del|della|di|da|dos|do|du|ter|ten|bin|al)){1,2} \p{Ll}{3,20}(?=["'\n,.;)|]|$)/u
/** "Belkacem O.": what is left of a family name. */
const initialBehind = /^ \p{Lu}\.(?=[ ,;:)\n]|$)/u
/** "Annegret S": a dot behind it is the initial's. */
const endsInInitial = / \p{Lu}$/u
const second = /^ (\p{Lu}\p{Ll}{2,14})(?=[,.;:)\n"]|$)/u

/** Names with what goes on behind them: "Filho", a second family name; and halves of a double name that stand elsewhere. */
export function longer(text: string, groups: readonly Group[], spans: readonly Span[]): readonly Span[] {
  const more: Span[] = []
  const halves = new Set<string>()
  for (const { start, end } of spans) {
    const found = text.slice(start, end)
    const initial = (endsInInitial.test(found) ? /^\./ : initialBehind).exec(text.slice(end, end + 5))?.[0] ?? ''
    if (initial !== '') more.push({ start, end: end + initial.length, kind: 'person' })
    for (const half of /\p{Lu}\p{Ll}{3,}-\p{Lu}\p{Ll}{3,}/u.exec(found)?.[0].split('-') ?? []) halves.add(half)
    const ahead = text.slice(end, end + 32)
    const behind = younger.exec(ahead)?.[0] ?? ''
    if (behind !== '') more.push({ start, end: end + behind.length, kind: 'person' })
    const small = /^\p{Ll}+$/u.test(found) ? (smallParticle.exec(ahead)?.[0] ?? '') : ''
    if (small !== '') more.push({ start, end: end + small.length, kind: 'person' })
    const [, family = ''] = found.includes(' ') ? (second.exec(ahead) ?? []) : []
    if (family !== '' && isFamily(wordAt(family, 0)) && !wordAt(family, 0).ordinary)
      more.push({ start, end: end + 1 + family.length, kind: 'person' })
  }
  if (halves.size === 0) return more
  for (const group of groups)
    for (const [place, word] of group.entries())
      if (halves.has(word.text) && !isWord(word)) {
        const before = group[place - 1]
        more.push(spanOf(before !== undefined && !isWord(before) && !before.cue ? before : word, word))
      }
  return more
}
