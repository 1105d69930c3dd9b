import type { CDPSession, Page } from 'playwright-core'

/** One element's name, as we and as the browser's accessibility tree have it. */
export interface Pair {
  readonly ours: string
  readonly browsers: string
  readonly tag: string
}

const acting =
  'button link textbox searchbox combobox listbox option checkbox radio switch slider spinbutton menuitem menuitemcheckbox menuitemradio tab treeitem'.split(
    ' ',
  )

/** Name of every row that can be acted on, ours beside the browser's; the page has the sense bundle. */
export async function compareNames(page: Page): Promise<readonly Pair[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('DOM.enable')
  await session.send('Accessibility.enable')
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const told = new Map(nodes.map((node) => [node.backendDOMNodeId, node]))
  const { result } = await session.send('Runtime.evaluate', { expression: `(${actable})(${JSON.stringify(acting)})` })
  const rows = await page.evaluate<{ name: string; role: string; tag: string }[]>('rows')
  const ids = await backendIds(session, result.objectId ?? '', rows.length)
  return rows.flatMap(({ name, role, tag }, at) => {
    const node = told.get(ids[at])
    if (node === undefined || node.ignored) return []
    return [{ ours: name, browsers: clean(String(node.name?.value ?? '')), tag: `${tag} ${role}/${String(node.role?.value)}` }]
  })
}

/** In the page: leaves the rows that can be acted on, and gives their elements. */
const actable = `(acting) => {
  const senser = OvertSense.createSenser(document)
  globalThis.rows = senser.sense().nodes.filter(({ tag, role }) => tag !== '#text' && acting.includes(role))
  return rows.map(({ id }) => senser.element(id))
}`

async function backendIds(session: CDPSession, objectId: string, count: number): Promise<readonly (number | undefined)[]> {
  const { result } = await session.send('Runtime.getProperties', { objectId, ownProperties: true })
  const handles = new Map(result.map(({ name, value }) => [name, value?.objectId]))
  const ids: (number | undefined)[] = []
  for (let at = 0; at < count; at += 1) {
    const handle = handles.get(String(at))
    ids.push(handle === undefined ? undefined : (await session.send('DOM.describeNode', { objectId: handle })).node.backendNodeId)
  }
  return ids
}

/** Without what is not text: characters of no width, and the private ones that a style sheet writes as icons. */
function clean(text: string): string {
  return text
    .replace(/[\u200b\u2060\ufeff\ue000-\uf8ff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
