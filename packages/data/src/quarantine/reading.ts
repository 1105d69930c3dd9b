import type { Finding } from '../store/picture-rows.ts'

/** One word as it was read: where it stands in the text, end exclusive, and in the picture. */
export interface Word {
  readonly start: number
  readonly end: number
  readonly box: Finding['box']
}

/** What was read of a picture. Its words stand in the order of the text. */
export interface Reading {
  readonly text: string
  readonly words: readonly Word[]
}

const wordLevel = '5'

/** Tesseract's table of what it read (a line for each page, block, paragraph, line and word), of a picture that was made larger by `scale`. What is no word ends a line: nothing stands beside what was masked. */
export function readingOf(table: string, scale: number, isWord: (box: Finding['box']) => boolean = () => true): Reading {
  const words: Word[] = []
  let text = ''
  let before = ''
  for (const line of table.split('\n')) {
    const [level, page, block, paragraph, row, , left, top, width, height, , word = ''] = line.split('\t')
    if (level !== wordLevel || word.trim() === '') continue
    const [x = 0, y = 0, w = 0, h = 0] = [left, top, width, height].map((px) => Math.round(Number(px) / scale))
    if (!isWord([x, y, w, h])) before = ''
    else {
      const here = [page, block, paragraph, row].join(' ')
      if (text !== '') text += here === before ? ' ' : '\n'
      before = here
      words.push({ start: text.length, end: text.length + word.length, box: [x, y, w, h] })
      text += word
    }
  }
  return { text, words }
}

/** The box around the words that a stretch of the text touches. */
export function boxAround(words: readonly Word[], start: number, end: number): Finding['box'] {
  const boxes = words.filter((word) => word.start < end && word.end > start).map(({ box }) => box)
  if (boxes.length === 0) return [0, 0, 0, 0]
  const [left, top] = [Math.min(...boxes.map(([x]) => x)), Math.min(...boxes.map(([, y]) => y))]
  const right = Math.max(...boxes.map(([x, , width]) => x + width))
  const bottom = Math.max(...boxes.map(([, y, , height]) => y + height))
  return [left, top, right - left, bottom - top]
}
