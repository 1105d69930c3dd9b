import type { ModelHead } from '@overt/schema'

import { featureVersion } from '../features/describe.ts'
import { rareKinds, type Repertoire } from './candidates.ts'
import { LearnError } from './error.ts'
import { liveOf, type Live } from './live.ts'
import { emptyNet, type Net } from './net.ts'

/** A model ready to rank. */
export interface Model {
  readonly head: ModelHead
  readonly net: Net
  readonly live: Live
  readonly repertoire: Repertoire
  /** Flattens probabilities where above 1; fitted on held-out decisions. */
  readonly temperature: number
}

const lineFeed = 10
const bytesPerWeight = 4
/** Little-endian IEEE 754 single precision: linear, embedding, bias, out. */
export const weightEncoding = 'f32le:linear,embedding,bias,out'

/** The weights as they stand in the file. */
export function encodeWeights(net: Net): Uint8Array {
  const parts = [net.linear, net.embedding, net.bias, net.out]
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0) * bytesPerWeight)
  const view = new DataView(bytes.buffer)
  let offset = 0
  for (const part of parts) {
    for (const weight of part) {
      view.setFloat32(offset, weight, true)
      offset += bytesPerWeight
    }
  }
  return bytes
}

/** A model file: the head as one line of JSON, then the weights. */
export function encodeModel(head: ModelHead, weights: Uint8Array): Uint8Array {
  const line = new TextEncoder().encode(`${JSON.stringify(head)}\n`)
  const bytes = new Uint8Array(line.length + weights.length)
  bytes.set(line)
  bytes.set(weights, line.length)
  return bytes
}

/** Reads the head alone. Throws `LearnError` OVT-1401 where the bytes are no model file. */
export function readHead(bytes: Uint8Array): ModelHead {
  return split(bytes).head
}

/** Reads a model file. Throws `LearnError` OVT-1401 where it is none or cut short, OVT-1402 where it was made for other features. The hash is checked by `verifyModel`. */
export function loadModel(bytes: Uint8Array): Model {
  const { head, weights } = split(bytes)
  if (head.features !== featureVersion)
    throw new LearnError('OVT-1402', `the model was made for features version ${head.features}, this is version ${featureVersion}`)
  const { linearBits = 0, hiddenBits = 0, hidden = 0, temperature = 1, rare = 0 } = head.shape
  if (!(linearBits > 0 && linearBits < 24 && hiddenBits > 0 && hiddenBits < 24 && hidden > 0 && hidden <= 256))
    throw new LearnError('OVT-1401', 'the model file has no usable shape')
  const net = emptyNet({ linearBits, hiddenBits, hidden })
  const parts = [net.linear, net.embedding, net.bias, net.out]
  const wanted = parts.reduce((sum, part) => sum + part.length, 0) * bytesPerWeight
  if (weights.length !== wanted)
    throw new LearnError('OVT-1401', `the model file holds ${weights.length} bytes of weights instead of ${wanted}`)
  const view = new DataView(weights.buffer, weights.byteOffset, weights.byteLength)
  let offset = 0
  for (const part of parts) {
    for (let at = 0; at < part.length; at += 1) {
      part[at] = view.getFloat32(offset, true)
      offset += bytesPerWeight
    }
  }
  return {
    head,
    net,
    live: liveOf(net),
    temperature,
    repertoire: { chords: head.chords, rare: rareKinds.filter((_, bit) => (rare & (1 << bit)) !== 0) },
  }
}

/** Whether the weights are those that the head names (SHA-256). */
export async function verifyModel(bytes: Uint8Array): Promise<boolean> {
  const { head, weights } = split(bytes)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(weights)))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') === head.hash
}

function split(bytes: Uint8Array): { readonly head: ModelHead; readonly weights: Uint8Array } {
  const end = bytes.indexOf(lineFeed)
  const line = new TextDecoder().decode(bytes.subarray(0, Math.max(end, 0)))
  let head: unknown
  try {
    head = JSON.parse(line)
  } catch (cause) {
    throw new LearnError('OVT-1401', 'not a model file: its first line is no JSON', { cause })
  }
  if (!isHead(head)) throw new LearnError('OVT-1401', 'not a model file of overt.model/1')
  return { head, weights: bytes.subarray(end + 1) }
}

function isHead(value: unknown): value is ModelHead {
  if (typeof value !== 'object' || value === null || !('v' in value) || value.v !== 'overt.model/1') return false
  return 'shape' in value && typeof value.shape === 'object' && 'features' in value && 'chords' in value && Array.isArray(value.chords)
}
