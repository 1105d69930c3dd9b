import { codeAt } from '../character.ts'
import { plainWord } from '../lexicon.ts'
import { allMatches } from '../match.ts'
import { isPeople } from '../person-context.ts'
import { type Word, isAcronym, isFamily, isGiven, isWord, spanOf, wordAt } from '../person-word.ts'
import type { Span } from '../span.ts'

type Group = readonly Word[]

/** What somebody is, in one word that his name follows without a sign, in the languages of work. */
const roles: ReadonlySet<string> = new Set(
  `neighbour neighbor widow widower surety customer witwe witwer nachbar nachbarin kunde kollege kollegin voisin voisine veuve veuf vecino vecina viuda viudo vizinho vizinha viúva getuige buurman buurvrouw weduwe bewoonster melkrijder tanığı komşu komşusu müşteri sąsiad sąsiadka wdowa lokatorka klient свидетельница сосед соседка вдова гражданин гражданка ученица жилец пацієнтка свідок сусід сусідка кур'єр учень учениця vicino vicina vedova autista alunno alunna vittne granne änka farmor`
    .split(/\s+/)
    .map(plainWord),
)
const longestRole = 16

function isRole(word: string): boolean {
  return roles.has(plainWord(word)) || isPeople(word)
}

/** Names behind what somebody is, on either side of a court's "v.", turned round before a comma, and with what belongs to them. */
export function ledIn(text: string, groups: readonly Group[]): readonly Span[] {
  const hasCourt = text.includes(' v. ') || text.includes(' ./. ') || text.includes(' c/ ')
  const spans: Span[] = []
  for (const [place, group] of groups.entries()) {
    const next = groups[place + 1]
    spans.push(...behindRole(text, group, next))
    if (next !== undefined) spans.push(...turned(text, group, next))
    if (hasCourt && next !== undefined) spans.push(...opposed(text, group, next))
    if (group[0]?.text === 'Ma') spans.push(...shortened(group))
  }
  return spans
}

/** "Zeuge Ostrowski", "pacjentka Kunegunda Mak", and "Kunde Kestrel, Otto". */
function behindRole(text: string, group: Group, next: Group | undefined): readonly Span[] {
  const [head] = group
  if (head === undefined) return []
  const isHead = group.length > 1 && isRole(head.text)
  const own = isHead ? group.slice(1) : roleBefore(text, head.start) ? group : []
  const [first, last] = [own[0], own.at(-1)]
  if (first === undefined || last === undefined || own.length > 4 || isWord(first) || first.text.length < 3) return []
  if (own.some(({ ordinary, text: word }) => ordinary && word.length > 1) && !own.slice(1).every((word) => !isAcronym(word))) return []
  if (own.length === 1 && isAcronym(first)) return []
  // A lone word behind a role is more often a thing's name: it has to be a name.
  if (own.length === 1 && !isGiven(first) && !isFamily(first) && !isDouble(first))
    return next === undefined ? [] : inverted(text, own, next)
  const more = next === undefined ? [] : inverted(text, own, next)
  return more.length > 0 ? more : [spanOf(first, last)]
}

/** Looked for at the end only. */
const lastWord = /(?<![\p{L}'-])[\p{L}'-]+$/u

function roleBefore(text: string, start: number): boolean {
  if (codeAt(text, start - 1) !== 32 || start < 4) return false
  const before = text.slice(Math.max(0, start - longestRole), start - 1)
  const word = before.slice(before.search(lastWord))
  return word.length > 2 && /^\p{Ll}/u.test(word) && isRole(word)
}

function isDouble({ text }: Word): boolean {
  return /^\p{Lu}\p{Ll}+-\p{Lu}\p{Ll}+$/u.test(text)
}

function inverted(text: string, own: Group, next: Group): readonly Span[] {
  const [first, last, given, end] = [own[0], own.at(-1), next[0], next.at(-1)]
  if (first === undefined || last === undefined || given === undefined || end === undefined) return []
  return text.slice(last.end, given.start) === ', ' && next.length < 3 && isGiven(given) && !isWord(given) ? [spanOf(first, end)] : []
}

/** "Okoro-Lind, Marguerite, 81": a family name before a given one, whatever stands behind. */
function turned(text: string, group: Group, next: Group): readonly Span[] {
  const last = group.at(-1)
  // Most are parted from the next by more, or by less, than a comma.
  if (last === undefined || (next[0]?.start ?? 0) - last.end !== 2 || codeAt(text, last.end) !== 44) return []
  if (isWord(last) || group.length > 2 || group.some(isWord)) return []
  const behind = text.slice(next.at(-1)?.end ?? 0, (next.at(-1)?.end ?? 0) + 3)
  // In a list of given names nothing but names follows.
  return (isDouble(last) && /^ ?[,*(;\d]/.test(behind)) || (isFamily(last) && !isGiven(last) && /^ ?[*(;]|^,? [\d*]/.test(behind))
    ? inverted(text, group, next)
    : []
}

const nobody = /^(?:state|people|city|county|united|states|regina|rex|inc|corp|ltd|llc|gmbh|bank|in|re|the|rechtsstreit|sache)$/

/** "Ostrander v. Lindqvist-Bell", "Trost ./. Gebauer". */
function opposed(text: string, group: Group, next: Group): readonly Span[] {
  const [last, first] = [group.at(-1), next[0]]
  if (last === undefined || first === undefined || !/^ {1,2}(?:v\.|\.\/\.|c\/) {1,2}$/.test(text.slice(last.end, first.start))) return []
  return [group, next].flatMap((own) => {
    const names = own.filter((word) => !nobody.test(word.plain) && word.text.length > 1)
    const [one, other] = [names[0], names.at(-1)]
    return one === undefined ||
      other === undefined ||
      names.length > 3 ||
      names.length < own.length - 2 ||
      names.every(isWord) ||
      own.some(({ plain }) => /^(?:inc|corp|ltd|llc|gmbh|bank)$/.test(plain))
      ? []
      : [spanOf(one, other)]
  })
}

/** "Mª Ángeles", as it is read: the sign for the end of a name becomes a letter. */
function shortened(group: Group): readonly Span[] {
  const [first, second] = group
  const last = group.at(-1)
  return first?.text === 'Ma' && second !== undefined && last !== undefined && isGiven(second) && group.length < 5
    ? [spanOf(first, last)]
    : []
}

const query =
  /(?<=[?&](?:first|last|given|family|full|f|l|sur|nick)?(?:_|-)?(?:first|last|fname|lname|ln|fn|name|surname|vorname|nachname|nom|prenom|nombre|apellidos?|nome|cognome|naam|achternaam|imie|nazwisko|soyad|ad|namn|efternamn)=)\p{Lu}[\p{L}\p{M}'’+-]{1,40}(?=&|#|\s|$|["'])/gu

/** Names in what an address asks for: `?first=Ada&last=Quell`. */
export function queriedIn(text: string): readonly Span[] {
  return text.includes('?') && text.includes('=')
    ? allMatches(text, query).flatMap(({ index, 0: found }) =>
        found.split(/[+-]/).every((part) => part === '' || wordAt(part, 0).ordinary)
          ? []
          : [{ start: index, end: index + found.length, kind: 'person' as const }],
      )
    : []
}
