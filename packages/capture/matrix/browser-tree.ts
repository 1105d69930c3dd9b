import type { Observation } from '@overt/schema'
import type { Page } from 'playwright-core'

import { type Edges, protocolOf } from './browser-boxes.ts'

/** Something that can be acted on, as the browser's accessibility tree has it. */
export interface Told {
  readonly role: string
  readonly name: string
  readonly edges: Edges
}

const acting: ReadonlySet<string> = new Set(
  'button link textbox searchbox combobox listbox checkbox radio switch slider spinbutton menuitem tab'.split(' '),
)

interface DomNode {
  readonly backendNodeId: number
  readonly shadowRootType?: string
  readonly children?: readonly DomNode[]
  readonly shadowRoots?: readonly DomNode[]
}

/** Every control of the page in the browser's own accessibility tree, those in closed shadow roots and the browser's own apart: a page's script is not shown them. */
export async function browserControls(page: Page): Promise<{ readonly open: readonly Told[]; readonly closed: readonly Told[] }> {
  const session = await protocolOf(page)
  const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true })
  const behind = new Set<number>()
  const mark = (node: DomNode, inside: boolean): void => {
    if (inside) behind.add(node.backendNodeId)
    for (const child of [...(node.children ?? []), ...(node.shadowRoots ?? [])])
      mark(child, inside || /closed|user-agent/.test(child.shadowRootType ?? ''))
  }
  mark(root, false)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const [open, closed]: [Told[], Told[]] = [[], []]
  for (const { ignored, role, name, backendDOMNodeId: id } of nodes) {
    if (ignored || id === undefined || !acting.has(String(role?.value))) continue
    // What stands in a canvas has no box.
    const model = await session.send('DOM.getBoxModel', { backendNodeId: id }).then(
      (answer) => answer.model,
      () => null,
    )
    const [left = 0, top = 0, , , right = 0, bottom = 0] = model?.border ?? []
    const list = behind.has(id) ? closed : open
    list.push({ role: String(role?.value), name: String(name?.value ?? '').trim(), edges: [left, top, right, bottom] })
  }
  await session.detach()
  return { open, closed }
}

/** The controls of an observation, in the words that `browserControls` is put into by `sayControl`. */
export function controlsOf(observation: Observation | undefined): readonly string[] {
  return (observation?.nodes ?? []).filter(({ role }) => acting.has(role)).map(sayControl)
}

/** `button Save`. */
export function sayControl({ role, name }: Pick<Told, 'role' | 'name'>): string {
  return `${role} ${name}`
}
