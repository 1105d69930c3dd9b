import { accessWords } from './access-words.ts'
import { isLayout, isOfNetwork } from './layout.ts'
import type { More } from '../small/more.ts'
import { phraseWords } from './phrase-words.ts'
import { toldBy } from './told.ts'

const upTo = '[^\\n|;]*? '
/** What a command prints in the line below. */
const printed = '[^\\n]*\\n(?=[^\\s=:]+(?:\\n|$))'

/** As `findOneTimeCodes` has them. */
const digits = '((?:[A-Z]-)?\\d(?:[ -]?\\d){3,9}|\\d{2,3}[A-Z]\\d{1,3}|\\d-\\d-\\d)(?!\\d|[.,:/]\\d)'

const opener =
  /(?<!\p{L})(?:key ?(?:box|safe)|lock ?box|safe|alarm[ea]?|combo|combination|combinaci[óo]n|combinaison|kombination|szyfr|segredo|unlock|override|passcode|digicode|cassaforte|tresor|kluis(?:je)?|caja fuerte|coffre|cofre|hangslot|padlock|candado|cadeado|sejf|сейф|schloss|spind|taquilla|armário|cacifo|locker|kasa|door|gate|tür|tor|porte|puerta|porta|deur|drzwi|kapı|дверь)(?!\p{L})/iu
const counted =
  /count|status|time|date|type|zone|level|owner|state|model|number|no\b|nr\b|^door$|^gate$|^tor$|^locker$|^spind$|^taquilla$|^armário$|^kluisje$|^cacifo$|^deur$|^porta?e?$/iu
const coded = /^(?:access |entry |door |gate )?(?:code|kod|kód|код|código|codice|cijfer|コード|代码)s?$/iu
const keyed = /^(?:key|schlüssel|clé|chiave|sleutel|klucz|anahtar|ключ)$/iu

const half = /^(?:first|last|given|family|middle)$/iu
const halves =
  /(?<!\p{L})(?:first|given)(?!\p{L})(?: name)?.{1,24}(?<!\p{L})(?:last|family)(?!\p{L})|(?<!\p{L})last(?!\p{L}).{1,12}(?<!\p{L})first(?!\p{L})/iu

/** By a header that names what opens something; by one for codes or keys beside such. */
function opens(header: string, all: string): ReturnType<More['opens']> {
  const written = header.replace(/[_*]+/g, ' ').trim()
  if ((opener.test(written) && !counted.test(written)) || (coded.test(written) && opener.test(all)))
    return { header: 'PIN', holds: 'secret' }
  // Asked without its line, it may be one.
  if (half.test(written) && (all === '' || halves.test(all))) return { header: 'Name', holds: 'people' }
  return keyed.test(written) && /ssid|wi-?fi|wlan|network|netz/iu.test(all) ? { header: 'password', holds: 'secret' } : undefined
}

