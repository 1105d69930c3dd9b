import { matchesIn } from './match.ts'
import type { Detector } from './span.ts'

/** One run between blanks, quotes or brackets that has letters, digits and signs of passwords. */
const run =
  /(?<![^\s"'`(<>=:|,;[{])(?=[^\s"'`]{0,40}[!@#$%^&*?~])(?=[^\s"'`]{0,40}(?:\d|[!@#$%^&*?~][^\s"'`!@#$%^&*?~]{2,16}[!@#$%^&*?~]))[A-Za-zÀ-ɏ0-9!@#$%^&*?~_.+-]{7,40}(?![^\s"'`)<>,;|\]}])/g
const sign = /[!@#$%^&*?~]/g
/** A word with its digits, and a sign at its end or between: `Sommer2024!`, `Coffee$750`, `Garden_1987%`. */
const grown = /^[!@#$%^&*?~]?(?:\p{L}{4,}[!@#$%^&*?~_.+-]{0,2}\d{2,6}|\p{L}{1,2}\p{Ll}\d{3,6})[!@#$%^&*?~]{0,3}$/u
/** Signs that stand for letters, or digits in the middle of a word: `P@ssw0rd1!`, `h4mst3r#77`. */
const disguised = /\p{L}[0-9@$!]{1,3}\p{L}/u
/** What has the same signs and is no password: an address, a package with its version, a handle, an escape. */
const never =
  /^(?:\d+x\d+@\d+Hz|[^@]+@[^@]*\.[A-Za-z]{2,}|(?:@[\w-]+\/)?[\w.-]+@[~^]?v?\d+\.[\d.]+(?:-[\w.]+)?|[@#$][\w.-]+|&?#?\w+;?|[^%]*(?:%[0-9A-F]{2}[^%]*){2,})$/
/** Code, a price, a revision, a package: so long as no digit stands for a letter. */
const other = /^(?:[\w.-]+@\d{1,2}|[A-Za-z_]+\d?[!?]|[A-Z]+[~^]\d+|[\w.-]*\$\d+(?:\.\d+)?|[a-z_.]+\d*[%*&^]\d+|\d[\d.]*%?)$/

/** Passwords that a person made up, where no word says so: a word grown by digits and signs. */
export const findMadeUp: Detector = (text, look) =>
  matchesIn(text, look.runs(7, 'signs'), run).flatMap(({ index, 0: found }) => {
    const clean = found.replace(/[.,]+$/, '')
    return isMadeUp(clean) ? [{ start: index, end: index + clean.length, kind: 'secret' as const }] : []
  })

function isMadeUp(found: string): boolean {
  const signs = found.match(sign)?.length ?? 0
  if (signs === 0 || signs > 6 || never.test(found) || /[!?]\.|&&|\*\*|%%|\$\$/.test(found)) return false
  const leet = disguised.test(found) && (found.match(/\p{L}/gu)?.length ?? 0) >= 2 && /^[^!@#$%^&*?~]{6}|\d.*\d.*\d/.test(found)
  if (other.test(found) && !leet && !glued.test(found)) return false
  return leet || grown.test(found) || glued.test(found) || isDrawn(found)
}

/** `Coffee$750`, `Welcome@123`: a price or a version has no capitalised word glued to it. */
const glued =
  /^(?:\p{Lu}\p{Ll}{3,}[!@#$%^&*?~]\d+|\d{2,}\p{Ll}{4,}[!@#$%^&*?~]\d{2,}|\p{Lu}\p{Ll}{2,}[&!*+]\p{L}{3,}\d{2,3}|\p{Ll}{2,8}\d\p{Ll}{1,8}[&!*#+]\p{Ll}{3,}\d{0,3})$/u

/** Letters of both cases, digits and signs, all mixed: a password manager drew it. */
function isDrawn(found: string): boolean {
  const turns = found.match(/[a-z](?=[A-Z\d])|[A-Z](?=\d|[a-z])|\d(?=[A-Za-z])|[!@#$%^&*?~](?=\w)/g)?.length ?? 0
  return /[a-z]/.test(found) && /[A-Z]/.test(found) && turns >= found.length / 3
}
