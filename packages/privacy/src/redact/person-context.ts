import { byLastLetter } from './beginning.ts'
import { endingIn, endsAt } from './match.ts'

/** Roles that are followed by somebody's name and a sign, in the languages of work. */
const roles = [
  'name', 'full ?name', 'first ?name', 'last ?name', 'surname', 'given ?name', 'nickname', 'contact(?: person)?', 'customer', 'client', 'patient', 'employee', 'manager', 'assignee', 'reporter', 'author', 'owner', 'user',
  'supervisor', 'candidate', 'applicant', 'tenant', 'guest', 'attendees?', 'participants?', 'organi[sz]er', 'host', 'sender', 'recipient', 'from', 'to', 'cc', 'bcc', 'attn', 'attention', 'beneficiary', 'holder', 'card ?holder',
  'payee', 'traveller', 'passenger', 'driver', 'student', 'teacher', 'doctor', 'member', 'signed', 'signature', 'prepared by', 'created by', 'by', 'agent', 'caller', 'spouse', 'guardian', 'next of kin', 'emergency contact', 'ship to', 'bill to', 'sold to', 'deliver to',
  'vorname', 'nachname', 'familienname', 'kunde', 'kundin', 'patientin', 'mitarbeiter(?:in)?', 'ansprechpartner(?:in)?', 'bearbeiter(?:in)?', 'zuständig', 'verantwortlich(?:er?)?', 'absender', 'empfänger(?:in)?', 'inhaber(?:in)?', 'karteninhaber', 'mieter(?:in)?', 'verfasser', 'autor(?:in)?', 'von', 'an', 'z\\.? ?hd\\.?', 'unterschrift', 'gast',
  'nom', 'prénom', 'nom de famille', 'client', 'cliente', 'responsable', 'interlocuteur', 'expéditeur', 'destinataire', 'titulaire', 'auteur', 'salarié', 'locataire', 'de', 'à',
  'nombre', 'apellidos?', 'remitente', 'destinatario', 'titular', 'empleado', 'paciente', 'contacto', 'autor', 'asignado a', 'para',
  'nome', 'sobrenome', 'apelido', 'responsável', 'remetente', 'destinatário', 'funcionário', 'contato',
  'naam', 'voornaam', 'achternaam', 'klant', 'contactpersoon', 'medewerker', 'afzender', 'ontvanger', 'verantwoordelijke', 'aan', 'van',
  'ad[ıi]', 'soyad[ıi]', 'ad soyad', 'müşteri', 'sorumlu', 'gönderen', 'al[ıi]c[ıi]', 'çal[ıi]şan', 'yetkili', 'kime', 'kimden',
  'imię', 'nazwisko', 'imię i nazwisko', 'klient', 'klientka', 'nadawca', 'odbiorca', 'pracownik', 'osoba kontaktowa', 'odpowiedzialny', 'od', 'do',
  'nome e cognome', 'cognome', 'cliente', 'namn', 'navn', 'nimi', 'jméno', 'příjmení', 'név', 'nume', 'prenume', 'ime', 'prezime', 'όνομα', 'επώνυμο',
  'имя', 'фамилия', 'фио', 'клиент', 'ответственный', 'исполнитель', 'автор', 'отправитель', 'получатель', 'от', 'кому', 'контакт', 'ім.я', 'прізвище', 'відповідальний',
] // prettier-ignore
const role = `(?:${byLastLetter(roles.join('|'))})`
/** A sign after the role; or the role alone on its line. */
const labelled = endingIn(
  `(?:(?<![\\p{L}\\p{N}])${role}[*"']{0,2} ?(?:[:=?]|：|\\t|>)[ \\t"'*]{0,4}|(?:^|\\n)[ \\t]{0,4}${role}[*:]{0,2}\\n[ \\t]{0,4})`,
)
/** Words that a person's name follows without a sign. */
const led = endingIn(
  /(?<![\p{L}\p{N}])(?:assigned to|reported by|created by|updated by|approved by|reviewed by|signed by|written by|prepared by|posted by|sent by|submitted by|requested by|invited by|shared by|notes by|attn|name (?:is|was)|i am|i'm|this is|(?:call|chat|meeting|interview|appointment|spoke|speak|talk|met) with|ask|says|said|told|named(?: him| her)?|called|call(?:s|ed)? me|starring|(?:directed|sung|produced|performed|composed|painted) by|(?:shouted at|wrote to|replied to|talk(?:ed)? to|spoke to|married to|introduced to)|on behalf of|producer|singer|actor|actress|novelist|thanks|contact|patient|(?:my|his|her|our|their) (?:kid|son|daughter|wife|husband|partner|brother|sister|mother|father|child|friend|colleague|boss|manager|assistant|neighbou?r|doctor)|mein(?:e|en)? (?:sohn|tochter|frau|mann|chef(?:in)?|kolleg(?:e|en|in))|(?:mon|ma) (?:fils|fille|femme|mari|collègue|chef)|mi (?:hijo|hija|esposa|marido|jefe|jefa)|mitarbeiter(?:in)?|kund(?:e|in)|ich heiße|mein name ist|ich bin|termin mit|gespräch mit|erstellt von|bearbeitet von|genehmigt von|zugewiesen an|gezeichnet|je m'appelle|je suis|entretien avec|rendez-vous avec|créé par|validé par|assigné à|me llamo|mi nombre es|soy|reunión con|creado por|aprobado por|asignado a|chamo-me|me chamo|meu nome é|sou|reunião com|conversa com|criado por|aprovado por|atribuído a|mijn naam is|ik ben|afspraak met|gesprek met|aangemaakt door|goedgekeurd door|toegewezen aan|nazywam się|jestem|spotkanie z:?|rozmowa z|utworzone przez|zatwierdzone przez|przypisane do|benim adım|benim adim|ad[ıi]m|меня зовут|заявка от|встреча с|создал|mi chiamo|sono|jag heter|jeg heter|nimeni on|mrs?\.?|ms\.?|dr\.?|prof\.?|herrn?|frau|hr\.?|fr\.?|sra?\.?|señora?|senhora?|mme|madame|monsieur|meneer|mevrouw|pani?) (?:the )?/u
    .source,
)
/** Ways to end a letter; the name stands on the next line, or after a comma. */
const closing = endingIn(
  /(?<![\p{L}])(?:regards|best|cheers|thanks|thank you|sincerely|yours|truly|wishes|cordially|grüßen?|gruß|grüsse|cordialement|salutations|amicalement|saludos?|atentamente|cordialmente|abrazo|atenciosamente|cumprimentos|abraços|groet(?:en)?|sayg[ıi]lar[ıi]mla|sevgiler|selamlar|poważaniem|pozdrawiam|pozdrowienia|saluti|hälsningar|hilsen|terveisin|pozdravem|üdvözlettel|уважением)[ \t]{0,2}[,!.]?[ \t]{0,2}(?:\n[ \t]{0,4}){1,3}[-–—~ ]{0,3}|(?<![\p{L}])(?:thanks|regards|cheers|best|gruß|merci|gracias|obrigad[oa]|groetjes|pozdrawiam), ?/u
    .source,
)
const mention = endingIn('(?:^|[\\s(])@')
/** What follows the name of somebody who did or sent something. */
const after =
  /^(?: ?[<(][^\s@<>()]{1,64}@|'s (?:calendar|profile|desk|team|email|account|phone|inbox|address|birthday|house|son|daughter|wife|husband|kids?|mother|father|brother|sister|boss|friend|salary|appointment|signature)(?!\p{L})|’s | (?:commented|wrote|replied|assigned|approved|joined|mentioned|invited|shared|uploaded|accepted|declined|requested|reacted|added you|is typing|says|said|asked|told|explained|laughed|smiled|complained|speaks|thinks|lives|works|emailed|phoned|called|shouted|agreed|visited|married|was born|retired|resigned|moved to|hat (?:geschrieben|kommentiert|angerufen)|schrieb|a (?:écrit|commenté|partagé)|escribió|comentó|compartió|escreveu|comentou|schreef|reageerde|yazdı|napisał[a]?|написал[а]?)(?!\p{L})| ile )/u
/** A chat's line: somebody, a colon, words. */
const speaker = /^ ?: \S/

/** Whether what stands before a place says that a person's name follows. */
export function isNamedBefore(text: string, start: number): boolean {
  let last = start - 1
  while (text[last] === ' ') last -= 1
  const mark = text[last] ?? ''
  if (mark === '') return false
  // Each of the patterns ends in signs of its own: between words nothing but a word that leads to a name can say so.
  return (
    (/[\p{L}\p{M}.:]/u.test(mark) && endsAt(text, start, led)) ||
    (/[:=?：\t>"'*\n]/.test(mark) && endsAt(text, start, labelled)) ||
    (/[\n\t,~–—-]/.test(mark) && endsAt(text, start, closing)) ||
    (mark === '@' && endsAt(text, start, mention))
  )
}

/** Whether what stands after a place says that a person's name ended there. */
export function isNamedAfter(text: string, end: number, start: number): boolean {
  const ahead = text.slice(end, end + 72)
  if (after.test(ahead)) return true
  // Two words and a colon at a line's start after a time are a chat's.
  return (
    speaker.test(ahead) &&
    /(?:^|\n)[[(]?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[AP]M)?[\])]? {1,2}$/iu.test(text.slice(Math.max(0, start - 20), start))
  )
}
