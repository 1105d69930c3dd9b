import type { Event } from '@overt/schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import { type Trial, startTrial } from '../trial.ts'
import { openMatrix } from './page.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

interface Point {
  readonly x: number
  readonly y: number
}

async function middleOf(trial: Trial, selector: string): Promise<Point> {
  const box = await trial.page.locator(selector).first().boundingBox()
  if (box === null) throw new Error(`${selector} is not there`)
  return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) }
}

async function pull(trial: Trial, from: Point, to: Point): Promise<void> {
  await trial.page.mouse.move(from.x, from.y)
  await trial.page.mouse.down()
  await trial.page.mouse.move(from.x + 4, from.y + 4)
  await trial.page.mouse.move(to.x, to.y, { steps: 8 })
  await trial.page.mouse.move(to.x, to.y)
  await trial.page.waitForTimeout(100)
  await trial.page.mouse.up()
  await trial.page.waitForTimeout(200)
}

/** Kind, where it began and where it ended, by name. */
const told = (events: readonly Event[], trial: Trial): readonly unknown[] =>
  events.map((event) => {
    if (event.kind !== 'drag') return event.kind
    const seen = trial.observations().find((one) => one.id === event.observation)
    return ['drag', trial.rowOf(event)?.name, seen?.nodes.find((node) => node.id === event.toNode)?.name]
  })

/** The names of the rows on the way, and the effect. */
const way = (events: readonly Event[], trial: Trial): readonly unknown[] =>
  events.flatMap((event) => {
    if (event.kind !== 'drag') return []
    const seen = trial.observations().find((one) => one.id === event.observation)
    const names = (event.path ?? '?').split(' ').map((id) => seen?.nodes.find((node) => String(node.id) === id)?.name)
    return [[event.path === '' ? [] : names, event.effect]]
  })

