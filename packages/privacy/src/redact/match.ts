/** Every match of a global pattern. Looks once before it starts: most texts have none, and `matchAll` copies its pattern. */
export function allMatches(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  return text.search(pattern) === -1 ? [] : [...text.matchAll(pattern)]
}
