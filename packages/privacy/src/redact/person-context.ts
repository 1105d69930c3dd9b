import { rareLed, rarePair, rarePeoples, rareTitles } from '#wide/person-roles'
import { isRole } from '#wide/role'

import { byLastLetter } from './beginning.ts'
import { codeAt, isLetter } from './character.ts'
import { cues, plainWord } from './lexicon.ts'
import { endingIn, endsAt, matchAt } from './match.ts'

/** Alternatives of one pattern, parted by commas and blanks. */
const pieces = (list: string): string => list.trim().split(/,\s+/).join('|')
/** Roles that somebody has, in the languages of work. */
const peoples =
  pieces(`
  full ?name, first ?name, last ?name, surname, (?:given|middle|maiden|family|legal|preferred|display[ _]?|native|account|card) ?name, fore ?name, nickname, contact person, patient, employee, assignee, supervisor, candidate, applicant, tenant, landlord, guest, attendees?, participants?,
  (?:card|account|policy|licen[cs]e) ?holder, payee, travell?er, passenger, driver, pupil, teacher, doctor, physician, nurse, caller, spouse, guardian, parent, mother, father, child, witness, resident, insured, buyer, visitor, volunteer, next of kin, emergency contact,
  vorname, nachname, familienname, geburtsname, rufname, vor- und (?:nach|zu)name, kundin, patientin, mitarbeiter(?:in)?, ansprechpartner(?:in)?, bearbeiter(?:in)?, (?:karten|konto)inhaber(?:in)?, (?:ver)?mieter(?:in)?, gast, student(?:in)?, schüler(?:in)?, lehrer(?:in)?, arzt, ärztin, versicherte[rn]?, antragsteller(?:in)?, (?:ver)?käufer(?:in)?, teilnehmer(?:in)?, besucher(?:in)?, bewohner(?:in)?, fahrer(?:in)?, anrufer(?:in)?, notfallkontakt,
  prénoms?, nom (?:de famille|complet|et prénom|de naissance|d.usage), interlocuteur, salariée?, employée?, locataire, élève, étudiante?, patiente, assurée?, acheteur, vendeu(?:r|se), médecin, conduct(?:eur|rice), passag(?:er|ère), demandeu(?:r|se), appelante?, invitée?, titulaire (?:de la carte|du compte), personne à (?:prévenir|contacter), professeure?,
  nombres? (?:y apellidos?|completo), apellidos?, emplead[oa], paciente, alumn[oa], estudiante, profesora?, tutora?, trabajadora?, inquilin[oa], arrendatari[oa], propietari[oa], vendedora?, compradora?, médic[oa], asegurad[oa], beneficiari[oa], solicitante, huésped, conductora?, pasajer[oa], titular de la (?:tarjeta|cuenta), persona de contacto,
  nome completo, sobrenome, apelido, funcionári[oa], colaboradora?, alun[oa], estudante, professora?, proprietári[oa], segurad[oa], beneficiári[oa], hóspede, motorista, passageir[oa], utente, doente,
  (?:voor|achter|roep)naam, volledige naam, contactpersoon, medewerker, werknemer, (?:ver)?huurder, leerling, docent, verkoper, koper, patiënt, verzekerde, aanvrager, bestuurder, passagier, (?:rekening|kaart)houder, bewoner, deelnemer, melder,
  ad[ıi](?:n[ıi]z)?,? (?:ve )?soyad[ıi](?:n[ıi]z)?, soyad(?:[ıi](?:n[ıi]z)?)?, ad soyad, çal[ıi]şan, personel, öğrenci, öğretmen, hasta, doktor, kirac[ıi], sat[ıi]c[ıi], sigortal[ıi], başvuran, misafir, sürücü, yolcu, (?:hesap|kart) sahibi, arayan,
  imi(?:ę|e), imiona, nazwisko, imi(?:ę|e) i nazwisko, klientka, pracowni(?:k|ca), osoba kontaktowa, pacjent(?:ka)?, ucze(?:ń|nnica), nauczyciel(?:ka)?, lekarz, najemca, lokator, właściciel(?:ka)?, sprzedawca, ubezpieczon[ya], wnioskodawca, gość, kierowca, pasażer, posiadacz (?:rachunku|karty), zgłaszający,
  name on card,
  nome e cognome, cognome, příjmení, prezime, επώνυμο, фамилия, отчество, фио, пациент(?:ка)?, сотрудник, студент(?:ка)?, ученик, преподаватель, врач, арендатор, заявитель, водитель, пассажир, контактное лицо, прізвище`) +
  rarePeoples
