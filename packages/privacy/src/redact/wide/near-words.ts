import { codeAt, isDigit } from '../character.ts'

/** A word or number beside a stretch, hashed: no part of it is kept. */
export interface Near {
  readonly start: number
  readonly end: number
  /** Of the whole word in small letters, of its first four letters, of its first six. */
  readonly whole: number
  readonly root: number
  readonly stem: number
  /** Small letters, a capital first, capitals, digits. */
  readonly form: 0 | 1 | 2 | 3
  /** Line ends between it and the stretch. */
  readonly lines: number
}

/** How far words are read before a stretch and after it, and how long one is read. */
const [farthestBack, farthestAhead, longestWord] = [110, 90, 40]
const lineEnd = 10

/** Whether a code is a letter's, of any script: what stands in the blocks of signs is none. */
export function isLetterOfAny(code: number): boolean {
  if (code < 0x80) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
  if (code < 0x2000) return code >= 0xaa && code !== 0xab && code !== 0xbb && code !== 0xb7 && code !== 0xd7 && code !== 0xf7
  return code >= 0x2e80 && !(code >= 0x3000 && code < 0x3040) && !(code >= 0xff00 && code < 0xff66)
}

/** Ideographs and kana are words of their own. */
function isAlone(code: number): boolean {
  return code >= 0x2e80 && code < 0xac00
}

/** The small letter's code, where a letter has one: by the order of the blocks, the same in every engine. */
export function smallOf(code: number): number {
  if (code < 0x80) return code >= 65 && code <= 90 ? code + 32 : code
  if (code < 0x100) return code >= 0xc0 && code < 0xdf && code !== 0xd7 ? code + 32 : code
  if (code < 0x180) return (code >= 0x139 && code <= 0x148) || code >= 0x179 ? code + (code & 1) : code | 1
  if (code < 0x391 || code > 0x42f) return code
  if (code >= 0x410 || code <= 0x3a9) return code + 32
  return code >= 0x400 ? code + 80 : code
}

function nearAt(text: string, start: number, end: number, lines: number): Near {
  const isNumber = isDigit(codeAt(text, start))
  let [whole, root, stem] = [7, 7, 7]
  for (let at = start; at < end; at += 1) {
    // Of a number only its length is told.
    whole = (Math.imul(whole, 31) + (isNumber ? 57 : smallOf(codeAt(text, at)))) | 0
    if (at < start + 4) root = whole
    if (at < start + 6) stem = whole
  }
  return { start, end, whole, root, stem, form: isNumber ? 3 : formOf(codeAt(text, start), codeAt(text, start + 1)), lines }
}

function formOf(first: number, second: number): 0 | 1 | 2 {
  if (smallOf(first) === first) return 0
  return smallOf(second) === second ? 1 : 2
}

/** Words and numbers before a place, the nearest first: `most` of them. */
export function wordsBefore(text: string, place: number, most: number): readonly Near[] {
  const found: Near[] = []
  const stop = Math.max(0, place - farthestBack)
  let [at, lines] = [place, 0]
  while (at > stop && found.length < most) {
    const code = codeAt(text, at - 1)
    const isNumber = isDigit(code)
    if (!isNumber && !isLetterOfAny(code)) {
      if (code === lineEnd) lines += 1
      at -= 1
      continue
    }
    const end = at
    at -= 1
    while (at > 0 && end - at < longestWord && goesOn(code, codeAt(text, at - 1), isNumber)) at -= 1
    found.push(nearAt(text, at, end, lines))
  }
  return found
}

/** Words and numbers from a place on, none beyond `until`. */
export function wordsAfter(text: string, place: number, most: number, until = text.length): readonly Near[] {
  const found: Near[] = []
  const stop = Math.min(until, place + farthestAhead)
  let [at, lines] = [place, 0]
  while (at < stop && found.length < most) {
    const code = codeAt(text, at)
    const isNumber = isDigit(code)
    if (!isNumber && !isLetterOfAny(code)) {
      if (code === lineEnd) lines += 1
      at += 1
      continue
    }
    const start = at
    at += 1
    while (at < text.length && at - start < longestWord && goesOn(code, codeAt(text, at), isNumber)) at += 1
    found.push(nearAt(text, start, at, lines))
  }
  return found
}

function goesOn(first: number, next: number, isNumber: boolean): boolean {
  if (isNumber) return isDigit(next)
  return !isAlone(first) && isLetterOfAny(next) && !isAlone(next)
}
