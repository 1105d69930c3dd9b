import type { FoundWord } from '../look.ts'
import { isName, looksSecret, type Value } from '../value.ts'

/** What stands in a regular expression, and types and variables of languages. */
const open =
  /\?\.\w|^\w+(?:::|->)\w+\(|\\[sdwSDW][*+?{)\]]|\(\?[:!=]|\[\^|^(?:Opt\w+|Vec|List|Array|Union|Secret)[<[]|^(?:Char|Byte|Secret|Secure)(?:Array|String)$|^!(?:Ref|Sub|GetAtt)$|^&(?:mut|str|'\w+)$|^@<|^\$\w+(?:\[|->|::)|^(?:[a-z_]\w*\.)+(?:[A-Z][a-z]+\d?){2,}$/
const code =
  /^(?:#[a-z]+$|(?:vault|ssm|sops|keyring|secretsmanager|op|ref|file)[:+]|(?:~|\.{0,2})\/(?:home|Users|root|var|etc|usr|opt|tmp|run|mnt|srv|dev|app|secrets?|certs?|keys?)\/|[~.]\/)/
const keyed = /^[\w.-]+=/
const tag = /\{[{%]|<%/
const tagEnd = /[%}][}>]/

/** Whether a place is no value for what it is: a column's header, a cell of a wide row, the next line of a file, a path, a filter. */
export function isLayout(text: string, { start, end }: Value, { start: from, end: labelled }: FoundWord): boolean {
  const found = text.slice(start, end)
  if (code.test(found) || open.test(found)) return true
  // `<choose one>`, `${NAME:?say so}`.
  if ((text[start - 1] === '<' && text[end] === '>' && /^\p{L}[\p{L} _-]*$/u.test(found)) || /^\?\p{L}/u.test(found)) return true
  if (text[start - 1] === '(' && /^(?:\p{L}+,? ){2,}\p{L}+$|^\d{1,2}[ -]\p{L}+$/u.test(found)) return true
  const between = text.slice(labelled, start)
  if (between.includes('\n')) return isName(found) || keyed.test(found) || /^[ \t]*(?:[=({]|:[ \t]?\S)/.test(text.slice(end, end + 8))
  if (between.includes('|') && isInTag(text.slice(Math.max(0, from - 72), from))) return true
  if (/["'`]/.test(text[start - 1] ?? '') || looksSecret(found)) return false
  return between.includes('|') && isInHeader(text, start)
}

function isInTag(before: string): boolean {
  const at = before.search(tag)
  return at !== -1 && !tagEnd.test(before.slice(at))
}

/** Whether the line has a rule below it, or so many cells that what is in one says nothing of its neighbour. */
function isInHeader(text: string, at: number): boolean {
  const next = text.indexOf('\n', at)
  const line = text.slice(text.lastIndexOf('\n', at) + 1, next === -1 ? text.length : next)
  return (next !== -1 && /^[ \t]*\|?[ \t]*:?-{2,}/.test(text.slice(next + 1, next + 12))) || line.slice(0, 400).split('|').length > 5
}

const network = /wi-?fi|wlan|ssid|hotspot|réseau|вай-?фай/iu

/** Whether a key stands after the name of a wireless network, with a sign. */
export function isOfNetwork(text: string, { start, end, text: name }: FoundWord): boolean {
  return !/^login$/i.test(name) && /^ ?[:=]/.test(text.slice(end, end + 2)) && network.test(text.slice(Math.max(0, start - 64), start))
}
