import { Tokenizer } from '@huggingface/tokenizers'

import { type Window, windowsOf } from './windows.ts'
import type { Word } from './words.ts'

/** How a model's tokens are spelt. */
export interface Spelling {
  /** The model's marks before and after every window. */
  readonly before: readonly number[]
  readonly after: readonly number[]
  windows(text: number, words: readonly Word[]): readonly Window[]
}

/** Tokens word by word, so that where each one stands is known whatever the tokenizer normalises. Throws where a word has no token. */
export function spellingOf(tokenizer: object, windowTokens: number): Spelling {
  const made = new Tokenizer(tokenizer, {})
  const unknown = unknownOf(tokenizer, made)
  const tokens = (text: string, marks: boolean): readonly number[] =>
    made.encode(text, { add_special_tokens: marks }).ids.map((id: number | undefined) => {
      const known = id ?? unknown
      if (known === undefined) throw new RangeError('the tokenizer has no token for a word and none for unknown ones')
      return known
    })
  const [bare, marked] = [tokens('a', false), tokens('a', true)]
  const at = marked.findIndex((_, place) => bare.every((id, next) => marked[place + next] === id))
  if (bare.length === 0 || at === -1) throw new RangeError('the tokenizer changes a text when it marks it')
  const [before, after] = [marked.slice(0, at), marked.slice(at + bare.length)]
  const most = windowTokens - before.length - after.length
  return {
    before,
    after,
    windows(text, words) {
      const spelt = words.map(({ spelling }) => tokens(spelling, false))
      const places = spelt.flatMap((ids, place) => ids.map(() => place))
      return windowsOf(text, spelt.flat(), places, most)
    },
  }
}

/** The library leaves a word that a vocabulary of whole words lacks without a token. */
function unknownOf(tokenizer: object, made: Tokenizer): number | undefined {
  const model: unknown = Reflect.get(tokenizer, 'model')
  const token: unknown = typeof model === 'object' && model !== null ? Reflect.get(model, 'unk_token') : undefined
  return typeof token === 'string' ? made.token_to_id(token) : undefined
}
