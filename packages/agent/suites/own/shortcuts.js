import { defineTask, drawTool, fill, h } from './kit.js'
import { cities, firstNames, lastNames } from './words.js'

const commands = ['Archive', 'Flag', 'Escalate', 'Translate', 'Forward', 'Mute', 'Reopen', 'Merge', 'Snooze']
const subjects = ['Late parcel', 'Broken seal', 'Invoice twice', 'Wrong size', 'New address', 'Missing part', 'Offer asked', 'Key lost']
const letters = Array.from('ABGHIJKLMOQSUXYZ')
const sentences = [
  '{command} the message "{subject}" from {name}.',
  'Select what {name} wrote about "{subject}" and {verb} it. There is no button, only a shortcut.',
  'The message "{subject}" by {name}: {verb} it with the keyboard.',
  'Please {verb} the message from {name} called {subject}.',
]

defineTask({
  name: 'shortcuts',
  build(scene) {
    const { dice } = scene
    const known = dice.sample(commands, 6)
    const chords = dice.sample(letters, known.length).map((letter) => `${dice.pick(['Alt', 'Control+Shift', 'Alt+Shift'])}+${letter}`)
    const titles = dice.sample(subjects, dice.between(5, 7))
    const messages = titles.map((subject) => ({
      subject,
      name: `${dice.pick(firstNames)} ${dice.pick(lastNames)}`,
      city: dice.pick(cities),
    }))
    const target = dice.pick(messages)
    const wanted = dice.int(known.length)
    let selected = null
    const rows = new Map()
    const select = (message) => {
      selected = message
      for (const [one, row] of rows) row.setAttribute('aria-selected', String(one === message))
    }
    const line = (message) => {
      const row = h(
        'tr',
        { 'aria-selected': 'false', tabindex: 0, onclick: () => select(message) },
        h('td', {}, message.subject),
        h('td', {}, message.name),
        h('td', {}, message.city),
      )
      rows.set(message, row)
      return row
    }
    const help = (command, at) => h('li', { 'aria-keyshortcuts': chords[at] }, h('span', {}, command), h('kbd', {}, chords[at]))
    const parts = [
      h('table', {}, h('tbody', {}, messages.map(line))),
      h('ul', { class: 'keys', 'aria-label': 'Shortcuts' }, known.map(help)),
    ]
    scene.listen('keydown', (event) => {
      const at = chords.indexOf(chordOf(event))
      if (at === -1 || event.repeat || selected === null) return
      event.preventDefault()
      scene.finish(at === wanted && selected === target)
    })
    drawTool(scene, { title: 'Messages', hint: 'Select a message, then press the shortcut of a command.' }, ...dice.shuffle(parts))
    const command = known[wanted]
    return {
      instruction: fill(dice.pick(sentences), { command, verb: command.toLowerCase(), ...target }),
      *solve() {
        yield { kind: 'click', selector: scene.ref(rows.get(target).firstChild) }
        yield { kind: 'key', selector: 'body', key: chords[wanted] }
      },
    }
  },
})

function chordOf(event) {
  const held = [event.ctrlKey && 'Control', event.altKey && 'Alt', event.shiftKey && 'Shift', event.metaKey && 'Meta']
  return [...held.filter(Boolean), event.code.replace(/^Key/, '')].join('+')
}
