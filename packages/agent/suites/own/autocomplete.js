import { buttons, defineTask, drawTool, field, fill, h } from './kit.js'
import { cities, firstNames, lastNames } from './words.js'

const sentences = [
  'Assign the case to {name} from {city}.',
  'Find {name} ({city}) and assign the case to them.',
  'The case belongs to the customer {name} in {city}: pick them from the suggestions and press Assign.',
  'Give this case to "{name}, {city}".',
  'Assign it to {name}. There are several; it is the one in {city}.',
]

/** Suggestions come 120 ms after the last key, as from a server. */
function suggest(scene, input, people, state) {
  let list = null
  let stop = () => {}
  const close = () => {
    stop()
    list?.remove()
    list = null
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-busy')
  }
  const choose = (person) => {
    state.chosen = person
    input.value = label(person)
    close()
  }
  const show = (...items) => {
    const box = input.getBoundingClientRect()
    list?.remove()
    list = h(
      'ul',
      {
        id: `${input.id}-list`,
        class: 'list',
        role: 'listbox',
        'aria-label': 'Suggestions',
        style: `left:${box.left + scrollX}px;top:${box.bottom + scrollY + 2}px;min-width:${box.width}px`,
      },
      items,
    )
    document.body.append(list)
    input.setAttribute('aria-expanded', 'true')
  }
  const find = () => {
    const asked = input.value.trim().toLowerCase()
    const found = people.filter((person) => label(person).toLowerCase().includes(asked)).slice(0, 8)
    input.removeAttribute('aria-busy')
    if (found.length === 0) show(h('li', { class: 'busy' }, 'Nobody found'))
    else show(...found.map((person) => h('li', { role: 'option', 'aria-selected': 'false', onclick: () => choose(person) }, label(person))))
  }
  input.addEventListener('input', () => {
    state.chosen = null
    close()
    if (input.value.trim().length < 2) return
    input.setAttribute('aria-busy', 'true')
    stop = scene.later(find, 120)
  })
  return (person) => [...(list?.children ?? [])].find((item) => item.textContent === label(person))
}

function label(person) {
  return `${person.name}, ${person.city}`
}

function drawPeople(dice) {
  const names = dice.sample(firstNames, 6).map((first, at) => `${first} ${lastNames[(at * 5 + dice.int(5)) % lastNames.length]}`)
  return dice.shuffle(names.flatMap((name) => dice.sample(cities, dice.between(2, 4)).map((city) => ({ name, city }))))
}

defineTask({
  name: 'autocomplete',
  build(scene) {
    const { dice } = scene
    const people = drawPeople(dice)
    const target = dice.pick(people)
    const state = { chosen: null, note: '' }
    const box = (attributes) => h('input', { type: 'text', autocomplete: 'off', ...attributes })
    const input = box({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false' })
    const note = box({})
    const option = suggest(scene, input, people, state)
    const right = () => state.chosen === target && note.value === ''
    const assign = h(
      'button',
      { type: 'button', class: 'main', onclick: () => scene.finish(right()) },
      dice.pick(['Assign', 'Assign case']),
    )
    const other = h('button', { type: 'button', onclick: () => scene.finish(false) }, dice.pick(['Close case', 'Back']))
    const side = dice.pick(['above', 'beside'])
    const fields = [
      field(scene, dice.pick(['Customer', 'Assignee', 'Contact']), input, side),
      field(scene, dice.pick(['Note', 'Reference']), note, side),
    ]
    drawTool(
      scene,
      { title: `Case ${dice.between(1200, 9800)}`, hint: 'Type at least two letters and choose from the list.' },
      h('div', { class: 'fields' }, dice.shuffle(fields)),
      buttons(scene, assign, other),
    )
    return {
      instruction: fill(dice.pick(sentences), target),
      *solve() {
        yield { kind: 'type', selector: scene.ref(input), text: target.name }
        while (option(target) === undefined) yield { kind: 'wait', selector: scene.ref(input) }
        yield { kind: 'click', selector: scene.ref(option(target)) }
        yield { kind: 'click', selector: scene.ref(assign) }
      },
    }
  },
})
