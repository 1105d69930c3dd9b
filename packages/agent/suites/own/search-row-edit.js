import { buttons, defineTask, drawTool, field, fill, h, same } from './kit.js'
import { cities, firstNames, lastNames } from './words.js'

const attributes = {
  'Credit limit': (dice) => String(dice.between(10, 90) * 100),
  Contract: (dice) => `C-${dice.between(1000, 9900)}`,
  'Payment days': (dice) => String(dice.between(7, 90)),
  Depot: (dice) => `D-${dice.between(10, 99)}`,
}
const sentences = [
  'Look up {name} in {city} and set the {label} to {value}. Save the customer.',
  'The customer {name} from {city} gets a new {label}: {value}. Find the record, change it and save.',
  'Search for {name}, open the one in {city}, change {label} to "{value}" and save.',
  'Please give {name} in {city} the {label} {value} and save it.',
]

function drawCustomers(dice) {
  const people = dice.sample(firstNames, 5).map((first) => `${first} ${dice.pick(lastNames)}`)
  const list = people.flatMap((name) => dice.sample(cities, 3).map((city) => ({ name, city })))
  return dice.shuffle(list).map((customer, at) => ({
    ...customer,
    at,
    ...Object.fromEntries(Object.entries(attributes).map(([label, draw]) => [label, draw(dice)])),
  }))
}

/** The list: nothing is shown until something is searched for. */
function drawList(scene, panel, customers, open) {
  const { dice } = scene
  const input = h('input', { type: 'search', autocomplete: 'off' })
  const body = h('tbody')
  const opener = dice.pick(['Open', 'Edit', 'View'])
  const rows = new Map()
  const search = () => {
    const asked = input.value.trim().toLowerCase()
    const found = asked === '' ? [] : customers.filter((one) => `${one.name} ${one.city}`.toLowerCase().includes(asked))
    rows.clear()
    const line = (one) => {
      const button = h('button', { type: 'button', onclick: () => open(one) }, opener)
      rows.set(one, button)
      return h('tr', {}, h('td', {}, one.name), h('td', {}, one.city), h('td', {}, button))
    }
    body.replaceChildren(
      ...(found.length === 0 ? [h('tr', {}, h('td', { colspan: 3 }, 'No customers to show'))] : found.slice(0, 9).map(line)),
    )
  }
  input.addEventListener('input', search)
  search()
  const head = h(
    'tr',
    {},
    ['Name', 'Town', ''].map((text) => h('th', {}, text)),
  )
  panel.append(
    field(scene, dice.pick(['Search', 'Find a customer', 'Search customers']), input),
    h('table', { style: 'margin-top:12px' }, h('thead', {}, head), body),
  )
  return { input, button: (one) => rows.get(one) }
}

function drawRecord(scene, panel, customer, wanted) {
  const { dice } = scene
  const labels = dice.shuffle(Object.keys(attributes))
  const inputs = Object.fromEntries(
    labels.map((label) => [label, h('input', { type: 'text', autocomplete: 'off', value: customer[label] })]),
  )
  const now = () => ({ ...customer, ...Object.fromEntries(labels.map((label) => [label, inputs[label].value.trim()])) })
  const save = h(
    'button',
    { type: 'button', class: 'main', onclick: () => scene.finish(same(now(), wanted)) },
    dice.pick(['Save', 'Save customer']),
  )
  const back = h('button', { type: 'button', onclick: () => scene.finish(false) }, dice.pick(['Delete', 'Block customer']))
  const side = dice.pick(['above', 'beside'])
  const fields = h(
    'div',
    { class: `fields ${dice.pick(['one', 'two'])}` },
    labels.map((label) => field(scene, label, inputs[label], side)),
  )
  panel.append(h('h2', {}, `${customer.name}, ${customer.city}`), fields, buttons(scene, save, back))
  return { inputs, save }
}

defineTask({
  name: 'search-row-edit',
  build(scene) {
    const { dice } = scene
    const customers = drawCustomers(dice)
    const target = dice.pick(customers)
    const label = dice.pick(Object.keys(attributes))
    let value = attributes[label](dice)
    while (value === target[label]) value = attributes[label](dice)
    const wanted = { ...target, [label]: value }
    const area = h('div')
    let record = null
    const open = (customer) => {
      area.replaceChildren()
      record = drawRecord(scene, area, customer, wanted)
    }
    drawTool(scene, { title: 'Customers' }, area)
    const list = drawList(scene, area, customers, open)
    return {
      instruction: fill(dice.pick(sentences), { name: target.name, city: target.city, label, value }),
      *solve() {
        yield { kind: 'type', selector: scene.ref(list.input), text: target.name }
        yield { kind: 'click', selector: scene.ref(list.button(target)) }
        yield { kind: 'type', selector: scene.ref(record.inputs[label]), text: value }
        yield { kind: 'click', selector: scene.ref(record.save) }
      },
    }
  },
})
