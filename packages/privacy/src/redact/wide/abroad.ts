/** Words of more countries than a page's redactor has room for, each list as where it is joined to has them. */
export const moreWords = {
  streets: 'jl. jalan gg. cra cl. str. strada șos. calea aleea bd. b-dul ulica trg бул. пл. пров. улице οδός λεωφ. λεωφόρος',
  ends: 'tér ulice náměstí nám třída útja rakpart ulica cesta tänav tee krt körút köz fasor sétány nábřeží gatvė iela пр-т,? шоссе,? улиц[ае],? ул\\.?,? бульваре?,? переул(?:ок|ке),? проезд,? вулиц[яі],?',
  addressLabels: [
    'straat ?(?:\\+|en|/) ?(?:huis)?(?:nr|nummer)\\.?',
    'postcode ?(?:en|\\+|/) ?(?:woon)?plaats',
    'c\\.?p\\.? ?/ ?(?:población|localidad|ville)',
    'código postal y (?:población|localidad)',
    'plz ?(?:[,/]|und) ?(?:wohn)?ort',
    'code postal(?: et |[ ,/]{1,3})ville',
    'kod pocztowy(?: i |[ ,/]{1,3})(?:miejscowość|miasto)',
  ],
  flats: 'erf sector kav RT RW leil lgh дом корпус офис этаж к стр этаж под подъезд ет ап бл вх буд кім em. ajtó fszt sc et',
  vehicles: `
    poj\\. drives ute moped rower car cars truck lorry van vehicle trailer tractor parking parked permit auto wagen pkw lkw fahrzeug anhänger parkt voiture véhicule camion remorque garée? coche vehículo camión carro veículo caminhão macchina furgone vrachtwagen samochód pojazd araç çekici
    auton motorcycle taxi parkplatz auflieger sattelzug zugmaschine dienstwagen motorrad tracteur fourgon quai furgoneta remolque camião carreta carrinha viatura veicolo rimorchio busje aanhanger oplegger
    ciężarówka naczepa ciągnik arac[ıi] araba dorse kamyon t[ıi]r otopark авто\\p{L}{0,7} машин\\p{L} тягач\\p{L}{0,2} прицеп\\p{L}{0,2} пропуск фура вантажівка rekka bil bilen lastbil vozidlo vůz autó kocsi jármű mașina αυτοκίνητο רכב سيارة شاحنة`,
  plates:
    ', kennz\\.?, nr\\.? rej\\.?, rego, reg\\. ?no, amtl\\. kennz\\.?, immat\\.?, matr\\., targa n\\.?, гос\\. ?номер, г/н, registreringsnummer, rekisterinumero, spz, rendszám, regnr, rekisteri(?:numero|tunnus), registrační značka, alvázszám, номер(?:ной)? (?:авто|знак)\\p{L}*, (?:рег|ном)\\p{L}* знак, вин, кузов, număr de înmatriculare, αριθμός κυκλοφορίας, biển (?:số|kiểm soát)',
  personal: `, passports, prawko, ehliyet belge no, utr, afiliación, n[º°] afiliación, voter, brn, frn, lanr, provider id\\w*, dowodem(?: osobist\\w*)?, legitymacj\\w+, kart[aąyę] pobytu, seria i nr(?! dowodu), vers\\. nr\\.?, versicherungs nummer, kvnr, полис(?: омс)?, омс, tsi, nuss, sns, licen[cs]e, lic, dl, driver(?:'?s)? number, ins(?:urance)? id, member id, state id, cscs, permis, tessera(?: sanitaria)?, doc(?:ument)? ?no, carte d.assuré?, polisnummer, nass, svnr, identifikationsnummer, n[.°º]? fiscal, psprt, passdaten, ser\\w* i nr dowodu, personnummer, pnr, fnr, passnummer, pasnummer, körkort\\w*, fødselsnummer, fodselsnummer, cpr\\w*, hetu, henkilötunnus, passinumero, rodné číslo, r\\.?č, cnp, cod numeric personal, egn, егн, oib, jmbg, emšo, isikukood, asmens kodas, afm, amka, αφμ, αμκα, ідентифікаційний код,
    водительск\\p{L}+ удостоверени\\p{L}*, іпн, рнокпп, mykad, nik, npwp, ktp, cccd, cmnd, hộ chiếu, mã số thuế, ת\\.?ז\\.?, דרכון, आधार, पैन, पासपोर्ट, passe?portnumm?er,
    førerkort, kørekort, ajokortti, útlevél\\p{L}*, szig\\p{L}*, személyi\\p{L}*, adószám, taj, cip, pašaport, cestovní pas, putovnica, διαβατήριο, permiso de conducir, carteira de (?:identidade|habilitação|motorista), cnh, carta de condução, titre de séjour, carte vitale`,
  births:
    ', aniversário, aniversariantes, nacimiento, nascimento, nascita, urodzenia, urodz\\.?, doğumu, dogum(?:[_ ]?tarihi)?, fecha[_ ]?nac\\p{L}{0,9}, data[_ ]?nasc\\p{L}{0,6}, born[_ ]on, d\\.?n\\.?, f\\.?n\\.?, f\\.? ?nac(?:im)?\\.?, f\\. ?n\\., doğ\\.(?: tarihi| t\\.)?, d\\. ?t\\., data ur\\.?, dat\\. ?ur\\., dt\\. ?ur\\., data nasc\\.?, dt\\.? ?nasc\\.?, date_naiss(?:ance)?, ddn, birthdays, geburtstage, anniversaires, cumpleaños, aniversários, compleanni, verjaardagen, doğum günleri, urodziny, дни рождения, дні народження, дата рожд\\., дата нар\\., födelsedagar, födelsedatum, f\\. ?dat\\., geboortedat\\., geb\\.? ?dat\\.?, naiss\\., nasc(?:it[oa])?\\.?, nacid[oa], nac[íi], nació, nasceu, nasci, birth[_ ]date, date[_ ]of[_ ]birth, datum narození, narozen[áa]?, dátum narodenia, data nașterii, születési (?:dátum|idő), född, fødselsdato, fødselsdag, født(?: den)?, syntymäaika, datum rođenja, ημερομηνία γέννησης, дата народження, nar\\., syntynyt, ngày sinh, sinh ngày, जन्म(?: तिथि| तारीख)?, ημ\\.? γέννησης, γεννήθηκε, дата на раждане, תאריך לידה, szül\\p{L}*, fødd, народил(?:ся|ась)',
  unpartedBirths: '|出生年月日|مواليد|נולדה? ב|วันเกิด',
  extensions:
    '|extn|nebenstelle|nst|poste|int\\.|ramal|toestel|tst|wewn?\\.?|dahili|доб\\.?|внутр\\.?|内線|分[机機]|내선|تحويلة|שלוחה|anknytning|mellék|εσωτ\\.?',
  phones:
    '|voice ?mail|voicemail from|messagerie|buzón(?: de voz)?|fijo(?: de casa)?|t[ée]l[ée]phone fixe|festnetz\\p{L}{0,8}|fisso|kontakt(?:u|y|nummer)?(?: pod| unter| via)?|dzwoni\\p{L}{0,3} pod|kom(?=\\.)|(?:twojego|mojego|jego|jej|pod|na) numer\\p{L}{0,2}|tlm|telm|tlf|joignable|chiam\\p{L}*|erreichbar|zadzwo\\p{L}*|volej\\p{L}*|zavol\\p{L}*|ph|viber|hp|wa|hub|soita|điện thoại|sđt',
  unparted:
    '|記号・番号|保険者番号|被保険者番号|医保卡号?|社保卡号?|بطاقة (?:ال)?هوية|護照(?:號碼)?|统一编号|주민번호|외국인등록번호|여권|운전면허|사업자등록번호|رقم (?:ال)?جواز|رقم (?:ال)?إقامة|הדרכון|เลขบัตรประชาชน|车牌号?码?|車牌|차량번호|车架号|車台番号|차대번호|رقم اللوحة|מספר רכב|ทะเบียน',
} as const
