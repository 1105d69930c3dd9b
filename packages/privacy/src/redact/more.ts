import type { More } from './more-none.ts'
import { findAnswers, findPhrases } from './phrase.ts'
import { toldBy } from './told.ts'

const upTo = '[^\\n|;]*? '
/** What a command prints in the line below. */
const printed = '[^\\n]*\\n(?=[^\\s=:]+(?:\\n|$))'

/** What there is room for beside a page. */
export const more: More = {
  findPhrases: (text, look) => [...findPhrases(text), ...findAnswers(text, look)],
  toldBy,
  strong:
    'codes? de (?:secours|récupération), códigos? de (?:respaldo|recuperación|recuperação|backup), codici di backup, kody zapasowe, codici di (?:riserva|recupero), kódy pro obnovení, kody (?:odzyskiwania|rezerwowe), yedek kod\\p{L}*, резервные коды, ersatzcodes, wiederherstellungscodes, back-?upcodes, reservekoder, herstelcodes, 备用码, 恢复码, バックアップコード, 復旧コード, 백업 코드, 복구 코드, رموز النسخ',
  commands: {
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
    'forkert feil fel felaktigt utløpt udløbet ugyldig ogiltigt krävs kræves påkrevd väärä väärin virheellinen vanhentunut oltava vaaditaan błędne nieprawidłowe wymagane wygasło hatalı yanlış geçersiz gerekli zorunlu olmalı olmalıdır onjuist verlopen verplicht ongeldig vereist errada incorreta inválida expirada obrigatória sbagliata scaduta errata obbligatoria richiesta špatné neplatné vypršelo povinné hibás helytelen lejárt kötelező invalidă greșită incorectă obligatorie expirat неверный неверен истек истёк обязателен недействителен неправильний λάθος sai salah wajib incorrectos incorrectas incorrecto caducada vencida siehe bitte wird ist voir aucun ninguna ninguno nessuna nenhuma geen brak yok нет ingen inga none-set',
  letting:
    '|ważn|istek|действ|inlog|logow|best[æe]m|conferm|conf[ií]r|freis|bloque|ontgr|toegang|jednoraz|doğru|onay|güven|giri|eriş|potw|dost|bezp|ověř|ngång|engang|bekr|vahvist|acc?e[sn]|autor|подтв|доступ|безоп|провер|вход|تفعيل|xác|kertak|التحقق|التأكيد|الدخول|אימות|[验驗認认확증安激]|短信|ログイン|確認',
  place:
    '|portail|cancell|cofre|caja|coffre|cassa|kluis|deur|kap[ıi]|kasa|drzwi|bram|sejf|digicode|printer|drucker|imprim|impres|sim\\b|tablet|домофон|двер|сигнал|сейф|ворот|замк|[門门扉]|ドア|金庫|保险|警備|ロッカー|\\bhek\\b|d[øö]rr?[ke]|\\bovi|brán|kapu|poart|furtk|玄関|暗証|συναγερ|πόρτ|כניס|דלת|אזעק|현관|도어|cửa|إنذار|باب|خزن',
}
