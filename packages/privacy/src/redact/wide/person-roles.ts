import { plainWord } from '../lexicon.ts'
import { type Word, isFamily } from '../person-word.ts'

/** Further alternatives of the patterns in `person-context.ts`, each with the bar before it. */
const pieces = (list: string): string =>
  list
    .trim()
    .split(/,\s+/)
    .map((piece) => `|${piece}`)
    .join('')

/** Roles that somebody has. */
export const rarePeoples: string = pieces(`
  tutor, instructor, trainee, sales ?person, claimant, defendant, signatory, objector, complainant, occupant, pat\\., pax, legal name, zeug(?:e|in), geschädigte[rn]?, beschuldigte[rn]?, declarante, denunciante, condómin[oa], vrijwillig(?:er|ster), poszkodowan[ya], sprawca, görgü tan[ıi]ğ[ıi], потерпевш(?:ий|ая), громадян(?:ин|ка), nazwisko rodowe, nom de jeune fille, geburtsname, meisjesnaam, primary, backup,
  prenoms?, ausente, presente, şoför, araç sahibi, interviewee, receptionist, present, plaintiff, respondent, (?:co-?)?borrower, crew, absent, anwesend, kläger(?:in)?, beklagte[rn]?, demandad[oa], demandante, presentes, ausentes, présents, absents, presenti, assenti, intestatari[oa], gérante?, outorgante, requerente, gedaagde, eiser(?:es)?, aanwezig, afwezig, powód(?:ka)?, pozwan[ya], obecni, nieobecni, davac[ıi], daval[ıi], kat[ıi]l[ıi]mc[ıi]lar, присутствовали, отсутствовали, истец, ответчик, närvarande, til stede,
  subject, a\\.?k\\.?a\\.?, lessee, lessor, guarantor, approver, approved by, consignee, consignor, courier, requester, requestor, referring (?:doctor|physician), next-of-kin, keeper, pet owner, accused, appellant, petitioner, decedent, deceased, testator, trustee, executor, interpreter, interviewer, interviewee, chair(?:person|man|woman)?, minutes by, on call, on duty, absentees?, apologies, voornamen, roepnaam, huisarts, behandelaar, koerier, chauffeur, verhuurder, opsteller, notulist, voorzitter, afwezigen,
  halter(?:in)?, hausarzt, hausärztin, zusteller(?:in)?, bürge, bürgin, erblasser(?:in)?, notar(?:in)?, vermittler(?:in)?, fahrzeughalter(?:in)?, pfleger(?:in)?, protokoll, entschuldigt, genehmigt von, erstellt von, geprüft von, begleitperson, kontaktperson, ehepartner(?:in)?, erziehungsberechtigte[rn]?,
  livreur, médecin traitant, bailleur, preneur, caution, défunte?, témoin, tuteur, tutrice, notaire, rédacteur, rédactrice, approuvé par, excusée?s?, bénéficiaire, conjointe?, assuré principal, porteur,
  repartidora?, avalista, fiadora?, conductor, testigo, tutor legal, arrendador, médico de cabecera, asistentes, excusad[oa]s?, aprobado por, redactado por, cónyuge, fallecid[oa], recibe, firmante,
  entregadora?, fiador, inquilin[oa], locatári[oa], locadora?, testemunha, cônjuge, responsável legal, aprovado por, médico assistente, faltou, faltaram, favorecido, sacado,
  kurye, kefil, tanık, eş, veli, onaylayan, hazırlayan, katılanlar, teslim alan, ev sahibi, kiralayan,
  kurier, świadek, małżonek, opiekun(?:ka)?, poręczyciel, zatwierdził[a]?, sporządził[a]?, odebrał[a]?, lekarz prowadzący, nieobecn[ya], uczestni(?:k|cy),
  assistente, corriere, garante, testimone, coniuge, medico curante, redatto da, approvato da, proprietari[oa], paziente, dipendente, conducente, assenti,
  δικαιούχος, πελάτης, ονοματεπώνυμο, παραλήπτης, αποστολέας, ασθενής, υπεύθυνος, οδηγός, υπάλληλος,
  получил, принял, курьер, поручитель, свидетель, согласовал, утвердил, ответственное лицо, владелец, плательщик, отримувач, платник, пацієнт, водій, власник,
  förare, målsman, kontaktperson, deltagare, patient, kund, anställd, hyresgäst, sjåfør, ansatt, leietaker, deltakere, lejer, medarbejder, jméno a příjmení, pacient, zákazník, řidič, nájemce, név, ügyfél, beteg, bérlő, sofőr, nume și prenume, client, șofer, chiriaș, họ và tên, họ tên, người nhận, người gửi, khách hàng, bệnh nhân, nhân viên`)

