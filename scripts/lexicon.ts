import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import * as fakers from '@faker-js/faker'
import nlp from 'compromise'

import { plainWord } from '../packages/privacy/src/redact/lexicon.ts'
import { familyEnding } from '../packages/privacy/src/redact/name-words.ts'
import { wordHash } from '../packages/privacy/src/redact/packed.ts'
import { cues, eitherFamily, eitherGiven, ordinaryWords, pageWords } from './ordinary-words.ts'
import { commonIn } from './common-words.ts'
import { createPacker } from './pack.ts'

/** Makes `lexicon-packed.ts` of the names in @faker-js/faker (MIT), by language, less what is an ordinary word or a town; and of the ordinary words. */
const bits = { given: 7, others: 4, ordinary: 8, few: 10 } as const
/** The redactor's file has room for about ten thousand names: those of these languages. Faker's Turkish and Indian given names are mostly rare ones: the common stand in `more`. */
const kept = /^faker(?:EN_US|EN_NG|DE|FR|ES|PT_BR|PT_PT|PL|SV|NB_NO|FI|RU|UK)$/

/** Given names that towns have been called after: mostly a person is meant. */
const peopleFirst = new Set(
  `allen eugene george martin mike nick vernon elizabeth fatima marisa nancy sandy tracy bryan brandon gary gilbert ivan leon logan norman stanley tyler
    warren lawrence bruno ron frederick edmond patti kara mara lynn maia nola antony marko miroslav renate florin madina rania владимир артем агата`.split(
    /\s+/,
  ),
)

/** How many of the kept languages give a name. */
const timesGiven = new Map<string, number>()
/** Words of films and books in many languages, names of their people among them. */
const commonWords = commonIn(/./)

/** `words`: what is no name alone. `near`: those of them that are words, or towns where the kept languages are spoken. */
function named(): Readonly<Record<'given' | 'family' | 'words' | 'near', ReadonlySet<string>>> {
  const [given, family, near, words] = [
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
    new Set<string>([...ordinaryWords, ...eitherGiven, ...eitherFamily]),
  ]
  for (const [name, faker] of Object.entries(fakers)) {
    if (!/^faker[A-Z]/.test(name)) continue
    const { location, person, word } = (faker as fakers.Faker).rawDefinitions // every export of such a name is one
    // A town alone is no person: Kiel, Carson.
    const towns = wordsIn(location?.city_name).filter((one) => !peopleFirst.has(one))
    for (const one of towns) words.add(one)
    if (!kept.test(name)) continue
    for (const one of [...towns, ...wordsIn(word)]) near.add(one)
    for (const one of new Set(wordsIn(person?.first_name))) {
      given.add(one)
      timesGiven.set(one, (timesGiven.get(one) ?? 0) + 1)
    }
    // Germany's are too many to help: nearly every other word is one.
    if (name !== 'fakerDE') for (const one of wordsIn(person?.last_name)) family.add(one)
    for (const one of wordsIn(word)) words.add(one)
  }
  return { given, family, words, near }
}