describe('row 09: drag and drop', () => {
  test('a card of dnd-kit that follows the pointer is one drag from the card to what lies under it', async () => {
    const trial = await openMatrix(stage, 'drags.tsx')
    const [from, to] = [await middleOf(trial, '#card'), await middleOf(trial, '#bin')]
    await pull(trial, from, to)
    const events = await trial.events()
    expect(await trial.page.innerText('#bin')).toBe('Holds the card')
    expect(told(events, trial)).toEqual([['drag', 'Kit card', expect.stringMatching(/^(Kit bin|Empty)$/)]])
    expect(events[0]).toMatchObject({ x: from.x, y: from.y, toX: to.x, toY: to.y, effect: '' })
    await trial.page.close()
  })

  for (const list of ['pointed', 'native'])
    test(`a line of a SortableJS list (${list}) is one drag from where it was to the line it was put on`, async () => {
      const trial = await openMatrix(stage, 'drags.tsx')
      const [from, to] = [await middleOf(trial, `#${list} li:nth-child(1)`), await middleOf(trial, `#${list} li:nth-child(3)`)]
      await pull(trial, from, to)
      expect(await trial.page.locator(`#${list} li`).first().innerText()).not.toContain('one')
      const events = await trial.events()
      expect(told(events, trial)).toEqual([['drag', `${list} one`, `${list} three`]])
      expect(way(events, trial)).toEqual([[[`${list} two`], list === 'native' ? 'move' : '']])
      await trial.page.close()
    })

  test("the browser's own drag is one drag, and one that ends nowhere is counted", async () => {
    const trial = await startTrial(
      stage,
      `<div draggable=true id=a style="width:80px;height:40px">Card</div><div id=b style="width:80px;height:40px" ondragover="event.preventDefault()" ondrop="this.textContent+=' full'">Bin</div>
       <div id=c style="width:80px;height:40px">Wall</div>`,
    )
    await trial.page.dragAndDrop('#a', '#b')
    await trial.page.dragAndDrop('#a', '#c')
    expect(await trial.page.innerText('#b')).toBe('Bin full')
    expect(told(await trial.events(), trial)).toEqual([['drag', 'Card', 'Bin']])
    expect((await trial.counters())['drag.nowhere']).toBe(1)
    await trial.page.close()
  })

  test('a drag is told with what it passed, in order, and with what the browser did: copied, moved or linked', async () => {
    const bin = (name: string, effect: string): string =>
      `<div role=region aria-label="${name}" id=${name} style="width:80px;height:40px;margin:20px" ondragover="event.dataTransfer.dropEffect='${effect}';event.preventDefault()" ondrop="event.preventDefault()">${name}</div>`
    const trial = await startTrial(
      stage,
      `<div draggable=true id=card style="width:80px;height:40px;margin:20px">Card</div>${bin('one', 'copy')}${bin('two', 'move')}${bin('three', 'link')}
      <script>globalThis.ends = []; addEventListener('dragend', (event) => ends.push(event.dataTransfer.dropEffect))</script>`,
    )
    const card = await middleOf(trial, '#card')
    for (const name of ['one', 'two', 'three']) await pull(trial, card, await middleOf(trial, `#${name}`))
    const effects = await trial.page.evaluate<readonly string[]>('ends')
    expect(effects).toEqual(['copy', 'move', 'link'])
    const events = await trial.events()
    expect(told(events, trial)).toEqual(['one', 'two', 'three'].map((name) => ['drag', 'Card', name]))
    expect(way(events, trial)).toEqual([
      [[], 'copy'],
      [['one'], 'move'],
      [['one', 'two'], 'link'],
    ])
    await trial.page.close()
  })

  test('what a pointer passes while something follows it is told where rows may be told, and no point of its way leaves', async () => {
    const box = (name: string): string => `<div role=region aria-label=${name} id=${name} style="width:80px;height:40px;margin:20px"></div>`
    const html = `<div role=button id=card style="position:absolute;left:20px;top:0;width:80px;height:20px;touch-action:none">Card</div><br>${box('one')}${box('two')}${box('three')}
      <script>card.onpointerdown=(down)=>{card.setPointerCapture(down.pointerId);card.onpointermove=(event)=>card.style.top=event.clientY-down.clientY+'px'};card.onpointerup=()=>card.onpointermove=null</script>`
    const copied = `<div id=card style="width:80px;height:20px;touch-action:none">Card</div><br>${box('one')}${box('two')}${box('three')}
      <script>card.onpointerdown=()=>{const copy=document.createElement('b');copy.textContent='Card';copy.style.position='fixed';document.body.append(copy)
        card.ownerDocument.onpointermove=(event)=>{copy.style.left=event.clientX-10+'px';copy.style.top=event.clientY-10+'px'}};onpointerup=()=>document.querySelector('b').remove()</script>`
    for (const [page, modalities] of [
      [html, ['actions', 'text', 'structure']],
      [html, ['actions']],
      [copied, ['actions', 'text', 'structure']],
    ] as const) {
      const trial = await startTrial(stage, page, { modalities })
      await pull(trial, await middleOf(trial, '#card'), await middleOf(trial, '#three'))
      const events = await trial.events()
      expect(events.map((event) => event.kind)).toEqual(['drag'])
      expect(way(events, trial)).toEqual([[modalities.length === 1 ? [] : ['one', 'two'], '']])
      await trial.page.close()
    }
  })

  test('a drag out of a frame of the same origin ends in the page around it, in its coordinates', async () => {
    const trial = await startTrial(
      stage,
      `<iframe style="border:0;width:200px;height:100px;margin:30px" srcdoc="<body style='margin:0'><div draggable=true id=a style='width:80px;height:40px'>Card</div>"></iframe>
       <div id=b style="width:80px;height:40px" ondragover="event.preventDefault()" ondrop="event.preventDefault();this.title='full'">Bin</div>`,
    )
    const frame = await middleOf(trial, 'iframe')
    const to = await middleOf(trial, '#b')
    await pull(trial, { x: frame.x - 70, y: frame.y - 35 }, to)
    const events = await trial.events()
    expect(await trial.page.locator('#b').getAttribute('title')).toBe('full')
    expect(told(events, trial)).toEqual([['drag', 'Card', 'Bin']])
    expect(events[0]).toMatchObject({ toX: to.x, toY: to.y })
    await trial.page.close()
  })
})
