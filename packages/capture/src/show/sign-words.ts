/** What the indicator says, in one language. */
export interface SignWords {
  readonly recording: string
  readonly paused: string
  readonly off: string
  readonly pause: string
  readonly resume: string
  readonly stop: string
  readonly region: string
  readonly queued: (count: number) => string
  readonly lost: (count: number) => string
}

const english: SignWords = {
  recording: 'Recording',
  paused: 'Paused',
  off: 'Off',
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Stop',
  region: 'Recording of your work',
  queued: (count) => `${count} waiting to be sent`,
  lost: (count) => `${count} lost`,
}

const german: SignWords = {
  recording: 'Aufnahme',
  paused: 'Pausiert',
  off: 'Aus',
  pause: 'Pause',
  resume: 'Weiter',
  stop: 'Beenden',
  region: 'Aufnahme Ihrer Arbeit',
  queued: (count) => `${count} noch nicht gesendet`,
  lost: (count) => `${count} verloren`,
}

/** The words for a language tag; English where there are no others. */
export function signWordsFor(language: string): SignWords {
  return isGerman(language) ? german : english
}

/** Whether a language tag (BCP 47) names German. */
export function isGerman(language: string): boolean {
  return /^de\b/i.test(language)
}

/** The language that a page is in, or else its browser. */
export function languageOf(page: Document): string {
  return page.documentElement.lang || (page.defaultView?.navigator.language ?? 'en')
}
