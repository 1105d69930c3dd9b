import { moreWords } from '#wide/abroad'

import { word, type Family } from './beginning.ts'
import type { Detector, Span } from './span.ts'

/** Alternatives of one pattern, parted by commas; a blank stands for nothing, a blank or a hyphen. */
const pieces = (list: string): readonly string[] =>
  list
    .trim()
    .split(/,\s+/)
    .map((piece) => piece.replaceAll(' ', '[ -]?'))

/** What a person's number is called: identity, insurance and tax numbers, passports, licences. */
const personalWords = pieces(`
  ssn, soc(?:ial|\\.) sec(?:urity|\\.), social insurance, national insurance, national id\\w*, national number, identity (?:card|number|no|document), identification (?:card|number|no), id (?:card|number|no|nr),
  citizen (?:id|number), personal (?:id\\w*|identity|code|number), tax(?:payer)? (?:id|number|no|file|reference)\\w*, tin, itin, ein, vat(?: (?:id|no|nr|number|reg\\w*))?, gst(?:in)?, abn, npi, mbi,
  nino, ni (?:no|number), nhs, rrn, resident(?:ial|ce)? (?:number|permit|id\\w*), refugee id, travel document, passport, driv(?:er\\W?s?|ing) licen[cs]e, licen[cs]e (?:no|number), medicare, health insurance, sin, tfn, utr,
  sozialversicherung\\w*, steuer (?:id\\w*|nummer|nr), umsatzsteuer\\w*, ust id\\w*, ust idnr, idnr, rvnr, personalausweis\\w*, ausweis\\w*, reisepass\\w*, pass ?nr, passnummer, führerschein\\w*, versichert\\w*, krankenversicher\\w*, ahv\\w*, sv ?nr, sv ?nummer,
  sécurité sociale, sécu, nir, numéro fiscal, n[.°º]? tva, tva, siret, siren, passeport, carte (?:nationale )?d.identité, cni, permis de conduire,
  seguridad social, pasaporte, documento nacional, dni, nie, nif, cif(?:/iva)?, iva, curp, rfc, rut, cuil, cuit, cédula, carnet de conducir,
  cpf, cnpj, rg, passaporte, cartão de cidadão, bilhete de identidade, contribuinte, pis,
  codice fiscale, partita iva, p\\.? ?iva, passaporto, carta d.identità, patente,
  bsn, burgerservicenummer, sofi ?nummer, niss, btw(?: id| nr| nummer)?, paspoort\\w*, rijbewijs\\w*, identiteitskaart, rijksregister\\w*, numéro national,
  t\\.?c\\.?(?: kimlik)?(?: no)?, kimlik(?: no| numaras[ıi])?, vergi (?:no|kimlik|numaras[ıi])\\w*, vkn, pasaport\\w*, ehliyet\\w*,
  pesel\\w*, nip, regon, dow[oó]d(?:u)? osobist\\w*, paszport\\w*, prawo jazdy,
  инн, снилс, (?:загран)?паспорт\\p{L}*, aadhaar, aadhar, pan(?: card)?, nric(?:/fin)?, teudat zehut, ת\\.?ז, voter id, my ?number${moreWords.personal}`)
/** The same in scripts that part no words. */
const unpartedWords =
  '身[份分][证證](?:字?[号號]码?)?|护照(?:号码?)?|税号|社保号|マイナンバー|個人番号|パスポート(?:番号)?|旅券番号|免許証番号|주민등록번호|여권번호|운전면허번호|رقم الهوية|رقم الجواز|جواز السفر|الرقم القومي' +
  moreWords.unparted
/** What a vehicle's plate or its number is called. */
const plateWords = pieces(`
  licen[cs]e plate, number plate, registration plate, plate(?: (?:no|number))?, vehicle (?:reg\\w*|plate|no|number), car reg\\w*, registration (?:no|number|mark), reg\\.? ?(?:no|number|plate), vin, chassis (?:no|number),
  kennzeichen, kfz, fahrgestellnummer, immatriculation, plaque(?: d.immatriculation)?, matrícula(?: del (?:vehículo|coche))?, matricula, placa, bastidor, chapa, targa, telaio,
  kenteken, plaka(?:s[ıi])?, şasi no, rejestracyjn\\w+, nr rej\\.?, гос\\.?номер\\p{L}?, kontrollschild, nummernschild, şasi, châssis, vin${moreWords.plates}`)

/** What a person's number and a vehicle's are called. */
export const numberNames: Readonly<Record<'plate' | 'personal' | 'unparted' | 'vehicle', Family>> = {
  plate: word(plateWords),
  personal: word(personalWords),
  unparted: { pieces: unpartedWords.split('|'), pattern: (own) => `(?:${own})`, inside: true },
  // A plate stands after them in its country's form only.
  vehicle: word(moreWords.vehicles.match(/\S+/g) ?? []),
}

/** What may stand between a name and its number: "number", "is", "of the vehicle", a sign. */
const between =
  /^(?:[^\p{L}\p{N}\n]{0,4}(?:no|nr|n(?=[°.])|num|number|nummer|numéro|numero|número|numaras[ıi]|numer|номер|id|code|d'immatriculation|du véhicule|del titular|do titular|of (?:the )?\p{L}{2,12}|for \p{L}{2,12}|is|ist|est|es|é|è|to|jest|lautet|was|now|are|號|号|号码)(?![\p{L}\p{N}]|-\p{L}|-\d)){0,3}[^\p{L}\p{N}\n]{0,6}(?:\n[ \t]{0,4})?/iu
/** A first piece, and pieces after it that hold a digit or are a plate's few capitals. */
const value =
  /^[\p{L}\p{N}]{1,24}(?:[./·-][\p{L}\p{N}]{1,16}){0,5}(?: (?:\d[\p{L}\p{N}]{0,7}|\p{Lu}{1,3}\d{0,4})(?![\p{L}\p{N}])(?:-\d{1,4})?){0,6}/u

/** Numbers that the words before call a person's or a vehicle's, whatever their form. */
export const findNamedNumbers: Detector = (text, look) =>
  look.words('plate', 'personal', 'unparted').flatMap(({ name, end }): readonly Span[] => {
    const plate = name === 'plate'
    const start = end + (between.exec(text.slice(end, end + 60))?.[0].length ?? 0)
    const found = start === end && name !== 'unparted' ? undefined : value.exec(text.slice(start, start + 64))?.[0]
    return found !== undefined && isNumber(found, plate) && (name !== 'unparted' || /^[A-Z\d]/i.test(found))
      ? [{ start, end: start + found.length, kind: 'national_id' }]
      : []
  })

function isNumber(found: string, plate: boolean): boolean {
  const digits = found.replace(/\D/g, '').length
  const letters = found.replace(/[^\p{L}]/gu, '').length
  // In small letters it is a word with a digit; a date is no number of a person.
  if (/\p{Ll}{3}/u.test(found) || /^\d{1,4}([./-])\d{1,2}\1\d{2,4}$/.test(found)) return false
  return plate
    ? digits >= 1 && digits + letters >= 4 && (letters >= 1 || digits >= 5)
    : digits >= 5 || (digits >= 1 && letters >= 2 && digits + letters >= 7)
}
