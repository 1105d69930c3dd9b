import { gridsIn, rule } from '../grid.ts'
import type { Detector } from '../span.ts'

/** What stands beside a street is a part of its address. */
const town =
  /^(?:(?:post|zip)[ -]?codes?|zip|plz|(?:wohn)?ort|stadt|city|town|ville|commune|cp|c\.p\.|code postal|población|localidad|ciudad|municipio|cód(?:igo)?\.? postal|cep|cidade|localidade|città|cap|comune|plaats|woonplaats|miejscowość|miasto|kod(?: pocztowy)?|ilçe|şehir|il|posta kodu|город|индекс)$/iu
const street =
  /(?<!\p{L})(?:street|addr(?:ess)?|str(?:aße|asse|\.)?|straße|adresse|anschrift|rue|calle|domicilio|dirección|morada|rua|endereço|indirizzo|via|straat|adres|ulica|ul\.|cadde|улица|адрес)(?!\p{L})/iu

/** Towns and post codes in a table that has streets, too. */
export const findTownCells: Detector = (text) => {
  if (!text.includes('\n')) return []
  return gridsIn(text, (header) => street.test(header)).flatMap(([headers = [], ...rows]) =>
    headers.flatMap(({ start, end }, place) =>
      town.test(text.slice(start, end))
        ? rows
            .flatMap((row) => row[place] ?? [])
            .flatMap((cell) => {
              const found = text.slice(cell.start, cell.end)
              return found === '' || rule.test(found) ? [] : [{ ...cell, kind: 'address' as const }]
            })
        : [],
    ),
  )
}
