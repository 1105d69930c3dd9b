import type { Family } from './beginning.ts'
import { wordlike01 } from './likely.ts'
import type { Look } from './look.ts'
import { allMatches, matchAt } from './match.ts'
import { isNoToken, isOpenPair, isSample } from './sample.ts'
import type { Detector, Span } from './span.ts'

/** How many characters follow at least, and the beginnings of vendors' tokens that they follow, from the vendors' documented formats. What follows: letters, digits, `_`, `-`. */
const prefixes = `
8 EAACEdEose0cBA
10 sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_ rk_prod_ pk_live_ pk_test_ whsec_ sk-live- sk-test-
12 FLWSECK FLWPUBK NRJS- NRBR- NRIQ-
16 glpat- gldt- glrt- glcbt- glptt- glft- glsoat- glimt- glagent- gloas- glffct- GR1348941 sk-proj- sk-svcacct- sk-admin- sk-ant- sk-or-v1- sk-lf- dckr_pat_ dckr_oat_ sq0atp- sq0csp- sq0idp- hvs. hvb. hvr. pscale_tkn_ pscale_oauth_ pscale_pw_ tskey- LTAI AKID ak_live_ otp_live_
20 xoxa- xoxb- xoxc- xoxd- xoxe- xoxe.xoxb- xoxe.xoxp- xoxo- xoxp- xoxr- xoxs- xapp- ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ ya29. GOCSPX- AQ.Ab8 nvapi- pypi-AgE rubygems_ CLOJARS_ SG. shpat_ shpss_ shpca_ shppa_ shptka_ xkeysib- xsmtpsib- shippo_live_ shippo_test_ access-sandbox- access-production- access-development- dop_v1_ doo_v1_ dor_v1_ HRKU- lin_api_ lin_oauth_ figd_ figoh_ figor_ ATATT3 ATCTT3 ATBB ATOA glc_ glsa_ NRAK- NRII- NRSP sntrys_ vci_ vca_ vck_ sbp_ sb_secret_ aio_ nfp_ nfc_ pnu_ rdme_ tk-us- fo1_ ddp_ ddo_ duffel_test_ duffel_live_ fio-u- squ_ sqp_ sqa_ cfut_ bkua_ CCIPAT_ CFPAT- apify_api_ tvly- phc_ phx_ waka_ rnd_ exa_ PRIVATE-TOKEN polar_ re_ cmVmdGtu dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit. sntryu_ vcp_ fm2_ fm1r_ dt0c01. dt0s01. dt0s16. ops_eyJ mvs_ snyk_ rpa_ PVX_ v2.public. v2.local. v4.public. v4.local.
25 hf_ api_org_ r8_ gsk_ xai- pplx- npm_ ico- A3- p8e-
30 AIza ntn_ dapi pul- EAAG fc- sgp_ sgd_ bedrock-api-key- rw_ cio tfp_ pat. sat. sh.
32 key-
60 sl. v1.0-
40 secret_ AGE-SECRET-KEY-1 live_ test_ oy2 jfrt AKCp EZAK EZTK EAAA ABSK sntr s-s4t2ud- s-s4t2af-
`

const table: ReadonlyMap<string, number> = new Map(
  prefixes
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
    .flatMap(([least, ...own]) => own.map((prefix): [string, number] => [prefix, Number(least)])),
)
const body = /[\w\-.=~]{0,72}/y
const rest = /[\w\-.=~]*/y

