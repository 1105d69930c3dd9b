import type { Family } from './beginning.ts'
import { wordlike01 } from './likely.ts'
import type { Look } from './look.ts'
import { allMatches, matchAt, matchesIn } from './match.ts'
import { isNoToken, isSample } from './sample.ts'
import type { Detector, Span } from './span.ts'

/** Beginnings of vendors' tokens and how many characters follow at least, from the vendors' documented formats. What follows: letters, digits, `_`, `-`. */
const prefixes = `
ghp_:20 gho_:20 ghu_:20 ghs_:20 ghr_:20 github_pat_:20
glpat-:16 gldt-:16 glrt-:16 glcbt-:16 glptt-:16 glft-:16 glsoat-:16 glimt-:16 glagent-:16 gloas-:16 glffct-:16 GR1348941:16
xoxa-:10 xoxb-:10 xoxc-:10 xoxd-:10 xoxe-:10 xoxe.xoxb-:10 xoxe.xoxp-:10 xoxo-:10 xoxp-:10 xoxr-:10 xoxs-:10 xapp-:10
sk_live_:10 sk_test_:10 sk_prod_:10 rk_live_:10 rk_test_:10 rk_prod_:10 pk_live_:10 pk_test_:10 whsec_:10
AIza:30 ya29.:20 GOCSPX-:20 AQ.Ab8:20
sk-live-:10 sk-test-:10 sk-proj-:16 sk-svcacct-:16 sk-admin-:16 sk-ant-:16 sk-or-v1-:16 sk-lf-:16 hf_:25 api_org_:25 r8_:25 gsk_:25 xai-:25 pplx-:25 lsv2_pt_:20 lsv2_sk_:20 nvapi-:20 tgp_v1_:20
npm_:25 pypi-AgE:20 rubygems_:20 oy2:40 cio:30 dckr_pat_:16 dckr_oat_:16 CLOJARS_:20 jfrt:40 AKCp:40 cmVmdGtu:20
SG.:20 key-:32 sq0atp-:16 sq0csp-:16 sq0idp-:16 shpat_:20 shpss_:20 shpca_:20 shppa_:20 shptka_:20 xkeysib-:20 xsmtpsib-:20 shippo_live_:20 shippo_test_:20 EZAK:40 EZTK:40 FLWSECK:12 FLWPUBK:12 access-sandbox-:20 access-production-:20 access-development-:20
dop_v1_:20 doo_v1_:20 dor_v1_:20 HRKU-:20 lin_api_:20 lin_oauth_:20 ntn_:30 secret_:40 figd_:20 figoh_:20 figor_:20 ATATT3:20 ATCTT3:20 ATBB:20 ATOA:20 dapi:30 sl.:60
hvs.:16 hvb.:16 hvr.:16 dp.pt.:20 dp.st.:20 dp.ct.:20 dp.sa.:20 dp.scim.:20 dp.audit.:20 glc_:20 glsa_:20 NRAK-:20 NRII-:20 NRJS-:12 NRBR-:12 NRIQ-:12 NRSP:20 pul-:30 pscale_tkn_:16 pscale_oauth_:16 pscale_pw_:16 PMAK-:20 sntrys_:20 sntryu_:20 vcp_:20 vci_:20 vca_:20 vck_:20 sbp_:20 sb_secret_:20 tskey-:16
AGE-SECRET-KEY-1:40 aio_:20 LTAI:16 tfp_:30 nfp_:20 nfc_:20 pnu_:20 rdme_:20 tk-us-:20 fo1_:20 fm2_:20 fm1r_:20 ddp_:20 ddo_:20 live_:40 test_:40 duffel_test_:20 duffel_live_:20 fio-u-:20 ico-:25 dt0c01.:20 dt0s01.:20 dt0s16.:20 ops_eyJ:20 A3-:25 pat.:30 sat.:30 EAACEdEose0cBA:8 EAAG:30 EAAA:40 squ_:20 sqp_:20 sqa_:20 cfut_:20 v1.0-:60 bkua_:20 CCIPAT_:20 CFPAT-:20 apify_api_:20 tvly-:20 fc-:30 phc_:20 phx_:20 sgp_:30 sgd_:30 waka_:20 rnd_:20 rpa_:20 exa_:20 ABSK:40 bedrock-api-key-:30 PRIVATE-TOKEN:20 mvs_:20 polar_:20 re_:20 rw_:30 snyk_:20 sntr:40 ak_live_:16 otp_live_:16 p8e-:25 sh.:30 v2.public.:20 v2.local.:20 v4.public.:20 v4.local.:20 PVX_:20 s-s4t2ud-:40 s-s4t2af-:40
`

