import { openStage } from '../../packages/capture/chromium.ts'
import { type Identified, type Measures, reidentify, type Sitting } from './attack.ts'
import { openDesk } from './desk.ts'
import type { Stroke } from './hands.ts'
import { madePerformances, type Performance, readPerformances } from './keystrokes.ts'
import { measuresOfBatches, measuresOfRows, measuresOfStrokes } from './measures.ts'
import { type Recorded, releasedRows } from './release.ts'

/** What the attack makes of the same people at work: of their strokes, of what left the device, of what stands in a release. */
export interface Reidentification {
  readonly rows: readonly (Identified & {
    /** Made hands, or those of people in a file. */
    readonly hands: 'made' | 'real'
    readonly from: 'strokes' | 'batches' | 'release'
    readonly attack: 'manhattan' | 'learned'
  })[]
  /** What could not be measured here, and why. */
  readonly missing: readonly string[]
}

/** How many people work, and how many sessions of each are known and to be told. */
export interface Crowd {
  readonly people: number
  readonly known: number
  readonly probes: number
  /** Keystrokes of real people, in a file of the CMU benchmark's form. */
  readonly keystrokes?: string | undefined
  readonly progress?: (line: string) => void
}

/** Attacks made people, and real ones where their file is given; says where it is not. */
export async function runReidentification({
  people,
  known,
  probes,
  keystrokes,
  progress = () => undefined,
}: Crowd): Promise<Reidentification> {
  // First, though it is attacked last: a file that can't be read ends this at once.
  const typed = keystrokes === undefined ? [] : readPerformances(keystrokes)
  const made = await attackAll(madePerformances(people, known + probes), known, progress)
  const real = keystrokes === undefined ? [] : await attackAll(typed, known, progress)
  const rows = [...made.map((row) => ({ hands: 'made' as const, ...row })), ...real.map((row) => ({ hands: 'real' as const, ...row }))]
  const absent = 'no keystrokes of real people: a file of the CMU benchmark is named with --keystrokes'
  return { rows, missing: keystrokes === undefined ? [absent] : [] }
}

/** Lets people work in a real browser under the real recorder, builds a release of it, and attacks all three. */
async function attackAll(
  performances: readonly Performance[],
  known: number,
  progress: (line: string) => void,
): Promise<readonly Omit<Reidentification['rows'][number], 'hands'>[]> {
  const worked = await record(performances, progress)
  progress('building the release')
  const rows = await releasedRows(worked)
  if (rows.some((own) => own.length === 0)) throw new Error('a session has no rows in the release')
  const sources = {
    strokes: worked.map(({ strokes }) => measuresOfStrokes(strokes)),
    batches: worked.map(({ batches }) => measuresOfBatches(batches)),
    release: rows.map((own) => measuresOfRows(own)),
  }
  return (['strokes', 'batches', 'release'] as const).flatMap((from) => {
    progress(`attacking ${from}`)
    const told = attack(worked, sources[from], known)
    return (['manhattan', 'learned'] as const).map((name) => ({ from, attack: name, ...told[name] }))
  })
}

type Worked = Recorded & { readonly strokes: readonly Stroke[] }

async function record(performances: readonly Performance[], progress: (line: string) => void): Promise<readonly Worked[]> {
  const stage = await openStage()
  try {
    const desk = await openDesk(stage)
    const worked: Worked[] = []
    for (const { person, task, strokes } of performances) {
      if (worked.length % 20 === 0) progress(`session ${worked.length + 1} of ${performances.length}`)
      worked.push({ person, task, strokes, batches: await desk.work(strokes, task) })
    }
    return worked
  } finally {
    await stage.close()
  }
}

function attack(worked: readonly Recorded[], measures: readonly Measures[], known: number): ReturnType<typeof reidentify> {
  const sittings = worked.map(({ person, task }, at): Sitting => ({ person, task, measures: measures[at] ?? new Map() }))
  return reidentify(
    sittings.filter(({ task }) => task < known),
    sittings.filter(({ task }) => task >= known),
  )
}
