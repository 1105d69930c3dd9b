import type { Option } from '../model/candidates.ts'
import { describeChoice } from './choice.ts'
import { describeKey } from './chord.ts'
import type { Context } from './context.ts'
import { describeElement } from './element.ts'
import { type Emitter, put } from './emit.ts'
import { describeField, describeText } from './typing.ts'
import { hashText } from './words.ts'

/** Version of the features: a model of another version is refused. */
export const featureVersion = 1

/** Writes the features of one candidate. The emitter is of this context: what the last candidate shares with this one stays in it. */
export function describe(context: Context, option: Option, out: Emitter): void {
  const { kind, argument } = option.candidate
  const salt = hashText(kind === 'check' ? `check ${argument}` : kind)
  if (kind === 'type' || kind === 'select_option') {
    beginField(context, option.at, salt, out)
    if (kind === 'type') describeText(context, option.at, option.from, salt, out)
    else describeChoice(context, option.at, argument, salt, out)
    return
  }
  out.size = 0
  out.head = 0
  put(out, 1, salt)
  if (kind === 'key') describeKey(context, argument, salt, out)
  else if (option.at >= 0) describeElement(context, option.at, salt, out)
  else put(out, 2, salt, hashText(argument))
}

/** A field takes either texts or options, so that its index says which features are shared. */
function beginField(context: Context, at: number, salt: number, out: Emitter): void {
  if (out.head > 0 && out.headAt === at) {
    out.size = out.head
    return
  }
  out.size = 0
  put(out, 1, salt)
  describeField(context, at, salt, out)
  out.head = out.size
  out.headAt = at
}