function wordsIn(definition: unknown): readonly string[] {
  if (typeof definition === 'string')
    return /^(?:\p{Script=Latin}[\p{Script=Latin}'’-]+|\p{Script=Cyrillic}+)$/u.test(definition) ? [plainWord(definition)] : []
  if (Array.isArray(definition)) return definition.flatMap(wordsIn)
  return typeof definition === 'object' && definition !== null ? Object.values(definition).flatMap(wordsIn) : []
}

const packer = createPacker()
const packed = (words: readonly string[], remainder: number): string => {
  const { count, bits: own, from } = packer.add(words, remainder)
  return `{ count: ${count}, bits: ${own}, from: ${from} }`
}

/** Common names of languages whose lists are short there, or written in Latin letters only here. */
const more = {
  given: `wei jing xiu ling xiaoming jie jun ming lei chao mei yuki haruto sota yuto hiroshi kenji takashi akira satoshi naoki daisuke kazuki yui sakura hina aoi misaki haruka yoko keiko sachiko ayumi emiko olu chukwu emeka ngozi chinedu oluwaseun ifeoma kwame kofi abena
    ahmed mohamed mohammed muhammad mahmoud mustafa hassan hussein omar khaled youssef ibrahim abdullah fatima aisha khadija mariam zainab layla leila nasser saleh mansour aziz rahman salma yasmin nadia samira karim rashid tariq bilal hamza priya arjun rahul amit anita sunita deepak sanjay vijay rajesh lakshmi kavita neha pooja rohan vikram anjali
    minji jisoo jihoon minho hyun eun ivan sergei dmitri alexei mikhail nikolai vladimir olga natalia svetlana irina tatiana ekaterina anastasia yelena galina oleg yuri boris wislawa przemek wojtek kasia gosia zsofia istvan gyorgy ferenc laszlo katalin ilona jiri vaclav zdenek jarmila bozena kalman szabina gyula imre vladimira
    callum hamish gareth alistair angus ewan fergus rhys owain dylan gethin llewellyn iain euan finlay lachlan rory declan cormac eoin niall padraig seamus cillian oisin darragh ciaran donal diarmuid conor siobhan aoife niamh caoimhe saoirse orla sinead grainne roisin deirdre maeve mairead eilidh catriona morag fiona isla ffion angharad cerys nerys bronwen imogen jemima tamsin philippa pippa poppy freya harriet henrietta rosalind winifred gwendolyn beatrix araminta clementine cressida verity geoffrey nigel rupert barnaby crispin gavin graham trevor clive derek alfie archie freddie alasdair lorcan tadhg reece kieran ashok priyanka
    jorg uwe jurgen gunter gunther gunnar heiko heinz helmut horst holger detlef dieter dietmar eckhard egon ekkehard friedhelm gerd gerhard gernot gottfried hartmut henning hinrich ingo jochen joachim karsten klaus knut lothar manfred norbert ottmar reinhard reinhold ruediger rudiger siegfried sonke thorben thorsten torsten ulrich volker volkmar waldemar wolfgang wolfram anke annegret annelie annegrete anja antje astrid bärbel birgit brigitte brunhilde christel dagmar dorte edeltraud elfriede elke friederike frauke gabi gerlinde gertrud gisela gudrun hannelore heike heidrun helga hildegard ilse imke ingeborg ingrid irmgard jutta karin katja katrin kerstin liesel lieselotte mechthild meike monika petra renate roswitha rotraud sabine sieglinde silke sigrid svenja swantje traute ulrike ursula uschi waltraud wiebke frieda urs reto regula vreni
    maelle solene gaelle yannick loic gwenael erwan ghislaine ghislain corentin thibault thibaut thierry mathieu aurelie aurelien berenice benedicte clotilde corinne sandrine delphine elodie emilie eloise fabienne florian gaetan gregoire guillaume herve honorine jocelyne josiane laetitia lucette ludovic magali maiwenn manon marcelline marylene mireille mylene odile oceane perrine regis remi romain roselyne severine sylvain sylvie tanguy tiphaine veronique virginie yolande yvette zoe zinedine fatoumata aminata mamadou moussa ousmane ibrahima cheikh awa mariama
    inigo joaquin guadalupe rocio alvaro begona facundo ximena montserrat rodrigo hernan nuria yolanda agustin alonso amparo arantxa ascension azucena baltasar bartolome belen benito bernabe candela carlota cayetana celia cesar chema concepcion consuelo cristobal dolores efrain eleuterio encarnacion enrique esperanza estefania eusebio fermin fernando fidel fulgencio gerardo gervasio gonzalo herminia hipolito ignacio iker inmaculada isidro iñaki jacinto javier jimena josefa juana leire leocadia leticia lorenzo macarena maite manolo marcelino maribel mateo matias milagros montse nacho natividad nayeli nieves octavio oriol pablo pepe pilar purificacion quique rafa raimundo ramiro remedios reyes rigoberto rosario salvador saturnino sergi sofia soledad teodoro tomas trinidad vicente xavi yesenia zoraida jordi lluis meritxell neus aitor amaia ainhoa gorka koldo unai xabier
    joao conceicao goncalo ines lurdes iracema zulmira wesley kaua thiago adilson ailton anderson aparecida caio cassio cleber cleusa cristiano davi dinis duarte edson eduarda evandro fabiana fabricio flavio francisca geraldo gilberto gisele guilherme heitor helio ivone jandira janaina jeferson jorge josue jussara katia leandro ligia luana luciana luis luiz manoel marcelo marcia mario marlene mauricio milton moacir murilo nuno otavio patricia paulo raquel regina renata rogerio rosangela rui sandro sebastiao silvana simao sonia tadeu tatiane telma tiago valdir vanderlei vania vitor wagner walter yara
    jeroen annemiek sjoerd femke marijke wietske fleur griet koen liesbeth joost aart adriaan anneke anouk arjen arnoud bas bastiaan boudewijn bram carolien corrie cornelis dirk ellen elske evelien floor floris frits geert gerrit gijs greetje hanneke hendrik herman hilde huub ineke jaap jacqueline janneke jelle jolanda jorrit jurgen kees klaas laurens leendert lieke luuk maaike maarten machteld mieke nienke pieter piet pim reinier rinske roel roos ruud saskia siebe sietske sjaak tanja teun thijs tjeerd toon trijntje truus wilma wouter yvonne hilde lieve veerle
    zbigniew grazyna przemyslaw malgorzata bozena wojciech agnieszka stanislaw jadwiga krzysztof iwona mateusz danuta kacper andrzej aneta beata bogdan boleslaw cezary czeslaw dariusz dorota elzbieta ewa genowefa grzegorz halina henryk hubert ignacy irena izabela jacek janusz jaroslaw jerzy joanna jolanta jozef justyna kazimierz kinga krystyna leszek lucyna lukasz maciej magdalena marek mariusz marzena miroslawa piotr radoslaw rafal ryszard slawomir tadeusz teresa tomasz urszula waldemar wanda weronika wiesława wieslaw witold wladyslaw zdzislaw zenon zofia zuzanna
    gokhan sebnem huseyin nazlican umit zubeyde ibrahim busra oguzhan elif cengiz sevgi tugba mert abdurrahman adem ahmet ali alper altan arda arzu asli asuman ayca aydin ayhan aylin ayse aysel aysun ayten azra baris basak batuhan bekir belgin berk berkay berna beyza bilal bilge birol bora burak burcu burhan bulent canan caner cem cemal cemil cemile ceyda ceren derya didem dilara dilek ebru ece ecem eda efe ekrem elcin emel emin emine emrah emre engin ercan erdal erdem eren ergun erhan erkan erol ersin ertan ertugrul esin esra evren eylul ezgi fadime faruk fatih fatma ferhat feride feyza fikret filiz firat furkan galip gamze gizem gonca gozde gul gulay gulcan gulsah gulsen gulten gunes gurkan guven hacer hakan halil haluk hande harun hasan hatice haydar hazal hilal hulya hurriyet idil ilhan ilker ilknur inci ipek irem irfan ismail ismet kaan kadir kadriye kamil kemal kenan kerem koray korkut kubra kursat leman levent mahir mahmut mehmet melek melih melike melis meltem meryem merve mesut metin mine muammer muharrem murat musa mustafa mujgan munevver nalan nazan nazim nazli necati necla nermin neslihan nevin nihal nihat nilay nilgun nilufer nimet nuray nurcan nurten okan oktay olcay onur orhan osman ozan ozge ozgur ozlem pelin pembe pinar ramazan rana recep refik remzi reyhan ridvan riza rukiye sabri sadik safiye saliha salih sami seda sedat sefa selahattin selcuk selim selin selma semih semra senem serap serdar serhat serkan serpil sevda sevgi sevil sevim seyma sibel sinan songul suat sukran sukru suleyman suna sureyya tarik taner tayfun tekin teoman tevfik timur tolga tuba tuncay tulay tulin turan turgut ufuk ugur ulku umut unal vedat veli volkan yakup yagmur yalcin yasar yasemin yasin yavuz yelda yesim yeliz yigit yildiz yilmaz yunus yusuf yuksel zafer zehra zekeriya zeki zeliha zerrin zeynep zuhal zulfikar
    abhishek aditya ajay akash alok aman ananya anand anil anirudh ankit ankita anusha aparna archana arun arvind asha ashish ashwin aishwarya bharat bhavna chandra chetan darshan devika dhruv dinesh divya gaurav gautam geeta girish gopal harish hemant indira ishaan jagdish jyoti kalpana kamala karan kartik kavya kiran krishna kunal lalita madhav madhuri mahesh manish manoj mayank meena meera mohan mukesh mukul nandini naresh naveen nikhil nilesh nisha nitin padma pankaj parvati pradeep prakash pranav prashant pratik preeti priti purnima radha raghav rajendra rajiv rakesh ramesh ranjit ravi rekha ritu rohit rupali sachin sandeep sanjana sangita sarita sathish satish savita seema shalini shankar sharad shashi shilpa shreya shruti shubham shweta siddharth smita sneha srinivas subhash sudha sudhir suman sumit sunil suresh surya sushila swati tanvi tejas uma usha vaibhav vandana varun vasant venkatesh vidya vinay vinod vishal vivek yash
    alessandro alessia andreea antonella bartolomeo beniamino biagio carmelo chiara cosimo domenico donatella eleonora elisabetta ettore fabrizio federica federico filippo flavia francesca gaetano gennaro gianluca gianni giacomo gioacchino giorgia giovanna giovanni giulia giuseppe ilaria ignazio leonardo luca lucrezia ludovica marcello massimo matteo michela michele mirella nicola nicolo ornella paola pasquale pierluigi raffaele rocco rosaria salvatore serena silvia simona stefania stefano tommaso umberto valentina vincenzo vittorio
    abdul abdelkader abdulaziz adnan ahmad amal amina amir anwar asma ayman bashir basma dalia faisal farah farid farida fadi ghada habib hadi hanan hani hicham houda huda iman imran ismael jamal jamila kamal khalid latifa lina maha maher majid malika marwan maryam mehdi mounir mourad nabil nabila najib nawal nizar noura omar osama rabia rachid rami rana rania reem riad sabah saif salim sami samir sana sara sawsan shadi soraya suleiman taha talal wafa walid yahya yara younes zahra zaid zakaria ziad zineb
    adaeze adewale akosua amara ayodele babajide babatunde chiamaka chidi chika chioma efua ekow esi femi folake funmilayo ifeanyi ikenna kayode kehinde kofi kojo makena nkechi nneka nnamdi nosipho obinna oluwatobi sibusiso sipho taiwo temitope thabo thandiwe themba tunde uche wambui wanjiru yaw yetunde zanele zodwa deshawn tyrell lamar darnell latoya lakisha tamika
    agnieszka bohumil bretislav dalibor dusan eliska frantisek hana helena ivana iveta jana jitka josef karel katerina kveta ladislav lenka libor ludmila lubos marketa martina milos miloslav monika oldrich ondrej pavel pavla petr radek radka renata stepan tereza tomas vera veronika vlasta zbynek zuzana
    agnes andras anett aniko attila balazs bence beata csaba dora edit eniko erzsebet eszter gabor gergely gyorgyi imre janos jozsef judit klara kinga krisztina lajos margit marta miklos norbert orsolya peter reka sandor tamas tibor timea veronika viktoria vilmos zoltan zsolt zsuzsanna
    adrian alin ana bogdan catalin ciprian corina cosmin cristian daniela dragos elena emil florin gabriela gheorghe horia ioan ioana ionut iulian larisa laurentiu lavinia liviu loredana lucian marius mihaela mihai mircea monica nicoleta octavian ovidiu raluca radu razvan roxana silviu simona sorin stefan tudor vasile viorica vlad
    aristidis athanasios christos dimitra dimitrios efthymia eleni evangelos fotini georgios giannis ioannis katerina konstantinos kyriakos maria nikos panagiotis pavlos sofia spyros stavros thanasis vasiliki vasilis yannis
    aleksandar bojan branislav dejan dragana dragan goran igor ivica jasmina jelena jovana ljiljana milan milica mirjana nebojsa nemanja nikola predrag sanja sasa slobodan snezana stjepan tihana vesna vladan zoran zeljko
    aksel anders arvid asbjorn axel bengt birgitta bjorn bo dag eirik elin erland frida freja gustav gunilla hakon halvor hedda hjalmar ida inga ingvar jens jesper kjell kristian lars lasse leif linnea magnus malin mads mette nils oddvar ola ole oskar ove pernille per ragnar ragnhild rasmus sander signe sigurd silje siri soren stig stine sune sven svein terje tor tove trine trond tuva ulf vidar viggo yngve aino eero eeva heikki hannu ilkka jarmo jorma jukka kaarina kalevi kirsi mika mikko paavo päivi pekka raimo reijo riitta risto sirpa taina tapio tarja timo tuija tuomo ulla veikko vesa ville
    andriy bohdan dmytro kateryna maksym mykola natalka oksana oleksandr olena ostap petro serhii solomiia svitlana taras vasyl viktor volodymyr yaroslav yulia aleksei alyona arkady artem boris daria denis fyodor gennady grigory ksenia larisa lyudmila maxim nadezhda pavel polina ruslan semyon stanislav stepan tamara timofey vadim valentina valery vasily veronika victor vitaly yaroslav zoya
    haruki kenta shota ren riku sosuke daichi ryota takumi tsubasa kaito makoto shinji tetsuya toshiro yusuke kazuya masahiro nobuyuki shigeru tomohiro hideki junichi ayaka chihiro emi hitomi kaori kana mai mayumi miho naomi noriko reiko rie saki tomoko yumi yuka xiaoyan jianguo meiling junjie zhiyuan haitao weiming guoqiang yifan zihan jiahao siwei minh thanh linh phuong trang tuan huong nguyet quang thuy duc somchai siriporn jose siti budi putri dewi agus`,
  family: `wang zhang li liu chen yang huang zhao wu zhou xu sun zhu guo lin gao luo zheng liang xie tang deng feng xiao cheng cao peng zeng tan wong chan cheung lau ho ng lam tanaka suzuki sato takahashi watanabe ito yamamoto nakamura kobayashi kato yoshida yamada sasaki yamaguchi matsumoto inoue kimura hayashi shimizu mori abe ikeda hashimoto ishikawa ogawa goto okada hasegawa murakami kondo ishii
    adeyemi okafor adebayo mensah owusu osei asante boateng diallo traore keita sow ndiaye diop mbeki nkosi dlamini mokoena raman iyer nair menon reddy rao gupta sharma verma singh kaur patel shah mehta joshi kulkarni desai chatterjee mukherjee banerjee ghosh khan ahmad haddad hussain malik sheikh chaudhry
    kim lee park choi jung kang yoon jang lim han shin seo kwon hwang ahn nguyen tran pham hoang huynh phan dang bui duong smith jones taylor wilson davies evans thomas roberts walker wright robinson thompson hughes edwards lewis harris clarke patel turner hill scott cooper morris ward moore carter watson harrison morgan bennett
    hansen johansen olsen larsen andersen nilsen johansson andersson karlsson nilsson eriksson virtanen korhonen nieminen jensen nielsen pedersen novak svoboda dvorak horvat kovacs nagy toth szabo papadopoulos popescu ionescu
    pemberton whitlock ashworth holloway featherstone thornbury crenshaw ramsbottom bickerstaff llewellyn blackwood hawthorne fairchild kingsley lockwood whitaker wainwright thackeray birtwistle higginbottom entwistle ormerod pritchard gallagher doherty brennan kavanagh fitzgerald mccarthy mcallister mcgregor macgregor mackenzie mcdonald macdonald mckenna mclean oleary oconnor obrien osullivan oneill okeefe odonnell donohue donovan sinclair drummond buchanan cunningham galbraith kerr lennox abernathy ackerman arceneaux boudreaux delgado vanterpool okonkwo eze nwosu obi adeleke balogun agyeman appiah kariuki kamau mwangi otieno odhiambo venkataraman raghunathan subramanian krishnan bhattacharya mukhopadhyay agarwal bansal chopra kapoor malhotra saxena tiwari trivedi pillai nambiar hegde
    wustenhagen schmalzle gerstenkorn auerswald ottinger kuhlmann zimmerli pfaffle brommelkamp eberhardt rademacher kloss muller schmidt schneider fischer weber wagner becker schulz hoffmann koch richter klein schroder neumann zimmermann hofmann krause lehmann kaiser fuchs lang scholz peters moller weiss jung hahn vogel friedrich keller gunther frank winkler lorenz baumann schuster bohm simon franke albrecht winter ludwig martin kramer schumacher vogt stein jager sommer gross seidel brandt haas schreiber graf dietrich ziegler kuhn pohl engel horn busch bergmann thomas voigt sauer arnold wolff pfeiffer demirbas
    kerguelen delacroix lefevre bouchard perrot charpentier legoff vauquelin tremblay diallo rousseau quemener belkacem dubois durand moreau lefebvre leroy girard bonnet lambert fontaine chevalier gauthier perrin morin clement gautier masson marchand dufour blanchard joly riviere brunet roche dumas barbier arnaud renard aubert picard lemaire benard besson caron carpentier delorme deschamps fournier garnier gosselin guillot hamel jacquet lacroix leclerc legrand lemoine leveque maillard mercier meunier nguyen ollivier pelletier poirier poulain prevost renaud robin roussel royer vasseur vidal
    urrutia etxeberria ordonez penalver xicotencatl zaldivar ponce nunez lizarraga iturralde quispe mamani villalobos puigdomenech cienfuegos arraiz goicoechea sanjuan montes garcia fernandez gonzalez rodriguez lopez martinez sanchez perez gomez ruiz hernandez diaz moreno munoz alvarez romero alonso gutierrez navarro torres dominguez vazquez ramos gil ramirez serrano molina morales suarez ortega delgado castro ortiz rubio marin sanz iglesias medina garrido cortes castillo santos lozano guerrero cano cruz mendez flores prieto herrera pena leon marquez cabrera gallego calvo vidal campos reyes vega fuentes carrasco aguilar caballero nieto santana vargas pascual gimenez herrero hidalgo lorenzo ibanez santiago duran benitez mora ferrer arias vicente carmona crespo roman pastor soto saez velasco moya soler parra esteban bravo gallardo rojas
    cavalcanti rebelo albuquerque fagundes valadares furtado leite saldanha quaresma nascimento braganca guimaraes vasconcelos pinheiro silva santos oliveira souza rodrigues ferreira alves pereira lima gomes costa ribeiro martins carvalho almeida lopes soares fernandes vieira barbosa rocha dias nunes mendes moreira cardoso teixeira correia araujo pinto cunha monteiro tavares coelho fonseca matos machado marques freitas antunes baptista azevedo neves figueiredo borges magalhaes miranda amaral brito
    heuvel dijkgraaf hoekstra braak oosterhuis postma verschuren idrissi vandenbroucke peeters schouten kuipers jansen bakker visser smit meijer mulder bos vos peters hendriks dekker brouwer dijk vliet vries berg broek koning smits graaf meer linden kok jacobs vermeulen schipper willems hermans kuijpers janssen maes claes wouters goossens mertens desmet aerts jacobs pauwels
    wisniewski szczepanska zurawski luczak kwiatkowska gasiorowski dabrowska jedrzejczyk nowicka pietrzak blaszczykowski sikora ostrowska zajac nowak wojcik kowalczyk wozniak mazur krawczyk kaczmarek stepien wieczorek dudek pawlak walczak wrobel krol wilk pietras bak duda szewczyk
    karacam yildizoglu celikkol ozturk bozkurt arikan tanriverdi gundogan sahin kaplan altinsoy durmaz eksi akin yilmaz kaya demir celik yildiz yildirim ozdemir aslan dogan kilic arslan cetin kara koc kurt ozkan simsek polat korkmaz ozcan cakir erdogan yavuz acar gunes aktas bulut unal turan tekin avci ates aksoy
    rossi russo ferrari bianchi romano colombo ricci marino greco bruno gallo conti deluca costa giordano mancini rizzo lombardi moretti barbieri santoro mariani rinaldi caruso ferrara galli
    haddad khoury mansour najjar khalil farouk qasim sayegh hamdan shammari qahtani otaibi mansouri hosseini tehrani moradi rahimi sasaki okamoto ogasawara matsuda fujita fujiwara nakajima kaneko miyazaki takagi ando nishimura saito igarashi`,
} as const
const { given, family, words, near } = named()
/** A library's names that few are called by leave their room to rules: the wide lexicon has them. */
const common = [...given].filter((word) => (commonWords.get(word)?.languages ?? 0) + (timesGiven.get(word) ?? 0) > 5)
const sure = [...new Set([...common, ...more.given.split(/\s+/).map(plainWord)])].filter((word) => word.length >= 3 && !words.has(word))
const sureWords = new Set(sure)
const others = [
  ...new Set([...family, ...more.family.split(/\s+/).map(plainWord), ...[...given].filter((word) => words.has(word))]),
].filter(
  (word) =>
    word.length >= 3 &&
    !sureWords.has(word) &&
    !familyEnding.test(word) &&
    !eitherGiven.has(word) &&
    !eitherFamily.has(word) &&
    !ordinaryWords.has(word),
)

/** Ordinary words of English (compromise, MIT, less its names), of our own pages and documents and of labels, which a hash can't tell from a name. */
function strays(): readonly string[] {
  const { lexicon } = (nlp as unknown as { model(): { one: { lexicon: Record<string, string | string[]> } } }).model().one // as: not in its types
  const known = Object.entries(lexicon).flatMap(([word, tags]) =>
    /Name|Person|Comparative|Superlative|PhrasalVerb|Gerund/.test(String(tags)) ? [] : [word],
  )
  const root = join(import.meta.dirname, '..')
  const ours = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:md|html)$/.test(path) && !/node_modules|dist|\.cache/.test(path))
    .flatMap((path) => readFileSync(join(root, path), 'utf8').match(/(?<![\p{L}])[a-z]{3,20}(?![\p{L}])/gu) ?? [])
  const labels = readdirSync(join(root, 'packages/privacy/src/redact'))
    .filter((name) => name.endsWith('.ts') && !/packed|test/.test(name))
    .flatMap(
      (name) =>
        readFileSync(join(root, 'packages/privacy/src/redact', name), 'utf8')
          .replaceAll('\\\\w*', 'nummer')
          .match(/(?<!\p{L})\p{L}\p{Ll}{2,}(?!\p{Lu})(?: \?\p{L}{2,})?/gu) ?? [],
    )
    .map((label) => plainWord(label.replace(/[ ?]/g, '')))
  const hashes = new Set(sure.map((word) => wordHash(word, { count: sure.length, bits: bits.given })))
  return [...new Set([...known, ...ours, ...labels, ...pageWords, ...near])]
    .filter((word) => /^[a-z]{3,}$/.test(word) && !sureWords.has(word) && !ordinaryWords.has(word))
    .filter((word) => hashes.has(wordHash(word, { count: sure.length, bits: bits.given })))
    .sort()
}

