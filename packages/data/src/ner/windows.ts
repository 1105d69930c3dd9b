/** A stretch of a text's tokens that the model sees at once. */
export interface Window {
  /** The text's place among those that are judged together. */
  readonly text: number
  /** The tokens' own, without the model's marks. */
  readonly ids: readonly number[]
  /** By token: the place of its word in its text. */
  readonly words: readonly number[]
}

/** Cuts tokens into windows of at most `most`, of which each begins three quarters after the one before: no name is seen at an edge alone. */
export function windowsOf(text: number, ids: readonly number[], words: readonly number[], most: number): readonly Window[] {
  const step = Math.max(1, Math.floor((most * 3) / 4))
  const windows: Window[] = []
  for (let at = 0; at === 0 || at + most - step < ids.length; at += step)
    windows.push({ text, ids: ids.slice(at, at + most), words: words.slice(at, at + most) })
  return ids.length === 0 ? [] : windows
}

/** Windows that are about as long as each other, a few at a time: what is padded costs as much as what is there. */
export function groupsOf(windows: readonly Window[], atOnce: number): readonly (readonly Window[])[] {
  const sorted = [...windows].sort((left, right) => left.ids.length - right.ids.length)
  return Array.from({ length: Math.ceil(sorted.length / atOnce) }, (_, group) => sorted.slice(group * atOnce, (group + 1) * atOnce))
}
