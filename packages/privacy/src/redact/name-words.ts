/** What joins the parts of a name. */
export const particles =
  /^(?: ?(?:van|von|vom|zu|zur|zum|de|der|den|del|della|dello|di|da|das|dos|do|du|des|la|le|las|los|ter|ten|te|'t|bin|ibn|ben|bint|al|el|af|av|y|e|i|und|st\.?)){1,3} $/i

/** Endings that family names have and few other words. */
export const familyEnding =
  /(?:(?:ow|ew|iń|in|c|dz|n|l)sk[aiy]|icz|czyk|czak|niak|szek|ov[aá]?|ev[aá]|enko|chuk|ović|ević|oglu|oğlu|yan|shvili|dze|sson|[dhklntw]son|dottir|dóttir|sen|opoulos|akis|idis|escu|ez|inho|ini|elli|etti|ucci|mann|meyer|meier|maier|stein|bauer|huber|berger|baum|stra|sma|inga|sz|ák|ík|čík|ová|ów|nen|aitė|iūnas|auskas|ov|ев|ева|ов|ова|ин|ина|ский|ская|цкий|цкая|енко|чук|юк|вич|вна|ян|швили)$/u

/** Endings that no other word has: with any word before it. */
export const sureEnding =
  /(?:(?:ow|ew|iń|l)sk[aiy]|dóttir|dottir|ović|ević|ová|enko|shvili|oğlu|oglu|yants|iūnas|ський|ська|ский|ская|енко|швили)$/u

/** A thing of this kind after a name makes it the name of a thing: "Jasper Reports", "Chelsea boots", "the Austin office". */
export const things =
  /^[ -](?:(?!0)\d{1,4}(?![\d:/-]|\.\d+\.)|(?:boots?|shoes?|shirts?|jeans|jackets?|sales|shares|vehicles?)\b|office|line|street|station|airport|server|report|build|model|project|product|store|shop|team|database|app|bank|hotel|museum|university|school|hospital|park|river|lake)/iu
