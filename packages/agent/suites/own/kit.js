import { diceOf } from './dice.js'
import { apps, sections } from './words.js'

/** Makes an element: attributes by name, `on*` as listeners, strings and elements as children. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined))
  return element
}

/**
 * Defines `window.overtTask` for a family. `build(scene)` draws one task and returns `{ instruction, solve }`;
 * `scene.finish(success)` ends the episode, once.
 */
export function defineTask({ name, build }) {
  let scene = null
  let built = null
  window.overtTask = {
    reset(seed) {
      scene?.undo.abort()
      scene = newScene(`${name}/${seed}`)
      document.body.replaceChildren()
      document.activeElement?.blur()
      window.scrollTo(0, 0)
      built = build(scene)
      return { instruction: built.instruction }
    },
    outcome: () => ({ done: scene?.done ?? false, reward: scene?.reward ?? 0 }),
    solve: () => built.solve(),
  }
}

function newScene(seed) {
  const dice = diceOf(seed)
  let refs = 0
  const scene = {
    dice,
    done: false,
    reward: 0,
    undo: new AbortController(),
    /** A listener on the document that the next reset takes away. */
    listen: (type, react) => document.addEventListener(type, react, { signal: scene.undo.signal }),
    /** Runs later, unless the task was reset meanwhile. */
    later: (react, delayMs) => {
      const timer = setTimeout(() => react(), delayMs)
      scene.undo.signal.addEventListener('abort', () => clearTimeout(timer))
      return () => clearTimeout(timer)
    },
    finish: (success) => {
      if (scene.done) return
      scene.done = true
      scene.reward = success ? 1 : 0
      document.body.append(h('p', { class: 'toast', role: 'status' }, 'Sent. This task is closed.'))
    },
    /** Gives an element a selector for `solve()`. */
    ref: (element) => {
      if (!element.dataset.ref) element.dataset.ref = `r${(refs += 1)}`
      return `[data-ref="${element.dataset.ref}"]`
    },
    id: () => `f${(refs += 1)}`,
  }
  return scene
}

/** Draws the tool around the task: name, sections, panel. The place of the sections and the look change with the seed. */
export function drawTool(scene, { title, hint }, ...content) {
  const { dice } = scene
  document.documentElement.dataset.skin = dice.pick(['slate', 'paper'])
  document.body.dataset.side = dice.pick(['left', 'right', 'top'])
  const current = dice.pick(sections)
  const places = dice.sample(sections, 4).concat(current)
  const nav = h(
    'nav',
    { 'aria-label': 'Sections' },
    dice.shuffle([...new Set(places)]).map((place) => h('span', { 'aria-current': place === current ? 'page' : false }, place)),
  )
  const heading = h('div', { class: 'heading' }, h('h1', {}, title), hint === undefined ? null : h('p', { class: 'hint' }, hint))
  const panel = h('section', { class: 'panel', style: `max-width:${dice.pick([520, 600, 680, 740])}px` }, heading, ...content)
  document.body.append(
    h('header', {}, h('strong', {}, dice.pick(apps)), nav),
    h('main', { style: `padding-top:${dice.between(14, 44)}px` }, panel),
  )
  return panel
}

/** A labelled field; the label stands above or beside it. */
export function field(scene, label, control, side = 'above') {
  const id = scene.id()
  control.id = id
  return h('div', { class: `field ${side}` }, h('label', { for: id, id: `${id}-label` }, label), control)
}

/** The row of buttons under a form, in the order of chance. */
export function buttons(scene, ...list) {
  return h('div', { class: 'buttons' }, scene.dice.shuffle(list))
}

/** Fills `{name}` in a sentence. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name])
}

/** True where two plain objects hold the same. */
export function same(left, right) {
  const names = Object.keys({ ...left, ...right })
  return names.every((name) => left[name] === right[name])
}
