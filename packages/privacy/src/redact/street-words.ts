import { moreWords } from '#wide/abroad'

import { word, type Family } from './beginning.ts'

/** Alternatives, their first letter in either case. */
const either = (list: string): string =>
  list
    .trim()
    .split(/\s+/)
    .map((word) => `[${word.charAt(0).toUpperCase()}${word.charAt(0)}]${word.slice(1).replaceAll('.', '\\.')}`)
    .sort((one, other) => other.length - one.length)
    .join('|')

/** Words that end a street's name after its number (the commonest of USPS publication 28, appendix C1, and of Britain and Australia). */
export const streetsAfterNumber = either(`
  street str. st avenue ave road rd lane ln drive dr boulevard blvd court ct terrace terr close crescent cres highway hwy parkway pkwy freeway fwy expressway square sq way circle cir place plaza alley mews grove gardens quay row hills? bend bluffs? brook bypass canyon causeway cliffs? coves? creek crossing dale ferry forks? gateway harbors? hollow junction knolls? motorway mount orchard ramp ridges? spurs? trace trafficway viaduct walk trail turnpike embankment esplanade parade broadway tce pde cct
`)

/** Words that a flat, a floor, a building, a block or a plot is numbered after. */
export const flatWords = either(`
  apto appto apt app appartement appart apartment apartamento suite ste unit flat floor room rm bldg building block blok blk bloco bl tower level lot lote plot shop villa house no bât étage esc piso puerta pta ap depto dpto int interno scala oficina of andar cj sala casa galpão km quadra kat daire d m lok bus bte boîte top tür whg stiege stg кв корп д дом оф офис эт ${moreWords.flats}
`)

/** Words that a street's name begins with after its number: French. */
export const frenchStreets =
  '[Rr]ue|[Aa]venue|av\\.|[Bb]oulevard|[Bb]d\\.?|[Pp]lace|pl\\.|[Cc]hemin|[Aa]llées?|[Ii]mpasse|[Qq]uai|cours|[Rr]oute de|rte|square|passage|faubourg|esplanade|promenade|sentier|ruelle|voie|résidence|lotissement|hameau|montée|traverse|venelle|parvis'

/** Words that a street's name begins with before its number: Spanish, Catalan, Portuguese, Italian, Polish, Russian, Ukrainian. */
export const streetsBeforeName =
  either(`
  calle c/ avenida avda. avda av. plaza pza. plza. paseo camino carretera ctra. travesía urbanización callejón rambla glorieta pasaje carrera ronda jirón jr. carrer passeig plaça avinguda rúa poblado colonia
  rua travessa praça pr. largo r. quinta alameda estrada rodovia beco calçada ladeira urbanização rue route chaussée résidence lotissement
  viale v.le piazza p.za corso c.so vicolo contrada lungomare piazzale loc. località fraz. frazione ${moreWords.streets}
  ul. ulica al. aleja aleje plac pl. os. osiedle wyb.
  ул. улица бул. пл. пр. пр-т проспект пер. переулок наб. набережная шоссе бульвар площадь вул. вулиця просп.
`) +
  '|via(?= (?:\\p{Lu}[\\p{L}.]{0,20} ){0,3}\\p{Lu}\\p{L}{1,20}[aio],? \\d+\\b(?! \\p{Ll}))|via d[aegiln]{1,4}|улице|Via|Strada|Borgo|Avenue|Place|Boulevard|Chemin|Quai|Allée|Impasse|Laan|Rynek'

/** Ends of one word that is a street's name: German, Dutch, Scandinavian, Finnish. */
export const streetsInWord =
  'straße strasse str gasse weg (?<!Arbeits|Stell|Park|Sitz|Steh|Lager|Speicher)platz allee (?<!ä)ufer damm chaussee graben twiete straat laan plein gracht dijk singel steeg dreef plantsoen steenweg gatan vägen gata veien vej allé stræde torg gränd gränden gade katu ntie kuja polku vegur gata braut stræti stigen stien vegen bakken plaats kade park (?<=[AI]m\\s\\p{L}{2,20})(?:feld|berg|hof|grund|bach|tal|wald|rain|kamp|anger|garten|winkel)'.split(
    ' ',
  )

/** Words of their own after a street's name and before its number: German, Hungarian, Czech, Turkish. */
export const streetsAfterName =
  `Straße Strasse Str Gasse Weg Platz Allee Ufer Damm Chaussee Ring utca út проспекте?,? vei plads Sokak Caddesi Sokağ[ıi] Bulvar[ıi] ${moreWords.ends}`
    .trim()
    .split(' ')

