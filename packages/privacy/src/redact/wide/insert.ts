import { isTold, keyed } from './settings.ts'
import { day } from '../birth.ts'
import { lookAt, type Stretch } from '../look.ts'
import { allMatches, matchAt } from '../match.ts'
import { isPeople, isPerhapsPeople } from '../person-context.ts'
import type { Detector, Kind, Span } from '../span.ts'

/** The head of a statement that puts rows into a table: the table's name, and those of its columns. */
const head = /insert\s{1,8}(?:ignore\s{1,8})?into\s{1,8}([\w."`[\]]{1,80})\s{0,8}\(([^()]{3,600})\)\s{0,8}values\s{0,8}/giu
/** A row's value, with what parts it from the next: in quotes, each of which is doubled or escaped inside, or a word. */
const cell = /\s{0,8}(?:[NE]?'((?:[^'\\]|''|\\.){0,400})'|[^\s,()']{1,80})\s{0,8}([,)])/uy
const next = /,?\s{0,8}\(/uy
/** Tables of people: a column that is called `name` there is theirs. */
const ofPeople =
  /(?:user|customer|client|patient|employee|person|people|member|contact|staff|student|tenant|guest|kunde|mitarbeiter|patienten|persona|usuari|cliente|utilisateur|salarie|pessoa|aluno|klant|medewerker|kullanici|musteri|hasta|pracowni|pacjen|uzytkown)\w*["`\]]?$/iu
const mostRows = 200
const [name, date] = [/^\p{L}[\p{L}\p{M}'’. -]{1,60}$/u, new RegExp(`^(?:${day})$`, 'u')]

/** Rows that a database is told to put in: what the columns' names say of each value. */
export const findInserts: Detector = (text) =>
  /insert\s/i.test(text)
    ? allMatches(text, head).flatMap(({ index, 0: whole, 1: table = '', 2: columns = '' }) => {
        const kinds = columns.split(',').map((column) => kindOf(column.replace(/["`[\]_\s]+/gu, ' ').trim(), table))
        return rowsFrom(text, index + whole.length).flatMap((row) =>
          row.flatMap(({ start, end }, place): readonly Span[] => {
            const kind = kinds[place]
            return kind !== undefined && isOf(kind, text.slice(start, end)) ? [{ start, end, kind }] : []
          }),
        )
      })
    : []

function kindOf(column: string, table: string): Kind | undefined {
  if (keyed.test(column)) return 'secret'
  if (isPeople(column) || (isPerhapsPeople(column) && ofPeople.test(table))) return 'person'
  return lookAt(`${column}: `).words('birth').length > 0 ? 'date_of_birth' : undefined
}

function isOf(kind: Kind, value: string): boolean {
  return kind === 'secret' ? isTold(value) : kind === 'person' ? name.test(value) : date.test(value)
}

/** The values of each row in quotes; of others only that they are there. */
function rowsFrom(text: string, from: number): readonly (readonly Stretch[])[] {
  const rows: Stretch[][] = []
  let at = from
  for (let open = matchAt(text, at, next); open !== null && rows.length < mostRows; open = matchAt(text, at, next)) {
    at += open[0].length
    const row: Stretch[] = []
    for (let part = matchAt(text, at, cell); part !== null; part = matchAt(text, at, cell)) {
      const start = part[1] === undefined ? at : at + part[0].indexOf("'") + 1
      row.push({ start, end: start + (part[1]?.length ?? 0) })
      at += part[0].length
      if (part[2] === ')') break
    }
    rows.push(row)
  }
  return rows
}
