import { endsAt } from '../match.ts'
import { isNamedBefore, isPeople, isPerhapsPeople } from '../person-context.ts'
import { type Word, isFamily, isGiven, wordAt } from '../person-word.ts'

/** Alternatives of one pattern, parted by blanks; `_` is a blank. */
const either = (list: string): string => list.trim().replaceAll('.', '\\.').split(/\s+/).join('|').replaceAll('_', ' ')
/** The same, each word that begins with a small letter in either case. */
const eitherCase = (list: string): string =>
  either(list).replace(/(^|\|)(\p{Ll})/gu, (_, bar: string, letter: string) => `${bar}[${letter.toUpperCase()}${letter}]`)

/** Read backwards from a name, so that nothing before is searched. */
const behind = (source: string): RegExp => new RegExp(`(?<=${source})`, 'uy')

/** Institutions, buildings, places, ships, prizes and firms that are called after somebody: before the name, by language. */
const kindsBefore = eitherCase(`
  Lake Mount Port Fort Cape Camp Château Chateau HMS USS RMS RRS SS MS MV MY MSC Kino cinéma cine cinema кинотеатр Sinema Kita kindergarten crèche Agência agencia agence Filiale sucursal vila villa Hotel Restaurant Café Bistro Villa
  universität gymnasium schule krankenhaus klinik klinikum theater museum stiftung institut saal raum haus halle brauerei druckerei bäckerei Autohaus verlag buchhandlung apotheke Schloss Burg Bahnhof Haltestelle Schiff
  université lycée collège école hôpital CHU théâtre musée fondation salle rue avenue boulevard place quai pont allée square stade bibliothèque centre église gare métro station fromagerie boulangerie pharmacie garage Ets maison domaine éditions transports groupe cabinet prix coupe club hôtel
  universidad IES CEIP CEI colegio instituto hospital teatro museo fundación sala aula(?:_Magna)? calle avenida plaza paseo puente estadio biblioteca centro iglesia estación metro panadería farmacia librería taller(?:es)? editorial transportes grupo premio copa trofeo parque aeropuerto banco buque
  universidade escola fundação museu rua praça ponte estádio aeroporto estação igreja padaria farmácia prémio prêmio taça colégio
  università politecnico liceo istituto scuola ospedale fondazione Via viale piazza corso stadio palazzo stazione chiesa panificio cantina gruppo banca trattoria ristorante osteria coppa motonave galleria
  universiteit ziekenhuis stichting zaal halte bakkerij slagerij drukkerij apotheek schip brug prijs college lyceum brouwerij
  uniwersytet liceum szkoła szpital teatr muzeum fundacja ulica ul. al. pl. plac aleja rondo most stadion kościół piekarnia apteka nagroda puchar os. statek pomnik biblioteka konkurs instytut
  университет лицей гимназия школа больница театр музей фонд зал улица ул. пл. пр. пер. наб. площадь проспект бульвар набережная мост стадион станция метро аэропорт церковь завод фабрика аптека премия кубок библиотека вулиця площа парк банк галерея
  universitetet stiftelsen sal skolan förlaget färjan apteket
  university_of school_of bank_of church_of college_of battle_of order_of`)
/** What joins such a word to the name: a genitive, a quote, "named after". */
const joints =
  '(?: (?:de|du|des|d[aeo]s?|del|de la|della?|dello|di|van|van de|von|der|im\\.|imienia|św\\.|им\\.|имени|ім\\.|імені|of|of the|le|la|El|nr \\d{1,3}|№ ?\\d{1,3}|Magna|Ogólnokształcące|municipal|comunale|statale|Municipal|comunal|Nacional|national)){0,4}'
