import { buttons, defineTask, drawTool, fill, h, same } from './kit.js'
import { products } from './words.js'

const columns = ['Stock', 'Price', 'Reorder level', 'Shelf', 'Pack size', 'Lead time']
const sentences = [
  'Change the {column} of {product} to {value}, then publish the sheet.',
  'In the row {product}, put {value} under {column} and publish.',
  '{product}: {column} is "{value}" from now on. Publish the sheet when it says so.',
  'Correct {column} for {product}: it must be {value}. Publish the sheet afterwards.',
]

/** A cell shows its number; a double click turns it into a field, Enter keeps what was typed, Escape does not. */
function cell(state, key) {
  const place = h('td', { class: 'cell' }, String(state[key]))
  const close = (keep, input) => {
    if (keep) state[key] = input.value.trim()
    place.replaceChildren(String(state[key]))
  }
  const edit = () => {
    if (place.querySelector('input') !== null) return
    const input = h('input', { type: 'text', 'aria-label': 'Cell' })
    input.value = state[key]
    place.replaceChildren(input)
    input.focus()
    input.select()
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === 'Escape') close(event.key === 'Enter', input)
    })
    input.addEventListener('blur', () => input.isConnected && close(false, input))
  }
  place.addEventListener('dblclick', edit)
  return place
}

defineTask({
  name: 'grid',
  build(scene) {
    const { dice } = scene
    const rows = dice.sample(products, dice.between(5, 8))
    const heads = dice.sample(columns, dice.between(3, 4))
    const state = {}
    for (const row of rows) for (const head of heads) state[`${row}/${head}`] = String(dice.between(2, 99))
    const product = dice.pick(rows)
    const column = dice.pick(heads)
    const value = String(dice.between(100, 499))
    const wanted = { ...state, [`${product}/${column}`]: value }
    const cells = {}
    const line = (row) =>
      h(
        'tr',
        {},
        h('td', {}, row),
        heads.map((head) => (cells[`${row}/${head}`] = cell(state, `${row}/${head}`))),
      )
    const table = h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', {}, 'Product'),
          heads.map((head) => h('th', {}, head)),
        ),
      ),
      h('tbody', {}, rows.map(line)),
    )
    const publish = h(
      'button',
      { type: 'button', class: 'main', onclick: () => scene.finish(same(state, wanted)) },
      dice.pick(['Publish', 'Publish sheet']),
    )
    const reset = h('button', { type: 'button', onclick: () => scene.finish(false) }, dice.pick(['Throw away', 'Discard sheet']))
    drawTool(
      scene,
      { title: dice.pick(['Stock sheet', 'Price sheet', 'Warehouse sheet']), hint: 'Double-click a number to edit it, Enter keeps it.' },
      table,
      buttons(scene, publish, reset),
    )
    const target = cells[`${product}/${column}`]
    return {
      instruction: fill(dice.pick(sentences), { column, product, value }),
      *solve() {
        yield { kind: 'double_click', selector: scene.ref(target) }
        yield { kind: 'type', selector: scene.ref(target.querySelector('input')), text: value }
        yield { kind: 'key', selector: scene.ref(target.querySelector('input')), key: 'Enter' }
        yield { kind: 'click', selector: scene.ref(publish) }
      },
    }
  },
})
