import type { Engine } from './engines.ts'
import type { Sample } from './samples.ts'

/** An engine's compiled code is dropped while others run, and takes some rounds to be made again. */
const rounds = 9

/** What each round takes of this process's processor time, so that a busy machine changes little. */
async function timesMs(rounds: number, work: () => Promise<void>): Promise<readonly number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const from = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(from)
    times.push((user + system) / 1_000)
  }
  return times
}

/** How fast an engine is with one sample, and how large that was. */
export interface Speed {
  readonly engine: string
  readonly sample: string
  readonly texts: number
  readonly kB: number
  /** Megabytes of UTF-8 a second of processor time, in the middle of nine rounds. */
  readonly mbPerS: number
  /** What one text in a hundred takes longer than, in wall time; of a text the middle of nine times. */
  readonly p99Ms: number
}

/** Measures an engine with a sample, or with as many texts of it spread over the whole. */
export async function speedOf(engine: Engine, { name, texts: all }: Sample, most: number): Promise<Speed> {
  const stride = Math.max(1, Math.floor(all.length / most))
  const texts = all.filter((_, index) => index % stride === 0)
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const ms = at01(
    await timesMs(rounds, async () => {
      for (const text of texts) await engine.masks(text)
    }),
    0.5,
  )
  const times = texts.map((): number[] => [])
  for (let round = 0; round < rounds; round += 1)
    for (const [place, text] of texts.entries()) {
      const from = performance.now()
      await engine.masks(text)
      times[place]?.push(performance.now() - from)
    }
  const p99Ms = at01(
    times.map((own) => at01(own, 0.5)),
    0.99,
  )
  return { engine: engine.name, sample: name, texts: texts.length, kB: bytes / 1_000, mbPerS: bytes / 1_000 / ms, p99Ms }
}

/** Processor time of each input that makes a careless pattern slow. */
export async function worstMs(engine: Engine): Promise<readonly { readonly pattern: string; readonly ms: number }[]> {
  const times: { pattern: string; ms: number }[] = []
  for (const piece of pieces)
    times.push({
      pattern: JSON.stringify(piece),
      ms: Math.min(...(await timesMs(3, async () => void (await engine.masks(filled(piece)))))),
    })
  return times.sort((left, right) => right.ms - left.ms)
}

/** 64 kB of one piece. */
export function filled(piece: string): string {
  return piece.repeat(Math.ceil(65_536 / piece.length)).slice(0, 65_536)
}

/** What the inputs are made of. */
export const pieces: readonly string[] = [
  'a', '1', '1 ', '1-', '1.', 'a.', '@', 'a@', 'a@a.', 'password ', 'password is ', 'password: ', 'pin 1 ', '://a:', 'https://a/?a=',
  '-----BEGIN PRIVATE KEY-----', 'eyJ', 'eyJaaaaaaaaaa.', 'DE87 ', ':', '::', 'a:', '(', '+1 (', '[EMAIL_1]', '%40', '\\u0040', '\u200b', 'ａ',
  'а1', 'born ', '"', "the key 'a", 'x is my y ', 'ghp_', 'sk-', 'A1b2C3d4', '\n', ' ', '\u{1d7d8}', 'tel 12 ', 'A', 'Aa ', 'Anna ', 'Anna Li, ',
  'Dear ', 'Mr. ', 'Name: ', '王', '田中', 'محمد ', 'Иван ', 'von der ', 'Street 1, ', '12 Main St ', 'Rua ', 'str. 1 ', '00:', '+49 30 ', '(030) ',
  'Apt 4\nTown ', 'ghp_a1B2c3D4 ', 'e)token田中さん ', '王Hauptstraße0a ', 'NoFlatИван0a1b ', 'Hauptstraße1.2.3.4, ',
  'user_1!', 'Aa1!', 'AB12 ', 'A-A-A-', 'passport ', 'VAT ', 'plate AB ', 'try Abcde12 ', 'door 1-', 'code 12-', 'seven, two ', 'pin?\n',
] // prettier-ignore

/** The time that such a share of them, from 0 to 1, does not reach. */
function at01(times: readonly number[], share01: number): number {
  return times.toSorted((left, right) => left - right)[Math.floor(times.length * share01)] ?? 0
}
