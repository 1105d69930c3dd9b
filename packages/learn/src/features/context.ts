import type { Scene } from '../model/candidates.ts'
import { choicesOf, type Choice } from './choice.ts'
import { shapesWanted, type Wanted } from './figure.ts'
import { hintsOf, type Hint } from './guess.ts'
import { latticeOf } from './lattice.ts'
import { matchText, type Match } from './match.ts'
import { mentionsOf } from './mention.ts'
import { offersOf, type Offer } from './offer.ts'
import { once } from './once.ts'
import { rankRows, type Ranking } from './rank.ts'
import { saidOf, type Said } from './said.ts'
import { signalsOf, type Signals } from './signals.ts'
import { standingOf } from './standing.ts'
import { traitsOf, type Traits } from './trait.ts'
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
  /** 1 no row, or one that the goal says nothing of; 2 one that it names; 3 the one that it names most of. */
  readonly rowGrades: Uint8Array
  readonly rankings: ReadonlyMap<number, readonly Ranking[]>
  readonly classHashes: Int32Array
  readonly nameHashes: Int32Array
  readonly lookHashes: readonly (readonly number[])[]
  readonly wordHashes: readonly (readonly number[])[]
  readonly labelHashes: readonly (readonly number[])[]
  readonly traits: Traits
  readonly figures: Wanted
  /** Signs of the shapes on a page that has few. */
  readonly drawn: readonly number[]
  /** Column and row of each node in a lattice of equal shapes, from its middle; undefined outside one. */
  readonly lattice: ReadonlyMap<number, readonly [number, number]>
  readonly focused: number
  /** Hash of what was done last, and on what class of node; 3 for nothing. */
  readonly lastKind: number
  readonly standing: Uint8Array
  readonly said: Said
  readonly offers: readonly Offer[]
  readonly choices: (label: string) => Choice
  readonly hints: readonly Hint[]
  /** Place of each field among those that hold nothing; -1 for the others. */
  readonly openPlaces: Int32Array
  /** The first field that holds nothing; -1 for none. */
  readonly firstEmpty: number
}

const maxNameWords = 3
const maxNameLength = 40
const figureSigns = '0123456789.,:/-'
const digitZero = 48
const digitNine = 57
const maxDrawn = 4
const namedSign = hashText('\u0000named')
const namedSigns = [namedSign]

/** Prepares a scene for its candidates' features. */
export function contextOf(scene: Scene): Context {
  const { goal, view, memory } = scene
  const matches = matchesOf(scene)
  const rowMatches = matchRows(scene)
  const mostNamed = [...rowMatches.values()].reduce((most, { named }) => Math.max(most, named), 0)
  const mentions = mentionsOf(goal, view)
  const traits = traitsOf(scene)
  const open = view.fields.filter((at) => traits.filled[at] === 1)
  const openPlaces = new Int32Array(view.nodes.length).fill(-1)
  open.forEach((at, place) => (openPlaces[at] = place))
  return {
    scene,
    signals: signalsOf(goal, view, memory, matches),
    matches,
    rowMatches,
    mostNamed,
    rowGrades: gradeRows(view, rowMatches, mostNamed),
    rankings: rankRows(view),
    ...hashesOf(view, matches),
    traits,
    standing: standingOf(goal, view),
    said: saidOf(goal, view),
    offers: offersOf(scene, mentions),
    choices: choicesOf(scene, mentions),
    hints: scene.arguments.some(({ kind }) => kind === 'range') ? hintsOf(view) : [],
    openPlaces,
    firstEmpty: open[0] ?? -1,
    drawn: drawnOn(view),
    figures: shapesWanted(goal, view),
    lattice: goal.points.length > 0 ? latticeOf(view) : new Map<number, readonly [number, number]>(),
    focused: view.nodes.findIndex((node) => node.tag !== 'body' && node.states.includes('focused')),
    lastKind: memory.last === undefined ? 3 : hashText(`${memory.last.kind} ${memory.last.nodeClass}`),
  }
}

