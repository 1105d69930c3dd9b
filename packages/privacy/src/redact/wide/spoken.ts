import { month } from './birth-far.ts'

/** Beginnings of words that count, in the languages of work. */
const counting =
  'acht|altm|alt[ıi]|andr|beş|bin|bir|cato|cent|cero|cinc|cinq|cuar|cuat|czte|czwa|dert|deux|dez|diec|diez|dix|doce|dodi|dois|doks|doku|dos|douz|doze|drei|drie|drit|drug|duas|due|duiz|dwa|dwu|dwó|dzie|dört|een|eers|eigh|ein|elev|elf|elli|erst|fem|fif|firs|five|fort|four|fyra|fyrt|förs|fünf|hond|huit|hund|iki|jed|k[ıi]rk|mil|nege|neuf|neun|nin|nio|nitt|nova|nove|nuev|nul|oche|ocho|oh|oite|oito|on|once|one|onze|osie|otta|otto|otuz|pier|piąt|pięt|pięć|prem|prim|quar|quat|quin|sech|seco|sedi|sei|seki|seks|sept|sese|sess|sete|sett|seve|sex|sieb|sied|siet|six|siód|sju|soix|sto|szes|sześ|szó|s[ıi]f[ıi]|tach|taus|ten|thir|thou|thre|tien|tio|tjug|tolv|tre|trin|troi|trze|trzy|três|två|twaa|twee|twel|twen|twin|two|tysi|um|un|undi|uno|veer|vein|vent|vier|vijf|ving|vint|yedi|yetm|yirm|yüz|zehn|zero|zes|zeve|zwan|zwei|zwo|zwöl|zéro|åtta|åtti|ósm|üç|восе|вось|втор|вісі|два|двен|дев|деся|друг|нуль|один|п.ят|перв|перш|пят|седь|соро|сто|сьом|сім|тися|трет|три|тыся|четв|чоти|шест|шіст'
const count = `(?:${counting})\\p{L}{0,16}`
const joining = "(?:of|the|in|and|und|et|y|e|en|i|de|del|den|der|d'|von|van|el|le|il|do|da|roku|года|року|hundert|e)"
/** A day, its month or its number, and a year, spelled out; the group is all of it. */
export const spokenDate = new RegExp(
  `((?:(?:the|el|le|il|den|am|o|a) )?(?:${count}|\\d{1,2}(?:st|nd|rd|th|\\.)?)[ -](?:${joining} ){0,2}(?:${month}|${count})(?:,? |-)(?:(?:${joining}|${count})(?: |-)){0,8}(?:${count}|(?:19|20)\\d\\d|'\\d\\d)|(?:${month} )(?:${count}[ ,-]{1,2}){1,3}(?:(?:${joining}|${count})(?: |-)){0,6}(?:${count}|(?:19|20)\\d\\d))(?!\\p{L})`,
  'iuy',
)
