import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { Action, Batch, DatasetManifest, Difference, Episode, Event, Manifest, ModelHead, Observation, Receipt, Row } from '@overt/schema'
import { FirstBatch } from '@overt/schema/told'

const dialect = 'https://json-schema.org/draft/2020-12/schema'

/** What has a JSON Schema file, by the file's name. A format's own `v` names its version. */
const published: Readonly<Record<string, { readonly title: string; readonly schema: object }>> = {
  batch: { title: 'overt.batch/2: events of one producer on their way to the server', schema: Batch },
  'batch-1': { title: 'overt.batch/1: a batch as recorders wrote it before version 2, read for ever', schema: FirstBatch },
  difference: { title: 'overt.difference/3: a batch on its way, told as what differs from one that the server has', schema: Difference },
  receipt: { title: "overt.receipt/1: a person's recorded decision on a manifest", schema: Receipt },
  manifest: { title: 'overt.manifest/1: the signed statement of what may be captured', schema: Manifest },
  dataset: { title: 'overt.dataset/1: manifest.json of a release', schema: DatasetManifest },
  model: { title: 'overt.model/1: the head of a model file', schema: ModelHead },
  observation: { title: 'What could be seen and acted on in one document at one moment', schema: Observation },
  event: { title: 'What a recorder saw', schema: Event },
  action: { title: 'One thing the person did', schema: Action },
  episode: { title: 'Steps under one goal', schema: Episode },
  row: { title: 'One step as a dataset row', schema: Row },
}

/** The text of every JSON Schema file by its path in the project, from the TypeBox schemas. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(published).map(([name, { title, schema }]) => {
      const document = { $schema: dialect, $id: `overt:${name}`, title, ...schema }
      return [`packages/schema/json/${name}.schema.json`, `${JSON.stringify(document, null, 1)}\n`]
    }),
  )
}

if (import.meta.main)
  for (const [path, text] of schemaFiles()) {
    const file = join(import.meta.dirname, '..', path)
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, text)
  }