/** Words that a person's name follows without a sign. */
export const rareLed: string = pieces(`
  aka, a\\.k\\.a\\.?, seen, bug found by, (?:found|workaround|fix(?:ed)?|patch(?:ed)?|built|designed|drawn|led|run|owned|taken|paid|collected|delivered|witnessed|issued|authori[sz]ed|translated|verified|tested) by, is there a, birthday of, cc, todo\\(, fixme\\(, consignee, anyone seen, forward(?:ed)? (?:this|it|that|the \\p{L}{2,12}) to,
  poste d[eu], bureau d[eu], anniversaire d[eu], départ d[eu], absence d[eu], rdv avec, réunion avec, vu par, de la part d[eu], au nom de, chez,
  cumpleaños de, baja de, petición de, nombre de, reunión con, cita con, comida con, hablar con, avisar a, llama a, viud[oa] de, firmado por, escrito por,
  aniversário de, em nome de, reunião com, café com, almoço com, falar com, avisar [oa], assinado por, licença de, pedido d[aeo],
  compleanno di, a nome di, riunione con, parlare con, pranzo con, assenza di, firmato da,
  verjaardag van, afscheid van, overleg met, afspraak met, gesprek met, verlof van, op naam van, waar, iemand,
  geburtstag von, gespräch mit, termin mit, treffen mit, abholung bei, termin bei, in der sache, abschied von, krankmeldung von, im namen von, jemand,
  rozmowa z, spotkanie z, urlop, urodziny, ktoś, zamówienie, w imieniu, zwolnienie, pożegnanie, zadzwoń do,
  день рождения, разговор с, передано, передать, от имени, звонок от, наберите, позвони, больничный, вход, встреча з, зателефонувати,
  möte med, födelsedag för, samtal med, har, møte med, møde med, fødselsdag for, schůzka s, narozeniny, întâlnire cu, συνάντηση με, họp với`)

/** Words that two words of a name may follow. */
export const rarePair: string = pieces(`
  owner, beneficiary, nombre, nome, nom, naam, name, titular, destinatario, destinatário, holder, recipient, consignee, subject, halter, member, agent, manager, ask for, in favou?r of, in the name of, em nome de, a nombre de, au nom de, a nome di, auf den namen, na nazwisko, adına, на имя`)

/** Titles and kin beyond those of the small tier. */
export const rareTitles: ReadonlySet<string> = new Set(
  `maître mmes sres srs sras senyor senyora eng enga engo arq arqa irma irmã irmao frei padre madre sor fray hermano domnul domnule doamna doamnei domnisoara domnișoara
    пан пане пані пану панові шановна dra dras licda notaio geom huisarts hausarzt dr.med chú anh ông thầy
    kapitein schwester bruder pfarrer pastor vicar reverend constable gospodin gospođa gospođo gđa vážena slečna asszony fröken fru herrn
    mister missus missis δρ κύριο κύριος κυρία δεσποινίς`
    .split(/\s+/)
    .map(plainWord)
    // Too short to be one without its point: of Polish and Greek.
    .concat('p. ', 'κ. '),
)

/** A thing of a kind before a name that is its own: "Room Da Vinci", "sala Leonardo", "Storm Bella". */
const before =
  /(?<!\p{L})(?:(?:meeting )?room|sala|salle|saal|raum|zaal|hall|salon|team|equipo|équipe|squad|storm|hurricane|typhoon|cyclone|tempête|tormenta|borrasca|tempestade|tempesta|orkan|sturmtief|sturm|stormen|huragan|project|projekt|projet|proyecto|projeto|font|schriftart|police|theme|fiat|renault|seat|ford|opel|toyota|alfa|citroën|skoda|pizza|crêpes?|tarte?|sauce|sopa|sos|torta|salade|salat|caixa|bota|sapato|zapato|schuh|kleid|robe|vestido|sukienka|sofa|canapé|sedia|stuhl|tornillo|schraube|inbus|vis|clé|llave|schlüssel|rosenbogen|regal|schrank|tisch|bett|lampe|modell?|modèle|modelo|modello|version|hotel|hôtel|villa|residence|résidence|café|bar|kita|schule|school|église|kirche|church|basilica|chapel|crater|asteroid|ship|yacht|ferry|vessel|mv|ms|ss|morbus|syndrome?|maladie de|signo de|signe de|maniobra de|manobra de|escala de|échelle de|scala di|test de|teste de|morbo di|enfermedad de|doença de|choroba|zespół|болезнь|синдром|crema|rose|tulpe|apfel|kartoffel|pomme|variedad|sorte) $/iu
/** Or after it: "Barış salonunda", "Caesar salad", "the Mason jars". */
const behind =
  /^[ -](?:(?:masks?|catheters?|cannulas?|forceps|clamps?|retractors?|needles?|stain|dredger|trawler|tanker|barge|valves?|bearings?|engines?|pumps?|motors?|gearbox|tests?|apples?|tea|coffee|koffie|kaffee|café|knife|knives|screwdriver|trowel|wrench|sponge|steel|upgrade|fonts?|curve)(?!\p{L})|salon|saal|saloon|room|hall|salad|sauce|jars?|mono|sans|serif|grotesk|gothic|garden|bridge|square|plaza|avenue|road|lane|court|house|tower|building|centre|center|college|island|bay|beach|valley|mountain|mount|falls|ferry|cup|trophy|award|prize|award|foundation|yarn|roses?|potato(?:es)?|kampanya|otel|sahil|sokak|caddesi|mahallesi|disease|syndrome|effect|equation|theorem|algorithm|test|scale|cocktail|sandwich|cake|pie|soup|vineyard|wine|whisk(?:e)?y|beer|chocolate|collection|range|sofa|chair|table|lamp|dress|bag|watch|towers?|cluster|module|protocol|themes?|brand|warehouse|releases?|framework|library|plugins?)(?!\p{Ll}{4})/iu

/** Whether a lone name is a thing's by what stands before or after it, or by the word beside it in its own group. */
export function isOfThing(text: string, words: readonly Word[]): boolean {
  const [first, last] = [words[0], words.at(-1)]
  if (first === undefined || last === undefined) return false
  const lone = (from: number, to: number): boolean => isThing(text.slice(Math.max(0, from - 24), from), text.slice(to, to + 16))
  return (
    lone(first.start, last.end) || (first !== last && (lone(last.start, last.end) || (!isFamily(last) && lone(first.start, first.end))))
  )
}

function isThing(ahead: string, after: string): boolean {
  return before.test(ahead) || behind.test(after)
}
