import { fileURLToPath } from 'node:url'

import type { Observation, ObservationNode } from '@overt/schema'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../../chromium.ts'

const bundle = fileURLToPath(new URL('../../dist/sense.iife.js', import.meta.url))
let stage: Stage

beforeAll(async () => {
  stage = await openStage()
}, 60_000)
afterAll(() => stage.close())

async function senseIn(page: Page): Promise<Observation> {
  return page.evaluate(() => {
    const global = globalThis as unknown as { senser?: { sense(): Observation }; OvertSense: typeof import('./index.ts') } // as: the bundle's global
    global.senser ??= global.OvertSense.createSenser(document)
    return global.senser.sense()
  })
}

async function sense(html: string): Promise<Observation> {
  const page = await stage.open(html, [bundle])
  const observation = await senseIn(page)
  await page.close()
  return observation
}

const brief = (node: ObservationNode): string => `${node.role}:${node.name}`
const find = (observation: Observation, name: string, role?: string): ObservationNode | undefined =>
  observation.nodes.find((node) => node.name === name && (role === undefined || node.role === role))

test('an element with only text is one row; text beside elements is a row of its own', async () => {
  const { nodes } = await sense('<p>Plain</p><p>Before <b>bold</b> after</p><button><span>Save</span></button>')
  expect(nodes.map(brief)).toEqual(['generic:', 'text:Plain', 'generic:', 'text:Before', 'text:bold', 'text:after', 'button:Save'])
  expect(nodes.find((node) => node.name === 'Before')?.tag).toBe('#text')
})

test('fields take their name from aria, label, wrapping label, placeholder, title in that order', async () => {
  const observation = await sense(`
    <span id=a>By id</span><input aria-labelledby=a aria-label=x><input aria-label="Aria" placeholder=p>
    <label for=f>For</label><input id=f><label>Wrap <input value=inner> end</label><input placeholder="Hold"><input title="Tip">`)
  const fields = observation.nodes.filter((node) => node.role === 'textbox')
  expect(fields.map((node) => node.name)).toEqual(['By id', 'Aria', 'For', 'Wrap end', 'Hold', 'Tip'])
  expect(fields[3]?.value).toBe('inner')
})

test('states tell what a person sees', async () => {
  const observation = await sense(`
    <input type=checkbox checked aria-label=on><input type=checkbox aria-label=off><button disabled>No</button>
    <button aria-expanded=false aria-haspopup=menu>Menu</button><details open><summary>More</summary>Inside</details>
    <div role=option aria-selected=true>Chosen</div><input autofocus aria-label=here required readonly>`)
  expect(find(observation, 'on')?.states).toEqual(['checked'])
  expect(find(observation, 'off')?.states).toEqual([])
  expect(find(observation, 'No')?.states).toEqual(['disabled'])
  expect(find(observation, 'Menu')?.states).toEqual(['collapsed', 'popup'])
  expect(find(observation, 'More')?.states).toEqual(['expanded'])
  expect(find(observation, 'Chosen')?.states).toEqual(['selected'])
  expect(find(observation, 'here')?.states).toEqual(['readonly', 'required', 'focused'])
})

test('a native select is one row with its options and the chosen label', async () => {
  const { nodes } = await sense(
    '<label>Size <select><option>Small<option selected>Large</select></label><select size=3 multiple aria-label=Many><option selected>A<option selected>B</select>',
  )
  const select = nodes.find((node) => node.tag === 'select')
  expect(select).toMatchObject({ role: 'combobox', name: 'Size', value: 'Large', options: ['Small', 'Large'] })
  expect(find({ nodes } as Observation, 'Many')).toMatchObject({ role: 'listbox', value: 'A\u001fB' }) // as: only the rows are looked at
})

test('a secret field is marked and its value is never read, not even after it was revealed', async () => {
  const page = await stage.open(
    '<input type=password id=p aria-label=Password value=canary-1><input autocomplete=cc-number aria-label=Card value=canary-2>',
    [bundle],
  )
  const first = await senseIn(page)
  await page.evaluate(() => document.querySelector('#p')?.setAttribute('type', 'text'))
  const second = await senseIn(page)
  expect(JSON.stringify([first, second])).not.toContain('canary')
  expect(second.nodes.filter((node) => node.states.includes('secret'))).toHaveLength(2)
  await page.close()
})

test('what is clipped or outside the viewport is offscreen, what is further out not there, what lies under something else is covered', async () => {
  const observation = await sense(`
    <button>Free</button><div style="height:60px;overflow:auto;width:200px"><div style="height:100px">top</div><button>Clipped</button></div>
    <div style="position:relative;width:200px;height:40px"><button style="position:absolute;left:0;top:0;width:100px;height:30px">Under</button>
    <div style="position:absolute;left:0;top:0;width:200px;height:40px;background:#fff"></div></div>
    <div style="height:700px"></div><button>Below</button><label><input type=checkbox style="position:absolute;opacity:0"><span style="position:relative">Custom</span></label>
    <div style="height:2000px"></div><button>Far below</button>`)
  expect(find(observation, 'Free')?.states).toEqual([])
  expect(find(observation, 'Clipped')?.states).toEqual(['offscreen'])
  expect(find(observation, 'Under')?.states).toEqual(['covered'])
  expect(find(observation, 'Below')?.states).toEqual(['offscreen'])
  expect(find(observation, 'Far below')).toBeUndefined()
})

