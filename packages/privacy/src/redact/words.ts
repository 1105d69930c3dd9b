import { more } from '#wide/more'

import { word, type Family } from './beginning.ts'

/** How sure a label is that what it names is a secret. `code`: digits. `weak`: only what looks like a secret; `vague`: only what looks random. */
export type Strength = 'strong' | 'code' | 'weak' | 'vague'

/** Pieces of one pattern, parted by `, ` and line ends; ` ?` stands for nothing, a blank, `-` or `_`. */
function pieces(list: string): readonly string[] {
  return list
    .trim()
    .split(/,\s+/)
    .map((piece) => piece.replaceAll(' ?', '[ _-]?'))
}

/** Words that name a secret, whatever stands after them. Languages: English, German, French, Spanish, and the commonest of others. */
const strong = pieces(`
  pass ?words?, pass ?wd, pass ?phrase, pass ?code, pwd, p/w, passwort, passwörter, kennwort, losung, mot ?de ?passe, mdp, code secret,
  contrase[ñn]a, clave secreta, clave de acceso, palabra clave, palavra ?(?:de ?)?passe, senha, parola d.ordine, parola, parolă, parole, wachtwoord,
  lösenord, passord, adgangskode, has[łl]o, hasła, heslo, heslá, jelsz[óo], şifre, sifre, salasana, lozinka, geslo, parool, slaptažodis, κωδικός πρόσβασης, пароль, паролю,
  парола, лозинка, סיסמה, كلمة.?(?:ال)?(?:مرور|سر), الرقم السري, पासवर्ड, รหัสผ่าน, mật ?khẩu, kata sandi, 密码, 密碼, 口令, パスワード, 暗証番号, 合言葉, 暗号.{1,2}キー, 提取码, 비밀번호, 암호,
  (?:client|consumer|shared|app|webhook|jwt|api) ?secret, secret ?access ?key,
  (?:secret|consumer|private|signing|encryption|master|account|subscription|license|product|wi-?fi|wpa2?|network|setup|api|access|recovery) ?key, psk,
  wpa2?.schlüssel, wlan.schlüssel, codewort, auth ?(?:key|salt), api.schlüssel, clé api, clave api,
  (?:api|access|auth|refresh|bearer|id|session|csrf|security|deploy|bot) ?token, personal access token,
  zugangsschlüssel, geheimer schlüssel, zugriffstoken, (?:seed|recovery) ?phrase, (?:recovery|back-?up)[ -]?codes?,
  wiederherstellungs(?:code|schlüssel|phrase), mnemonic, connection ?string, sec(?:ret|urity) answer`)
/** Words that name a code of digits. */
const code = pieces(`
  pin, pin ?code, pin.?num[mb]er, geheim(?:zahl|nummer), puk, m?tan, t?otp, cv[cv]2?, csc, cvn, kartenprüfnummer,
  prüfziffer, card (?:verification|security) (?:code|number|value), code pin, cryptogramme, пин-?код`)
const weak = pieces(`
  secret, clave, geheimnis, token, credentials?, creds?, zugangsdaten, pass, pw, auth, authorization, bearer, cookie, session ?id, sid, jsessionid,
  phpsessid`)
const vague = pieces(`key, schlüssel, clé, login`)

/** Every label of a text, by its strength. Strong ones also inside a name (`dbPassword2`), others only as words of their own or parts of `snake_case`. */
export const labels: Readonly<Record<Strength, Family>> = {
  strong: { pieces: more.strong === '' ? strong : [...strong, ...pieces(more.strong)], pattern: (own) => own, inside: true },
  code: word(code),
  weak: word(weak),
  vague: word(vague),
}

/** Words that stand where a secret would, and are none. */
export const ordinary: ReadonlySet<string> = new Set(
  `required incorrect invalid wrong correct valid weak strong too not empty missing expired changed reset set being been protected encrypted hidden visible secure
  optional case-sensitive in on at the a an this that these those only never always still also now very needed mandatory stored saved shared used my your his her our their same different
  available unknown forgotten lost no longer and or if when sent generated masked about what where how why who good fine here there below above attached confidential private
  must should can will may has have had does do did was were is are be to for of with from by as it they we you i he she
  show hide forgot forgotten change update edit confirm confirmation enter choose type create generate copy submit continue next cancel save remember login log sign repeat again new old current temporary
  short long strength policy requirements manager field value none null nil undefined true false n/a na tbd todo pending disabled enabled set unset yes off string text number boolean bool str token see siehe configured
  wichtig falsch richtig erforderlich abgelaufen ungültig nicht zu ein eine der die das den dem leer geändert notwendig sicher gesperrt vergessen ändern anzeigen kein keine und oder mit für von ist
  requis obligatoire incorrecte invalide expiré trop non pas le la les un une oublié et ou est requise
  requerida obligatoria incorrecta inválida muy el los una olvidada y o es`
    .split(/\s+/)
    .map((word) => word.toLowerCase()),
)

/** Nouns after a label that make it something else: "password policy", "token count". */
export const otherNouns =
  /^(?:requirements?|policy|policies|strength|length|managers?|hint|rules?|expir\w+|age|generator|settings?|help|links?|page|form|count|limits?|format|types?|status|reset|change|changed|protected|protection|field|fields|usage|history|prompt|attempts?|vault|box|icon|button|label|features?|ring|board|words?|richtlinien?|stärke|länge|vergessen|oublié|olvidada|rotation|rotated|renewal|sharing|updated?|visibility|authentication|required|verification|recovery|fingerprint|hash|name|names|id|ids|symbol|price|holder|holders|sale)$/i

/** Last part of a name that makes it something about a secret, not the secret: `passwordField`, `API_KEY_ID`, `secret_name`. */
export const otherNames =
  /(?:^|[_-]|(?=[A-Z]))(?:id|ids|name|names|field|length|len|size|type|variable|var|url|uri|path|file|ref|arn|hint|policy|count|limit|label|placeholder|input|reset|expiry|expires(?:in|at)?|ttl|age|algorithm|alg|usage|version|index|enabled|required|manager|provider|title)$|^(?:ing|.?l[äa]nge|feld|veld|longueur|longitud|richtlinie|regeln)$/iu
