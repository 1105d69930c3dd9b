import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { sha256Hex } from '../store/cipher.ts'

/** What a model made for a test is made of. */
export interface MadeModel {
  /** By label: the words that have it. */
  readonly known?: Readonly<Record<string, readonly string[]>>
  /** Words of the tokenizer that the model's table lacks: it throws at each. */
  readonly unheard?: readonly string[]
  /** The one operator of the model. */
  readonly operator?: string
  readonly positions?: number
  /** Labels as `config.json` names them. */
  readonly named?: readonly string[]
  readonly least01?: number
  /** What is written into the folder in place of what was pinned. */
  readonly written?: Readonly<Record<string, string>>
}

const labels = ['O', 'B-PER', 'I-PER', 'B-LOC', 'B-ORG'] as const

/** Writes an operator's folder: a model that looks its tokens up in a table, and a tokenizer of whole words. */
export function writeModel(
  dir: string,
  { known = {}, unheard = [], operator = 'Gather', positions = 32, named = labels, least01 = 0.5, written = {} }: MadeModel = {},
): string {
  mkdirSync(dir, { recursive: true })
  const words = Object.entries(known).flatMap(([label, own]) => own.map((word) => ({ word, label })))
  const rows = [...words.map(({ label }) => label), 'O', 'O', 'O']
  const tokens = [...words.map(({ word }) => word), '[UNK]', '[CLS]', '[SEP]', ...unheard]
  const files = {
    'model.onnx': onnxOf(
      operator,
      rows.map((row) => labels.map((label) => (label === row ? 9 : 0))),
    ),
    'tokenizer.json': JSON.stringify(tokenizerOf(tokens)),
    'config.json': JSON.stringify({ id2label: Object.fromEntries(named.entries()), max_position_embeddings: positions }),
  }
  const sha256 = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, sha256Hex(bytes)]))
  const all = { ...files, 'ner.json': JSON.stringify({ sha256, least01 }), ...written }
  for (const [name, bytes] of Object.entries(all)) writeFileSync(join(dir, name), bytes)
  return dir
}

function tokenizerOf(tokens: readonly string[]): object {
  const idOf = (token: string): number => tokens.indexOf(token)
  const added = ['[UNK]', '[CLS]', '[SEP]'].map((content) => ({
    id: idOf(content),
    content,
    special: true,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
  }))
  const mark = (id: string) => ({ SpecialToken: { id, type_id: 0 } })
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added,
    normalizer: null,
    pre_tokenizer: { type: 'WhitespaceSplit' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [mark('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, mark('[SEP]')],
      pair: [],
      special_tokens: Object.fromEntries(['[CLS]', '[SEP]'].map((id) => [id, { id, ids: [idOf(id)], tokens: [id] }])),
    },
    decoder: null,
    model: { type: 'WordLevel', vocab: Object.fromEntries(tokens.map((token, id) => [token, id])), unk_token: '[UNK]' },
  }
}

/** The protobuf of onnx.proto: field numbers of ModelProto, GraphProto, NodeProto, TensorProto and ValueInfoProto. */
function onnxOf(operator: string, table: readonly (readonly number[])[]): Uint8Array {
  const width = table[0]?.length ?? 0
  const raw = [...Buffer.from(new Float32Array(table.flat()).buffer)]
  const [float, int64] = [1, 7]
  const tensor = [...whole(1, table.length), ...whole(1, width), ...whole(2, float), ...text(8, 'table'), ...part(9, raw)]
  const node = [...text(1, 'table'), ...text(1, 'input_ids'), ...text(2, 'logits'), ...text(4, operator)]
  const value = (name: string, type: number, dims: readonly number[][]): readonly number[] => {
    const shape = dims.flatMap((dim) => part(1, dim))
    return [...text(1, name), ...part(2, part(1, [...whole(1, type), ...part(2, shape)]))]
  }
  const [batch, length] = [text(2, 'batch'), text(2, 'length')]
  const graph = [
    ...part(1, node),
    ...text(2, 'made'),
    ...part(5, tensor),
    ...part(11, value('input_ids', int64, [batch, length])),
    ...part(12, value('logits', float, [batch, length, whole(1, width)])),
  ]
  return Uint8Array.from([...whole(1, 8), ...part(7, graph), ...part(8, whole(2, 13))])
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]
}

function whole(field: number, value: number): number[] {
  return [...varint(field << 3), ...varint(value)]
}

function part(field: number, bytes: readonly number[]): number[] {
  return [...varint((field << 3) | 2), ...varint(bytes.length), ...bytes]
}

function text(field: number, value: string): number[] {
  return part(field, [...Buffer.from(value)])
}
