import { open } from 'node:fs/promises'

const chunkBytes = 1 << 20

/** Writes zeros over a file's bytes, where they lie; returns once these are on the device. */
export async function overwrite(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const { size } = await file.stat()
    const zeros = new Uint8Array(chunkBytes)
    for (let at = 0; at < size; at += chunkBytes) await file.write(zeros, 0, Math.min(chunkBytes, size - at), at)
    await file.sync()
  } finally {
    await file.close()
  }
}
