import type { Option } from '../model/candidates.ts'
import type { Context } from './context.ts'
import { describeArgument } from './typing.ts'
import { describeElement } from './element.ts'
import { describeKey } from './chord.ts'
import { type Emitter, put } from './emit.ts'
import { hashText } from './words.ts'

/** Version of the features: a model of another version is refused. */
export const featureVersion = 1

/** Writes the features of one candidate. */
export function describe(context: Context, option: Option, out: Emitter): void {
  out.size = 0
  const { kind, argument } = option.candidate
  const salt = hashText(kind === 'check' ? `check ${argument}` : kind)
  put(out, 1, salt)
  if (kind === 'key') describeKey(context, argument, salt, out)
  else if (kind === 'type' || kind === 'select_option') describeArgument(context, option, salt, out)
  else if (option.at >= 0) describeElement(context, option.at, salt, out)
  else put(out, 2, salt, hashText(argument))
}