test('hidden elements, ignored elements and scripts are not there', async () => {
  const { nodes } = await sense(`<div hidden>a</div><div style="visibility:hidden">b<span style="visibility:visible">shown</span></div>
    <div data-overt-ignore><button>c</button></div><script>var d = 'd'</script><style>.e{}</style><template>f</template><!-- g -->`)
  expect(nodes.map((node) => node.name)).toEqual(['shown'])
})

test('open shadow roots, slots and frames of the same origin are read in place', async () => {
  const framed = stage.serve(
    '/framed',
    '<body style="margin:0"><button style="position:absolute;left:10px;top:20px;width:80px;height:30px">Framed</button>',
  )
  const page = await stage.open(
    `<div id=host><b>slotted</b></div><iframe src="${framed}" style="position:absolute;left:100px;top:200px;border:5px solid;width:300px;height:100px"></iframe>
    <script>document.querySelector('#host').attachShadow({mode:'open'}).innerHTML='<button>Deep</button><slot></slot>'</script>`,
    [bundle],
  )
  await page.frames()[1]?.waitForLoadState()
  const observation = await senseIn(page)
  expect(find(observation, 'Framed')).toMatchObject({ role: 'button', box: [115, 225, 80, 30], states: [] })
  expect(find(observation, 'Deep')?.role).toBe('button')
  expect(find(observation, 'slotted')?.role).toBe('text')
  await page.close()
})

test('ids stay with the element while everything around it changes', async () => {
  const page = await stage.open('<div id=top></div><button id=stay>Stay</button>', [bundle])
  const first = find(await senseIn(page), 'Stay')
  await page.evaluate(() => {
    const top = document.querySelector('#top')
    if (top !== null) top.innerHTML = '<button>New</button><p>text</p>'
    document.body.append(document.querySelector('#stay') ?? '')
  })
  const second = find(await senseIn(page), 'Stay')
  expect(second?.id).toBe(first?.id)
  expect(second?.box).not.toEqual(first?.box)
  await page.close()
})

test('shapes and coloured boxes without text are told by their look', async () => {
  const { nodes } = await sense(`<div style="width:40px;height:40px;background:red"></div><button class="btn-close"></button>
    <button><svg width=20 height=20 data-testid="EditIcon"><path d="M0 0h20v20z"/></svg></button>
    <svg width=200 height=100><circle cx=50 cy=50 r=40 fill="blue"/><rect x=100 y=10 width=20 height=20 fill="green"/></svg>`)
  expect(nodes.map((node) => node.look).filter((look) => look !== '')).toEqual([
    'colour-red',
    'icon-close',
    'icon-edit',
    'shape-circle colour-blue size-large',
    'shape-rectangle colour-green size-small',
  ])
})

test('what answers to a click by tabindex, attribute or cursor is a row though its role is generic', async () => {
  const { nodes } = await sense(
    '<div tabindex=0></div><div style="cursor:pointer;width:50px;height:20px"><span>inside</span></div><div onclick="">told</div><div contenteditable aria-label=Note>hello <b>you</b></div>',
  )
  expect(nodes.map(brief)).toEqual(['generic:', 'text:inside', 'text:told', 'generic:Note'])
  expect(nodes[3]?.value).toBe('hello you')
})

test('addresses lose query, fragment and user', async () => {
  const observation = await sense('<p>x</p>')
  expect(observation.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/page-\d+$/)
  expect(observation).toMatchObject({ title: 'Trial', viewport: { width: 1000, height: 700, scrollX: 0, scrollY: 0, pixelRatio: 1 } })
})

test('the redactor sees every name, value, label and the title', async () => {
  const page = await stage.open('<p>one</p><input aria-label=two value=three><select><option>four</select><div>five<i>six</i></div>', [
    bundle,
  ])
  const observation = await page.evaluate(() => {
    const { OvertSense } = globalThis as unknown as { OvertSense: typeof import('./index.ts') } // as: the bundle's global
    return OvertSense.createSenser(document, { redact: (text) => (text === '' ? '' : 'MASKED') }).sense()
  })
  expect(JSON.stringify(observation)).not.toMatch(/one|two|three|four|five|six|Trial/)
  await page.close()
})

test('a cell with one text is that text; what is transparent is not there, but for a field that is laid over its drawing', async () => {
  const { nodes } = await sense(`<table><tr><td><span>Paid</span></td><td><span style="background:#0a0">Open</span></td></tr></table>
    <p style="opacity:0">ghost</p><label><input type=checkbox style="opacity:0">Agree</label>
    <input aria-hidden=true tabindex=-1 style="opacity:0" value=inner><fieldset aria-hidden=true><legend style="visibility:hidden">x</legend></fieldset>
    <button>Save<span style="visibility:hidden">hidden</span></button><div role=combobox aria-label=Reason>\u200b</div>`)
  expect(nodes.filter((node) => node.role === 'cell').map((node) => node.name)).toEqual(['Paid', ''])
  expect(nodes.map((node) => node.name)).not.toContain('ghost')
  expect(nodes.filter((node) => node.tag === 'input').map((node) => node.name)).toEqual(['Agree'])
  expect(nodes.find((node) => node.role === 'button')?.name).toBe('Save')
  expect(nodes.find((node) => node.role === 'group')).toBeUndefined()
  expect(nodes.find((node) => node.role === 'combobox')?.value ?? '').toBe('')
})
