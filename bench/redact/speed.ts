import type { Engine } from './engines.ts'

/** Of this process's processor time, so that a busy machine changes little. */
async function bestMs(rounds: number, work: () => Promise<void>): Promise<number> {
  let best = Infinity
  for (let round = 0; round < rounds; round += 1) {
    const from = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(from)
    best = Math.min(best, (user + system) / 1_000)
  }
  return best
}

/** Megabytes (of UTF-8) a second of ordinary work text, short texts as a page has them. */
export async function mbPerS(engine: Engine, texts: readonly string[]): Promise<number> {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const ms = await bestMs(3, async () => {
    for (const text of texts) await engine.masks(text)
  })
  return bytes / 1_000 / ms
}

/** How long the slowest texts take: the 99th part of a hundred, in milliseconds of wall time. */
export function p99Ms(engine: Engine, texts: readonly string[]): number {
  const times = texts.map((text) => {
    const from = performance.now()
    void engine.masks(text)
    return performance.now() - from
  })
  return times.sort((left, right) => left - right)[Math.floor(times.length * 0.99)] ?? 0
}

/** Processor time of each input that makes a careless pattern slow. */
export async function worstMs(engine: Engine): Promise<readonly { readonly pattern: string; readonly ms: number }[]> {
  const times: { pattern: string; ms: number }[] = []
  for (const piece of pieces)
    times.push({
      pattern: JSON.stringify(piece),
      ms: await bestMs(3, async () => {
        await engine.masks(filled(piece))
      }),
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
  'user_1!', 'Aa1!', 'AB12 ', 'A-A-A-', 'passport ', 'VAT ', 'plate AB ',
] // prettier-ignore
