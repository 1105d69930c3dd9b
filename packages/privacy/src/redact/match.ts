/** Every match of a global pattern, without the copy of it that `matchAll` makes: most texts have none. */
export function allMatches(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  pattern.lastIndex = 0
  let match = pattern.exec(text)
  if (match === null) return none
  const matches: RegExpExecArray[] = []
  for (; match !== null; match = pattern.exec(text)) {
    matches.push(match)
    // What is empty would be found again and again.
    if (match[0] === '') pattern.lastIndex += 1
  }
  return matches
}

const none: readonly RegExpExecArray[] = []

/** Whether a pattern made by `endingIn` matches up to a place: it is read backwards from there, so that nothing before is searched. */
export function endsAt(text: string, place: number, pattern: RegExp): boolean {
  pattern.lastIndex = place
  return pattern.test(text)
}

/** A pattern for `endsAt`. */
export function endingIn(source: string): RegExp {
  return new RegExp(`(?<=${source})`, 'iuy')
}
