import type { Disk, DiskFile } from './disk.ts'

interface Reader {
  readonly file: Promise<DiskFile>
  users: number
}

/** Files open for reading: a few stay open, since reads come in runs of one file. */
export class Readers {
  readonly #disk: Disk
  readonly #limit: number
  readonly #open = new Map<string, Reader>()

  constructor(disk: Disk, limit: number) {
    this.#disk = disk
    this.#limit = limit
  }

  /** Lets go of a file that nobody reads now: at the next read it is another. */
  async forget(path: string): Promise<void> {
    const reader = this.#open.get(path)
    this.#open.delete(path)
    await (await reader?.file)?.close()
  }

  /** Reads from a file, which is opened where it is not open yet. */
  async read(path: string, atByte: number, sizeBytes: number): Promise<Buffer> {
    const reader = this.#open.get(path) ?? { file: this.#disk.open(path), users: 0 }
    this.#open.delete(path)
    this.#open.set(path, reader)
    reader.users += 1
    try {
      const file = await reader.file.catch((cause: unknown) => {
        this.#open.delete(path)
        throw cause
      })
      return await file.read(atByte, sizeBytes)
    } finally {
      reader.users -= 1
      await this.#closeUnused(this.#limit)
    }
  }

  async close(): Promise<void> {
    await this.#closeUnused(0)
  }

  /** The least recently used first. */
  async #closeUnused(limit: number): Promise<void> {
    for (const [path, reader] of this.#open) {
      if (this.#open.size <= limit) return
      if (reader.users > 0) continue
      this.#open.delete(path)
      const file = await reader.file
      await file.close()
    }
  }
}
