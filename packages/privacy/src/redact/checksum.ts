/** Digits of a text, nothing else. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

/** Luhn (ISO/IEC 7812-1 annex B): cards, Canadian, Swedish and South African numbers. */
export function luhn(digits: string): boolean {
  let sum = 0
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place])
    const doubled = place % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** The remainder by 97 (ISO 7064) of a number of any length. */
export function mod97(digits: string): number {
  let rest = 0
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97
  return rest
}

/** The sum of digits, each times its weight. */
export function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, place) => sum + weight * Number(digits[place] ?? 0), 0)
}

/** ISO 7064 MOD 11,10: German tax numbers. */
export function mod1110(digits: string): boolean {
  let product = 10
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (11 - product) % 10 === Number(digits.at(-1))
}

const rotations: readonly string[] = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
]

/** Verhoeff: Indian Aadhaar numbers. The dihedral group's product is worked out, not tabled. */
export function verhoeff(digits: string): boolean {
  let check = 0
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(rotations[place % 8]?.[Number(digits[digits.length - 1 - place])])
    check = dihedral(check, digit)
  }
  return check === 0
}

function dihedral(left: number, right: number): number {
  if (left < 5) return right < 5 ? (left + right) % 5 : ((left + right) % 5) + 5
  return right < 5 ? ((((left - right) % 5) + 5) % 5) + 5 : (left - right + 5) % 5
}

/** Whether year (two digits or four), month and day can be a date. */
export function isDay(month: string, day: string): boolean {
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31
}
