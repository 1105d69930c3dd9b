import { buttons, defineTask, drawTool, field, fill, h, same } from './kit.js'
import { choices } from './words.js'

const sentences = [
  'Choose {va} as the {a} and {vb} as the {b}, then save.',
  'The {a} should be "{va}" and the {b} "{vb}". Save it.',
  'Switch {a} to {va}, switch {b} to {vb} and save the order.',
  'Save this order with {va} for {a} and {vb} for {b}.',
]

/** A button that opens a list drawn at the end of the body, as component libraries do. */
function combo(scene, name, options, state) {
  const id = scene.id()
  const button = h(
    'button',
    { type: 'button', class: 'combo', role: 'combobox', 'aria-haspopup': 'listbox', 'aria-expanded': 'false', 'aria-controls': id },
    state[name],
  )
  let list = null
  const close = () => {
    list?.remove()
    list = null
    button.setAttribute('aria-expanded', 'false')
  }
  const choose = (option) => {
    state[name] = option
    button.textContent = option
    close()
  }
  const open = () => {
    const box = button.getBoundingClientRect()
    const place = `left:${box.left + scrollX}px;top:${box.bottom + scrollY + 2}px;min-width:${box.width}px`
    const items = options.map((option) =>
      h('li', { role: 'option', 'aria-selected': String(option === state[name]), onclick: () => choose(option) }, option),
    )
    list = h('ul', { id, class: 'list', role: 'listbox', 'aria-label': name, style: place }, items)
    document.body.append(list)
    button.setAttribute('aria-expanded', 'true')
  }
  button.addEventListener('click', () => (list === null ? open() : close()))
  scene.listen('pointerdown', (event) => {
    if (list !== null && event.target !== button && !list.contains(event.target)) close()
  })
  return { button, option: (label) => [...(list?.children ?? [])].find((item) => item.textContent === label) }
}

defineTask({
  name: 'dropdown',
  build(scene) {
    const { dice } = scene
    const pair = dice.pick([
      ['Warehouse', 'Return site'],
      ['Carrier', 'Backup carrier'],
    ])
    const names = dice.shuffle([...pair, ...dice.sample(['Priority', 'Team', 'Region', 'Channel', 'Stage'], 2)])
    const [a, b] = dice.sample(names, 2)
    const state = {}
    const wanted = {}
    const combos = {}
    for (const name of names) {
      const options = dice.shuffle(choices[name])
      state[name] = options[0]
      wanted[name] = name === a || name === b ? options[1] : options[0]
      combos[name] = combo(scene, name, dice.shuffle(options), state)
    }
    const save = h(
      'button',
      { type: 'button', class: 'main', onclick: () => scene.finish(same(state, wanted)) },
      dice.pick(['Save', 'Save order', 'Save changes']),
    )
    const discard = h('button', { type: 'button', onclick: () => scene.finish(false) }, dice.pick(['Discard', 'Cancel']))
    const side = dice.pick(['above', 'beside'])
    const fields = h(
      'div',
      { class: `fields ${dice.pick(['one', 'two'])}` },
      names.map((name) => field(scene, name, combos[name].button, side)),
    )
    for (const name of names) combos[name].button.setAttribute('aria-labelledby', `${combos[name].button.id}-label`)
    drawTool(scene, { title: `Order ${dice.between(1200, 9800)}` }, fields, buttons(scene, save, discard))
    return {
      instruction: fill(dice.pick(sentences), { a, b, va: wanted[a], vb: wanted[b] }),
      *solve() {
        for (const name of [a, b]) {
          yield { kind: 'click', selector: scene.ref(combos[name].button) }
          yield { kind: 'click', selector: scene.ref(combos[name].option(wanted[name])) }
        }
        yield { kind: 'click', selector: scene.ref(save) }
      },
    }
  },
})