const addressLabels = [
  '(?:(?:e-?)?(?:home|street|mailing|postal|billing|shipping|delivery|business|work|residential|permanent|current) )?address',
  '(?:liefer|rechnungs|wohn|post|firmen|heimat)?(?:adresse|anschrift|lieferanschrift)', 'stra(?:ß|ss)e(?: (?:und|u\\.|/) (?:haus)?(?:nr\\.?|nummer))?', 'street', 'rue', 'calle', 'rua', 'straat', 'ulica', 'sokak', 'wohnhaft in', 'adresse (?:postale|de (?:livraison|facturation))', 'domicile',
  'adresse \\p{L}{4,12}', 'dirección(?: de \\p{L}{5,12})?', 'domicilio', 'direccion', 'morada', 'endereço(?: de \\p{L}{5,12})?', 'indirizzo', '(?:bezorg|aflever|woon|post|factuur)?adres',
  '(?:teslimat|fatura|ev|iş)?(?: adresi|adres)', 'adres (?:zamieszkania|dostawy|korespondencyjny)', 'adress', 'osoite', 'adresa', 'cím', 'διεύθυνση', 'адрес', 'адреса',
  ...moreWords.addressLabels,
] // prettier-ignore
const placesAhead = [
  '(?:liv|resid|stay|locat)(?:e|es|ed|ing) (?:at|in|on)', 'address (?:is|to)', 'office is at', 'moved to', 'meet (?:me |you )?at', '(?:sent|send|ship|shipped|mail|deliver|delivered|return|go|taxi) (?:it )?to', 'arrived at',
  'wohn(?:t|e|haft|en)(?: in| an?)?(?: der)?', '(?:befindet sich|gelegen)(?: in)?', '(?:habit|demeur)(?:e|ant)(?: au)?', '(?:domicili|situ)ée?(?: au)?', '(?:viv|resid)(?:o|e|ente?) (?:en|na|no|em)', 'mor(?:o|a|ador) (?:na|no|em)', 'entregarse en', 'morada é',
  'wo(?:on|ont|nend)(?: op| aan| in)?(?: de)?', 'pand aan de', 'zamieszka(?:ły|ła)', 'mieszka(?:m)?(?: przy)?', '(?:na|pod) adres(?:em)?', 'прожива\\p{L}{2,4} по адресу',
] // prettier-ignore
/** Words that an address is near. */
export const addressWords: Readonly<
  Record<
    'addressLabel' | 'placeAhead' | 'unpartedAddress' | 'streetFirst' | 'streetAfter' | 'streetLast' | 'corner' | 'turkishStreet' | 'box',
    Family
  >
> = {
  addressLabel: { pieces: addressLabels, pattern: (own) => `(?<!\\p{L})(?:${own})[ \\t]{0,2}[:=][ \\t]{0,4}` },
  placeAhead: { pieces: placesAhead, pattern: (own) => `(?<!\\p{L})(?:${own}):? ` },
  corner: word(['corner of']),
  unpartedAddress: { pieces: ['住所', '地址', '주소', 'العنوان'], pattern: (own) => `(?:${own})[ \\t]?[:：][ \\t]{0,4}`, inside: true },
  streetFirst: { pieces: streetsBeforeName.split('|'), pattern: (own) => `(?<![\\p{L}\\p{N}.,#/-])(?:${own}) (?=[\\p{L}\\d])` },
  streetAfter: word(`${streetsAfterNumber}|${frenchStreets}|u`.split('|')),
  streetLast: {
    pieces: [...streetsInWord, ...streetsAfterName, 'apt', 'suite', 'flat', 'unit', 'apartment'],
    pattern: (own) => `(?:${own})`,
    inside: true,
  },
  turkishStreet: word([
    'mah(?:allesi|(?=\\.))',
    'cad(?:desi|(?=\\.))',
    'sok(?:ak|ağ[ıi]|(?=\\.))',
    'sk(?=\\.)',
    'cadde',
    'bulvar[ıi]',
    'blv(?=\\.)',
  ]),
  box: word([
    'us[snc]\\w{0,2}',
    '[afd]po',
    'p\\.? ?o\\.? ?box',
    'post(?:fach|bus|boks|box)',
    'apartado',
    'caixa',
    'boîte',
    'bp',
    'skr(?:ytka|\\.)',
    'casella',
    'а/я',
    'posta',
    'psc',
    'unit',
    'cmr',
  ]),
}
