import { buttons, defineTask, drawTool, field, fill, h, same } from './kit.js'
import { firstNames, lastNames } from './words.js'

const notes = [
  'Agreed by desk lead',
  'Broken on arrival',
  'Second complaint',
  'Goodwill after delay',
  'Wrong colour sent',
  'Parcel never came',
  'Doubled invoice',
]
const sentences = [
  'Refund {amount} on order {order}. Over {limit} needs an approval note: write "{note}".',
  'Order {order} gets {amount} back. If an approval note is asked for (over {limit}), it is "{note}".',
  'Give back {amount} for order {order}; refunds over {limit} want an approval note, use "{note}" then.',
  'Please refund {amount} to the buyer of order {order} (approval note, only if it is over {limit}: "{note}").',
]

function dialog(scene, title, ...content) {
  const box = h('div', { class: 'dialog', role: 'dialog', 'aria-modal': 'true', 'aria-label': title }, h('h2', {}, title), ...content)
  const veil = h('div', { class: 'veil' }, box)
  document.body.append(veil)
  return () => veil.remove()
}

/** Asks for the amount; over the limit for a note, and for approval instead of a confirmation. */
function refund(scene, order, limit, parts, decide) {
  const { dice } = scene
  const amount = h('input', { type: 'text', autocomplete: 'off', inputmode: 'numeric' })
  const cancel = (close) => h('button', { type: 'button', onclick: () => close() }, 'Cancel')
  const second = () => {
    const sum = Number(amount.value.trim())
    if (!(sum > 0)) return
    closeFirst()
    const over = sum > limit
    const note = h('input', { type: 'text', autocomplete: 'off' })
    const go = h(
      'button',
      { type: 'button', class: 'main', onclick: () => decide({ order: order.number, sum, note: note.value.trim(), asked: over }) },
      over ? dice.pick(['Ask for approval', 'Send for approval']) : dice.pick(['Confirm', 'Pay out']),
    )
    const rest = over
      ? [h('p', { class: 'hint' }, `Refunds over ${limit} need an approval note.`), field(scene, 'Approval note', note)]
      : [h('p', { class: 'hint' }, `${sum} goes back to ${order.buyer}.`)]
    const close = dialog(
      scene,
      over ? 'Approval needed' : 'Confirm refund',
      ...rest,
      buttons(
        scene,
        go,
        cancel(() => close()),
      ),
    )
    Object.assign(parts, { note: over ? note : null, go })
  }
  const next = h('button', { type: 'button', class: 'main', onclick: second }, dice.pick(['Continue', 'Next']))
  const closeFirst = dialog(
    scene,
    `Refund order ${order.number}`,
    field(scene, dice.pick(['Amount', 'Amount to refund']), amount),
    buttons(
      scene,
      next,
      cancel(() => closeFirst()),
    ),
  )
  Object.assign(parts, { amount, next })
}

defineTask({
  name: 'dialog',
  build(scene) {
    const { dice } = scene
    const limit = dice.pick([200, 500, 1000])
    const start = dice.between(1200, 8800)
    const orders = dice.shuffle(
      Array.from({ length: dice.between(4, 6) }, (_, at) => ({
        number: String(start + at * 7),
        buyer: `${dice.pick(firstNames)} ${dice.pick(lastNames)}`,
        total: dice.between(1100, 2400),
      })),
    )
    const target = dice.pick(orders)
    const over = dice.chance(0.5)
    const sum = over ? limit + dice.between(5, 95) : limit - dice.between(5, 95)
    const note = dice.pick(notes)
    const wanted = { order: target.number, sum, note: over ? note : '', asked: over }
    const openers = new Map()
    const parts = {}
    const verb = dice.pick(['Refund', 'Give back'])
    const line = (order) => {
      const button = h(
        'button',
        { type: 'button', onclick: () => refund(scene, order, limit, parts, (result) => scene.finish(same(result, wanted))) },
        verb,
      )
      openers.set(order, button)
      return h('tr', {}, h('td', {}, order.number), h('td', {}, order.buyer), h('td', {}, String(order.total)), h('td', {}, button))
    }
    const head = h(
      'tr',
      {},
      ['Order', 'Buyer', 'Total', ''].map((text) => h('th', {}, text)),
    )
    drawTool(scene, { title: 'Orders' }, h('table', {}, h('thead', {}, head), h('tbody', {}, orders.map(line))))
    return {
      instruction: fill(dice.pick(sentences), { amount: sum, order: target.number, limit, note }),
      *solve() {
        yield { kind: 'click', selector: scene.ref(openers.get(target)) }
        yield { kind: 'type', selector: scene.ref(parts.amount), text: String(sum) }
        yield { kind: 'click', selector: scene.ref(parts.next) }
        if (over) yield { kind: 'type', selector: scene.ref(parts.note), text: note }
        yield { kind: 'click', selector: scene.ref(parts.go) }
      },
    }
  },
})