/** Formats that a beginning alone does not tell, what stands in each of them, and how long it is at least. None has a blank in it. */
const forms: readonly (readonly [needed: string, least: number, form: RegExp])[] = [
  // JSON Web Token, RFC 7519: two or three base64url parts, the first two JSON objects.
  ['eyJ', 20, /(?<![A-Za-z0-9]|eyJ[\w-]{0,60})eyJ[\w-]{8,4096}\.[\w-]{8,8192}(?:\.[\w-]{0,4096})?/g],
  // AWS access key ids.
  ['A', 20, /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA|AGPA|ANPA|ANVA|A3T[A-Z0-9])[A-Z0-9]{16}(?![A-Za-z0-9])/g],
  // OpenAI before projects; Twilio; Mailchimp; Telegram; Discord; Airtable; Azure AD; Mapbox.
  ['sk-', 23, /(?<![A-Za-z0-9])sk-[A-Za-z0-9]{20,128}(?![A-Za-z0-9])/g],
  ['', 34, /(?<![A-Za-z0-9])(?:SK|AC)[0-9a-f]{32}(?![A-Za-z0-9])/g],
  ['-us', 36, /(?<![A-Za-z0-9])[0-9a-f]{32}-us\d{1,2}(?![A-Za-z0-9])/g],
  [':A', 42, /(?<![A-Za-z0-9])\d{8,10}:A[\w-]{32,40}(?![A-Za-z0-9])/g],
  ['.', 59, /(?<![A-Za-z0-9])[MNO][\w-]{23,27}\.[\w-]{6,7}\.[\w-]{27,40}/g],
  ['pat', 82, /(?<![A-Za-z0-9])pat[A-Za-z0-9]{14}\.[0-9a-f]{64}/g],
  ['Q~', 37, /(?<![A-Za-z0-9])[\w.~-]{3}\dQ~[\w.~-]{31,34}/g],
  ['k.eyJ', 25, /(?<![A-Za-z0-9])[ps]k\.eyJ[\w-]{20,512}(?:\.[\w-]{8,128})?/g],
  // Incoming webhooks: who has the address may post.
  ['hooks.slack.com/', 16, /(?:https:\/\/)?hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9/_+-]{8,200}/g],
  ['/api/webhooks/', 16, /(?:https:\/\/)?discord(?:app)?\.com\/api\/webhooks\/\d{8,24}\/[\w-]{20,120}/g],
  ['webhook.office.com', 16, /webhook\.office\.com\/webhookb2\/[A-Za-z0-9@/_-]{20,300}/g],
  // Name and password inside an address: scheme://name:password@host.
  ['://', 16, /(?<=[a-z][a-z0-9+.-]{0,24}:\/\/)[^\s:@/'"<>$\x80]{0,128}:[^\s/'"<>\x80]{1,256}(?=@)/gi],
  // Hashes of passwords, as crypt(3), htpasswd and routers keep them.
  ['$', 20, /\$(?:\d[a-z]?|apr1|argon2\w{1,2}|y|sha1|[PHS]|pbkdf2[\w-]{0,12})\$[^\s:"',;]{8,200}/g],
  ['code=4/', 40, /(?<=code=)4\/0[\w-]{30,200}/g],
  // Facebook's app tokens.
  ['|', 38, /(?<![A-Za-z0-9])\d{13,17}\|[\w-]{24,40}(?![A-Za-z0-9])/g],
]
/** Those that have. */
const spacedForms: typeof forms = [
  // A private key in PEM (RFC 7468), whole or cut off.
  [
    '-----BEGIN',
    16,
    /-----BEGIN[ A-Z0-9]{0,40}PRIVATE KEY[ A-Z]{0,10}-----(?:[A-Za-z0-9+/=\s\\:,.()@]|-(?!----)){16,16384}(?:-----END[ A-Z0-9]{0,40}PRIVATE KEY[ A-Z]{0,10}-----)?/g,
  ],
]
/** Words that HTTP credentials follow, and what vendors' tokens begin with. */
export const tokenBeginnings: Readonly<Record<'scheme' | 'token', Family>> = {
  scheme: { pieces: ['basic', 'bearer', 'token', 'digest'], pattern: (own) => `\\b(?:${own}) ` },
  token: {
    pieces: [...table.keys()].sort((left, right) => right.length - left.length).map((prefix) => prefix.replaceAll('.', '\\.')),
    pattern: (own) => `(?<![A-Za-z0-9+])(?:${own})`,
  },
}
const credentials = /^[A-Za-z0-9+/_=.~-]{12,4096}/

/** Secrets whose form tells who issued them. */
export const findVendorTokens: Detector = (text, look) => [...begun(text, look), ...formed(text, look)]

const run = /[\w.-]{8}/y
/** The shortest run with a token in it that there is, and the shortest with a form of its own. */
const [shortestToken, shortestForm] = [15, 16]

/** Beginnings stand at the start of a run, or after a mark in it. */
function begun(text: string, look: Look): readonly Span[] {
  const spans: Span[] = []
  const runs = look.runs(shortestToken)
  let [skipTo, next] = [0, 0]
  for (const { start, end, text: found } of look.words('token')) {
    const least = table.get(found)
    if (least === undefined || start < skipTo || matchAt(text, start, run) === null) continue
    while ((runs[next]?.end ?? Infinity) <= start) next += 1
    if ((runs[next]?.start ?? Infinity) > start) continue
    const sample = matchAt(text, end, body)?.[0] ?? ''
    // What is the same few characters over and over stays so for every beginning inside it.
    if (!hasVariety(sample)) skipTo = end + sample.length
    else if (sample.length >= least) {
      skipTo = end + (matchAt(text, end, rest)?.[0].length ?? 0)
      // `xoxp-1234-####`: it is said how it goes on.
      if (isNoToken(text.slice(start, skipTo)) || isName(sample) || text.startsWith('##', skipTo)) continue
      spans.push({ start, end: text[skipTo - 1] === '.' ? skipTo - 1 : skipTo, kind: 'secret' })
    }
  }
  return spans
}

function formed(text: string, look: Look): readonly Span[] {
  if (look.longest < shortestForm) return []
  return [
    ...look.runs(shortestForm).flatMap(({ start, end }) => formsIn(text.slice(start, end), start, forms)),
    ...formsIn(text, 0, spacedForms),
    ...look.words('scheme').flatMap(({ end }) => {
      const found = credentials.exec(text.slice(end, end + 4096))?.[0]
      return found === undefined || isNoToken(found) || isName(found)
        ? []
        : [{ start: end, end: end + found.length, kind: 'secret' as const }]
    }),
  ]
}

function formsIn(text: string, offset: number, all: typeof forms): readonly Span[] {
  const spans: Span[] = []
  for (const [needed, least, form] of all) {
    if (text.length < least || !text.includes(needed)) continue
    for (const { index, 0: match } of allMatches(text, form))
      if (!isSample(match) && !isOpenPair(match)) spans.push({ start: offset + index, end: offset + index + match.length, kind: 'secret' })
  }
  return spans
}

/** An identifier of words alone: `hf_requiredTypesForDisplay`. Capitals in it begin words, or all are. */
const identifier = /^(?:[A-Z]?[a-z]+(?:[-_.]?[A-Z][a-z]+|[-_.][a-z]+)*|[A-Z]+(?:_[A-Z]+)*)[-_.]?$/
function isName(sample: string): boolean {
  return identifier.test(sample) && wordlike01(sample) >= 0.8
}

/** `ghp_xxxxxxxx` in a manual is no token. */
function hasVariety(text: string): boolean {
  return new Set(text).size >= 6
}