/** Roles that a firm, a file or a machine may have too. */
const perhaps = pieces(`
  name, contact, customer, client, manager, reporter, author, owner, user, organi[sz]er, host, sender, recipient, from, to, cc, bcc, attn, attention, beneficiary, holder, member, signed, signature, prepared by, created by, by, agent, ship to, bill to, sold to, deliver to, representative, seller,
  kunde, zuständig, verantwortlich(?:er?)?, absender, empfänger(?:in)?, inhaber(?:in)?, verfasser, autor(?:in)?, von, an, z\\.? ?hd\\.?, unterschrift,
  nom, cliente?, responsable, expéditeur, destinataire, titulaire, auteur, de, à, nombre, remitente, destinatario, titular, contacto, autor, asignado a, para, usuari[oa],
  nome, responsável, remetente, destinatário, contato, usuári[oa], naam, klant, afzender, ontvanger, verantwoordelijke, eigenaar, aan, van,
  ad[ıi]?, isim, müşteri, sorumlu, gönderen, al[ıi]c[ıi], yetkili, kime, kimden, klient, nadawca, odbiorca, odpowiedzialny, od, do, kontakt,
  namn, navn, nimi, jméno, név, nume, prenume, ime, όνομα, имя, клиент, ответственный, исполнитель, автор, отправитель, получатель, от, кому, контакт, ім.я, відповідальний`)
const role = `(?:${byLastLetter(`${peoples}|${perhaps}`)})`
const [ofPeople, perhapsOfPeople] = [isRole(peoples), isRole(perhaps)]

/** Whether the header of a column says that people stand in it. */
export function isPeople(header: string): boolean {
  return ofPeople.test(header)
}

/** Whether it may be people that stand there. */
export function isPerhapsPeople(header: string): boolean {
  return perhapsOfPeople.test(header)
}

