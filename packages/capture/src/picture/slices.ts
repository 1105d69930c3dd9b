import { nowMs, startTimer } from '../natives.ts'

/** The page waits no longer than this for what is done at once. */
const sliceMs = 4
const clockEvery = 8

/** Work that stops where it may be gone on with later. */
export type Sliced<T> = Generator<void, T, void>

/** Says now and then that it is time to let the page go on. */
export type Due = () => boolean

/** Does work a slice at a time; null where it takes more than `budgetMs` of work in all. `worked`: how long each slice took. */
export async function inSlices<T>(budgetMs: number, worked: (ms: number) => void, work: (due: Due) => Sliced<T>): Promise<T | null> {
  let fromMs = nowMs()
  let asked = 0
  const running = work(() => {
    asked += 1
    return asked % clockEvery === 0 && nowMs() > fromMs + sliceMs
  })
  for (let slices = 1; ; slices += 1) {
    const step = running.next()
    worked(nowMs() - fromMs)
    if (step.done === true) return step.value
    if (slices * sliceMs >= budgetMs) return null
    await new Promise<void>((next) => void startTimer(next, 0))
    fromMs = nowMs()
  }
}
