/** What a text is made of, from one look at each of its units: most detectors need something that most texts lack. */
export interface Traits {
  readonly digits: number
  /** The longest run without a blank. */
  readonly longest: number
  /** A character that isn't ASCII. */
  readonly foreign: boolean
  /** Whether one of some characters of ASCII is there. */
  readonly hasAny: (characters: keyof typeof groups) => boolean
}

/** Characters that detectors ask for. */
const groups = { capitals: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', at: '@', brackets: '([{', joints: '.:-', colon: ':', signs: '!@#$%^&*?~' } as const
const names = Object.keys(groups) as readonly (keyof typeof groups)[] // the object's own keys
const [blank, digit] = [1 << 30, 1 << 29]
const classes = Uint32Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  const own = names.reduce((bits, name, place) => (groups[name].includes(character) ? bits | (1 << place) : bits), 0)
  return own | (/\s/.test(character) ? blank : 0) | (/\d/.test(character) ? digit : 0)
})

/** Looks at a text. */
export function traitsOf(text: string): Traits {
  let [seen, digits, longest, begin, foreign] = [0, 0, 0, 0, false]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code > 127) {
      foreign = true
      continue
    }
    const is = classes[code] ?? 0
    seen |= is
    if ((is & digit) !== 0) digits += 1
    if ((is & blank) === 0) continue
    longest = Math.max(longest, at - begin)
    begin = at + 1
  }
  const bits = seen
  return { digits, longest: Math.max(longest, text.length - begin), foreign, hasAny: (group) => (bits & (1 << names.indexOf(group))) !== 0 }
}
