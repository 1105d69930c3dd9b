import type { Forgotten, Standing, Waits } from '../talk/message.ts'

/** The popup's first line. */
export const stateWords: Readonly<Record<Standing['state'], string>> = {
  on: 'Recording',
  paused: 'Paused',
  off: 'Off',
  blocked: 'Not recorded here',
}

const reasons: Readonly<Record<string, string>> = {
  consent: 'You have not agreed to anything yet.',
  policy: 'Waiting for your organisation’s settings.',
  place: 'This site is not in what you agreed to.',
  site: 'You switched this site off.',
  person: 'You stopped it.',
  call: 'This page plays what others say or show. It goes on when that ends.',
  'save-data': 'Your browser saves data. It goes on when that ends.',
  metered: 'You pay for this connection. It goes on with another one.',
  battery: 'The battery is low. It goes on when that is charged.',
  cost: 'Recording took too much of this page’s time. Nothing is recorded here until you have it go on.',
  'day.full': 'It has kept as much as one day may. It goes on tomorrow.',
  trust:
    'What your server shows is not what this machine knows. Nothing is recorded or sent until you take your agreement back or agree anew.',
  killed: 'Everything was stopped, for everybody. It goes on when two keys have lifted that.',
  expired: 'What you agreed to has run out.',
  withdrawn: 'You took your agreement back.',
  'http.401': 'The server does not know this device any more.',
  'http.403': 'The server says that your agreement has ended.',
}

/** Why it is so, and until when. */
export function whyWords({ reason, pausedUntilEpochMs }: Standing): string {
  if (pausedUntilEpochMs === null) return reason === '' ? '' : (reasons[reason] ?? `It is off (${reason}).`)
  return pausedUntilEpochMs >= 8.64e15
    ? 'Until you resume.'
    : `Until ${new Date(pausedUntilEpochMs).toLocaleTimeString([], { timeStyle: 'short' })}.`
}

/** What recording costs the page in front; '' where nothing records. */
export function meterWords({ meter }: Pick<Standing, 'meter'>): string {
  if (meter === null) return ''
  const { share01, msPerAct, acts, pauses, pageBytes } = meter
  const cost = `This page waited for the recorder ${(share01 * 100).toFixed(1)}% of the last minute${acts === 0 ? '' : `, ${msPerAct.toFixed(1)} ms for each thing you did`}.`
  const memory =
    pageBytes === null
      ? 'How much memory it takes your browser does not tell.'
      : `With it the page takes ${Math.round(pageBytes / 1e6)} MB.`
  return `${cost} ${memory}${pauses === 0 ? '' : ` It has paused for its cost ${pauses === 1 ? 'once' : `${pauses} times`}.`}`
}

/** What pictures show that nobody can mask; '' for nothing. */
export function revealWords(reveals: Standing['reveals']): string {
  const what = reveals.flatMap((one) => (one === 'drawings' ? ['what pages draw themselves'] : one === 'films' ? ['films'] : []))
  return what.length === 0 ? '' : `You agreed that pictures of this site show ${what.join(' and ')}: nothing private in it is blacked out.`
}

/** How long a pause may be; null has no end. */
export const pauseChoices: readonly { readonly label: string; readonly minutes: (now: Date) => number | null }[] = [
  { label: 'Pause 5 min', minutes: () => 5 },
  { label: '15 min', minutes: () => 15 },
  { label: '60 min', minutes: () => 60 },
  { label: 'Today', minutes: (now) => Math.ceil((new Date(now).setHours(24, 0, 0, 0) - now.getTime()) / 60_000) },
  { label: 'For good', minutes: () => null },
]

/** How much waits for the person's word, since when, and until when they can say it. */
export function heldWords({ ns, acts, sinceEpochMs, endsAtEpochMs }: Waits): string {
  if (ns.length === 0) return ''
  const what = acts === 1 ? '1 action waits' : `${acts} actions wait`
  return `${what} here for you, since ${moment(sinceEpochMs)}. Nothing of it is sent unless you say so. What you do not send is deleted after 14 days, the first of it on ${moment(endsAtEpochMs)}.`
}

/** What was deleted here without the person's word; '' for nothing. */
export function lostWords(counts: Standing['counts']): string {
  const [age = 0, full = 0] = [counts['dropped.review.age'], counts['dropped.review.full']]
  const late = age === 0 ? [] : [`${recordings(age)} deleted here, not sent within 14 days.`]
  return [...late, ...(full === 0 ? [] : [`${recordings(full)} deleted here, since too much waited.`])].join(' ')
}

/** A time of some day, short. */
export function moment(epochMs: number): string {
  return new Date(epochMs).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })
}

function recordings(count: number): string {
  return count === 1 ? '1 recording was' : `${count} recordings were`
}

/** What was reached, and what was not yet. */
export function forgetWords({ dropped, server }: Forgotten): string {
  return `${dropped === 0 ? 'Nothing of it was left here.' : `${dropped} recordings dropped here.`} ${serverWords[server]}`
}

const serverWords: Readonly<Record<Forgotten['server'], string>> = {
  erased: 'The server has erased what it had.',
  later: 'The server can’t be reached; it is asked again until it has erased what it had.',
  refused: 'The server did not erase what it had: you can on your own page, under Today.',
}
