import { buttons, defineTask, drawTool, field, fill, h, same } from './kit.js'

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const weekdays = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
const names = ['Due date', 'Start date', 'Delivery date', 'Review date', 'Pick-up date']
const sentences = [
  'Set the {name} to {date} and save the plan.',
  'The {name} moves to {date}. Save the plan.',
  'Pick {date} as the {name}, then save.',
  'Save the plan with {date} as its {name}.',
]

/** A calendar under its field: a month at a time, days as buttons. */
function calendar(scene, input, state, name) {
  let panel = null
  let shown = null
  const close = () => {
    panel?.remove()
    panel = null
  }
  const choose = (day) => {
    state[name] = iso(shown.year, shown.month, day)
    input.value = `${day} ${months[shown.month]} ${shown.year}`
    close()
  }
  const turn = (by) => {
    const month = shown.year * 12 + shown.month + by
    shown = { year: Math.floor(month / 12), month: month % 12 }
    draw()
  }
  const draw = () => {
    const first = (new Date(shown.year, shown.month, 1).getDay() + 6) % 7
    const count = new Date(shown.year, shown.month + 1, 0).getDate()
    const days = Array.from({ length: count }, (_, at) =>
      h('button', { type: 'button', 'data-day': at + 1, onclick: () => choose(at + 1) }, String(at + 1)),
    )
    const grid = h(
      'div',
      { class: 'days' },
      weekdays.map((day) => h('span', { class: 'weekday' }, day)),
      Array.from({ length: first }, () => h('span')),
      days,
    )
    const arrow = (label, sign, by) => h('button', { type: 'button', 'aria-label': label, 'data-turn': by, onclick: () => turn(by) }, sign)
    const bar = h(
      'div',
      { class: 'bar' },
      arrow('Previous month', '\u2039', -1),
      h('strong', {}, `${months[shown.month]} ${shown.year}`),
      arrow('Next month', '\u203a', 1),
    )
    panel.replaceChildren(bar, grid)
  }
  const open = () => {
    if (panel !== null) return
    const box = input.getBoundingClientRect()
    const [year, month] = state[name].split('-').map(Number)
    shown = { year, month: month - 1 }
    panel = h('div', {
      class: 'calendar',
      role: 'dialog',
      'aria-label': `${name} calendar`,
      style: `left:${box.left + scrollX}px;top:${box.bottom + scrollY + 2}px`,
    })
    draw()
    document.body.append(panel)
  }
  input.addEventListener('click', open)
  scene.listen('pointerdown', (event) => {
    if (panel !== null && event.target !== input && !panel.contains(event.target)) close()
  })
  return { part: (selector) => panel?.querySelector(selector), shown: () => shown }
}

function iso(year, month, day) {
  return `${year}-${String(month + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function told(dice, year, month, day) {
  return dice.pick([`${day} ${months[month]} ${year}`, `${months[month]} ${day}, ${year}`, iso(year, month, day)])
}

defineTask({
  name: 'date',
  build(scene) {
    const { dice } = scene
    const labels = dice.sample(names, dice.between(2, 3))
    const target = dice.pick(labels)
    const state = {}
    const pickers = {}
    const year = dice.between(2024, 2027)
    const fields = labels.map((name) => {
      const [month, day] = [dice.int(12), dice.between(1, 28)]
      state[name] = iso(year, month, day)
      const input = h('input', { type: 'text', readonly: true, value: `${day} ${months[month]} ${year}` })
      pickers[name] = { input, ...calendar(scene, input, state, name) }
      return field(scene, name, input, 'above')
    })
    const [, old] = state[target].split('-').map(Number)
    const ahead = year * 12 + old - 1 + dice.pick([-3, -2, -1, 1, 2, 3])
    const wish = { year: Math.floor(ahead / 12), month: ahead % 12, day: dice.between(1, 28) }
    const wanted = { ...state, [target]: iso(wish.year, wish.month, wish.day) }
    const save = h(
      'button',
      { type: 'button', class: 'main', onclick: () => scene.finish(same(state, wanted)) },
      dice.pick(['Save', 'Save plan']),
    )
    const other = h('button', { type: 'button', onclick: () => scene.finish(false) }, dice.pick(['Cancel plan', 'Discard']))
    drawTool(
      scene,
      { title: dice.pick(['Plan', 'Work order', 'Visit']) },
      h('div', { class: `fields ${dice.pick(['one', 'two'])}` }, fields),
      buttons(scene, save, other),
    )
    return {
      instruction: fill(dice.pick(sentences), { name: target, date: told(dice, wish.year, wish.month, wish.day) }),
      *solve() {
        const picker = pickers[target]
        yield { kind: 'click', selector: scene.ref(picker.input) }
        for (;;) {
          const off = wish.year * 12 + wish.month - picker.shown().year * 12 - picker.shown().month
          if (off === 0) break
          yield { kind: 'click', selector: scene.ref(picker.part(`[data-turn="${Math.sign(off)}"]`)) }
        }
        yield { kind: 'click', selector: scene.ref(picker.part(`[data-day="${wish.day}"]`)) }
        yield { kind: 'click', selector: scene.ref(save) }
      },
    }
  },
})
