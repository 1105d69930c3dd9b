import type { Page } from 'playwright-core'

/** What the browser's accessibility tree says of a point, from what lies there outwards; only what has a name. */
export interface Told {
  readonly role: string
  readonly name: string
}

/** Asks Chromium itself what an assistive technology would be told of the point, in CSS pixels. */
export async function accessibleAt(page: Page, x: number, y: number): Promise<readonly Told[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('DOM.enable')
  await session.send('Accessibility.enable')
  await session.send('DOM.getDocument')
  const { backendNodeId } = await session.send('DOM.getNodeForLocation', { x: Math.round(x), y: Math.round(y) })
  const { nodes } = await session.send('Accessibility.getAXNodeAndAncestors', { backendNodeId })
  await session.detach()
  return nodes
    .filter(({ ignored, name }) => !ignored && String(name?.value ?? '') !== '')
    .map(({ role, name }) => ({ role: String(role?.value), name: String(name?.value) }))
}

/** The middle of what a selector finds, in CSS pixels, once it is there. */
export async function middleOf(page: Page, selector: string): Promise<{ readonly x: number; readonly y: number }> {
  await page.locator(selector).first().waitFor()
  const box = await page.locator(selector).first().boundingBox()
  if (box === null) throw new Error(`${selector} is not there`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
