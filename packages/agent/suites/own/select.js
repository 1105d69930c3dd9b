import { buttons, defineTask, drawTool, field, fill, h, same } from './kit.js'
import { choices } from './words.js'

const sentences = [
  'Set {a} to {va} and {b} to {vb}, then save.',
  'Change the {a} of this case to "{va}" and the {b} to "{vb}" and save it.',
  'This case needs {a} {va} and {b} {vb}. Save it when that is so.',
  'Please put {va} under {a}, {vb} under {b}, and save the case.',
  'Save the case with {b} {vb} and {a} {va}; leave the rest.',
]

defineTask({
  name: 'select',
  build(scene) {
    const { dice } = scene
    const pair = dice.pick([
      ['Warehouse', 'Return site'],
      ['Carrier', 'Backup carrier'],
    ])
    const names = dice.shuffle([...pair, ...dice.sample(['Priority', 'Team', 'Region', 'Channel', 'Language', 'Stage'], 3)])
    const [a, b] = dice.shuffle([dice.pick(pair), ...names.filter((name) => !pair.includes(name))]).slice(0, 2)
    const wanted = {}
    const drawn = {}
    for (const name of names) {
      const options = dice.shuffle(choices[name])
      wanted[name] = options[0]
      drawn[name] = h(
        'select',
        {},
        dice.shuffle(options).map((option) => h('option', { selected: option === options[0] }, option)),
      )
      if (name === a || name === b) wanted[name] = options[1]
    }
    const now = () => Object.fromEntries(names.map((name) => [name, drawn[name].value]))
    const save = h(
      'button',
      { type: 'button', class: 'main', onclick: () => scene.finish(same(now(), wanted)) },
      dice.pick(['Save', 'Save case', 'Save changes']),
    )
    const discard = h('button', { type: 'button', onclick: () => scene.finish(false) }, dice.pick(['Discard', 'Cancel']))
    const side = dice.pick(['above', 'beside'])
    const fields = h(
      'div',
      { class: `fields ${dice.pick(['one', 'two'])}` },
      names.map((name) => field(scene, name, drawn[name], side)),
    )
    drawTool(scene, { title: `Case ${dice.between(1200, 9800)}` }, fields, buttons(scene, save, discard))
    return {
      instruction: fill(dice.pick(sentences), { a, b, va: wanted[a], vb: wanted[b] }),
      *solve() {
        for (const name of [a, b]) yield { kind: 'select', selector: scene.ref(drawn[name]), text: wanted[name] }
        yield { kind: 'click', selector: scene.ref(save) }
      },
    }
  },
})
