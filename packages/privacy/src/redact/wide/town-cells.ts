import { gridsIn, rule } from '../grid.ts'
import type { Stretch } from '../look.ts'
import type { Detector, Span } from '../span.ts'

/** What stands beside a street is a part of its address. */
const town =
  /^(?:(?:post|postal|zip)[ _-]?codes?|postcode|zip|plz|(?:wohn)?ort|stadt|city|town|suburb|county|ville|commune|localité|cp|c\.p\.|code[ _]postal|población|localidad|ciudad|municipio|cód(?:igo)?\.?[ _]postal|codigo[ _]postal|cep|cidade|bairro|localidade|freguesia|città|cap|comune|localit[àa]|plaats|woonplaats|miejscowość|miasto|poczta|kod(?:[ _]pocztowy)?|ilçe|ilçe ?\/ ?il|mahalle|şehir|il|posta[ _]kodu|город|индекс|населённый пункт|місто|індекс|ort|postort|postnr|postnummer|by|sted|poststed|postinumero|postitoimipaikka|kaupunki|město|obec|psč|mesto|város|irányítószám|irsz|oraș|localitate|cod poștal|πόλη|τ\.?κ\.?|град|пощенски код|邮编|邮政编码|城市|郵便番号|市区町村|都道府県|우편번호|도시|المدينة|الرمز البريدي|עיר|מיקוד)$/iu
const number =
  /^(?:(?:haus|house|huis|husnr|hus|street|door)[ -]?(?:nr|no|nummer|number)?\.?|hnr|nr|n[º°o.]{1,2}|número|numero|num|numer|no|дом|д\.|номер дома|番地)$/iu
const street =
  /(?<!\p{L})(?:street|addr(?:ess)?|str(?:aße|asse|\.)?|straße|adresse|anschrift|rue|voie|calle|domicilio|dirección|morada|rua|logradouro|endereço|indirizzo|via|straat|straatnaam|adres|ulica|ul\.|sokak|cadde|adresi|улица|адрес|вулиця|адреса|gata|gatuadress|vej|vejnavn|gate|gateadresse|veg|katuosoite|osoite|ulice|adresa|utca|cím|strada|οδός|διεύθυνση|адрес)(?!\p{L})|地址|住所|街道|주소|العنوان|الشارع|כתובת|רחוב/iu

/** Streets, towns and post codes in a table that has columns for both. */
export const findTownCells: Detector = (text) => {
  if (!text.includes('\n')) return []
  return gridsIn(text, (header) => street.test(header)).flatMap(([headers = [], ...rows]) => {
    const written = headers.map(({ start, end }) => text.slice(start, end))
    const isWhole = written.some((one) => town.test(one))
    return written.flatMap((one, place) =>
      town.test(one) || (isWhole && (street.test(one) || number.test(one))) ? cellsOf(text, rows, place) : [],
    )
  })
}

function cellsOf(text: string, rows: readonly (readonly Stretch[])[], place: number): readonly Span[] {
  return rows
    .flatMap((row) => row[place] ?? [])
    .flatMap((cell) => {
      const found = text.slice(cell.start, cell.end)
      return found === '' || rule.test(found) ? [] : [{ ...cell, kind: 'address' as const }]
    })
}
