import type { Batch, Event } from '@overt/schema'
import { decodeColumns, type Picture, type Pictured } from '@overt/schema/words'
import type { Page } from 'playwright-core'

import type { Outfit } from './extension.fixture.ts'

/** A rectangle in CSS pixels. */
export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Sets the zoom of the page in front. */
export async function zoomTo(outfit: Outfit, factor: number): Promise<void> {
  const worker = await outfit.worker()
  await worker.evaluate(async (to) => {
    interface Tabs {
      query(asked: object): Promise<readonly { id: number }[]>
      setZoom(tab: number, factor: number): Promise<void>
    }
    const { chrome } = globalThis as unknown as { chrome: { tabs: Tabs } } // as: an extension's worker has it
    const [tab] = await chrome.tabs.query({ active: true, currentWindow: true })
    if (tab !== undefined) await chrome.tabs.setZoom(tab.id, to)
  }, factor)
}

/** What a part of an image is made of. */
export interface Ink {
  /** Pixels as red as what must not be seen. */
  readonly red: number
  /** Pixels that are not the fill. */
  readonly bright: number
  readonly pixels: number
}

/** Decodes an image, and says of each rectangle what can be seen there; the first answer is of the whole. */
export async function inkOf(page: Page, dataUrl: string, ratio: number, rects: readonly Rect[]): Promise<readonly Ink[]> {
  return page.evaluate(
    async ([url, scale, parts]) => {
      const image = new Image()
      image.src = url
      await image.decode()
      const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight)
      const context = canvas.getContext('2d')
      if (context === null) throw new Error('no canvas')
      context.drawImage(image, 0, 0)
      const whole = { x: 0, y: 0, width: canvas.width / scale, height: canvas.height / scale }
      return [whole, ...parts].map(({ x, y, width, height }) => {
        const sides = [Math.floor(x * scale), Math.floor(y * scale), Math.ceil(width * scale), Math.ceil(height * scale)] as const
        const { data } = context.getImageData(...sides)
        let [red, bright] = [0, 0]
        for (let at = 0; at < data.length; at += 4) {
          const [r = 0, g = 0, b = 0] = data.subarray(at, at + 3)
          if (r > 150 && g < 110 && b < 110) red += 1
          if (r > 60 || g > 60 || b > 60) bright += 1
        }
        return { red, bright, pixels: data.length / 4 }
      })
    },
    [dataUrl, ratio, rects] as const,
  )
}

/** What the browser gives whoever may take a picture, before anything is masked. */
export async function unmasked(outfit: Outfit): Promise<string> {
  const worker = await outfit.worker()
  for (let turn = 0; ; turn += 1) {
    const taken = await worker.evaluate(async () => {
      const { chrome } = globalThis as unknown as { chrome: { tabs: { captureVisibleTab(asked: object): Promise<string> } } } // as: an extension's worker has it
      return chrome.tabs.captureVisibleTab({ format: 'png' }).catch(() => '')
    })
    if (taken !== '' || turn === 20) return taken
    // It allows two a second, the recorder's own counted.
    await new Promise((later) => setTimeout(later, 700))
  }
}

/** All pictures of batches, and each event with what is said of its picture. */
export function albumOf(batches: readonly Batch[]): {
  readonly pictures: readonly Picture[]
  readonly told: readonly { readonly event: Event; readonly pictured: Pictured; readonly picture: Picture | undefined }[]
  readonly counts: Readonly<Record<string, number>>
} {
  const counts: Record<string, number> = {}
  for (const batch of batches) for (const [name, by] of Object.entries(batch.counters)) counts[name] = (counts[name] ?? 0) + by
  const told = batches.flatMap((batch) => {
    const own = batches.filter(({ producer }) => producer === batch.producer).flatMap(({ pictures = [] }) => pictures)
    return decodeColumns(batch).events.flatMap((event) => {
      const pictured = batch.pictured?.find((one) => one.event === event.seq)
      if (pictured === undefined) return []
      return [{ event, pictured, picture: pictured.kind === 'captured' ? own.find(({ id }) => id === pictured.picture) : undefined }]
    })
  })
  return { pictures: batches.flatMap(({ pictures = [] }) => pictures), told, counts }
}

/** A stored picture as an address that a page can decode. */
export function addressOf({ image }: Picture): string {
  return `data:image/webp;base64,${image}`
}
