/** How a label and its value are joined: by a sign, by "is", by quotes alone, or by nothing but a blank. */
export type Join = 'sign' | 'copula' | 'quote' | 'blank'

/** What stands where a label's value would. */
export interface Value {
  readonly start: number
  readonly end: number
  readonly join: Join
}

const lead = /^(?:[ \t]{0,4}(\r?\n)[ \t]{0,8}|[ \t]{0,8})(?:(?:now|jetzt|still|currently)[ \t])?(?:[*_]{1,2}(?=\S))?/i
const closers: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '(': ')',
  '<': '>',
  '«': '»',
  '“': '”',
  '„': '“',
  '「': '」',
}
/** Where an unquoted value ends inside a run: before the next `name=`, at a closing quote, at a tag. */
const ending = /[;&](?=[\w.-]{1,40}=)|,(?=["'\w.-]{1,40}[=:])|["'`](?=[,;)}\]]|$)|<\//
const trailing = /[.,;:*)\]}>"'`]+$/

/** The value that begins at or after a place: quoted text whole, else up to the next blank or separator. A value on the next line counts as joined by a blank. */
export function valueFrom(text: string, from: number, join: Join): Value | undefined {
  const led = lead.exec(text.slice(from, from + 32))
  const start = from + (led?.[0].length ?? 0)
  const joined = led?.[1] === undefined ? join : 'blank'
  const closer = closers[text[start] ?? '']
  const line = closer === undefined ? '' : (text.slice(start + 1, start + 257).split(/[\n\x80]/)[0] ?? '')
  const length = closer === undefined ? -1 : line.indexOf(closer)
  // PASSWORD=`pass show mail`: a command tells it.
  if (/^=`.* /.test(text.slice(start - 1, start + 1 + length))) return undefined
  if (length > 0) return { start: start + 1, end: start + 1 + length, join: joined === 'blank' ? 'quote' : joined }
  return bareValue(text, start + (/^["'`]/.test(text[start] ?? '') ? 1 : 0), joined)
}

function bareValue(text: string, start: number, join: Join): Value | undefined {
  const raw = /^[^\s\x80]{1,512}/.exec(text.slice(start, start + 512))?.[0] ?? ''
  const cut = ending.exec(raw)
  const value = (cut === null ? raw : raw.slice(0, cut.index)).replace(trailing, '')
  return value === '' ? undefined : { start, end: start + value.length, join }
}

/** Written where a value would be put in later: `***`, `<password>`, `$VAR`, `{{ x }}`. */
export const template =
  /\{\{[^}]{0,80}\}\}|\$\{\w{1,80}\}|^(?:[*•●·xX.…_\-#?+|=]+|<[^>]*>?|\[[^\]]*\]?|\{[^}]*\}*|\$[({].*|\$[A-Za-z_]+|%[A-Za-z_]+%?|@[A-Za-z_]+@?|![a-z]+|process\.env.*|os\.environ.*|env\..*|(?:config|conf|cfg|settings|options|opts|props|params|self|this|req|request|ctx|args|secrets?|vars?|module|doc)\.[A-Za-z_$][\w$.]*|[\w.]+\(.*)$/

/** Digits as a code is written: `482913`, `48 29 13`, `G-482913`. A year is none. */
export function isCode(found: string): boolean {
  return /^(?:[A-Za-z]-)?\d(?:[ -]?\d){2,11}$/.test(found) && !/^(?:19|20)\d\d$/.test(found)
}

/** Mixed as words are not: letters with digits, a sign inside, a capital in the middle. */
export function looksSecret(found: string): boolean {
  if (found.length < 4 || isPlainNumber(found) || template.test(found) || isUrl(found)) return false
  if (/^\p{L}+(?:[’'-]\p{L}+|\.[a-z]{1,5})$/u.test(found) || /^v?\d+(?:\.\d+)+$/.test(found)) return false
  return /\d/.test(found) ? /\p{L}/u.test(found) && found.length >= 5 : /[!@#$%^&*+=~?]\S/.test(found) || /\p{Ll}\p{Lu}\p{Ll}/u.test(found)
}

/** A name of code (`loginButton.Text`), or of a commit. */
export function isName(found: string): boolean {
  return (
    /^(?:[a-z]+(?:[A-Z][a-z]+)+(?:\.[A-Z][a-z]+)*|(?:[A-Z][a-z]+){3,8})$/.test(found) || /^(?:[0-9a-f]{7,12}|[0-9a-f]{40})$/.test(found)
  )
}

/** Digits, points and commas alone. */
export function isPlainNumber(found: string): boolean {
  return /^[\d.,]+$/.test(found)
}

/** An address: it is judged as such. */
export function isUrl(found: string): boolean {
  return /^(?:https?:)?\/\//i.test(found)
}
