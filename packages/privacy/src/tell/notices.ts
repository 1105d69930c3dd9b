import type { Manifest, Purpose } from '@overt/schema'

const purposes: Readonly<Record<Purpose, string>> = {
  ground: 'teaching software to see and operate screens',
  assist: 'building helpers for people who do this work',
  automate: 'building software that may do steps of this work',
  evaluate: 'testing software, never people',
  correct: 'learning from what people put right',
  improve: 'finding what slows groups of at least ten people down',
  share: 'giving it to others outside',
}

/** What the law of a place asks a notice to say beside what every one says, and how it is given. Templates: a lawyer of the place confirms them. */
const laws = {
  EU: {
    title: 'Information under Articles 13 and 14 GDPR',
    says: [
      'You have the right to access, correct, erase, restrict and take out your data, to object, and to complain to a supervisory authority.',
      'Where consent is asked beside the legal basis, you can withdraw it at any time; what was done before stays lawful.',
      'No decision about you is made by this, and nobody is ranked.',
    ],
    given: 'Given in writing or on screen before anything is recorded, and kept where you can find it again.',
    poster: false,
  },
  'US-NY': {
    title: 'Notice of electronic monitoring (New York Civil Rights Law § 52-c)',
    says: [
      'Any and all telephone conversations or transmissions, electronic mail or transmissions, or internet access or usage by an employee by any electronic device or system may be subject to monitoring at any and all times and by any lawful means.',
      'Of these, the operator records only what this notice lists, and only of people who have agreed.',
    ],
    given: 'Given in writing upon hiring, acknowledged in writing or electronically, and posted where it is readily seen.',
    poster: true,
  },
  'US-CT': {
    title: 'Notice of electronic monitoring (Connecticut General Statutes § 31-48d)',
    says: ['This notice tells which types of electronic monitoring may occur.'],
    given: 'Given in writing before monitoring begins, and posted in a conspicuous place.',
    poster: true,
  },
  'US-DE': {
    title: 'Notice of monitoring of electronic mail and internet usage (Delaware Code title 19 § 705)',
    says: ['Electronic mail, internet access and usage may be monitored as this notice lists.'],
    given: 'Given each day that the recorded systems are used, or once and acknowledged in writing or electronically.',
    poster: false,
  },
  'US-CA': {
    title: 'Notice at collection (California Civil Code § 1798.100)',
    says: [
      'Collected is internet or other electronic network activity information, and professional or employment-related information.',
      'It is not sold, and not shared for advertising. You have the right to know, delete, correct and opt out, and not to be retaliated against.',
    ],
    given: 'Given at or before the point of collection.',
    poster: false,
  },
} as const

/** A place whose law has a template here. */
export type Jurisdiction = keyof typeof laws

/** The places that have a template. */
export const jurisdictions = Object.keys(laws) as readonly Jurisdiction[] // as: the keys of a literal of our own

/** What is recorded, in words that every notice holds. */
function facts({ operator, apps, purposes: wanted, recipients, retentionDays, legalBasis }: Manifest): readonly string[] {
  return [
    `Who: ${operator.name} (${operator.contact}).`,
    `What: ${[...new Set(apps.flatMap(({ modalities }) => modalities))].join(', ')}.`,
    `Where: ${apps.map(({ name, origins }) => `${name} (${origins.join(', ')})`).join('; ')}. Nowhere else.`,
    `What for: ${wanted.map((purpose) => purposes[purpose]).join('; ')}.`,
    `How long: recordings ${retentionDays.events} days, pictures ${retentionDays.frames}, training sets ${retentionDays.datasets}.`,
    `Who gets it: ${recipients.length === 0 ? 'nobody else' : recipients.join(', ')}. Legal basis: ${legalBasis}.`,
    'Nothing is recorded of anyone who has not agreed. Saying no has no consequence, and nobody at work is told.',
  ]
}

/** A notice's text for a place, from the manifest itself; its SHA-256 goes into the manifest's `notices`. The text leaves `notices` and signatures out, so that the manifest may name its hash. */
export function noticeFor(manifest: Manifest, jurisdiction: Jurisdiction): string {
  const { title, says, given } = laws[jurisdiction]
  return `${[title, '', ...facts(manifest), '', ...says, '', given].join('\n')}\n`
}

/** What hangs on the wall, where the law asks for that; null elsewhere. */
export function posterFor(manifest: Manifest, jurisdiction: Jurisdiction): string | null {
  const { title, says, poster } = laws[jurisdiction]
  if (!poster) return null
  const [who = '', what = '', where = ''] = facts(manifest)
  return `${[title.toUpperCase(), '', ...says, '', who, what, where, '', `Questions: ${manifest.operator.contact}`].join('\n')}\n`
}

/** What a person signs or clicks to say that they have read it; the receipt then names the notice by its hash. */
export function acknowledgementFor(manifest: Manifest, jurisdiction: Jurisdiction): string {
  return `I have read "${laws[jurisdiction].title}" by ${manifest.operator.name}. Reading it is no consent: that is asked apart, and I may refuse.\n`
}
