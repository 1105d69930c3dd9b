import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gunzipSync } from 'node:zlib'

import sharp, { type Sharp } from 'sharp'
import openEngine, { type Engine } from 'tesseract.js-core/tesseract-core-simd-lstm.js'

import { type Reading, readingOf } from './reading.ts'
import { type Greys, isFilled } from './solid.ts'

const language = '@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz'
/** The largest screens have 15 million: more is no screen, and takes memory. */
const mostPixels = 20_000_000
/** What is read is made up to twice as large as it was, and up to so many pixels: small type is read better so. */
const wantedPixels = 4_000_000
const slowestSeconds = 20

/** Each shows text that the others lose: as it is, light text on light, dark text on dark. */
const tones: readonly ((picture: Sharp) => Sharp)[] = [
  (picture) => picture.normalise(),
  (picture) => picture.linear(2.5, 255 - 2.5 * 255),
  (picture) => picture.linear(3, 0).negate(),
]

/** Reads a picture's text, once in each tone. Throws where it is no WebP that decodes. */
export type Reader = (image: Uint8Array) => Promise<readonly Reading[]>

/** Opens a reader: the engine and its language out of packages, nothing from elsewhere. */
export async function openReader(): Promise<Reader> {
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: ['VipsForeignLoadWebpBuffer'] })
  sharp.concurrency(1)
  const engine = await openEngine()
  const packed = readFileSync(createRequire(import.meta.url).resolve(language))
  engine.FS.writeFile('eng.traineddata', gunzipSync(packed))
  const api = new engine.TessBaseAPI()
  if (api.Init(null, 'eng', 1) !== 0) throw new Error('the engine does not take its language')
  const opened = { engine, api }
  return async (image) => {
    const greys = await greysOf(image)
    const scale = Math.min(2, Math.max(1, Math.sqrt(wantedPixels / (greys.width * greys.height))))
    const readings: Reading[] = []
    for (const tone of tones) {
      const png = await tone(grey(image).resize({ width: Math.round(greys.width * scale) }))
        .png({ compressionLevel: 1 })
        .toBuffer()
      readings.push(readingOf(read(opened, png), scale, (box) => !isFilled(greys, box)))
    }
    return readings
  }
}

function grey(image: Uint8Array): Sharp {
  return sharp(image, { limitInputPixels: mostPixels, failOn: 'warning' })
    .timeout({ seconds: slowestSeconds })
    .flatten({ background: 'white' })
    .greyscale()
}

async function greysOf(image: Uint8Array): Promise<Greys> {
  const { data, info } = await grey(image).raw().toBuffer({ resolveWithObject: true })
  return { bytes: data, width: info.width, height: info.height }
}

function read({ engine, api }: { readonly engine: Engine; readonly api: InstanceType<Engine['TessBaseAPI']> }, png: Uint8Array): string {
  engine.FS.writeFile('/input', png)
  if (api.SetImageFile(1, 0) === 1 || api.Recognize(null) !== 0) throw new Error('the engine does not take the picture')
  return api.GetTSVText(0)
}
