import { type Draw, drawFrom } from '../redact/random.ts'

/** One thing done by hand: a key or the pointer's button, from when until when, in ms since the session began. */
export interface Stroke {
  /** A letter, ` `, `Backspace`, or the name of what is pressed. */
  readonly on: string
  readonly downMs: number
  readonly upMs: number
  /** Where in its target a press lands: shares of width and height from the middle, -0.5 to 0.5. */
  readonly aim?: readonly [x01: number, y01: number]
}

/** What one piece of work asks for: a press on a target, then what is typed there. */
export interface Ask {
  readonly press: string
  readonly type: string
}

/** The hands of one person: the same habits in every session. */
export interface Hands {
  /** Does the work once; `session` draws what differs from one time to the next. */
  work(asks: readonly Ask[], session: number): readonly Stroke[]
}

/**
 * Between people, as in 136 million keystrokes of 168,000 volunteers (Dhakal, Feit, Kristensson and Oulasvirta, CHI 2018): a key is held 116 ms, SD 24; from key to key 239 ms, SD 112.
 * `own`: the spread between people of one key or pair beside that; `within`: from one stroke to the next. Spreads are standard deviations of the logarithm.
 */
const population = {
  hold: { medianMs: 114, between: 0.2, own: 0.12, within: 0.22, drift: 0.04 },
  flight: { medianMs: 217, between: 0.43, own: 0.2, within: 0.35, drift: 0.06 },
  press: { medianMs: 95, between: 0.25, own: 0.05, within: 0.2, drift: 0.05 },
  pause: { medianMs: 1_400, between: 0.4, own: 0.1, within: 0.6, drift: 0.1 },
} as const
type Habit = keyof typeof population

/** Where a hand lands in a target: each has its own mean, beside the scatter. */
const aim = { between01: 0.08, within01: 0.12, most01: 0.42 }
/** Share of letters that are mistyped and taken back: between people, most. */
const mostSlips01 = 0.08
const slips = ['a', 's', 'd', 'f', 'j', 'k', 'l']
/** Share of words before which a hand rests as between two fields: between people, most. */
const mostThoughts01 = 0.2

/** Makes the hands of a person. */
export function handsOf(seed: number): Hands {
  const own = drawFrom(seed * 7_919 + 1)
  const between = mapHabits(({ between: spread }) => spread * normal(own))
  const bias = [aim.between01 * normal(own), aim.between01 * normal(own)] as const
  const slips01 = (mostSlips01 * own.whole(1_000)) / 1_000
  const thoughts01 = (mostThoughts01 * own.whole(1_000)) / 1_000
  const work: Hands['work'] = (asks, session) => {
    const now = drawFrom(seed * 104_729 + session * 31 + 2)
    const drift = mapHabits((habit) => habit.drift * normal(now))
    const timeMs = (habit: Habit, on: string): number => {
      const { medianMs, own: spread, within } = population[habit]
      const personal = spread * normal(drawFrom(seed * 15_485_863 + hash(`${habit} ${on}`)))
      return Math.round(medianMs * Math.exp(between[habit] + drift[habit] + personal + within * normal(now)))
    }
    const lands = (mean: number): number => Math.max(-aim.most01, Math.min(aim.most01, mean + aim.within01 * normal(now)))
    const strokes: Stroke[] = []
    let atMs = 500
    let before = ''
    const type = (on: string): void => {
      atMs += Math.max(12, timeMs('flight', before + on))
      strokes.push({ on, downMs: atMs, upMs: atMs + Math.max(8, timeMs('hold', on)) })
      before = on
    }
    for (const { press, type: text } of asks) {
      atMs = Math.max(atMs, strokes.at(-1)?.upMs ?? 0) + timeMs('pause', press)
      const upMs = atMs + Math.max(15, timeMs('press', 'button'))
      strokes.push({ on: press, downMs: atMs, upMs, aim: [lands(bias[0]), lands(bias[1])] })
      atMs = upMs + 120
      before = ''
      for (const letter of text) {
        if (before === ' ' && now.whole(1_000) < thoughts01 * 1_000) atMs += timeMs('pause', 'word')
        if (now.whole(1_000) < slips01 * 1_000) for (const slip of [now.one(slips), 'Backspace']) type(slip)
        type(letter)
      }
    }
    return strokes
  }
  return { work }
}

function mapHabits(of: (habit: (typeof population)[Habit]) => number): Record<Habit, number> {
  return { hold: of(population.hold), flight: of(population.flight), press: of(population.press), pause: of(population.pause) }
}

/** Of mean 0 and deviation 1, by Box and Muller. */
function normal(draw: Draw): number {
  const most = 2 ** 30
  const radius = Math.sqrt(-2 * Math.log((draw.whole(most) + 1) / most))
  return radius * Math.cos((2 * Math.PI * draw.whole(most)) / most)
}

function hash(text: string): number {
  let mixed = 0
  for (const letter of text) mixed = Math.imul(mixed ^ (letter.codePointAt(0) ?? 0), 0x01_00_01_93) + 0x9e_37
  return mixed >>> 1
}
