import type { Detector } from '../span.ts'

/** A number as no other thing has it, and what joins it to the word for it: "AAA123456 es mi número de pasaporte". */
const before =
  /(?<![\p{L}\p{N}])(?=[\p{L}\p{N}-]*\d{5})([\p{L}\p{N}-]{6,20}),? (?:is|are|was|es|ist|est|é|è|jest|to) (?:my|the|his|her|your|our|mi|su|el|mein(?:e)?|die|der|mon|ma|le|la|meu|minha|o|a|il|mio|la mia|mijn|mój|moja|benim)(?: (?:valid|new|old|current|number|no\.?|nr\.?|id|número|numero|numéro|nummer|numer)(?: (?:of|de|do|da|du|di|van|der))?){0,2} $/iu
/** What ends such a word: another would make it another thing's, "the passport fee". */
const behind = /^(?: (?:number|no\.?|nr\.?|número|numero|numéro|nummer|numer))?(?:$|[\s.,;:!)]*(?:$|\n)|[.,;)] )/iu
const farthest = 64

/** Numbers of people before what they are called. */
export const findBehind: Detector = (text, look) =>
  look.words('personal').flatMap(({ start, end }) => {
    if (!behind.test(text.slice(end, end + 16))) return []
    const from = Math.max(0, start - farthest)
    const match = before.exec(text.slice(from, start))
    return match === null
      ? []
      : [{ start: from + match.index, end: from + match.index + (match[1]?.length ?? 0), kind: 'national_id' as const }]
  })
