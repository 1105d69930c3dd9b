import { createBlankMask, createMask, type Mask, type Redactor } from './redactor.ts'
import type { Taint } from './taint.ts'

/** Batches wait this long for the redactor; then names and texts leave masked whole. */
const patienceMs = 10_000

/** One mask for each episode, once there is a redactor to make them. */
export interface Masks {
  /** null while the redactor is awaited. */
  of(episode: number): Mask | null
  ready(): boolean
  /** Resolves when masks can be had. */
  readonly opened: Promise<void>
  /** The page goes away: what has no redactor by now is masked whole. */
  giveUp(): void
}

/** `wait` ends the patience; `missing` is told once that there is no redactor. */
export function createMasks(
  redactor: Redactor | Promise<Redactor>,
  wait: (delayMs: number) => Promise<void>,
  missing: () => void,
  taint?: Taint,
): Masks {
  const masks = new Map<number, Mask>()
  let maker: (() => Mask) | null = null
  const open = async (coming: Promise<Redactor>): Promise<void> => {
    const loaded = await inTime(coming, wait)
    maker = loaded === null ? createBlankMask : () => createMask(loaded, taint)
    // A page that went away and came back may have made blank ones meanwhile.
    masks.clear()
    if (loaded === null) missing()
  }
  if (isLoaded(redactor)) maker = () => createMask(redactor, taint)
  const opened = isLoaded(redactor) ? Promise.resolve() : open(redactor)
  return {
    opened,
    ready: () => maker !== null,
    of: (episode) => {
      if (maker === null) return null
      const mask = masks.get(episode) ?? maker()
      masks.set(episode, mask)
      for (const old of masks.keys()) if (old < episode) masks.delete(old)
      return mask
    },
    giveUp: () => {
      maker ??= createBlankMask
    },
  }
}

function isLoaded(redactor: Redactor | Promise<Redactor>): redactor is Redactor {
  return 'redactText' in redactor
}

async function inTime(redactor: Promise<Redactor>, wait: (delayMs: number) => Promise<void>): Promise<Redactor | null> {
  try {
    return await Promise.race([redactor, wait(patienceMs).then(() => null)])
  } catch {
    // It could not be loaded: the answer is the same as for one that is late.
    return null
  }
}
