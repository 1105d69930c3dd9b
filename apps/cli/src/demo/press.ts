import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'

import { CliError, exitCode } from '../terminal/failure.ts'

interface DomNode {
  readonly nodeId: number
  readonly nodeName: string
  readonly nodeValue: string
  readonly children?: readonly DomNode[]
  readonly shadowRoots?: readonly DomNode[]
  readonly contentDocument?: DomNode
}

/** Clicks, with the trusted mouse, a button that stands in a closed shadow root, in whatever frame: the page's own scripts can't reach it, and neither can a test's selectors. */
export async function pressButton(page: Page, label: string, waitMs: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  try {
    const endMs = performance.now() + waitMs
    for (;;) {
      const { root }: { root: DomNode } = await session.send('DOM.getDocument', { depth: -1, pierce: true })
      const button = find(root, label)
      const box = button === undefined ? null : await session.send('DOM.getBoxModel', { nodeId: button.nodeId }).catch(() => null) // not laid out yet: looked at again
      if (box !== null) {
        const [left = 0, top = 0, , , right = 0, bottom = 0] = box.model.border
        return await page.mouse.click((left + right) / 2, (top + bottom) / 2)
      }
      if (performance.now() > endMs)
        throw new CliError(
          'OVT-1751',
          exitCode.failed,
          `The button "${label}" did not come within ${waitMs / 1000} s.`,
          'Run the demo again; on a busy machine, with fewer programs open.',
        )
      await sleep(50)
    }
  } finally {
    await session.detach()
  }
}

function find(node: DomNode, label: string): DomNode | undefined {
  if (node.nodeName === 'BUTTON' && textOf(node).trim() === label) return node
  for (const child of [
    ...(node.children ?? []),
    ...(node.shadowRoots ?? []),
    ...(node.contentDocument === undefined ? [] : [node.contentDocument]),
  ]) {
    const found = find(child, label)
    if (found !== undefined) return found
  }
  return undefined
}

function textOf(node: DomNode): string {
  return node.nodeName === '#text' ? node.nodeValue : (node.children ?? []).map(textOf).join('')
}
