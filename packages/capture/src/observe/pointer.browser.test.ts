import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../../chromium.ts'
import { startTrial } from '../../trial.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test('a click is one event on the row under the pointer, with what could be seen before the page reacted', async () => {
  const trial = await startTrial(stage, `<button onclick="this.remove()">Delete</button><p>Rest</p>`)
  await trial.page.click('button')
  const events = await trial.events()
  expect(events).toHaveLength(1)
  expect(events[0]).toMatchObject({ kind: 'click', seq: 1, button: 0, count: 1, modifiers: '', cause: 'pointer' })
  expect(trial.rowOf(events[0])).toMatchObject({ role: 'button', name: 'Delete' })
  await trial.page.close()
})

test('an element that goes away on pointerdown is still what was clicked', async () => {
  const trial = await startTrial(stage, `<div role=option style="width:100px;height:30px" onpointerdown="this.remove()">Paris</div>`)
  await trial.page.click('text=Paris')
  const events = await trial.events()
  expect(events.map((event) => event.kind)).toEqual(['click'])
  expect(trial.rowOf(events[0])?.name).toBe('Paris')
  await trial.page.close()
})

test('double, right and middle clicks and modifiers are told', async () => {
  const trial = await startTrial(stage, '<button>Go</button>')
  await trial.page.dblclick('button')
  await trial.page.click('button', { button: 'right' })
  await trial.page.click('button', { button: 'middle' })
  await trial.page.click('button', { modifiers: ['Control', 'Shift'] })
  const events = await trial.events()
  const clicks = events.filter((event) => event.kind === 'click')
  expect(clicks.map(({ count, button, modifiers }) => [count, button, modifiers])).toEqual([
    [1, 0, ''],
    [2, 0, ''],
    [1, 2, ''],
    [1, 1, ''],
    [1, 0, 'Control+Shift'],
  ])
  await trial.page.close()
})

test('a click on a label is one event on its field', async () => {
  const trial = await startTrial(stage, '<label for=f>Name</label><br><br><input id=f>')
  await trial.page.click('label')
  const events = await trial.events()
  expect(events).toHaveLength(1)
  expect(events[0]).toMatchObject({ kind: 'click', cause: 'label' })
  expect(trial.rowOf(events[0])).toMatchObject({ role: 'textbox', name: 'Name' })
  await trial.page.close()
})

test('Enter and Space on a button are one click by the keyboard', async () => {
  const trial = await startTrial(stage, '<button>Go</button>')
  await trial.page.focus('button')
  await trial.page.keyboard.press('Enter')
  await trial.page.keyboard.press('Space')
  const events = await trial.events()
  expect(events).toHaveLength(2)
  expect(events[0]).toMatchObject({ kind: 'click', cause: 'keyboard', button: 0 })
  expect(events[1]).toMatchObject({ kind: 'click', cause: 'keyboard' })
  await trial.page.close()
})

test("what the page's own script does is no act of the person", async () => {
  const trial = await startTrial(stage, '<button>Go</button><input id=i>')
  await trial.page.evaluate(() => {
    document.querySelector('button')?.click()
    document.querySelector('input')?.dispatchEvent(new InputEvent('input', { bubbles: true }))
  })
  expect(await trial.events()).toEqual([])
  expect((await trial.counters())['untrusted.click']).toBe(1)
  await trial.page.close()
})

test('a drag of more than six pixels tells from where to where', async () => {
  const box = 'position:absolute;width:80px;height:40px;background:'
  const trial = await startTrial(
    stage,
    `<div style="${box}red;left:50px;top:50px">Card</div><div style="${box}blue;left:300px;top:50px">Bin</div>`,
  )
  await trial.page.mouse.move(90, 70)
  await trial.page.mouse.down()
  await trial.page.mouse.move(340, 70, { steps: 5 })
  await trial.page.mouse.up()
  const events = await trial.events()
  expect(events).toHaveLength(1)
  expect(events[0]).toMatchObject({ kind: 'drag', x: 90, y: 70, toX: 340, toY: 70 })
  const [drag] = events
  const to = trial.observations()[0]?.nodes.find((node) => drag?.kind === 'drag' && node.id === drag.toNode)
  expect([trial.rowOf(drag)?.name, to?.name]).toEqual(['Card', 'Bin'])
  await trial.page.close()
})

test("the browser's own drag and drop is one drag", async () => {
  const trial = await startTrial(
    stage,
    `<div draggable=true id=a style="width:80px;height:40px">Card</div><div id=b style="width:80px;height:40px" ondragover="event.preventDefault()">Bin</div>`,
  )
  await trial.page.dragAndDrop('#a', '#b')
  const events = await trial.events()
  expect(events.map((event) => event.kind)).toEqual(['drag'])
  expect(trial.rowOf(events[0])?.name).toBe('Card')
  await trial.page.close()
})

