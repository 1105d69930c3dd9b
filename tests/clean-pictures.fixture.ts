import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { build } from 'esbuild'
import type { Page } from 'playwright-core'

import { openStage, type Stage } from '../packages/capture/chromium.ts'
import { papersFor } from '../packages/capture/trial.ts'

const house = join(import.meta.dirname, '..')
const office = join(house, 'apps/demo/dist')
const viewport = { width: 1280, height: 800 }
/** Around what is filled, and as well encoded, as in the extension. */
const paddingCssPx = 3
const quality = 0.75

/** A picture of one page of the demo's back office, filled where the device fills it: of work like any other, and with nothing in it that no picture may show. */
export interface CleanPicture {
  readonly page: string
  readonly pixelRatio: number
  readonly image: Uint8Array
}

interface Inside {
  readonly Gauging: typeof import('../packages/capture/src/picture/gauge.ts') & typeof import('@overt/privacy')
  readonly overtTask: { reset(seed: string): Promise<unknown> }
}

/** Takes them at each seed and pixel ratio. */
export async function* cleanPictures(seeds: readonly string[], ratios: readonly number[]): AsyncGenerator<CleanPicture> {
  const stage = await openStage()
  try {
    const gauge = await gaugeScript()
    serveOffice(stage)
    const papers = await papersFor(stage.origin, ['actions', 'text', 'structure', 'pixels'])
    for (const pixelRatio of ratios)
      for (const seed of seeds) {
        const page = await stage.browser.newPage({ viewport, deviceScaleFactor: pixelRatio })
        await page.goto(`${stage.origin}/index.html?task=refund-rule`)
        await page.addScriptTag({ content: `${gauge};globalThis.Gauging = Gauging` })
        // as: the page and the script above put them there
        await page.evaluate((given) => (globalThis as unknown as Inside).overtTask.reset(given), seed)
        for (const path of [
          '/orders',
          '/orders/1001/show',
          '/orders/1007/show',
          '/refunds',
          '/refunds/1/show',
          '/customers',
          '/customers/205/show',
        ]) {
          await goTo(page, path)
          yield { page: `${path} of ${seed}`, pixelRatio, image: await pictureOf(page, papers, pixelRatio) }
        }
        await page.close()
      }
  } finally {
    await stage.close()
  }
}

async function gaugeScript(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { createGauge } from './gauge.ts'; export * from '@overt/privacy'`,
      resolveDir: join(house, 'packages/capture/src/picture'),
    },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'Gauging',
  })
  return outputFiles[0]?.text ?? ''
}

function serveOffice(stage: Stage): void {
  stage.serve('/index.html', readFileSync(join(office, 'index.html'), 'utf8'))
  for (const name of readdirSync(join(office, 'assets')))
    stage.serve(
      `/assets/${name}`,
      readFileSync(join(office, 'assets', name), 'utf8'),
      name.endsWith('.js') ? 'text/javascript' : 'text/css',
    )
}

async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
  await page.waitForFunction(() => document.querySelector('tbody tr, .RaShow-main, [class*=Show]') !== null)
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(500)
}

async function pictureOf(page: Page, papers: Awaited<ReturnType<typeof papersFor>>, pixelRatio: number): Promise<Uint8Array> {
  const geometry = await page.evaluate(async ({ receipt, manifest, keys }) => {
    const { createGauge, createPlaceholderMap, decide, redactionVersion, redactText, redactUrl } = (globalThis as unknown as Inside).Gauging // as: put there above
    const decision = await decide(receipt, manifest, 'ground', Date.now(), { keys })
    if (!decision.ok) throw new Error(decision.reason)
    const map = createPlaceholderMap()
    const redactor = { redactionVersion, createPlaceholderMap, redactText, redactUrl }
    const gauge = createGauge(decision.value, document, { redactor, map: () => map, stirred: () => {}, budgetMs: 10_000 })
    const measured = await gauge.measure()
    gauge.stop()
    return measured
  }, papers)
  if (typeof geometry === 'string') throw new Error(`the page can't be measured: ${geometry}`)
  const screen = (await page.screenshot()).toString('base64')
  const image = await page.evaluate(
    async ({ png, areas, ratio, padding, webpQuality }) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob())
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
      const context = canvas.getContext('2d', { alpha: false })
      if (context === null) throw new Error('no canvas')
      context.drawImage(bitmap, 0, 0)
      for (const { left, top, right, bottom } of areas) {
        const [x, y] = [Math.floor((left - padding) * ratio), Math.floor((top - padding) * ratio)] as const
        context.fillRect(x, y, Math.ceil((right + padding) * ratio) - x, Math.ceil((bottom + padding) * ratio) - y)
      }
      return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality: webpQuality })).arrayBuffer())]
    },
    { png: screen, areas: geometry.areas, ratio: pixelRatio, padding: paddingCssPx, webpQuality: quality },
  )
  return Uint8Array.from(image)
}
