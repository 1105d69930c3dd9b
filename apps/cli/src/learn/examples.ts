import { isFolderInUse } from '@overt/data'
import { readRows, type Model } from '@overt/learn'
import type { Row } from '@overt/schema'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

import { inFolder } from '../folder/folder.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { usableRelease } from './usable-release.ts'

/**
 * What the baselines that learn are given: the rows that the model was trained on, asked for as a training asks, or none where their release is not here or may not be used any more.
 * `dataset`: the release that was asked for by name; where it may not be used, this throws.
 */
export async function examplesFor(terminal: Terminal, model: Model, dataset: string | undefined): Promise<readonly Row[]> {
  const own = dataset === undefined ? await ownRelease(terminal, model) : null
  const dir = dataset ?? own
  if (dir === null) return none(terminal, "The model's release is not here")
  const release = await usableRelease(terminal, resolve(dir))
  if (release.ok) return Array.fromAsync(readRows(dir, 'train'))
  if (dataset !== undefined) throw release.error
  return none(terminal, release.error.message.replace(/\.$/, ''))
}

function none(terminal: Terminal, why: string): readonly Row[] {
  terminal.say(`${why}: most frequent, Markov and macro replay have no examples and can do nothing. Name a release with --dataset DIR.`)
  return []
}

async function ownRelease(terminal: Terminal, model: Model): Promise<string | null> {
  if (!isFolderInUse(terminal.dataDir)) return null
  const place = await inFolder(terminal, 'placeOf', { hash: model.head.data.hash })
  return place !== null && existsSync(place) ? place : null
}
