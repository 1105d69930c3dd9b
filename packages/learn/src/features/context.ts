import type { ObservationNode } from '@overt/schema'

import type { Scene } from '../model/candidates.ts'
import { shapesWanted, type Wanted } from './figure.ts'
import { latticeOf } from './lattice.ts'
import { matchText, type Match } from './match.ts'
import { mentionsOf, type Mentions } from './mention.ts'
import { rankRows, type Ranking } from './rank.ts'
import { signalsOf, type Signals } from './signals.ts'
import { standingOf } from './standing.ts'
import type { View } from './view.ts'
import { hashText } from './words.ts'

/** How a row stands to the goal: the best run of the goal that one of its texts is. */
export interface RowMatch {
  readonly grade: number
  /** First word of that run; -1 for none. */
  readonly from: number
  readonly text: string
  /** How many of its texts are named by the goal. */
  readonly named: number
}

/** A scene with all that its candidates' features share. Lists run along the view's nodes. */
export interface Context {
  readonly scene: Scene
  readonly signals: Signals
  readonly matches: readonly Match[]
  readonly rowMatches: ReadonlyMap<number, RowMatch>
  /** The most texts of one row that the goal names. */
  readonly mostNamed: number
  readonly rankings: ReadonlyMap<number, readonly Ranking[]>
  readonly classHashes: readonly number[]
  readonly nameHashes: readonly number[]
  readonly lookHashes: readonly (readonly number[])[]
  readonly wordHashes: readonly (readonly number[])[]
  readonly labelHashes: readonly (readonly number[])[]
  readonly figures: Wanted
  /** Signs of the shapes on a page that has few. */
  readonly drawn: readonly number[]
  /** Column and row of each node in a lattice of equal shapes, from its middle; undefined outside one. */
  readonly lattice: ReadonlyMap<number, readonly [number, number]>
  readonly focused: number
  readonly standing: Uint8Array
  readonly mentions: Mentions
}

const maxNameWords = 3
const maxDrawn = 4
const namedSign = hashText('\u0000named')

/** Prepares a scene for its candidates' features. */
export function contextOf(scene: Scene): Context {
  const { goal, view, memory } = scene
  const matches = view.nodes.map((node, at) =>
    (view.kids[at]?.length ?? 0) > 0 && node.name === ''
      ? matchText(goal, '', '')
      : matchText(goal, view.texts[at] ?? '', view.normals[at] ?? ''),
  )
  const rowMatches = matchRows(scene)
  return {
    scene,
    signals: signalsOf(goal, view, memory, matches),
    matches,
    rowMatches,
    mostNamed: Math.max(0, ...[...rowMatches.values()].map((row) => row.named)),
    rankings: rankRows(view),
    classHashes: view.classes.map(hashText),
    nameHashes: view.normals.map((text, at) => ((matches[at]?.grade ?? 0) >= 2 ? namedSign : nameSign(text))),
    lookHashes: view.nodes.map((node) => looksOf(node)),
    wordHashes: view.normals.map((text, at) => ((matches[at]?.grade ?? 0) >= 2 ? [namedSign] : signs(text))),
    labelHashes: view.labels.map(signs),
    standing: standingOf(goal, view),
    mentions: mentionsOf(goal, view),
    drawn: drawnOn(view),
    figures: shapesWanted(goal, view),
    lattice: goal.points.length > 0 ? latticeOf(view) : new Map<number, readonly [number, number]>(),
    focused: view.nodes.findIndex((node) => node.states.includes('focused') && node.tag !== 'body'),
  }
}

function drawnOn(view: View): number[] {
  const shapes = view.nodes.filter(({ look }) => look.includes('shape-'))
  if (shapes.length > maxDrawn) return []
  const sort = (name: string): string => (/^\d+$/.test(name) ? 'digit' : name === '' ? 'shape' : 'letter')
  return [
    ...new Set(
      shapes.map(({ look, name }) => hashText(`${/shape-\w+/.exec(look.replace('shape-polygon', 'shape-triangle'))?.[0]} ${sort(name)}`)),
    ),
  ]
}

/** What a node looks like. Beside text or an icon a colour is skin, and sizes count only where the goal asks (`figures`). */
function looksOf({ look, name }: ObservationNode): number[] {
  if (look === '') return []
  const words = look.replace('shape-polygon', 'shape-triangle').split(' ')
  const plain = name === '' && !look.includes('icon-')
  return words.filter((word) => !word.startsWith('size-') && (plain || !word.startsWith('colour-'))).map(hashText)
}

/** A name is itself, a number is a number. */
function nameSign(text: string): number {
  return hashText(/^[\d.,:/-]+$/.test(text) ? '0' : text.slice(0, 40))
}

function signs(text: string): number[] {
  return text === '' ? [] : text.split(' ', maxNameWords).map((word) => hashText(/\d/.test(word) ? '0' : word))
}

function matchRows(scene: Scene): Map<number, RowMatch> {
  const { goal, view } = scene
  const rows = new Map<number, RowMatch>()
  for (const [row, texts] of view.rowTexts) {
    let best: RowMatch = { grade: 0, from: -1, text: '', named: 0 }
    let named = 0
    for (const text of texts) {
      const { grade, from } = matchText(goal, text, text)
      if (grade >= 2) named += 1
      if (grade > best.grade) best = { grade, from, text, named: 0 }
    }
    rows.set(row, { ...best, named })
  }
  return rows
}
