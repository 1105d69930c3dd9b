import type { DatasetManifest, Split } from '@overt/schema'

import type { Coverage } from './coverage.ts'
import { columns } from './parquet.ts'
import type { Problem } from './report.ts'
import type { RowFormat } from './row-file.ts'

const splitOrder: readonly Split[] = ['train', 'validation', 'test']

type Carded = Omit<DatasetManifest, 'hash' | 'files'>

/** The release's README: a Hugging Face card whose explicit features and configurations let `datasets.load_dataset(folder)` load it as it is. */
export function card(manifest: Carded, format: RowFormat, coverage: Coverage, problems: readonly Problem[]): string {
  return `${head(manifest, format)}\n# ${manifest.name}\n\n${body(manifest, coverage, problems)}`
}

function head(manifest: Carded, format: RowFormat): string {
  const intro = [
    '---',
    `pretty_name: ${JSON.stringify(manifest.name)}`,
    'license: other',
    'license_name: purpose-bound',
    'tags:',
    '- computer-use',
    '- demonstrations',
    `size_categories:\n- ${sizeCategory(manifest.rows)}`,
  ]
  return [...intro, ...(format === 'hf' ? loading(manifest) : []), '---', ''].join('\n')
}

/** Configurations and features, without which the loader guesses and breaks on a shard of empty lists. */
function loading(manifest: Carded): string[] {
  const files = held(manifest).map((split) => `  - split: ${split}\n    path: data/${split}-*.parquet`)
  const features = columns.map(([name, type]) => `  - name: ${name}\n    dtype: ${type}`)
  return [
    ...(files.length === 0 ? [] : ['configs:', '- config_name: default', '  data_files:', ...files]),
    'dataset_info:',
    '  features:',
    ...features,
  ]
}

function held({ splits }: Pick<DatasetManifest, 'splits'>): Split[] {
  return splitOrder.filter((split) => (splits[split]?.rows ?? 0) > 0)
}

function sizeCategory(rows: number): string {
  if (rows < 1_000) return 'n<1K'
  return rows < 10_000 ? '1K<n<10K' : rows < 100_000 ? '10K<n<100K' : rows < 1_000_000 ? '100K<n<1M' : '1M<n<10M'
}

function body(manifest: Carded, coverage: Coverage, problems: readonly Problem[]): string {
  const { purpose, rows, episodes, people, spec } = manifest
  return [
    `Recorded work of consenting people, one row a step. May be used for the purpose \`${purpose}\` and for no other: purposes travel with the data and with every model trained on it.`,
    `${rows} rows in ${episodes} episodes of ${people} ${people === 1 ? 'person' : 'people'}. \`observation\` and \`action\` are JSON strings; persons, receipts and episodes are pseudonyms of this release alone; times are ISO weeks.`,
    `Canary, never to be trained on: \`${manifest.canary}\``,
    section(
      'Splits',
      splitTable(manifest),
      `Asked for: by ${spec.splits?.by ?? 'person'}, seed ${spec.seed ?? 0}. Whole groups stand in one split.`,
    ),
    section('Known problems', problems.map(({ code, what }) => `- ${code}: ${what}`).join('\n') || 'None found at the build.'),
    section('Left out', Object.keys(manifest.dropped).length === 0 ? 'Nothing.' : counts(manifest.dropped, 'reason')),
    section(
      'Coverage',
      Object.entries(coverage)
        .map(([name, cells]) => counts(cells, name))
        .join('\n\n'),
      thin(coverage),
    ),
    section('Versions', `reduction ${manifest.reduction}, redaction ${manifest.redaction}, receipts ${manifest.receiptsSha256}`),
  ].join('\n\n')
}

function section(title: string, ...parts: readonly string[]): string {
  return `## ${title}\n\n${parts.filter((part) => part !== '').join('\n\n')}`
}

function splitTable({ splits }: Pick<DatasetManifest, 'splits'>): string {
  const lines = splitOrder.map((split) => {
    const { rows, episodes, groups } = splits[split] ?? { rows: 0, episodes: 0, groups: 0 }
    return `| ${split} | ${rows} | ${episodes} | ${groups} |`
  })
  return ['| split | rows | episodes | groups |', '|---|---|---|---|', ...lines].join('\n')
}

function counts(cells: Readonly<Record<string, number>>, name: string): string {
  const entries = Object.entries(cells).toSorted(([left, a], [right, b]) => b - a || (left < right ? -1 : 1))
  if (entries.length === 0) return `No ${name}.`
  return [`| ${name} | count |`, '|---|---|', ...entries.map(([cell, count]) => `| ${cell} | ${count} |`)].join('\n')
}

const thinBelow = 10

function thin(coverage: Coverage): string {
  const cells = Object.entries({ ...coverage }).flatMap(([name, own]: [string, Readonly<Record<string, number>>]) =>
    Object.entries(own)
      .filter(([, count]) => count < thinBelow)
      .map(([cell]) => `${name}: ${cell}`),
  )
  return cells.length === 0 ? '' : `Thin cells, fewer than ${thinBelow}: ${cells.join(', ')}.`
}
