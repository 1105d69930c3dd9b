import type { Candidate, HistoryEntry } from '../model/candidate.ts'
import { isActable, sceneOf, type Scene } from '../model/candidates.ts'
import { readGoal } from '../features/goal.ts'
import { matchText } from '../features/match.ts'
import { isFilled } from '../features/signals.ts'
import { normal } from '../features/words.ts'
import { nothing, type Policy } from './policy.ts'

/**
 * Matches strings, as well as that can be done without learning: puts each quotation of the goal into the field whose label stands nearest before it
 * (else into the first empty one), chooses options and ticks boxes that the goal names, and presses what shares most words with the goal and was not pressed yet.
 */
export function stringMatchPolicy(): Policy {
  return (observation, instruction, history) => {
    const scene = sceneOf(observation, readGoal(instruction), history)
    return fill(scene) ?? choose(scene) ?? press(scene, history) ?? nothing
  }
}

function idOf(scene: Scene, at: number): number {
  return scene.view.nodes[at]?.id ?? -1
}

function fill(scene: Scene): Candidate | undefined {
  const { goal, view, memory } = scene
  for (const quote of goal.quotes) {
    if (memory.used.has(normal(quote.text)) || view.normals.includes(normal(quote.text))) continue
    const open = view.fields.filter((at) => !isFilled(view, memory, at))
    const named = open.toSorted((left, right) => labelPlace(scene, right, quote.from) - labelPlace(scene, left, quote.from))[0]
    if (named !== undefined) return { kind: 'type', node: idOf(scene, named), argument: quote.text }
  }
  return undefined
}

/** The last place before a quotation where the goal says a word of the field's label; -1 for none. */
function labelPlace({ goal, view }: Scene, at: number, before: number): number {
  const label = (view.labels[at] ?? '').split(' ')
  return goal.words.slice(0, before).findLastIndex((word) => !word.quoted && label.includes(word.lower))
}

function choose(scene: Scene): Candidate | undefined {
  const { goal, view, memory } = scene
  for (let at = 0; at < view.nodes.length; at += 1) {
    const node = view.nodes[at]
    if (node === undefined || memory.acts.has(node.id)) continue
    const kind = view.classes[at]
    if ((kind === 'checkbox' || kind === 'radio') && !node.states.includes('checked')) {
      if (matchText(goal, node.name, view.normals[at] ?? '').grade >= 2) return { kind: 'check', node: node.id, argument: 'on' }
    }
    const named = node.options.filter((label) => label !== node.value && matchText(goal, label, normal(label)).grade >= 2)
    if (named[0] !== undefined)
      return { kind: 'select_option', node: node.id, argument: kind === 'listbox' ? named.join('\u001f') : named[0] }
  }
  return undefined
}

function press(scene: Scene, history: readonly HistoryEntry[]): Candidate | undefined {
  const { goal, view } = scene
  const pressed = new Set(history.map((entry) => entry.action.node))
  let best = -1
  let most = 0
  view.nodes.forEach((node, at) => {
    if (!isActable(view, at) || pressed.has(node.id) || view.fields.includes(at) || node.states.includes('disabled')) return
    const match = matchText(goal, view.texts[at] ?? '', view.normals[at] ?? '')
    const worth = match.grade * 2 + match.quarters / 4 + (match.ownWords ? 1 : 0)
    if (worth <= most) return
    most = worth
    best = at
  })
  return best === -1 ? undefined : { kind: 'click', node: idOf(scene, best), argument: '' }
}