const none = strays()
const ordinaryForm = { count: ordinaryWords.size, bits: bits.ordinary }
const ordinaryHashes = new Set([...ordinaryWords].map((word) => wordHash(word, ordinaryForm)))
const namesAsWell = [...sure, ...others, ...eitherGiven, ...eitherFamily].filter((word) => ordinaryHashes.has(wordHash(word, ordinaryForm)))
const made = '/** Made by `node scripts/lexicon.ts`'
const few = { givenAndWords: eitherGiven, familyAndWords: eitherFamily, titles: cues }
const tables = [
  `${made}. */\nexport const given: Packed = ${packed(sure, bits.given)}`,
  `${made}. */\nexport const others: Packed = ${packed(others, bits.others)}`,
  `${made}: words that only their hash makes a given name. */\nexport const strays =\n  '${none.join(' ')}'`,
  `${made}. */\nexport const ordinary: Packed = ${packed([...ordinaryWords], bits.ordinary)}`,
  `${made}: names that only their hash makes an ordinary word. */\nexport const namesAsWell = '${namesAsWell.join(' ')}'`,
  ...Object.entries(few).map(([name, set]) => `${made}. */\nexport const ${name}: Packed = ${packed([...set], bits.few)}`),
]
// In one piece before all others: gzip takes base64 by itself in three quarters of its length, and mixed with text in more (0.5 kB).
const all = `${made}. */\nexport const packedWords = /* @__PURE__ */ atob(\n  '${packer.base64()}',\n)`
writeFileSync(
  join(import.meta.dirname, '../packages/privacy/src/redact/lexicon-packed.ts'),
  `${["import type { Packed } from './packed.ts'", all, ...tables].join('\n\n')}\n`,
)
console.log(`${sure.length} given names, ${others.length} others, ${none.length} strays`)
