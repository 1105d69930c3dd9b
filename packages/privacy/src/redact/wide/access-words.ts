import { type Family, word } from '../beginning.ts'

/** Alternatives of one pattern, parted by commas and blanks. `<` and `>`: where no letter stands. */
const pieces = (list: string): readonly string[] =>
  list
    .trim()
    .split(/,\s+/)
    .map((piece) => piece.replace('<', '(?<!\\p{L})').replace('>', '(?!\\p{L})'))
const family = (list: string): Family => ({ pieces: pieces(list), pattern: (own) => `(?<![A-Za-z])(?:${own})` })

/** Words of what a code opens or turns off, and of what people let each other in to. */
export const accessWords: Readonly<Record<'opening' | 'access' | 'digit', Family>> = {
  opening: family(`
    <door>, <gate>, <gates>, key ?pad, lock ?box, key ?box, key ?safe, padlock, <lock>, <alarm, <safe>, <locker, <garage, turnstile, <shutter>, <disarm>, <duress>, voice ?mail, mailbox,
    <tür>, haustür, eingangstür, seiteneingang, <tor>, rolltor, hoftor, schlüssel(?:kasten|tresor|box|safe), zahlenschloss, <schloss>, vorhängeschloss, <spind, tresor, schrank>, schleuse, tastatur, schranke>, kästchen, einfahrt,
    portail, digicode, interphone, boîte à clés, boîtier, <coffre, cadenas, la porte>,
    puerta, <el portal>, cerradura, candado, taquilla, caja fuerte, telefonillo, <teclado, <garaje, persiana,
    <porta>, port[ãa]o>, fechadura, cadeado, <cofre, portaria>, interfone,
    <portone, <portón, cancello, citofono, cassaforte, lucchetto, allarme,
    <deur>, hangslot, <aed-kast>, voordeur, achterdeur, <hek>, <kluis>, sleutelkast, sleutelkluis, kastje>, <slot>, slagboom,
    drzwi, bram[ayęk], furtk, klatk, domofon, <sejf, skryt[kc], kłódk, szlaban,
    <kap[ıi], <kasa, kilit>, bariyer, <dolap>, apartman,
    двер, подъезд, домофон, ворот>, калитк, <сейф, замок>, замк[аеу]>, сигнализац, шлагбаум, <бокс>, під.їзд,
    dörr, portkod, grind>, <lås>, <larm, kassaskåp, nyckelbox, antifurto, antivol, antirrobo, einbruchmelde, антивор,
    <vault>, strong ?box, panzerschrank, wertfach, schließfach, zahlenkombi, fahrradschloss, zylinderschloss, portillon, boîte à clef, caja de llaves, cajetín de llaves, caixa de chaves, caixa-forte, cassetta (?:delle )?chiavi, cassetta di sicurezza, cijferslot, fietskluis, kluisje, skrzynk\\p{L}* na klucz, anahtar kutu, asma kilit, ключниц, навесн\\p{L}* замк, nøgleboks, nøkkelboks, nyckelskåp, hengelås, hængelås, hänglås, kodelås, kodlås, avainlaatik, avainboks, avainkaap, kassakaap, riippuluk, <széf, <lakat, kulcstart, kulcssz, kapuk[óo]d, <trezor, visac\\p{L}* zám, schránk\\p{L}* na klíč, <seif, <lac[ăa]t>, χρηματοκιβ, συναγερμ, λουκέτ, катинар, البوابة, قفل, שער, כספת, מנעול, אזעקה, ประตู, ตู้เซฟ, <két sắt, <brankas, <gembok,
    玄関, オートロック, ドア, 門扉, キーボックス, 金庫, 警報, 警備, ロッカー, 大门, 門, 保险, 报警, 警报, 门禁, 储物柜, 현관, 금고, 경보, 사물함, باب, خزنة, إنذار`),
  access: family(`
    wi-?fi, <wlan>, вай-?фай, <router, <modem, роутер, hotspot,
    <log(?:s|ged|ging)? ?(?:in|on)>, <sign(?:s|ed|ing)? ?in>, lets? (?:me|you|us) in, <get (?:me )?in(?:to)?>, <try, <typing, <opens? with>, locked out, <sudo>, <admin>, <protected>, <reset, <set to>, <changed>, geändert, changé, <cambi[óoa], <alter[eo]i, ändrat, zmieni[łl], değiştir, помен, <змін, ustawi, <usual>, same as, <a new one, <old one, <new one, <year>, <mail>, <account>, <app>, <unlock,
    einlogg, <öffnen, entsperr, verschlüsselt, fährt hoch, eingelogg, anmeld, <reinkomm, komm\\p{L}* (?:ich |man )?(?:nicht )?(?:in|rein), <probier, <versuch, wie immer, zugang, <jahr>, <konto>, uygulama, <gir>, <почт, заход, <год>, compte>, <année>, <cuenta>, <año>, <anno>, <ano>, <jaar>, <rok>,
    se connecte, <s.ouvr, <ouvrir, <chiffré, <protégé, me connecte, <essaie, <essaye, <essayez, comme d.habitude, <tapez, <tapes>, <session>,
    <se abre, <abrir>, <cifrad, <entr(?:ar|o|as?)>, <acced, <prueb, <probara, como siempre, <contra>,
    <acess, <tenta, como sempre, <loga(?:r|va)?>,
    <si apre, <aprire>, <protett, <prova, <entrare>, come al solito, <digiti>,
    inlog, <ingelog, gaat open, <opent>, beveilig, <probeer, zelfde als, <ww>,
    <otwier, wpisani, zabezpieczon, <zalog, <logow, <loguj, <wchodzi, <spróbuj, jak zawsze, <fakturown,
    <açmak>, korumal[ıi], <giriş, <giremi, <dene>, her zamanki, hesab,
    <откры, <відкр, <войти, <вход, <залог, <попробуй, <спробуй, как всегда, той самий, <увійти,
    öppna, <låst>, <logga, <loggar, <prova>, ログイン, パス(?![ポワ]), 去年のまま, いつもの, 登录, 登入, 开机, 解锁, 로그인, دخول`),
  /** As codes are read out. */
  digit: word(
    'zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|null|eins|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun|zéro|un|deux|trois|quatre|cinq|sept|huit|neuf|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|um|dois|três|quatro|sete|oito|nove|due|tre|quattro|cinque|sei|sette|otto|nul|een|twee|drie|vijf|zes|zeven|negen|jeden|dwa|trzy|cztery|pięć|sześć|siedem|osiem|dziewięć|s[ıi]f[ıi]r|bir|iki|üç|dört|beş|alt[ıi]|yedi|sekiz|dokuz|ноль|один|два|три|четыре|пять|шесть|семь|восемь|девять|нуль|чотири|шість|сім|вісім|noll|ett|två|fyra|fem|sju|åtta|nio'.split(
      '|',
    ),
  ),
}