const thingBefore = behind(
  `(?<![\\p{L}\\p{N}])(?:${kindsBefore})${joints} ["'«„“‘”]{0,2}(?:(?!Dr|Frau|Herr|Prof)\\p{Lu}[\\p{L}'-]{0,16}\\.? )?`,
)
/** After a full stop or such, the word of an institution's begins another sentence; "im." and its like say it alone. */
const inHonour =
  /(?<=(?<!\p{L})(?:im\.|imienia|им\.|имени|ім\.|імені|named after|benannt nach|vernoemd naar|intitolat[oa] a) ["«„]?(?:\p{Lu}[\p{L}.'-]{0,16} ){0,3})/uy
/** Theorems, diseases, dishes and the like. */
const ofScience = behind(
  `(?<!\\p{L})(?:${eitherCase(`
  théorème teorema satz stelling twierdzenie теорема loi ley lei legge gesetz wet prawo закон equação ecuación равнение
  morbus morbo malattia maladie syndrome síndrome sindrome syndrom enfermedad doença ziekte choroba болезнь синдром test échelle escala scala skala шкала método méthode metoda метод effet efecto efeito effetto эффект
  ensalada salade salad insalata salada sałatka салат salat eggs Œufs crêpes? poires? birne pera bœuf sauce salsa sopa soupe torta tarte torte pizza pollo sole bloody
  sonda sonde cat[eé]ter katheter cathéter pinza pinces? pinzette klemme aguja nadel maske mascarilla máscara maschera зонд катетер
  orkan hurrikan uragan ураган storm hurricane cyclone typhoon
  Alfa Aston Rolls Land Harley Hewlett`)})(?: (?:de|du|des|d[aeo]s?|del|de la|della?|di|van|von|des|der|à la|alla|a la|&|and|y)){0,3} ["'«„“]?`,
)
/** Nouns after a name; those that are family names too stand elsewhere. */
const nounsAfter = either(`
  Controls Classics Awards? Prizes? Medals? Trophy Cup Plan Act Report Suite Gallery Galleries Theatre Theater Museum Library Institute University College Academy School Schools Hospital Clinic Foundation Trust Fund Society Association Scholarship Stadium Arena Airport Station Centre Center Laboratory Laboratories Lab Labs? Building Cinema Chapel Cathedral Cemetery Memorial Monument Bridge Road Street Avenue Boulevard Square Gardens Islands? Bay
  County Canyon Festivals? Tunnel Abbey Olympics Stadiums? Empire Parish Valley Ocean Peninsula Mountains?
  Brothers Bros Sons Partners Associates Industries Systems Technologies Technology Motors Electric Electronics Foods Brewery Bakery Publishing Press Books Records Studios? Pictures Entertainment Airlines Logistics Solutions Consulting Capital Investments Insurance Bank Pharma Chemicals Energy Engineering Construction Instruments Tools Hardware Furniture Stores? Supermarkets? Hotels? Resorts? Automotive Estates Properties Corporation Corp Holdings? International Fashion Home Beauty Cosmetics Exchange Financial Lines Wines Farms? Software Networks? Chocolates? Coffee Tea Whisky Whiskey
  Clauses Terms Conditions Regulations Dental Travel Couriers Realty Airways
  Disease Syndrome Effect Equation Theorem Algorithm Constant Principle Law Method Test Scale Curve Distribution Transform Defen[cs]e Opening Gambit Variation Attack
  Straße Strasse Platz Allee Brücke Ufer Schule Gymnasium Klinik Klinikum Stiftung Haus Halle Saal Preis Pokal Verlag Werke Gruppe Kompressoren Maschinenbau Eisengießerei Gießerei Druckerei Brauerei Bäckerei Metzgerei Spedition Logistik Möbel Elektro Bau Krankheit Syndrom Effekt Verfahren Formel Kurve Zahl
  torg torget gatan gata gade plads parken kirke kyrka skolan sjukhus plein straat laan gracht kade brug kerk ziekenhuis school prijs stichting
  utca tér híd Salonu Kültür Merkezi Sokak Sokağı Caddesi Cadde Bulvarı Mahallesi Meydanı Köprüsü Havalimanı Üniversitesi Lisesi Okulu Hastanesi Müzesi Tiyatrosu Kütüphanesi Stadı Parkı Yerleşkesi Kampüsü Vakfı Ödülü Kupası Fabrikası Eczanesi Fırını Lokantası Holding Sistem İnşaat Tekstil Camii Tesisleri Şubesi Durağı İstasyonu
  Basket Handball Fußball Rugby Volley Athletic United City Town Apóstol himmelsfärdsdag Opera Ballet Orchestra Band`)
const thingAfter = new RegExp(
  `^(?:['’]s?)?(?: (?:Bey|Hanım|Paşa|Hatun|Memorial|Business|High|Primary|Grammar|State|Public|International))?[ -](?:${nounsAfter})(?:'?s)?(?![\\p{L}\\p{N}]| ?[:#=]| \\d| (?:Number|No|Name|ID|Nr)(?!\\p{L}))`,
  'u',
)
const lastThing = new RegExp(`[ -](?:${nounsAfter})\\.?$`, 'u')
/** Family names that are such nouns. */
const families =
  /[ -](?:Church|Park|Hall|Bridge|Lane|Street|House|Law|Law|Press|Farm|Rugby|City|Bank|Center|Haus|Bau|Platz|Plan|Cup|Lab|Score|Band|Bay|Test|Number|Home|Tea|Court|Square|Coffee|Sons|Road|Bakery|Brown)$/u
/** German compounds, as long as no name is, or of a house, a prize, a street. */
const compound =
  /^\p{Lu}\p{Ll}{7,}(?:ungen|ung|heit|keit|schaft|tion|ausweis|nummer|karte|zeiten|erklärung)(?=$|[ ,-])|-(?:Stiftung|Preis|Stra(?:ß|ss)e|Platz|Allee|Brücke|Ufer|Schule|Gymnasium|Realschule|Gesamtschule|Halle|Saal|Institut|Klinik|Krankenhaus|Universität|Stadion|Denkmal|Test|Syndrom|Krankheit|Effekt|Verfahren|Kirche|Gruppe|Werke|Kaserne|straat|laan|plein|brug|kade|school|college|stichting|prijs|gatan|vägen|skolan|priset)$|\p{Ll}{3}(?:prijs|preis|priset|straat|stra(?:ß|ss)e|plein|brücke|stadion|gatan|torg|vägen|kirche|stiftung|gymnasium|straat|pokal|denkmal)$/u
const firstThing = new RegExp(`^(?:${kindsBefore})${joints} ["«„“]?(?=\\p{Lu})`, 'u')
/** Mountains, seas, islands and other places, and an article at the beginning of a sentence, which nobody's name begins with. */
const placeFirst = new RegExp(
  `^(?:${either(`
  Mar Monte Mont Golfo Golfe Puerto Porto Cerro Cordillera Wadi Isl[ae]s? Isol[ae] Ilhas? [ÎI]les? Lago Lac Cabo Gran Bad Den Castell[io] County Canton Cantón Vulcano Alpi Provincia Comté Rio_Grande
  Sierra_Leon[ae] Sierra_Madre Sierra_Nevada Serra_Leoa Остров Море Гора Озеро Провинция Республика`)}) (?=\\p{Lu})|^(?:En|La|El|Les|Los|Las|Il|Lo|Gli|Os|As|Na|No|Em|Per la|Le due) [^ ]+$`,
  'u',
)
/** Saints: their days, places and churches. */
const saint =
  /^(?:San|Santa|Santo|São|Sant['’]|St\.?|Ste\.?|Saint|Sainte|Sankt|Sint|S\.|Святого|Святой|Święt(?:y|a|ego|ej)|Dom|Nossa Senhora)[ -]\p{Lu}/u
const ofSaint =
  /(?<=(?<!\p{L})(?:San|Santa|Santo|São|Sant['’]|St\.?|Ste\.?|Saint|Sainte|Sankt|Sint|S\.|[сС]вят(?:ого|ой|ої|ая|ый)|[Śś]więt(?:y|a|ego|ej)|[Śś]w\.|[Сс]в\.)[ -]?)/uy

/** Whether a name is an institution's, a place's, a work's or a firm's by the words in it and beside it. */
export function isThing(text: string, start: number, end: number): boolean {
  const found = text.slice(start, end)
  const before = text.slice(Math.max(0, start - 40), start)
  const ahead = text.slice(end, end + 40)
  // A word before it can tell of it, and no sign.
  if (/[\p{L}.'’"«„“/(-] ?$/u.test(before.slice(-2))) {
    if (endsAt(text, start, ofSaint)) return true
    if (endsAt(text, start, thingBefore) || endsAt(text, start, inHonour) || endsAt(text, start, ofScience)) return !titled.test(found)
  }
  if (/^[ '’-]/.test(ahead) && thingAfter.test(ahead) && !/^ (?:Bank|Law|Press|Plan|Test|Report)s? (?:hat|has|is|und|and)/.test(ahead))
    return true
  if (firstThing.test(found) && !isGiven(wordAt(found.split(' ', 1)[0] ?? '', 0))) return true
  if (compound.test(found)) return true
  if (placeFirst.test(found)) return !isNamedBefore(text, start)
  if ((lastThing.test(found) && !families.test(found)) || saint.test(found)) return !isGiven(firstOf(found)) || !isNamedBefore(text, start)
  return isAmongThings(text, start, end) || isSaid(text, start, found) || isQuoted(before, ahead) || isCase(text, start, before, ahead)
}

/** A title, a brand, a ship. Quotes of all kinds are read as the plain ones. */
function isQuoted(before: string, ahead: string): boolean {
  return /(?:["»][,;·] ["«]|["«](?:Don|Sir|Lady) )$/u.test(before) && /^["»](?! \p{Lu}|[:@<])/u.test(ahead)
}

const citation = /\d U\.S\. \d|\[\d{4}\]|F\.[23]d|(?:Asunto|Rs\.|Case|Affaire|Causa|Zaak|Sprawa) [CT]-\d|ECLI|\bCass\b|\bCE, \d|\bBGH\b/u

/** The parties of a case that is cited. */
function isCase(text: string, start: number, before: string, ahead: string): boolean {
  const isParty = /^(?: v\.? |\/\p{Lu}| [cg]\. \p{Lu})/u.test(ahead) || /(?: v\.?| c\.|[,/]) ?$/u.test(before)
  return isParty && citation.test(text.slice(Math.max(0, start - 120), start + 120))
}

const titled = /^(?:Dr|Prof|Mr|Mrs|Ms|Frau|Herr|Mme|M|Sra?|Pan|Pani)\.? /u

const assistant =
  /(?:^|\n)[^\n:]{0,16}(?:bot|assist[ae]nte?|assistente|asistan|asystent|agente?|support|ассистент|бот|асистент|المساعد)[^\n:]{0,8}:/iu

/** "Kunde: Wo finde ich", "Subject: Tokenisation budget", "Priority: 1": a sentence begins or a label stands where a name would. */
function isSaid(text: string, start: number, found: string): boolean {
  const end = start + found.length
  const [before, ahead] = [text.slice(Math.max(0, start - 24), start), text.slice(end, end + 24)]
  const isAtStart = start === 0 || text[start - 1] === '\n'
  if (isAtStart && /^(?: \p{Lu}?\p{Ll}+)?: ?[\d€$£%]/u.test(ahead)) return !isGiven(firstOf(found))
  if (isAtStart && ahead.startsWith(':') && !found.includes(' ')) return isField(text, start)
  if (found.includes(' ') || !before.endsWith(': ')) return false
  const first = firstOf(found)
  if (isGiven(first)) return false
  if (/(?:^|\n)Subject: $/.test(before)) return /^(?::| \p{Ll}{2,})/u.test(ahead)
  if (!/^ \p{Ll}{2,}/u.test(ahead) || isFamily(first)) return false
  return found.length < 4 || assistant.test(text.slice(0, 2000))
}

function firstOf(found: string): Word {
  return wordAt(found.split(' ', 1)[0] ?? '', 0)
}

/** Whether most lines begin with a label of their own, as a form's do, and no chat's. */
function isField(text: string, start: number): boolean {
  const lines = text.slice(Math.max(0, start - 400), start + 400).match(/(?:^|\n)\p{Lu}[\p{L}./ -]{1,24}(?=:)/gu) ?? []
  const names = lines.map((line) => line.trim())
  const given = names.filter((name) => isGiven(firstOf(name)))
  return names.length > 3 && new Set(names).size === names.length && given.length < 2
}

/** Firms, works, dishes and places that are called so, and that tell of what they stand in a row with. */
const known =
  '(?:Siemens|Bosch|Voith|Würth|Hilti|Makita|Miele|Boge|Kaeser|Liebherr|Viessmann|Vaillant|Sandoz|Teva|Bayer|Pfizer|Aldi|Lidl|Rewe|Edeka|Carrefour|Auchan|Mercadona|I(?:kea|KEA)|Zara|Primark|Boots|Tesco|Waitrose|Argos|Selfridges|Walmart|Costco|Deloitte|KPMG|PwC|Accenture|Fiat|Renault|Peugeot|Citroën|Toyota|Nissan|Honda|Audi|BMW|VW|Volvo|Opel|Fendt|Claas|Nike|Adidas|Puma|Gucci|Prada|Armani|Chanel|Nestlé|Unilever|Danone|Mojito|Negroni|Daiquiri|Margarita|Martini|Hamlet|Macbeth|Othello|Faust|Carmen|Tosca|Aida|Koç|Sabancı|Sony|Philips|Samsung|Canon|Kyocera|Lenovo|Dell)'
const rowAfter = new RegExp(
  `^(?:,| ?/| &| und| and| or| oder| et| ou| y| o| e| en| of| i| lub| ve| и| или|, (?:and|or)) ?${known}(?!\\p{L})`,
  'u',
)
const rowBefore = behind(
  `(?<!\\p{L})${known}(?: \\p{Lu}\\p{L}{1,20})?(?:,| ?/| &| und| and| or| oder| et| ou| y| o| e| en| of| i| lub| ve| и| или|, (?:and|or)) `,
)

function isAmongThings(text: string, start: number, end: number): boolean {
  const ahead = text.slice(end, end + 24)
  return (/^[ ,/]/.test(ahead) && rowAfter.test(ahead)) || endsAt(text, start, rowBefore)
}

/** What a label or a column calls things, as it begins. */
const thingLabels = new RegExp(
  `^(?:.{0,24}[ /(_-])?(?:${either(`
  products? items? articles? parts? drugs? medicines? stations? destination origin countr(?:y|ies) cit(?:y|ies) region model make brands? manufacturer variety crop rooms? venue course film song opening team club horse ship building site asset machine device vehicle wine hotel restaurant company firm branch location category street metro line route bus tram title book work designers?
  produkte? artikel bezeichnung beschreibung ersatzteil medikament bahnhof haltestelle ziel herkunft land stadt modell marken? hersteller sorte feld raum saal ort fach kurs lied eröffnung mannschaft verein pferd schiff gebäude objekt anlage gerät fahrzeug wein firma unternehmen filiale standort kategorie warengruppe lieferant wettbewerb titel werk linie straße
  produit désignation pièce médicament gare arrêt provenance pays ville modèle marques? fabricant variété salle lieu matière équipe cheval bateau bâtiment appareil véhicule vin société entreprise agence emplacement marchandise fournisseur titre œuvre ligne
  producto artículo descripción pieza medicamento estación parada destino origen país ciudad modelo marcas? variedad sala lugar asignatura película equipo caballo barco edificio vehículo vino empresa sucursal ubicación mercancía proveedor título obra calle festividad línea
  produto artigo peça estação origem cidade local disciplina veículo agência mercadoria fornecedor linha
  prodotto articolo ricambio farmaco stazione fermata destinazione città modello march(?:io|i) produttore aula luogo squadra nave veicolo azienda merce fornitore titolo opera linea
  omschrijving onderdeel medicijn bestemming herkomst stad merk(?:en)? fabrikant zaal vak paard schip gebouw object voertuig wijn bedrijf vestiging leverancier lijn
  towar opis lek stacja kierunek kraj miasto marka producent odmiana miejsce przedmiot drużyna statek budynek obiekt urządzenie pojazd spółka oddział dostawca tytuł imieniny święto
  ürün parça ilaç istasyon durak varış ülke şehir markalar üretici çeşit salon derslik yer ders takım gemi bina cihaz araç şirket şube(?:si)? bölge(?:si)? tedarikçi hat
  товар наименование препарат станция направление страна город марка производитель сорт зал место предмет команда здание объект устройство компания филиал поставщик название
  beskrivning läkemedel märke tillverkare plats lag byggnad företag leverantör
  oem sku ean gtin réf ref`)})(?:[ /(].{0,16})?$`,
  'iu',
)
/** What may stand between a label and the name: others in a row. */
const row = /^ *(?:[^\n;|]{1,160}[·/•–] ?)?["«„]?$/u
const labelEnd = /(?:^|[\n;|·,(:]|[.!?] )[ \t]*(\p{L}[^\n:;|]{1,40})$/u
const signs = [/\t/g, /\|/g, / {2,}/g, /;/g, /,/g]

const teams = /(?<!\p{L})(?:teams?|clubs?|verein|mannschaft|équipe|equipos?|equipe|squadra|drużyna|takım|ploeg|lag|клуб|команда)(?!\p{L})/iu

/** Whether a label names things, and nobody for them: "Contact at the site". */
function isOfThings(label: string): boolean {
  const own = label.trim()
  return (
    thingLabels.test(own) &&
    !own.split(/[ /(_-]/).some((word) => isPeople(word) || (word.length > 4 && word !== 'Nombre' && isPerhapsPeople(word)))
  )
}

/** Whether a label or a column's header says that things stand there: "Hersteller: ", under "Destination". */
export function isLabelledThing(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 200), start)
  const colon = before.lastIndexOf(':')
  if (colon !== -1 && row.test(before.slice(colon + 1))) {
    const label = labelEnd.exec(before.slice(Math.max(0, colon - 44), colon))?.[1]
    return label !== undefined && isOfThings(label)
  }
  const from = start - before.length + before.lastIndexOf('\n') + 1
  if (from === 0 || text[from - 1] !== '\n') return false
  const line = text.slice(from, start + 120).split('\n', 1)[0] ?? ''
  if (!/[\t|;]| {2}|,.*,/.test(line)) return false
  const own = text.slice(from, start)
  const block = text.slice(Math.max(0, from - 1500), from - 1)
  const head =
    block
      .slice(block.lastIndexOf('\n\n') + 1)
      .split('\n')
      .find((line) => line.trim() !== '' && !/^[\s|+:=-]+$/.test(line)) ?? ''
  if (head.length > 200) return false
  for (const sign of signs) {
    const cells = head.trim().split(sign)
    if (cells.length < 3 || line.trim().split(sign).length < cells.length - 1) continue
    const place = own.trimStart().split(sign).length - 1
    if (isOfThings(cells[place] ?? '')) return true
    // Columns that blanks part are not always counted alike.
    return sign.source === ' {2,}' && teams.test(head) && !cells.some((cell) => isPeople(cell.trim()) || isPerhapsPeople(cell.trim()))
  }
  return false
}