test('scrolls are one per container and rest, with where from and where to', async () => {
  const trial = await startTrial(
    stage,
    `<div id=list style="height:100px;width:300px;overflow:auto" tabindex=0><div style="height:2000px">long</div></div><div style="height:3000px"></div>`,
  )
  await trial.page.mouse.move(100, 50)
  for (let turn = 0; turn < 4; turn += 1) await trial.page.mouse.wheel(0, 60)
  await trial.page.waitForTimeout(500)
  await trial.page.evaluate(() => window.scrollTo(0, 500))
  await trial.page.waitForTimeout(1_000)
  const scrolls = (await trial.events()).filter((event) => event.kind === 'scroll')
  expect(scrolls[0]).toMatchObject({ fromX: 0, fromY: 0, toY: 240, cause: 'pointer' })
  expect(scrolls).toHaveLength(2)
  await trial.page.close()
})

for (const [chord, told] of [
  ['Control+B', ['key', 'click']],
  ['Control+C', ['clipboard', 'click']],
  ['Tab', ['key', 'focus', 'click']],
] as const)
  test(`${chord} while the button of the mouse is down is told, and then the click`, async () => {
    const trial = await startTrial(stage, '<p>Some text</p><button id=a>First</button><button>Second</button>')
    await trial.page.click('p', { clickCount: 3 })
    const { length } = await trial.events()
    await trial.page.hover('#a')
    await trial.page.mouse.down()
    await trial.page.keyboard.press(chord)
    await trial.page.mouse.up()
    const events = (await trial.events()).slice(length)
    expect(events.map((event) => event.kind)).toEqual(told)
    expect(events.at(-1)).toMatchObject({ button: 0, count: 1, cause: 'pointer', pointer: 'mouse' })
    expect(trial.rowOf(events.at(-1))?.name).toBe('First')
    await trial.page.close()
  })

test('a key in a drag leaves it one drag, and one in the press of a check box leaves that to the pointer', async () => {
  const trial = await startTrial(
    stage,
    `<div style="width:80px;height:40px" role=button>Card</div><div style="width:200px;height:60px;margin:60px 0" role=region aria-label=Bin>Bin</div>
    <input type=checkbox aria-label=Done>`,
  )
  const [card, bin] = ['text=Card', 'text=Bin']
  await trial.page.hover(card)
  await trial.page.mouse.down()
  await trial.page.keyboard.press('Enter')
  await trial.page.hover(bin)
  await trial.page.keyboard.press('Control+Z')
  await trial.page.mouse.up()
  await trial.page.hover('input')
  await trial.page.mouse.down()
  await trial.page.keyboard.press('Escape')
  await trial.page.mouse.up()
  const events = await trial.events()
  expect(events.map((event) => event.kind)).toEqual(['key', 'key', 'drag', 'key', 'check'])
  expect(events.at(-1)).toMatchObject({ before: false, after: true, cause: 'pointer' })
  await trial.page.close()
})

test('what was scrolled, pressed, chosen and typed while recording was paused leaves no trace', async () => {
  const trial = await startTrial(
    stage,
    `<div style="position:fixed"><div id=box style="height:80px;width:300px;overflow:auto"><div style="height:900px">tall</div></div>
    <select aria-label=Size><option>S<option>M<option>L<option>XL</select><input id=note aria-label=Note><input type=checkbox aria-label=Done>
    <p draggable=true>Card</p><div id=bin style="height:60px" ondragover="event.preventDefault()">Bin</div></div><div style="height:3000px"></div>`,
  )
  const { page, tell } = trial
  const turn = async (on: string, byCssPx: number): Promise<void> => {
    await page.hover(on)
    await page.mouse.wheel(0, byCssPx)
    await page.waitForTimeout(700)
  }
  await turn('#box', 100)
  await turn('#bin', 20)
  await page.hover('p')
  await page.mouse.down()
  await page.hover('#bin')
  await tell('pause')
  await page.mouse.up()
  await turn('#box', 200)
  await turn('#bin', 30)
  await page.focus('select')
  await page.keyboard.press('ArrowDown')
  await page.fill('#note', '')
  await page.click('#note')
  await page.keyboard.type('unheard ')
  await page.locator('#note').blur()
  await tell('resume')
  await turn('#box', 50)
  await turn('#bin', 5)
  await page.focus('select')
  await page.keyboard.press('ArrowDown')
  await page.focus('#note')
  await page.keyboard.press('End')
  await page.keyboard.type('heard')
  const events = (await trial.events()).filter((event) => event.seq > 5 || event.kind === 'scroll')
  const said = events.map((event) => {
    if (event.kind === 'scroll') return [event.kind, event.fromY, event.toY]
    return event.kind === 'select' || event.kind === 'text' ? [event.kind, event.before, event.after] : event.kind
  })
  expect(said).toEqual([
    ['scroll', 0, 100],
    ['scroll', 0, 20],
    ['scroll', 300, 350],
    ['scroll', 50, 55],
    ['select', 'M', 'L'],
    ['text', 'unheard ', 'unheard heard'],
  ])
  await page.close()
})
