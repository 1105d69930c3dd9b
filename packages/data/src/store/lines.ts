import { createReadStream } from 'node:fs'

/** One line of a file. `ended` is false for a last line without its line feed: a write that was cut off. */
export interface Line {
  readonly bytes: Buffer
  readonly ended: boolean
}

/** The lines of a file from its start, read in blocks; none where the file is missing. */
export async function* readLines(path: string): AsyncGenerator<Line> {
  let rest: Buffer[] = []
  try {
    for await (const chunk of createReadStream(path)) {
      let block = Buffer.from(chunk as Uint8Array) // as: a stream without an encoding yields bytes
      for (let end = block.indexOf(10); end !== -1; end = block.indexOf(10)) {
        yield { bytes: Buffer.concat([...rest, block.subarray(0, end)]), ended: true }
        rest = []
        block = block.subarray(end + 1)
      }
      if (block.length > 0) rest.push(block)
    }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return
    throw cause
  }
  if (rest.length > 0) yield { bytes: Buffer.concat(rest), ended: false }
}
