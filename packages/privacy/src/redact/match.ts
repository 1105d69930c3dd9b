import type { Stretch } from './look.ts'

/** Every match of a global pattern, without the copy of it that `matchAll` makes: most texts have none. */
export function allMatches(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  let match = matchAt(text, 0, pattern)
  if (match === null) return none
  const matches: RegExpExecArray[] = []
  for (; match !== null; match = pattern.exec(text)) {
    matches.push(match)
    // What is empty would be found again and again.
    if (match[0] === '') pattern.lastIndex += 1
  }
  return matches
}

/** Units after a stretch that a pattern may look at. */
const beyond = 40

/** Matches of a global pattern that begin in some stretches of a text, in order: each is searched by itself, so that nothing between is. */
export function matchesIn(text: string, stretches: readonly Stretch[], pattern: RegExp): readonly RegExpExecArray[] {
  const matches: RegExpExecArray[] = []
  let last = 0
  for (const { start, end } of stretches) {
    const head = text.slice(0, end + beyond)
    for (let match = matchAt(head, Math.max(start, last), pattern); match !== null && match.index < end; match = pattern.exec(head)) {
      matches.push(match)
      last = match.index + match[0].length
    }
  }
  return matches
}

/** What a pattern finds in a text, from a place on where the pattern is sticky or global. */
export type Finder = (text: string, at?: number) => RegExpExecArray | null

/** All that wait to be made, for who checks every pattern; a bundle has no use for them, and leaves out what is marked as pure. */
export const waiting: Finder[] = []

/** A pattern that is made when a text first asks for it: a page loads the redactor at its start, and most patterns wait for what most pages lack. */
export function late(make: () => RegExp): Finder {
  let made: RegExp | undefined
  const finder: Finder = (text, at = 0) => matchAt(text, at, (made ??= make()))
  /* @__PURE__ */ waiting.push(finder)
  return finder
}

/** The same of a pattern's source; from its place on anywhere, or, sticky, there. */
export const lateOf = (source: string, flags = 'gu'): Finder => late(() => new RegExp(source, flags))

/** What a sticky pattern matches at a place. */
export function matchAt(text: string, at: number, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

const none: readonly RegExpExecArray[] = []

/** Whether a pattern made by `endingIn` matches up to a place: it is read backwards from there, so that nothing before is searched. */
export function endsAt(text: string, place: number, pattern: RegExp): boolean {
  return matchAt(text, place, pattern) !== null
}

/** A pattern for `endsAt`. */
export function endingIn(source: string): RegExp {
  return new RegExp(`(?<=${source})`, 'iuy')
}