/** A sign after the role; or the role alone on its line. */
const labelled = endingIn(
  `(?:(?<![\\p{L}\\p{N}]|user-)${role}[*"']{0,2} ?(?:[:=?*[]|：|\\t|>)[ \\t"'*]{0,4}|(?:^|\\n)[ \\t]{0,4}${role}[*:]{0,2}\\n[ \\t]{0,4})`,
)
/** Words that a person's name follows without a sign. */
const led = endingIn(
  `(?<![\\p{L}\\p{N}])(?:${byLastLetter(`assigned to|(?:(?:report|creat|updat|approv|review|sign|prepar|post|submitt|request|invit|shar)ed|written|sent|notes) by|attn|name (?:is|was)|i am|i'm|this is|(?:call|chat|meeting|interview|appointment|spoke|speak|talk|met) with|ask|says|said|told|named(?: him| her)?|called|call(?:s|ed)? me|(?:shouted at|(?:wrote|replied|talk(?:ed)?|spoke|married|introduced) to)|on behalf of|producer|singer|actor|actress|novelist|thanks|tell|asked|contact|patient|congratulations to|could|c/o|holder|card|t\\.n\\.v\\.|bila|jour fixe|1:1|bill-to|estate of|record of|z?adzwoń do|позвонить|привет от|отпуск|ligar (?:para|a)|llamar a|appeler|anrufen|férias de|vacaciones de|bizum de|betaling van|chiama|bel|ring|ferie|urlaub|congés?|driver|chauffeur|водитель|kierowca|motorista|conductor|şoför|outside counsel|(?:my|his|her|our|their) (?:kid|son|daughter|wife|husband|partner|brother|sister|mother|father|child|friend|colleague|boss|manager|assistant|neighbou?r|doctor)|mein(?:e|en)? (?:sohn|tochter|frau|mann|chef(?:in)?|kolleg(?:e|en|in))|(?:mon|ma) (?:fils|fille|femme|mari|collègue|chef)|mi (?:hijo|hija|esposa|marido|jefe|jefa)|mitarbeiter(?:in)?|kund(?:e|in)|ich heiße|mein name ist|ich bin|je m'appelle|je suis|me llamo|mi nombre es|soy|chamo-me|me chamo|meu nome é|sou|mijn naam is|ik ben|nazywam się|jestem|ad[ıi]m|меня зовут|заявка от|встреча с|создал|mi chiamo|sono|jag heter|jeg heter|nimeni on${rareLed}|mrs?\\.?|ms\\.?|dr\\.?|prof\\.?|herrn?|frau|hr\\.?|fr\\.?|sra?\\.?|señora?|senhora?|mme|madame|monsieur|meneer|heer|mevrouw|pani?e?|dona?`)}) (?:the )?`,
)
/** Words that two words of a name may follow, where one might be a thing's: who did it, with whom, for whom. */
const ledPair = endingIn(
  `(?<![\\p{L}\\p{N}])(?:${byLastLetter(`${peoples}|users?|customer|cliente?|kunde|klant|klient|müşteri|клиент|by|with|according to|\\p{L}{2,12}(?:ed|en|ent|ung|ade) to|cc'?d|when|and|von|mit|durch|laut|an|par|avec|selon|por|con|com|según|segundo|door|met|volgens|voor|przez|ze?|od|według|ile|göre|от|с|у${rarePair}`)})[,:]? ["'(]?`,
)
/** Ways to end a letter; the name stands on the next line, or after a comma. */
const closing = endingIn(
  /(?<![\p{L}])(?:regards|best|cheers|thanks|thank you|sincerely|yours|truly|wishes|cordially|grüßen?|gruß|grüsse|cordialement|salutations|amicalement|saludos?|atentamente|cordialmente|abrazo|atenciosamente|cumprimentos|abraços|groet(?:en)?|sayg[ıi]lar[ıi]mla|sevgiler|selamlar|poważaniem|pozdrawiam|pozdrowienia|saluti|hälsningar|hilsen|terveisin|pozdravem|üdvözlettel|уважением)[ \t]{0,2}[,!.]?[ \t]{0,2}(?:\n[ \t]{0,4}){1,3}[-–—~ ]{0,3}|(?<![\p{L}])(?:thanks|regards|cheers|best|gruß|merci|gracias|obrigad[oa]|groetjes|pozdrawiam), ?/u
    .source,
)
const mention = endingIn('(?:^|[\\s(])@')
/** What follows the name of somebody who did or sent something. */
const after =
  /^(?: ?[<(][^\s@<>()]{1,64}@|'s (?:calendar|profile|desk|team|email|account|phone|inbox|address|birthday|house|son|daughter|wife|husband|kids?|mother|father|brother|sister|boss|friend|salary|appointment|signature)(?!\p{L})|’s | (?:(?:comment|repli|assign|approv|join|mention|invit|shar|upload|accept|declin|request|react|ask|explain|laugh|smil|complain|email|phon|call|shout|agre|visit|marri|retir|resign)ed|wrote|added you|is typing|says|said|told|speaks|thinks|lives|works|was born|moved to|hat (?:geschrieben|kommentiert|angerufen)|schrieb|a (?:écrit|commenté|partagé)|escribió|comentó|compartió|escreveu|comentou|schreef|reageerde|yazdı|napisał[a]?|написал[а]?)(?!\p{L})| ile | (?:bey|hanım|beyin|hanımın)(?!\p{L}))/iu
/** A chat's line: somebody, a colon, words. */
const speaker = /^ ?: \S/

/** Whether what stands before a place says that a person's name follows: one of two words or more, where `pair`. */
export function isNamedBefore(text: string, start: number, pair = false): boolean {
  let last = start - 1
  while (text[last] === ' ') last -= 1
  if (last < 0) return false
  // Each of the patterns ends in signs of its own: between words nothing but a word that leads to a name can say so.
  if (isLetter(codeAt(text, last))) return isTitled(text, start) || isLed(text, start, pair)
  const mark = text[last] ?? ''
  return (
    (/[\p{L}\p{M}.:]/u.test(mark) && (isTitled(text, start) || isLed(text, start, pair))) ||
    (/[:=?：\t>"'*[\n]/.test(mark) && endsAt(text, start, labelled)) ||
    (/[\n\t,~–—-]/.test(mark) && endsAt(text, start, closing)) ||
    (mark === '@' && endsAt(text, start, mention))
  )
}

const title = /(?<=(?<![\p{L}\p{N}.])(\p{L}[\p{L}\p{M}’'-]{0,12}(?:\.\p{L}{1,3})?)(?:\.|:)? )/uy

/** A title, kin or a farewell in small letters: "mgr Piasek", "mw. El Khattabi", "su nieta Abril". */
function isTitled(text: string, start: number): boolean {
  const word = matchAt(text, start, title)?.[1] ?? ''
  const plain = plainWord(word.replace('.', ''))
  return word.length > 1 ? cues.has(plain) || rareTitles.has(plain) : rareTitles.has(text.slice(start - 3, start))
}

function isLed(text: string, start: number, pair: boolean): boolean {
  return endsAt(text, start, led) || (pair && endsAt(text, start, ledPair))
}

/** Whether what stands after a place says that a person's name ended there. */
export function isNamedAfter(text: string, end: number, start: number): boolean {
  if (/^ ?(?:さん|様|氏|くん|先生|님|씨)/.test(text.slice(end, end + 4))) return true
  if (!/[ '<(:]/.test(text[end] ?? '')) return false
  const ahead = text.slice(end, end + 72)
  if (after.test(ahead)) return true
  // Two words and a colon at a line's start after a time are a chat's.
  return (
    speaker.test(ahead) &&
    /(?:^|\n)[[(]?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[AP]M)?[\])]? {1,2}$/iu.test(text.slice(Math.max(0, start - 20), start))
  )
}