/** A container that is not named itself is not what the goal says, whatever it holds. */
function matchesOf({ goal, view }: Scene): Match[] {
  const { lexicon, kids, texts } = view
  const known = new Map<string, Match>()
  return view.nodes.map(({ name }, at) => {
    const text = name === '' && (kids[at]?.length ?? 0) > 0 ? '' : (texts[at] ?? '')
    const before = known.get(text)
    if (before !== undefined) return before
    const id = lexicon.ids[at] ?? 0
    const match = text === '' ? matchText(goal, '', '') : matchText(goal, text, lexicon.texts[id] ?? '', lexicon.words[id])
    known.set(text, match)
    return match
  })
}

type Hashes = Pick<Context, 'classHashes' | 'nameHashes' | 'lookHashes' | 'wordHashes' | 'labelHashes'>

function hashesOf({ nodes, classes, labels, lexicon }: View, matches: readonly Match[]): Hashes {
  const names = Int32Array.from(lexicon.texts.map(nameSign))
  const words = lexicon.words.map(signs)
  const kindOf = once(hashText)
  const labelsOf = once((label) => signs(label.split(' ')))
  const skinned = once((look) => looksOf(look, false))
  const bare = once((look) => looksOf(look, true))
  const classHashes = new Int32Array(nodes.length)
  const nameHashes = new Int32Array(nodes.length)
  const wordHashes = nodes.map((_, at) => {
    const isNamed = (matches[at]?.grade ?? 0) >= 2
    const id = lexicon.ids[at] ?? 0
    classHashes[at] = kindOf(classes[at] ?? '')
    nameHashes[at] = isNamed ? namedSign : (names[id] ?? 0)
    return isNamed ? namedSigns : (words[id] ?? [])
  })
  const lookHashes = nodes.map(({ look, name }) => (name === '' ? bare(look) : skinned(look)))
  return { classHashes, nameHashes, wordHashes, lookHashes, labelHashes: labels.map(labelsOf) }
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

/** What a node looks like; `nameless`: it has no text. Beside text or an icon a colour is skin, and sizes count only where the goal asks (`figures`). */
function looksOf(look: string, nameless: boolean): number[] {
  if (look === '') return []
  const words = look.replace('shape-polygon', 'shape-triangle').split(' ')
  const plain = nameless && !look.includes('icon-')
  return words.filter((word) => !word.startsWith('size-') && (plain || !word.startsWith('colour-'))).map(hashText)
}

const numberSign = hashText('0')

/** A name is itself, a number is a number. */
function nameSign(text: string): number {
  return isFigure(text) ? numberSign : hashText(text.length > maxNameLength ? text.slice(0, maxNameLength) : text)
}

function isFigure(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (!figureSigns.includes(text.charAt(at))) return false
  return text !== ''
}

/** Of a text's first words; a word with a digit is a number. */
function signs(words: readonly string[]): number[] {
  const found: number[] = []
  for (let at = 0; at < words.length && at < maxNameWords && words[0] !== ''; at += 1) found.push(wordSign(words[at] ?? ''))
  return found
}

function wordSign(word: string): number {
  for (let at = 0; at < word.length; at += 1) {
    const unit = word.charCodeAt(at)
    if (unit >= digitZero && unit <= digitNine) return numberSign
  }
  return hashText(word)
}

function matchRows(scene: Scene): Map<number, RowMatch> {
  const { goal, view } = scene
  const matchOf = once((text) => matchText(goal, text, text))
  const rows = new Map<number, RowMatch>()
  for (const [row, texts] of view.rowTexts) {
    let best: RowMatch = { grade: 0, from: -1, text: '', named: 0 }
    let named = 0
    for (const text of texts) {
      const { grade, from } = matchOf(text)
      if (grade >= 2) named += 1
      if (grade > best.grade) best = { grade, from, text, named: 0 }
    }
    rows.set(row, { ...best, named })
  }
  return rows
}

function gradeRows(view: View, rowMatches: ReadonlyMap<number, RowMatch>, mostNamed: number): Uint8Array {
  const grades = new Uint8Array(view.rows.length).fill(1)
  view.rows.forEach((row, at) => {
    const named = row === -1 ? 0 : (rowMatches.get(row)?.named ?? 0)
    if (named > 0) grades[at] = named === mostNamed ? 3 : 2
  })
  return grades
}
