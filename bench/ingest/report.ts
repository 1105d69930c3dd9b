import { ratio } from '../capture/figures.ts'
import type { IngestRow } from './rows.ts'
import type { IngestBench } from './run.ts'
import { compiled, eventsPerTrial, leastBatches } from './size.ts'
import { targetsOf } from './targets.ts'

/** `docs/benchmarks/ingest.md`: targets and what was measured, every row with its ratio to ours, and how it was done. */
export function reportOf(bench: IngestBench): string {
  const { machine, load, rows, workloads } = bench
  const repetitions = Math.min(...rows.map((row) => row.repetitions))
  return [
    '# What taking in costs\n',
    `Made by \`overt bench ingest --write\`. ${machine.cpus} x ${machine.cpu}, Node ${machine.node}, revision ${machine.revision}, load ${load[0]} before and ${load[1]} after, n >= ${repetitions}. Medians; every store in turn in each repetition.\n`,
    '## Targets\n',
    table(
      ['figure', 'target', 'measured', ''],
      targetsOf(rows).map(({ what, target, measured, holds }) => [
        what,
        target,
        shown(measured),
        measured === null ? 'not measured' : holds ? 'holds' : 'falls short',
      ]),
    ),
    '## What is sent\n',
    table(
      ['workload', 'batches', 'events a batch', 'bytes a batch'],
      workloads.map((one) => [one.name, String(one.batches), shown(one.eventsPerBatch), String(one.bytesPerBatch)]),
    ),
    ...workloads.map(({ name }) => `## ${name}\n\n${workloadTable(rows, name)}`),
    '## What a 200 means\n',
    `${Object.entries(bench.stores)
      .map(([name, means]) => `- ${name}: ${means}`)
      .join('\n')}\n`,
    ...list('Not measured', bench.missing),
    ...list('Trials that failed', bench.failed),
    method,
  ].join('\n')
}

function workloadTable(rows: readonly IngestRow[], workload: string): string {
  const own = rows.filter((row) => row.workload === workload)
  const beside = (row: IngestRow, read: (row: IngestRow) => number | null): string => {
    const ours = own.find(({ store, clients }) => store === 'overt' && clients === row.clients)
    const share = ours === undefined ? null : ratio(read(row), read(ours))
    return share === null ? shown(read(row)) : `${shown(read(row))} (${share.toPrecision(2)}x)`
  }
  return table(
    [
      'clients',
      'store',
      'acks/s',
      'events a CPU-s',
      'quarters',
      'CPU µs a batch',
      'p50 ms',
      'p99 ms',
      'paced p99 ms',
      'client µs a batch',
      'resident MB',
    ],
    own.map((row) => [
      String(row.clients),
      row.store,
      beside(row, ({ acksPerS }) => acksPerS),
      beside(row, ({ eventsPerCpuS }) => eventsPerCpuS),
      row.eventsPerCpuSpread.map(shown).join(' to '),
      shown(row.cpuUsPerBatch),
      shown(row.p50Ms),
      shown(row.p99Ms),
      shown(row.pacedP99Ms),
      shown(row.clientUsPerBatch),
      shown(row.rssBytes / 1_000_000),
    ]),
  )
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}\n`, `${lines.map((line) => `- ${line}`).join('\n')}\n`]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`
}

function shown(value: number | null): string {
  return value === null ? '-' : String(Number(value.toPrecision(3)))
}

const method = `## How it is measured

- Batches: the demo's tasks in Chromium by the real SDK, recorded once on the machine that measures (kept in \`.cache/\`, never committed). \`demo\`: cut after every demonstration, as the demo does; \`full\`: one page in which a task is done again and again until the recorder's batch is full at 400 events. \`+text\`: the person agreed to \`actions\`, \`structure\` and \`text\`; otherwise to the first two.
- Every request is another batch by one of 128 enrolled people, gzipped and signed by the device's key, made before the clock starts. A client has one connection and one request under way; a trial in which an answer is not 200, or in which the store holds another number of batches than were acknowledged, is no figure.
- Ours is the whole server as it ships. Peers stand behind a plain HTTP front that decompresses and parses a body, and has it kept under its id: no sender is asked for, nothing is checked against a schema or a consent, redacted, encrypted or written to a ledger. They show what durability alone costs.
- The peer beside the databases is NATS JetStream, since it is a whole ingest that can be told to acknowledge only what is synced, and builds here from the Go module proxy; the ingests of other recorders need a container registry or a cluster.
- Processor time: \`process.cpuUsage\` of the serving process, and of every process that it started (PostgreSQL, NATS), user and system. The load comes from another process and is in no figure of CPU, but shares the machine: what it took for each batch stands in a column of its own. Every client sends again as soon as it has its answer, so that with 128 of them half of the answers take 128 times as long as the server needs for one: acks a second and latencies say as much about the machine as about the store. Paced: afterwards each of 128 clients sends ten batches, one a second as the SDK does while somebody works, and what it waits counts from when the batch was due.
- Resident: the most of the serving process (\`VmHWM\`), start included, and what the processes that it started hold for themselves.
- A trial measures ${leastBatches} batches or ${eventsPerTrial} events, whichever is more. Before the clock starts half as many are sent, at least ${compiled}, so that what is measured is compiled.
`
