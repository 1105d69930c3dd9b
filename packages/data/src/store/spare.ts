import { join } from 'node:path'

import type { Disk, DiskFile } from './disk.ts'
import { draftEnding, segmentHead } from './segment.ts'

const chunkBytes = 1024 * 1024

/** Where a log's next file is made, and how it gets to the device. */
export interface SpareOptions {
  readonly disk: Disk
  readonly folder: string
  readonly sizeBytes: number
  /** Returns once a file lies on the device; what fails there is final, and the log's to tell. */
  readonly sync: (file: DiskFile) => Promise<void>
}

/**
 * The next file of a log, made ahead of need: a head, and zeros up to its size. Node has no fallocate, and a length alone leaves the blocks to be found at each sync;
 * once zeros lie there, a sync of an append has neither length nor blocks to write down.
 */
export class Spare {
  readonly #options: SpareOptions
  readonly #path: string
  #making: Promise<void> | undefined
  #ready = false

  constructor(options: SpareOptions) {
    this.#options = options
    this.#path = join(options.folder, `next${draftEnding}`)
  }

  get ready(): boolean {
    return this.#ready
  }

  /** Begins to make it, where it is neither there nor being made. `failed` hears where there was no room: it is as if it had not begun. */
  make(failed: () => void): void {
    if (this.#ready) return
    this.#making ??= this.#make()
      .catch(async () => {
        failed()
        await this.#remove()
      })
      .finally(() => (this.#making = undefined))
  }

  /** Gives it this name, which is not synced yet. Only where it is ready. */
  async take(path: string): Promise<DiskFile> {
    this.#ready = false
    await this.#options.disk.rename(this.#path, path)
    return this.#options.disk.open(path)
  }

  async close(): Promise<void> {
    await this.#making
    if (this.#ready) await this.#remove()
  }

  /** A new start removes it, where this can't. */
  async #remove(): Promise<void> {
    await this.#options.disk.remove(this.#path).catch(() => undefined)
  }

  async #make(): Promise<void> {
    const { disk, sizeBytes, sync } = this.#options
    const file = await disk.open(this.#path)
    try {
      await file.write(segmentHead, 0)
      const zeros = new Uint8Array(Math.min(chunkBytes, sizeBytes))
      for (let at = segmentHead.length; at < sizeBytes; at += zeros.length)
        await file.write(zeros.subarray(0, Math.min(zeros.length, sizeBytes - at)), at)
      await sync(file)
    } finally {
      await file.close()
    }
    this.#ready = true
  }
}
