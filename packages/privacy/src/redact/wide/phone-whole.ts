import { codeAt } from '../character.ts'
import type { Detector } from '../span.ts'

/** What ten digits are called that are no telephone number. */
const otherwise =
  /(?<!\p{L})(?:isbn|order|ticket|invoice|case|ref|tracking|sku|ean|gtin|part|art|artikel|bestel|rechnung|auftrag|liefer|commande|facture|colis|dossier|factuur|pakket)\p{L}*\.?[^\p{L}\n]{0,3}(?:(?:n[or°º]|number|numéro|nummer|id)\.?[^\p{L}\n]{1,3})?$/iu
const part = /[\p{L}\p{N}_/-]/u

/** Mobile numbers of France and the Netherlands in one piece, by how they begin. */
export const findWholeMobiles: Detector = (text, look) =>
  look.numbers
    .filter(
      ({ start, end }) =>
        end - start === 10 && codeAt(text, start) === 48 && isSixOrSeven(codeAt(text, start + 1)) && isAlone(text, start, end),
    )
    .map(({ start, end }) => ({ start, end, kind: 'phone' as const }))

function isSixOrSeven(code: number): boolean {
  return code === 54 || code === 55
}

function isAlone(text: string, start: number, end: number): boolean {
  return !part.test(text[start - 1] ?? ' ') && !part.test(text[end] ?? ' ') && !otherwise.test(text.slice(Math.max(0, start - 32), start))
}
