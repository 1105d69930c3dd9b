// First, for the words that it brings: see the package's door.
import { commonWords, cues, eitherFamily, eitherGiven, familyNames, givenNames, isWideName, ordinaryWords, plainWord } from './lexicon.ts'

import { familyEnding } from './name-words.ts'
import type { Span } from './span.ts'

/** A word that may be part of a name. */
export interface Word {
  readonly text: string
  readonly plain: string
  readonly start: number
  readonly end: number
  /** A title or a greeting. */
  readonly cue: boolean
  readonly ordinary: boolean
  /** A word of some language that is no name, as far as is known. */
  readonly common: boolean
}

/** What is known of a word that begins at a place. */
export function wordAt(text: string, start: number): Word {
  const plain = plainWord(text)
  const cue = cues.has(plain)
  return {
    text,
    plain,
    start,
    end: start + text.length,
    cue,
    ordinary: text.length > 1 && (cue || (ordinaryWords.has(plain) && !isWideName(plain))),
    common: commonWords.has(plain),
  }
}

/** Whether no name goes on here. */
export function isOrdinary(word: Word | undefined): boolean {
  return word === undefined || word.ordinary
}

/** Whether it is a word of some language. */
export function isWord(word: Word): boolean {
  return word.ordinary || word.common
}

/** Whether it is a name and a word. */
export function isEither(word: Word | undefined): boolean {
  return word !== undefined && (eitherGiven.has(word.plain) || eitherFamily.has(word.plain))
}

/** Whether it is a given name and little else, in whatever case. */
export function isGiven({ plain, text, ordinary, common }: Word): boolean {
  if (plain.length < 3) return false
  if (
    givenNames.has(plain) ||
    (/['’-]/.test(text) && text.split(/['’-]/).every((part) => part.length > 2 && givenNames.has(plainWord(part))))
  )
    return true
  const stem = ordinary || common ? undefined : declined.exec(plain)?.[1]
  return stem !== undefined && ['', 'а', 'я', 'й', 'ь'].some((ending) => givenNames.has(stem + ending))
}

/** Endings that names have in Russian, Ukrainian, Bulgarian and Serbian. */
const declined = /^([а-яіїєґђјљњћџ]{3,})(?:[аеиіоуыюяї]|о[мйю]|е[мйю]|єю|ові|еві)$/u

/** Whether it may be a family name. */
export function isFamily({ plain, text }: Word): boolean {
  return (
    plain.length > 2 &&
    (familyNames.has(plain) ||
      eitherGiven.has(plain) ||
      eitherFamily.has(plain) ||
      familyEnding.test(text.toLowerCase()) ||
      givenNames.has(plain))
  )
}

/** An acronym, or a name that a program has: `SecurityIdentifier`. */
export function isAcronym({ text }: Word): boolean {
  return (text.length > 1 && text === text.toUpperCase() && /\p{Script=Latin}/u.test(text)) || /\p{Ll}{4}\p{Lu}\p{Ll}/u.test(text)
}

/** The span from one word to another. */
export function spanOf(first: Word, last: Word): Span {
  return { start: first.start, end: last.end, kind: 'person' }
}
