import { isSample } from '../sample.ts'
import type { Detector, Span } from '../span.ts'
import { isCode, isUrl, looksSecret, template } from '../value.ts'

const trailing = /[.,;:!?*]+$/
/** "Passwort (8 Zeichen): ...": what is in brackets tells of the label, and its value comes behind them; without a sign only what looks like one. */
const bracketed =
  /^[ \t]?[([（][^()[\]（）\n]{1,64}[)\]）]["'*]{0,3}(?:( ?[:=：]{1,2} {0,4}["'`]?)|[ \t]{0,3}\n?[ \t]{0,4})([^\s"'`,;\x80]{4,64})(?:([ \t]*(?:\n|$))|)/u

/** What a form says where nothing is filled in, or of what was. */
const unfilled =
  /^(?:required|optional|missing|invalid|empty|none|hidden|unchanged|expired|erforderlich|leer|fehlt|ungültig|obligatoire|facultatif|vide|obligatori[oa]|opcional|vac[ií]a?o?|obrigatóri[oa]|vazi[oa]|verplicht|leeg|zorunlu|boş|wymagane|puste)$/u

/** Whether a form says so where nothing is filled in. */
export function isUnfilled(value: string): boolean {
  return unfilled.test(value.toLowerCase())
}

/** Values behind what a label's brackets tell of it, which is no value itself. */
export const findBracketed: Detector = (text, look) =>
  text.includes('(') || text.includes('[') || text.includes('（')
    ? look
        .words('strong', 'code', 'weak', 'vague')
        .flatMap(({ name, end }) => (name === 'strong' || name === 'code' ? behindBrackets(text, end) : []))
    : []

function behindBrackets(text: string, end: number): readonly Span[] {
  const [whole = '', sign, found = '', isLast] = bracketed.exec(text.slice(end, end + 160)) ?? []
  const value = found.replace(trailing, '')
  if (value.length < 4 || template.test(value) || isUrl(value) || isSample(value)) return []
  const isOne =
    sign === undefined ? looksSecret(value) || isCode(value) : !/^\p{Ll}+$/u.test(value) || (isLast !== undefined && !unfilled.test(value))
  return isOne ? [spanOf(end + whole.length - (isLast ?? '').length - found.length, value)] : []
}

function spanOf(start: number, { length }: string): Span {
  return { start, end: start + length, kind: 'secret' }
}
