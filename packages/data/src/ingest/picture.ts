import type { Batch } from '@overt/schema'
import type { Picture } from '@overt/schema/words'

const riffHeadBytes = 12
const chunkHeadBytes = 8

/** What is wrong with a batch's pictures: a picture that no event of it names, an event that is not of it, an image that is not what it says. undefined where they hold. */
export function pictureFault({ pictures = [], pictured = [], firstSeq, count }: Batch): string | undefined {
  const stray = pictured.find(({ event }) => event < firstSeq || event >= firstSeq + count)
  if (stray !== undefined) return `A picture is told of event ${stray.event}, which is not in the batch.`
  if (new Set(pictured.map(({ event }) => event)).size !== pictured.length) return 'An event has its picture told twice.'
  const named = new Set(pictured.flatMap((one) => (one.kind === 'captured' ? [one.picture] : [])))
  const unnamed = pictures.find(({ id }) => !named.has(id))
  if (unnamed !== undefined) return `No event of the batch names picture ${unnamed.id}.`
  if (new Set(pictures.map(({ id }) => id)).size !== pictures.length) return 'Two pictures have one id.'
  return pictures.map(imageFault).find((fault) => fault !== undefined)
}

/** A still WebP of one VP8 frame and nothing else: no room for metadata, for a second image, or for what stands behind the end. */
function imageFault({ id, image, widthPx, heightPx }: Picture): string | undefined {
  const bytes = Buffer.from(image, 'base64')
  const size = bytes.length < riffHeadBytes + chunkHeadBytes + 10 ? 0 : bytes.readUInt32LE(4)
  const head = bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 16)
  if (head !== 'RIFFWEBPVP8 ' || size + 8 !== bytes.length) return `Picture ${id} is not a plain WebP of its own length.`
  const frameBytes = bytes.readUInt32LE(riffHeadBytes + 4)
  const end = riffHeadBytes + chunkHeadBytes + frameBytes
  if (end + (frameBytes % 2) !== bytes.length) return `Picture ${id} holds more than its one frame.`
  const frame = bytes.subarray(riffHeadBytes + chunkHeadBytes)
  // RFC 6386, 9.1: three bytes of tag, three of start code, then width and height in 14 bits each.
  const startCode = frame.readUIntBE(3, 3)
  const sides = [frame.readUInt16LE(6) & 0x3fff, frame.readUInt16LE(8) & 0x3fff]
  if (startCode !== 0x9d012a || sides[0] !== widthPx || sides[1] !== heightPx) return `Picture ${id} has other sides than it says.`
  return undefined
}
