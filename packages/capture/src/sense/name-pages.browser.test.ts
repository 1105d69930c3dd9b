import { globSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../../chromium.ts'
import { matrixHtml } from '../../matrix/page.ts'
import { type Pair, compareNames } from './names.fixture.ts'

const bundle = fileURLToPath(new URL('../../dist/sense.iife.js', import.meta.url))
const folderOf = (name: string): string => dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)))
const backOffice = folderOf('startbootstrap-sb-admin-2')
const services = join(folderOf('govuk-frontend'), 'dist/govuk')

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** All that a page holds, in a window as long as it. */
async function pairsOf(page: Page): Promise<readonly Pair[]> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: 1280, height: Math.min(height + 200, 8_000) })
  await page.waitForTimeout(200)
  const pairs = await compareNames(page)
  await page.close()
  return pairs
}

/** A page of the back office, with its own scripts and styles. */
async function openOffice(file: string): Promise<Page> {
  const page = await stage.browser.newPage()
  await page.addInitScript({ path: bundle })
  await page.route('**/*', (route) => {
    const path = join(backOffice, new URL(route.request().url()).pathname)
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? route.fulfill({ path }) : route.abort()
  })
  await page.goto(`${stage.origin}/${file}`)
  return page
}

/** Every example of one component, one below the other. */
async function openService(component: string): Promise<Page> {
  const examples = globSync(join(services, 'components', component, 'template-*.html')).toSorted()
  const style = stage.serve('/govuk.css', readFileSync(join(services, 'govuk-frontend.min.css'), 'utf8'), 'text/css')
  return stage.open(`<link rel=stylesheet href="${style}">${examples.map((path) => readFileSync(path, 'utf8')).join('<hr>')}`, [bundle])
}

const offices = globSync(join(backOffice, '*.html')).map((path) => basename(path))
const components = [
  'accordion',
  'breadcrumbs',
  'button',
  'checkboxes',
  'date-input',
  'file-upload',
  'input',
  'pagination',
  'radios',
  'select',
  'tabs',
]
const widgets = ['comboboxes.tsx', 'sliders.tsx']

// Without regard to capitals: a style may draw them, and the standard leaves names as they are written.
test('names are those of the browser on 99 of 100 elements of real pages', async () => {
  const opens = [
    ...offices.map((file) => [file, () => openOffice(file)] as const),
    ...components.map((component) => [component, () => openService(component)] as const),
    ...widgets.map((entry) => [entry, async () => stage.open(await matrixHtml(stage, entry), [bundle])] as const),
  ]
  const all: Pair[] = []
  let pages = 0
  const wrong: string[] = []
  for (const [name, open] of opens) {
    const pairs = await pairsOf(await open())
    if (pairs.length > 0) pages += 1
    all.push(...pairs)
    wrong.push(
      ...pairs
        .filter(({ ours, browsers }) => ours.toLowerCase() !== browsers.toLowerCase())
        .map(({ tag, ours, browsers }) => `${name}: ${tag}: "${ours}", not "${browsers}"`),
    )
  }
  expect(pages).toBeGreaterThanOrEqual(20)
  expect(all.length).toBeGreaterThan(500)
  expect(wrong.length / all.length, wrong.join('\n')).toBeLessThanOrEqual(0.01)
}, 300_000)