const table: ReadonlyMap<string, number> = new Map(
  prefixes
    .trim()
    .split(/\s+/)
    .map((entry): [string, number] => [entry.slice(0, entry.lastIndexOf(':')), Number(entry.slice(entry.lastIndexOf(':') + 1))]),
)
const beginning = new RegExp(
  `(?<![A-Za-z0-9])(?:${[...table.keys()]
    .sort((left, right) => right.length - left.length)
    .map((prefix) => prefix.replaceAll('.', '\\.'))
    .join('|')})`,
  'g',
)
const body = /[A-Za-z0-9_\-.=~]{0,72}/y
const rest = /[A-Za-z0-9_\-.=~]*/y

/** Formats that a beginning alone does not tell, and what stands in each of them. None has a blank in it. */
const forms: readonly (readonly [needed: string, form: RegExp])[] = [
  // JSON Web Token, RFC 7519: two or three base64url parts, the first two JSON objects.
  ['eyJ', /(?<![A-Za-z0-9]|eyJ[A-Za-z0-9_-]{0,60})eyJ[A-Za-z0-9_-]{8,4096}\.[A-Za-z0-9_-]{8,8192}(?:\.[A-Za-z0-9_-]{0,4096})?/g],
  // AWS access key ids.
  ['', /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA|AGPA|ANPA|ANVA|A3T[A-Z0-9])[A-Z0-9]{16}(?![A-Za-z0-9])/g],
  // OpenAI before projects; Twilio; Mailchimp; Telegram; Discord; Airtable; Azure AD; Mapbox.
  ['sk-', /(?<![A-Za-z0-9])sk-[A-Za-z0-9]{20,128}(?![A-Za-z0-9])/g],
  ['', /(?<![A-Za-z0-9])(?:SK|AC)[0-9a-f]{32}(?![A-Za-z0-9])/g],
  ['-us', /(?<![A-Za-z0-9])[0-9a-f]{32}-us\d{1,2}(?![A-Za-z0-9])/g],
  [':A', /(?<![A-Za-z0-9])\d{8,10}:A[A-Za-z0-9_-]{32,40}(?![A-Za-z0-9])/g],
  ['', /(?<![A-Za-z0-9])[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,40}/g],
  ['pat', /(?<![A-Za-z0-9])pat[A-Za-z0-9]{14}\.[0-9a-f]{64}/g],
  ['Q~', /(?<![A-Za-z0-9])[A-Za-z0-9_.~-]{3}\dQ~[A-Za-z0-9_.~-]{31,34}/g],
  ['k.eyJ', /(?<![A-Za-z0-9])[ps]k\.eyJ[A-Za-z0-9_-]{20,512}(?:\.[A-Za-z0-9_-]{8,128})?/g],
  // Incoming webhooks: who has the address may post.
  ['hooks.slack.com/', /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9/_+-]{8,200}/g],
  ['/api/webhooks/', /discord(?:app)?\.com\/api\/webhooks\/\d{8,24}\/[A-Za-z0-9_-]{20,120}/g],
  ['webhook.office.com', /webhook\.office\.com\/webhookb2\/[A-Za-z0-9@/_-]{20,300}/g],
  // Name and password inside an address: scheme://name:password@host.
  ['://', /(?<=[a-z][a-z0-9+.-]{0,24}:\/\/)[^\s:@/'"<>$\ue000]{0,128}:[^\s/'"<>\ue000]{1,256}(?=@)/gi],
  // Facebook's app tokens.
  ['|', /(?<![A-Za-z0-9])\d{13,17}\|[A-Za-z0-9_-]{24,40}(?![A-Za-z0-9])/g],
]
/** Those that have. */
const spacedForms: typeof forms = [
  // A private key in PEM (RFC 7468), whole or cut off.
  [
    '-----BEGIN',
    /-----BEGIN[ A-Z0-9]{0,40}PRIVATE KEY[ A-Z]{0,10}-----(?:[A-Za-z0-9+/=\s\\:,.()@]|-(?!----)){0,16384}(?:-----END[ A-Z0-9]{0,40}PRIVATE KEY[ A-Z]{0,10}-----)?/g,
  ],
  // curl's credentials.
  ['-u', /(?<=\s(?:-u|--user)[ =])["']?[^\s"'$<{\ue000]{0,64}:["']?[^\s"'$<{\ue000][^\s"']{3,128}["']?/g],
]
/** HTTP credentials: words that they follow, and what they are. */
export const schemes: Readonly<Record<'scheme', Family>> = {
  scheme: { pieces: ['basic', 'bearer', 'token', 'digest'], pattern: (own) => `\\b(?:${own}) ` },
}
/** Name and password of a manual, or where a program puts them. */
const openPair = /^["']?[^\s:]*:["']?(?:pass(?:w(?:or)?d)?|pw|secret|token|test|[[{$<].*)["']?$/i
const credentials = /^[A-Za-z0-9+/_=.~-]{12,4096}/

/** Secrets whose form tells who issued them. */
export const findVendorTokens: Detector = (text, look) => [...begun(text, look), ...formed(text, look)]

const run = /(?<![A-Za-z0-9_.-])[A-Za-z0-9_.-]{8,}/g

/** Beginnings stand at the start of a run, or after a mark in it: only runs long enough are looked at. */
function begun(text: string, look: Look): readonly Span[] {
  // The shortest token there is.
  const long = look.runs(15)
  return matchesIn(text, long, run).flatMap(({ index, 0: found }) => {
    const spans: Span[] = []
    let skipTo = 0
    for (const match of allMatches(found, beginning)) {
      const from = index + match.index + match[0].length
      if (index + match.index < skipTo) continue
      const sample = matchAt(text, from, body)?.[0] ?? ''
      // What is the same few characters over and over stays so for every beginning inside it.
      if (!hasVariety(sample)) skipTo = from + sample.length
      else if (sample.length >= (table.get(match[0]) ?? 0)) {
        skipTo = from + (matchAt(text, from, rest)?.[0].length ?? 0)
        const whole = text.slice(index + match.index, skipTo)
        if (isNoToken(whole) || isName(sample)) continue
        spans.push({ start: index + match.index, end: text[skipTo - 1] === '.' ? skipTo - 1 : skipTo, kind: 'secret' })
      }
    }
    return spans
  })
}

function formed(text: string, look: Look): readonly Span[] {
  const long = look.runs(16)
  if (long.length === 0) return []
  return [
    ...long.flatMap(({ start, end }) => formsIn(text.slice(start, end), start, forms)),
    ...formsIn(text, 0, spacedForms),
    ...look.words('scheme').flatMap(({ end }) => {
      const found = credentials.exec(text.slice(end, end + 4096))?.[0]
      return found === undefined || isNoToken(found) ? [] : [{ start: end, end: end + found.length, kind: 'secret' as const }]
    }),
  ]
}

function formsIn(text: string, offset: number, all: typeof forms): readonly Span[] {
  return all.flatMap(([needed, form]) =>
    (text.includes(needed) ? allMatches(text, form).filter(({ 0: match }) => !isSample(match) && !openPair.test(match)) : []).map(
      ({ index, 0: match }) => ({
        start: offset + index,
        end: offset + index + match.length,
        kind: 'secret' as const,
      }),
    ),
  )
}

/** An identifier of words alone: `hf_requiredTypesForDisplay`. */
function isName(sample: string): boolean {
  return !/\d/.test(sample) && wordlike01(sample) >= 0.8
}

/** `ghp_xxxxxxxx` in a manual is no token. */
function hasVariety(text: string): boolean {
  return new Set(text).size >= 6
}
