import { codeAt } from '../character.ts'
import { alikeIn } from './alike.ts'
import { isEasternWord } from './east.ts'
import { givenNames, plainWord } from '../lexicon.ts'
import { withoutDoubled } from './likely-secret.ts'
import { lookAt } from '../look.ts'
import { isPeople } from '../person-context.ts'
import type { Kind, Span } from '../span.ts'
import { looksSecret } from '../value.ts'
import { isJapaneseWord } from './unspaced-thing.ts'
import { findVendorTokens } from '../vendor.ts'
import { isOfRegion } from './region.ts'

interface Place {
  readonly found: string
  readonly before: string
  readonly ahead: string
  /** The line around it, as far as it is read. */
  readonly line: string
}

/** Where the bytes begin, and sixteen of them or half as many; one at least has a letter. */
const hexDump =
  /^(?=[^\n]{0,60}(?<=[\s\da-f])[a-f]\d|[^\n]{0,60}\d[a-f]\s)[\da-f]{6,16}:?[ \t]{1,3}(?:(?:[\da-f]{2}[ \t]{1,3}){8}|(?:[\da-f]{4}[ \t]{1,3}){4})/i
const zeros = /^[0\s.-]+$/
/** "05.11.2024 14:21": a date, and an hour that is read with it. */
const dateAndHour = /^(?:\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d|(?:19|20)\d\d([./-])\d{1,2}\2\d{1,2}),? \d{1,2}$/
const weather = /(?:METAR|TAF|NOTAM|TEMPO|BECMG|NOSIG)/
/** What numbers a part, an article, a device. */
const partNumber =
  /(?:(?:teile?|artikel|art|ersatzteil|bestell|serien|mat(?:erial)?|modell)\.?-?n(?:umme)?r|(?:part|item|model|serial|catalog(?:ue)?|stock) ?(?:no|number|#)|oem|sku|ean|gtin|isbn|issn|mpn|p\/n|réf(?:érence)?|cód(?:igo)?\.? (?:oem|de (?:pieza|artículo|produto))|n[.º°]? (?:de )?(?:pièce|pieza|peça|serie|série)|nr (?:części|kat)|parça (?:no|kodu)|артикул|арт\.|onderdeelnummer|artikelnummer)[ .:#°º-]{0,4}[^\n\p{L}]{0,24}(?:\p{Ll}[^\n.;:]{0,40}[^\p{L}\d])?$/iu
/** Nobody numbers parts as France its telephones. */
const inPairs = /^0[1-9](?:[ .]\d\d){4}$/
const invoice =
  /(?:faktur|invoice|rechnung|factur|fatura|fattur|сч[её]т|накладн|order|zamówien|bestell|pedido|commande|auftrag|ordin|sipariş)\p{L}{0,8}[^\n\d]{0,20}$/iu
const train =
  /^(?:\d{1,3} )?(?:Tren |Train |Treno |Zug )?(?:IC[EN]?|EC|EN|RE|RB|IRE?|SPR?|TGV|TER|AVE|ALVIA|RJX?|NJ|TLK|EI[CP]|RV?|FR|FA|FB|ES|REG|OS|AP|MD|LD|THA) \d{1,5}$/u
const belts =
  /cinghi|riemen|(?<!\p{L})belt|courroie|correa|correia|riem(?!\p{L})|lager(?!\p{L})|bearing|cuscinett|rodamiento|rolamento|roulement|łożysk|подшипник|ремень|filt[er]|ersatzteil|spare|ricamb|repuesto|onderdeel|części|yedek|запчаст/iu
const drug = /\bATC\b|\d ?(?:mg|mcg|µg|ml|cpr|cps|tabl?|comp)\b/u
const law = /§|\bRn\b|\bNJW|\bBGH|\bBGBl|\bOLG|\bUrt\.|\bArt\.? \d|U\.S\.C|Civ\. P|Crim\. P|\bECLI|\bCass\b|\bLJN\b|\bBOE\b|\bNStZ|\bBVerf/u
const version =
  /(?:version|versi[oó]n|versão|versione|wersja|sürüm|версия|バージョン|版本|firmware|build|release|patch)["']?[ :=#-]{1,3}(?:\p{L}+ ){0,4}$/iu
const promotion =
  /promo|gutschein|rabat|voucher|coupon|kupon|discount|cup[óo][nm]|descuento|desconto|sconto|korting|indirim|промо|скидк|折扣|优惠|クーポン|割引|خصم/iu
const failure =
  /(?:error|fault|fehler|störung|storing|erreur|panne|aver[ií]a|erro|avaria|guasto|hata|arıza|błęd|ошибк|fel)\p{L}*|\bDTC\b|\bEPC\b|\bOBD/iu
const log = /\d:\d\d:\d\d|\b(?:level=|ERROR|WARN|INFO|DEBUG)\b/
const access = /otp|sms|verif|login|2fa|auth|(?<!\p{L})pin(?!\p{L})/iu
const strength =
  /(?:força|fuerza|seguridad|strength|stärke|sterkte|force|robustesse|sicurezza|forza|siła|güc?ü|güç|сложность|надёжность|styrka|强度)[^\n\d]{0,24}[:：] ?$/iu
const sentence = /请输入|请填写|请勿|入力してください|を入力|입력하|من فضلك/u
/** What a form bids whoever fills it in. */
const bidden =
  /^(?:Enter|Type|Choose|Gib|Geben Sie|Entrez|Saisissez|Introduzca|Introduce|Ingrese|Digite|Insira|Voer|Wpisz|Podaj|Girin|Введите|Введіть|Inserisci|Ange|Skriv) (?:\S+ ){2,}\S+$/u
const least = /^(?:mindestens|at least|au moins|al menos|pelo menos|almeno|minstens|en az|co najmniej|не менее|minst|最少|至少)$/iu
/** How long a secret has to be, as a form tells it: "8-20 characters", "min. 8 Zeichen". */
const long =
  /(?<![\p{L}\d])\d{1,3}\+? ?(?:(?:[-–]|to|bis|à|a|do|tot|og) ?\d{1,3} ?)?(?:(?:character|char|zeichen|ziffer|stelle|caract|carát|cifra|digit|dígito|chiffre|cijfer|znak|cyfr|karakter|hane|rakam|teken|символ|знак|цифр|tecken|tegn|siffr|merkki)\p{L}*|[位桁](?:数字)?|文字|字符|자리?)(?!\p{L})/iu
const commit = /(?:\b(?:HEAD|commit|sha|rev(?:ision)?|tree|parent|merge|blob|tag|branch)\b)[^\n\p{L}\d]{0,4}$/iu
/** What a file's content adds up to, as tools print it: `SHA256 (file) = ...`. */
const checksum = /(?<![A-Za-z])(?:SHA-?\d{1,3}|MD5|BLAKE2[bs]?)(?: \([^()\n]{1,72}\))?(?: ?[:=]|sum:?) ?$/i
const order =
  /(?:order|bestell|pedido|commande|sipariş|zamówien|заказ|ordine|tracking|sendung|ticket|vorgang|référence|referenz|referencia)\p{L}{0,8} ?(?:code|number|nummer|nr|no|n°|n\.º|id|ref)?\.?[ :#]{1,3}$/iu

/** The first letters of scripts without capitals are the Hebrew ones. */
const firstUnspaced = 0x590
/** Kinds, and what they are where it only looks like them. */
const others: Partial<Record<Kind, (place: Place) => boolean>> = {
  phone: isNoPhone,
  card: ({ found, line }) => zeros.test(found) || hexDump.test(line),
  national_id: isNoId,
  address: ({ found, before, ahead }) =>
    law.test(`${before.slice(-40)}${found}`) ||
    status.test(found) ||
    (/^BP \d/.test(found) && /^,\d\d(?!\d)/.test(ahead)) ||
    (/\d h $/.test(before) && /^\d\d, /.test(found)) ||
    /\d:$/.test(before) ||
    /^\d\d?, (?:FC|SV|VfB|VfL|TSV|SC)\b/.test(found),
  ip: ({ before }) => version.test(before),
  // Everybody's name where code is kept: `git@host:team/project.git`.
  email: ({ found, ahead }) => found.startsWith('git@') && /^:[\w~./-]/.test(ahead),
  secret: isNoSecret,
  url_token: ({ found }) => /^97[89]\d{10}$/.test(found),
  person: isNoPerson,
}

/** What a server answers. */
const status = /^[1-5]\d\d (?:Bad|Not|Internal|Service|Gateway|Too|Request|Moved|Forbidden|Unauthorized|Payload|No) /
/** Of goods, for customs and for accounts. */
const tariff =
  /(?:goederen|waren|zoll|budget|konto|kost(?:en)?|account|cost|tariff?|taric|customs|commodity|\bhs|\bcn|ncm|gtip|тн ?вэд|färg|farb|colou?r|artikel)\p{Ll}{0,8}[ -]?(?:code|kode?|kod|nummer|no|код)?[ :#]{1,3}$/iu

const mostSpans = 500

/** Spans without those that what stands around them tells to be something else. */
export function keptIn(text: string, spans: readonly Span[]): readonly Span[] {
  // In a list of hundreds nobody looks beside each.
  if (spans.length > mostSpans) return spans
  const kept = keptByRules(text, spans)
  return withoutDoubled([...kept, ...alikeIn(text, kept)])
}

function keptByRules(text: string, spans: readonly Span[]): readonly Span[] {
  return spans.filter(({ start, end, kind }) => {
    const isOther = others[kind]
    if (isOther === undefined) return true
    if (kind === 'person' && (isEmptyField(text, start, end) || isOfRegion(text, start, end))) return false
    // Most are names in letters with capitals: nothing else here is about those.
    if (kind === 'person' && codeAt(text, start) < firstUnspaced) return true
    const before = text.slice(Math.max(0, start - 200), start)
    const line = text.slice(start - before.length + before.lastIndexOf('\n') + 1, end + 120).split('\n', 1)[0] ?? ''
    return !isOther({ found: text.slice(start, end), before, ahead: text.slice(end, end + 60), line })
  })
}

/** "Passport (series, number):" below "First name:": a form that nobody has filled in. Its label goes on, as a name in such a place does not. */
function isEmptyField(text: string, start: number, end: number): boolean {
  if (codeAt(text, start - 1) !== 10 || codeAt(text, start - 2) !== 58) return false
  const above = /:\n([^:\n]{1,40}):\n$/.exec(text.slice(Math.max(0, start - 48), start))?.[1] ?? ''
  return isPeople(above.trim()) && /^[ (][^:\n]{2,32}:(?:\n|$)/.test(text.slice(end, end + 36))
}

function isNoPhone({ found, before, ahead, line }: Place): boolean {
  if (dateAndHour.test(found)) return /^[:.h]\d\d/.test(ahead)
  if (zeros.test(found) || hexDump.test(line) || weather.test(line) || isLadder(found)) return true
  const [left, right] = found.split('/')
  if (left === right || (found.startsWith('00') && found.replace(/\D/g, '').length < 10)) return true
  // As a maker of parts numbers them; no telephone is written so.
  if (/^0 \d{3} \d{3} \d{3}$/.test(found) && !/\p{L}\p{L}[.:]* ?$/u.test(before.slice(-4)) && /[|;\t]/.test(line)) return true
  if (inPairs.test(found)) return false
  // Columns of counters, a way bill of an airline, an article in EDIFACT.
  if (
    /^\d{3}(?: {2,3}\d{3})+$/.test(found) ||
    (/^\d{3}-\d{8}$/.test(found) && /AWB\W{1,3}$/.test(before)) ||
    (found.startsWith('+') && /(?<![A-Z])[A-Z]{3}\+[^\n]*\+$/.test(before))
  )
    return true
  return tariff.test(before.slice(-40)) || partNumber.test(before.slice(-80)) || /^ \p{Lu}{1,3}(?=[;|\t\n])/u.test(ahead)
}

/** "38 40 42 44": sizes. */
function isLadder(found: string): boolean {
  const steps = found.split(' ').map(Number)
  const step = (steps[1] ?? 0) - (steps[0] ?? 0)
  return steps.length > 3 && step > 0 && steps.every((one, place) => place === 0 || one - (steps[place - 1] ?? 0) === step)
}

function isNoId({ found, before, line }: Place): boolean {
  if (hexDump.test(line) || (found.includes('/') && invoice.test(before.slice(-40)))) return true
  if (/^ET[AD] \d{4}$/.test(found)) return true
  if (train.test(found)) return /\d ?[:.h] ?\d\d|\b(?:tren|train|treno|trein|zug|pociąg)\b/iu.test(line)
  if (/^[ABCDGHJLMNPRSV]\d{2}[A-Z]{2}\d{2}$/.test(found)) return drug.test(`${before}${line}`)
  return /^\p{Lu}{2,3}[ -]\d{3,5}$/u.test(found) && belts.test(before.slice(-60))
}

function isNoSecret(place: Place): boolean {
  // Whatever is said around it, a token in its vendor's form is one.
  if (place.found.length > 14 && findVendorTokens(place.found, lookAt(place.found)).length > 0) return false
  return isOfCode(place) || (isNumbered(place) && !isLabelled(place)) || isSaid(place)
}

/** Whether a word for a secret stands just before. */
function isLabelled({ before }: Place): boolean {
  return lookAt(before.slice(-40)).words('strong', 'code', 'weak').length > 0
}

/** Keys of a keyboard, pressed together. */
const chord =
  /^(?:(?:Ctrl|Control|Strg|Cmd|Command|Alt|AltGr|Shift|Maj|Mayús|Win|⌘|⌥|⇧)\+)+(?:[A-Z\d]|F\d{1,2}|Del|Delete|Entf|Supr|Suppr|Canc|Esc|Tab|Enter|Alt|Shift)$/
const region = /^[a-z]{2}-[a-z]{4,9}-\d$/
/** "-ScriptBlock", "HTTP/1.1", "$HOME/bin/", and what a pipe leads to. */
const ofShell = /^-(?:\p{Lu}\p{Ll}+){2,}$|^HTTP\/\d|^\$\{?[A-Z_]+\}?\//u

/** A name, an expression or a setting of code. */
function isOfCode({ found, before, ahead, line }: Place): boolean {
  if (before.endsWith('<') && ahead.startsWith('>') && found.includes(' ')) return true
  if (/^#\d{1,6}$/.test(found) && before.endsWith('(') && ahead.startsWith(')')) return true
  if (/^\$\w+->\w+$| << | >> |^ ?\+ | \+ ?$/.test(found) || /^(?:\p{Lu}\p{Ll}+)+(?:Key|Token|Secret|Password)$/u.test(found)) return true
  if (/^change[-_]?(?:me|this)(?:[-_]\p{Ll}+)+$/iu.test(found) || region.test(found) || ofShell.test(found)) return true
  if (/\S \| $/.test(before) && /^[a-z]{2,8}$/.test(found) && /^ (?:>|-|\d{1,3}[smhd](?![\p{L}\d]))/u.test(ahead)) return true
  // The next setting, the next key's value, a server's name; and what a function gives.
  if (before.endsWith('\n') && /^\w+$/.test(found) && /^ *= ?\S/.test(ahead)) return true
  if (/(?<!\p{L})(?:src|dest|Data ?Source|Server|Host)["']?(?: = ?|: )["']?$/u.test(before)) return /^[a-z][a-z\d.-]*$/.test(found)
  if (/^[A-Za-z_]+\[(?:-?\d{1,3}|[A-Za-z_]+|["'][^"']*["'])$/.test(found) && ahead.startsWith(']')) return true
  if (chord.test(found) || (/^[a-z]+(?:_[a-z]+)*=\d{1,3}$/.test(found) && /[^\s:=] $/.test(before))) return true
  if (/^\d{2,5}$/.test(found) && /(?<!\S)from (?:localhost|UNKNOWN|[\w-]+(?:\.[\w-]+)+|[\da-f]*:[\da-f:]+) port $/.test(before)) return true
  // A cell of another sheet; where an error was thrown.
  if (
    /^(?:\w+|'[^'!\n]{1,40}')!\$[A-Z]{1,3}\$\d{1,7}(?::\$[A-Z]{1,3}\$\d{1,7})?$/.test(found) ||
    (/^\w+$/.test(found) && /line \d{1,6}, in $/.test(before))
  )
    return true
  if (/\) === ?["']$|\) == ?["']$/.test(before) && /^\p{L}+$/u.test(found)) return true
  if (/^[a-z]+(?:_[a-z]+)+$/.test(found)) return /^ +(?:[=|]|\S+;)/.test(ahead) || (/(?<![\w"']):$/.test(before) && /^[,)\s]/.test(ahead))
  return (
    (/^(?:Server|Data Source)=/i.test(found) && !/p(?:ass)?w(?:or)?d?=|password/i.test(found)) ||
    (/COMMENT ON /.test(line) && /\p{L} \p{L}/u.test(found))
  )
}

/** A number of a thing: of an error, an order, a commit, an offer. */
function isNumbered({ found, before, ahead, line }: Place): boolean {
  if (/^0x[\da-fA-F]{1,8}$|^[A-Z]-?0+$/.test(found)) return true
  if (/^\d{1,2}-\d{1,2}$/.test(found) && /\p{Script=Han}/u.test(line)) return true
  if (
    /^[PBCU]\d{4}$|^[A-Z]{1,3}-?\d{2,5}$/.test(found) &&
    (failure.test(before.slice(-60)) || (log.test(line) && /larm[ae]? $/i.test(before)))
  )
    return true
  if (/^\d{1,3}(?:,\d{3})+$/.test(found) && /^ \p{Ll}{3}/u.test(ahead)) return true
  if (/^\d[\d-]+$/.test(found) && tariff.test(before.slice(-40))) return true
  if (/^[0-7][\dA-HJKMNP-TV-Z]{25}$/.test(found) && /(?:request|trace|correlation|span|event|job)[ _-]?id["' :=]{1,4}$/i.test(before))
    return true
  if (/^[\da-f]{7,40}$/.test(found) && commit.test(before.slice(-24))) return true
  if (/^[\da-f]{32,128}$/i.test(found) && checksum.test(before.slice(-100))) return true
  if (
    /^[\dA-Fa-f]{6}$/.test(found) &&
    /(?:colou?r|farbe|couleur|cor|colore|kleur|renk|kolor|цвет)\p{L}{0,8}[ :=#"']{1,4}$|#$/iu.test(before.slice(-24))
  )
    return true
  if (/^\d{3,7}$/.test(found) && /(?<![a-z])code["']?=$/.test(before)) return log.test(line) && !access.test(line)
  if (/^[A-Z]{3,12}\d{2,4}$/.test(found)) return promotion.test(before.slice(-60))
  return /^[A-Z\d-]{4,20}$/.test(found) && order.test(before.slice(-40)) && !access.test(before.slice(-40))
}

/** Words of a sentence about secrets. */
function isSaid({ found, before, ahead }: Place): boolean {
  const isAsked = bidden.test(found) || (sentence.test(found) && !/[!-~]{5}/.test(found)) || least.test(found)
  if (isAsked || strength.test(before.slice(-60))) return true
  // With a value behind it this would keep that from being looked for.
  if (long.test(found) && !/^[)\]）]?["'*]{0,2} ?[:=：] ?\S/u.test(ahead)) return found.split(' ').every((one) => !looksSecret(one))
  return /^\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)*(?:brug|brücke|stra(?:ß|ss)e|straat|platz|plein|laan|tunnel|kanal|kanaal|sluis|schleuse)$/u.test(
    found,
  )
}

function namesNobody(found: string): boolean {
  return !/(?:^| )يا /u.test(found) && !found.split(' ').some((one) => givenNames.has(plainWord(one)))
}

/** The header of a column in Chinese or Japanese, over figures; a customer's words to an assistant. */
/** What somebody is called behind a name of China or Japan: there a word is one, too. */
const courtesy =
  /^ ?(?:先生|女士|小姐|太太|经理|經理|老师|老師|主任|总监|总经理|教授|医生|同学|同志|様|さま|さん|氏|殿|くん|ちゃん|部長|課長|社長|先輩)/

function isNoPerson({ found, before, ahead, line }: Place): boolean {
  if (isJapaneseWord(found, before, ahead) || (found === '선생' && ahead.startsWith('님'))) return true
  if (isEasternWord(found) && !/[:：] ?$/.test(before) && !courtesy.test(ahead)) return true
  if (/^(?:قسم|إدارة|شركة|وزارة|مكتب|فريق|مدرسة|جامعة|بنك|مستشفى) /u.test(found)) return true
  // "Welcome to you", "the director": with nobody's name behind it.
  if (/^(?:بكم?|وسهلا|بالجميع|جميعا|الكرام|المدير|الرئيس|الوزير|الإدارة|الدعم|المبيعات|المحاسبة)(?:$| )/u.test(found))
    return namesNobody(found)
  if (/(?:号码|編號|号|名|日期|金额|数量|状态|地址|电话|时间|名称|番号|金額|状態|住所)$/u.test(found) && /^[\t:：,，|\n]/.test(ahead))
    return true
  if (/[人者]$/u.test(found) && /^[:：]/.test(ahead)) return true
  if (!/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Arabic} ]+$/u.test(found)) return false
  return (
    (!before.includes('\n') && /\n[^\n]*\d/.test(ahead) && !/\d/.test(line) && (line.match(/[,，|\t]/g)?.length ?? 0) >= 3) ||
    (/العميل: ?$/u.test(before) && /^(?:نسيت|أريد|كيف|هل|لماذا|أين|متى|كم|لا) /u.test(found))
  )
}