/** What there is room for beside a page. */
export const more: More = {
  moreWords: { ...phraseWords, ...accessWords },
  toldBy,
  strong:
    'memorable word, secret word, секретное слово, кодовое слово, сид-?фраза, frase de recuperaci[oó]n, frase de recuperação, frase semilla, frase di recupero, phrase (?:secrète|de récupération), fraza odzyskiwania, herstelzin, palabra secreta, palavra secreta, parola (?:segreta|chiave per), chiave (?:di accesso|wi-?fi), clave (?:de firma|din[áa]mica|de un solo uso), clé (?:d.accès|wi-?fi), ключ доступа, klucz (?:dostępu|wi-?fi), toegangssleutel, wifi-?sleutel, erişim anahtarı, netzwerkschlüssel, アクセスキー, codes? de (?:secours|récupération), códigos? de (?:respaldo|recuperación|recuperação|backup|reserva|emergencia|emergência), codici di backup, zugangswort, l[oö]senord, sésame, parola chiave, [仮初]期?pw, verification word, código de seguridad, c[óo]d\\.? ?seg\\.?, kody (?:zapasowe|awaryjne), pasword, pas+w(?:rd|rt), парол(?:ем|ю|я), pwrd, paswort, mot de pass, key ?phrase, codici di (?:riserva|recupero), kódy pro obnovení, kody (?:odzyskiwania|rezerwowe), yedek kod\\p{L}*, резервные коды, ersatzcodes, wiederherstellungscodes, back-?upcodes, reservekoder, herstelcodes, 备用码, 恢复码, バックアップコード, 復旧コード, 백업 코드, 복구 코드, رموز النسخ',
  commands: {
    'basicauth(': `["']?[^\\s"']+["']?, ?`,
    'login(': `["']?[^\\s"']+["']?, ?(?=["'])`,
    unzip: `${upTo}-P ?`,
    sqlcmd: `${upTo}-P ?`,
    mosquitto: `\\w*${upTo}-P ?`,
    ipmitool: `${upTo}-P ?`,
    plink: `${upTo}-pw ?`,
    rar: ` a?${upTo}-h?p`,
    'openssl enc': `${upTo}-k `,
    mongo: `(?:sh|dump|restore)?${upTo}-p ?`,
    passin: ' pass:',
    passout: ' pass:',
    'snmp-server community': ' ',
    snmp_community: ': ?',
    requirepass: ' ',
    'getconnection(': `["'][^"'\\n]+["'], ?["'][^"'\\n]*["'], ?`,
    'connect(': `(?:["'][^"'\\n]*["'], ?){2,3}(?=["'][^"'\\n]+["']\\))`,
    'mysqli(': `["'][^"'\\n]*["'], ?["'][^"'\\n]*["'], ?`,
    'pdo(': `["'][^"'\\n]*["'], ?["'][^"'\\n]*["'], ?`,
    'ftp_login(': `[^,\\n]{1,40}, ?["'][^"'\\n]*["'], ?`,
    xfreerdp: `${upTo}/p:`,
    'basic_auth(': `["'][^"'\\n]*["'], ?`,
    lftp: `${upTo}-u ?[^\\s,]+,`,
    wpa_passphrase: ' \\S+ ',
    'httpbasicauth(': `["']?[^\\s"']+["']?, ?`,
    'pass show': printed,
    'find-generic-password': printed,
    'secrets versions access': printed,
    'get-secret-value': printed,
    'kv get': printed,
    'op read': printed,
    'bw get password': printed,
    'secret-tool lookup': printed,
  },
  ordinary:
    'forkert feil fel felaktigt utløpt udløbet ugyldig ogiltigt krävs kræves påkrevd väärä väärin virheellinen vanhentunut oltava vaaditaan błędne nieprawidłowe wymagane wygasło hatalı yanlış geçersiz gerekli zorunlu olmalı olmalıdır onjuist verlopen verplicht ongeldig vereist errada incorreta inválida expirada obrigatória sbagliata scaduta errata obbligatoria richiesta špatné neplatné vypršelo povinné hibás helytelen lejárt kötelező invalidă greșită incorectă obligatorie expirat неверный неверен истек истёк обязателен недействителен неправильний λάθος sai salah wajib incorrectos incorrectas incorrecto caducada vencida siehe bitte wird ist voir aucun ninguna ninguno nessuna nenhuma geen brak yok нет ingen inga sempre siempre toujours immer always altijd zawsze hep всегда hâlâ ancora todavía ainda noch encore nog jeszcze ещё none-set default later soon tomorrow 1password',
  grown: /(?:wort|woord|ord|kode)\p{Ll}{4,}$/u,
  isLayout,
  opens,
  isOfNetwork,
  mangled:
    /^_{0,3}(?:[sS]|Z[A-Z]{0,3}|R[A-Za-z]{1,4})\d{1,2}[A-Za-z][a-z]{2,}\w*?\d[A-Za-z]|^[a-z]{3,}(?:-[a-z]+)*-[a-z\d]{8,10}-[a-z\d]{5}$/,
  otherNames:
    /(?:timeout|days|hours|minutes|seconds|lifetime|duration|interval|attempts|retries|rounds|cost|regexp?|pattern|validators?|rules?|strength|checker|error|message|hashers?|plan)$/i,
  said: /^(?:[io]b+[lr]ig|verp?fl?icht|påkrev|kräv|erforder|notwend|nécess|neces|requi|richiest|zorunlu|gerek|обязат|необход|требу|обов|povin|kötele|persön|person|pessoa|individu|личн|vertrau|vertrouw|confiden|konfid|poufn|geheim|segret|tajn|schwach|débil|faible|debol|слаб|слож|прост|in?corr|korrekt|falsch|errad|sbagl|erróne|chybn|špatn|błęd|неверн|неправ|hatal|yanlış|ident|même|mism|mesm|stess|одинак|leeg|vide|vac[ií]|vuot|pust|prázd|boş|пуст|unsich|(?:in)?segur|sicur|безоп|bezpe|säker|sikker|güven|gült|geldig|ważn|platn|gyldig|giltig|действ|abgel|caduc|scad|venci|verlop|wygas|ист[её]к|remi[st]|envoy|envi|invia|wysł|gesend|versch|отправ|skicka|sendt|cifr|versl|шифр|szyfr|almac|armaz|stock|salv|хран|przech|lagra|gemt|opcion|opzion|facul|facolt|fakult|[úu]nic|eindeut|uniek|уник|importa|belang|важн|immer|jamais|siempre|nunca|nooit|altijd|nigdy|zawsze|всегда|никогда|straks|morgen|zelf|vandaag|demain|mañana|amanhã|domani|jutro|zítra|завтра|скоро|bientôt|pronto|snart)\p{Ll}{0,8}$/u,
  letting:
    '|teslim|livrais|entrega|zustell|bezorg|ritiro|retiro|abhol|pick-?up|odbior|صالح|ważn|istek|действ|inlog|logow|підтв|best[æe]m|conferm|conf[ií]r|freis|bloque|ontgr|toegang|jednoraz|doğru|onay|güven|giri|eriş|potw|dost|bezp|ověř|ngång|engang|bekr|vahvist|acc?[eèé][sn]|confid|autor|подтв|доступ|безоп|провер|вход|تفعيل|xác|kertak|التحقق|التأكيد|الدخول|אימות|[验驗認认확증安激]|短信|ログイン|確認',
  place:
    '|larm|nyckel|apertura|abertura|ouverture|öffn|portk|\\btor\\b|tresor|(?<![bc])lock|keypad|key ?box|schlüssel[bks]|port[ãõó]|voicemail|mailbox|scharf|portail|cancell|cofre|caja|coffre|cassa|kluis|deur|kap[ıi]|kasa|drzwi|bram|sejf|digicode|printer|drucker|imprim|impres|sim\\b|tablet|домофон|двер|сигнал|сейф|ворот|замк|[門门扉]|ドア|金庫|保险|警備|ロッカー|\\bhek\\b|d[øö]rr?[ke]|\\bovi|brán|kapu|poart|furtk|玄関|暗証|συναγερ|πόρτ|כניס|דלת|אזעק|현관|도어|cửa|إنذار|باب|خزن',
  codeWords: [
    'κωδικός?',
    'הקוד',
    'קוד',
    'รหัส',
    'kód(?:ja|ot|dal|u|em|y)?',
    'koodi(?:n|lla)?',
    'noutokoodi',
    'kodes?',
    'koden',
    'mã',
    'codul',
    'шифр',
    'szyfr',
    'nip',
    'cijfercode',
    'combina(?:tion|ción|ison|zione|ção)',
    'kombination',
    'alarm(?:e|a|en|ı)?',
    'lock ?box',
    'key ?(?:box|pad)',
    'schlüssel(?:box|kasten|safe)',
    'pin',
    'пин',
    'kod(?:unu|una|umuz|um|ów|y)',
    'pass ?key',
    'personal identification number',
    'c[óo]digos?',
  ],
  puts: 'gebruik usa utilisez saisissez entrez tapez introduzca introduce ingrese ingresa digite insira inserisci wpisz podaj użyj girin kullanın введите введіть ange geben gib verwenden typ voer marcando marca pone pulsa taper press punch dial tap wähle tippe compose composez druk toets naciśnij bas нажми набери skriv yaz'.split(
    ' ',
  ),
  nearCode: new RegExp(
    `^[^\\d\\n.?!]{0,40}(?:[?] ?-?>?[^\\d\\n.?!]{0,16})?[ \\t:(*#"']${digits}(?![ \\t](?!mal|and|zum|pour|para|ein)[a-zà-ÿ]{3})`,
    'iu',
  ),
  codeBefore: new RegExp(
    `(?<![^\\s"'>*(])((?:[A-Z]-)?\\d(?:[ -]?\\d){3,9})[ ,"')]{0,3}(?:[-:=] |(?:is|ist|est|es|è|é|это|jest|to|är|er|as|als|comme|como|for|là|c'est|that's|das ist)[ ])[^\\d\\n.]{0,48}$`,
    'iu',
  ),
}
