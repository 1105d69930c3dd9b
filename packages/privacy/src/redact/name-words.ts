import { plainWord } from './lexicon.ts'

const list = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Given names that are words, months or places as well: before another name, or where a name is due. */
export const eitherGiven: ReadonlySet<string> = new Set(
  list(`
    rose grace hope faith joy art guy bill will chase hunter pat wade miles gene dale clay frank max ray jay lance drew chip rusty amber ruby jade pearl crystal ivy iris violet daisy lily heather hazel olive ginger destiny harmony melody trinity charity patience mercy haven eden river brook cliff glen heath dean earl duke
    christian jordan dallas florence charlotte savannah sydney brooklyn madison jefferson victoria alexandria georgia virginia carolina santiago francisco antonio diego lourdes adelaide siena julia julio ana ella en ada claude alexa ben una min ha mai angel jean jack carmen marina sol pilar paloma consuelo luz domingo tim mark summer
  `).map(plainWord),
)

/** Family names that are, and given names that are mostly something else: beside another name. */
export const eitherFamily: ReadonlySet<string> = new Set(
  list(`
    april june august may dot sky rich gale sunny cherry stone prince bishop phoenix austin lincoln jackson mercedes porsche ford chelsea junio line general major jasper jenkins tomcat kotlin perl pascal elastic siri sun love reed day page price young white black brown green wood wolf king swift block sage lake forest west north hall field
    rain winter mar leal rey lima melo grant
  `).map(plainWord),
)

/** Titles and words of greeting: what follows is somebody's name, whatever it is. */
export const cues: ReadonlySet<string> = new Set(
  list(`
    mr mrs ms miss mx dr prof professor sir madam lord lady dame rev captain sergeant officer nurse herr herrn frau hr fr dipl ing mag monsieur madame mademoiselle mme mlle maître señor señora señorita sr sra srta don doña d dña
    senhor senhora dona meneer mevrouw dhr mevr sayın bay bayan pan pani pana panu panią panna signor signora signore dott sig hej kære kära dear hi hello hey hallo liebe lieber bonjour salut cher chère chers hola estimado estimada querido querida olá oi prezado prezada caro cara
    beste hoi geachte merhaba selam sevgili cześć witaj szanowny szanowna drogi droga ciao gentile egregio dankeschön thanks danke merci gracias obrigado bedankt milý milá vážený vážená kedves tisztelt hei hyvä
    господин госпожа г-н г-жа уважаемый уважаемая дорогой дорогая здравствуйте привет пан пані шановний шановна добрый κύριε κυρία αγαπητέ αγαπητή
  `).map(plainWord),
)

/** What joins the parts of a name. */
export const particles =
  /^(?: ?(?:van|von|vom|zu|zur|zum|de|der|den|del|della|dello|di|da|das|dos|do|du|des|la|le|las|los|ter|ten|te|'t|bin|ibn|ben|bint|al|el|af|av|y|e|i|und|st\.?)){1,3} $/i

/** Endings that family names have and few other words. */
export const familyEnding =
  /(?:(?:ow|ew|iń|in|c|dz|n|l)sk[aiy]|icz|czyk|czak|niak|szek|ov[aá]?|ev[aá]|enko|chuk|ović|ević|oglu|oğlu|yan|shvili|dze|sson|[dhklntw]son|dottir|dóttir|sen|opoulos|akis|idis|escu|ez|inho|ini|elli|etti|ucci|mann|meyer|meier|maier|stein|bauer|huber|berger|baum|stra|sma|inga|sz|ák|ík|čík|ová|ów|nen|aitė|iūnas|auskas|ov|ев|ева|ов|ова|ин|ина|ский|ская|цкий|цкая|енко|чук|юк|вич|вна|ян|швили)$/u

/** Endings that no other word has: with any word before it. */
export const sureEnding =
  /(?:(?:ow|ew|iń|l)sk[aiy]|dóttir|dottir|ović|ević|ová|enko|shvili|oğlu|oglu|yants|iūnas|ський|ська|ский|ская|енко|швили)$/u
