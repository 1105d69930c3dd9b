/** A recorder under test: what it is made of, and how it is started in a page. */
export interface Recorder {
  readonly name: string
  /** Source of a module that sets `globalThis.benchRecorder = { start(given) }`; empty for no recorder at all. */
  readonly source: string
  /** Files whose bytes a site loads for it, where they are not the bundle made of `source`: paths from the root of the house. */
  readonly files?: readonly string[]
  /** What its users do to send, and how its bytes are counted. */
  readonly pipeline: string
}

const sdk = 'packages/capture/dist/overt.js'

const ours = (name: string, pipeline: string): Recorder => ({
  name,
  source: `import { decide, record } from '/recorder/overt.js'
globalThis.benchRecorder = { async start({ papers, origin }) {
  const { receipt, manifest, keys, deviceKey } = papers.modalities
  const decision = await decide(receipt, manifest, 'ground', Date.now(), { keys })
  if (!decision.ok) throw new Error(decision.reason)
  globalThis.benchRecording = record(decision.value, { endpoint: origin + '/ingest', deviceKey })
} }`.replaceAll('modalities', name.includes('text') ? 'withText' : 'withoutText'),
  files: [sdk],
  pipeline,
})

/** What is compared: nothing, the peers with the settings that their guides recommend, and ours with and without text. */
export const recorders: readonly Recorder[] = [
  { name: 'none', source: '', files: [], pipeline: 'no recorder' },
  {
    name: 'rrweb',
    source: `import { record } from '@rrweb/record'
globalThis.benchRecorder = { start({ origin }) {
  let events = []
  const send = () => { if (events.length === 0) return
    const body = JSON.stringify({ events }); events = []
    void fetch(origin + '/ingest', { method: 'POST', headers: { 'content-type': 'application/json' }, body }) }
  record({ emit: (event) => void events.push(event) })
  setInterval(send, 10_000)
  globalThis.benchRecording = { flush: send }
} }`,
    pipeline: "its guide's: JSON by fetch every 10 s; gzip by the server that counts",
  },
  {
    name: 'posthog',
    source: `import posthog from 'posthog-js'
import 'posthog-js/dist/posthog-recorder.js'
globalThis.benchRecorder = { start({ origin }) {
  posthog.init('phc_bench', { api_host: origin + '/ingest', autocapture: false, capture_pageview: false, capture_heatmaps: false,
    capture_dead_clicks: false, disable_surveys: true, opt_out_useragent_filter: true, disable_external_dependency_loading: true })
  return new Promise((resolve, reject) => { const began = Date.now(); const poll = () => {
    if (posthog.sessionRecordingStarted()) resolve(); else if (Date.now() - began > 5000) reject(new Error('posthog did not start')); else setTimeout(poll, 20) }; poll() })
} }`,
    files: ['node_modules/posthog-js/dist/posthog-recorder.js'],
    pipeline: 'its own, compressed by itself; only the recorder is on, and only its file counts as its bundle',
  },
  {
    name: 'clarity',
    source: `import { clarity } from 'clarity-js'
globalThis.benchRecorder = { start({ origin }) { clarity.start({ projectId: 'bench', upload: origin + '/ingest', track: true, content: true }) } }`,
    pipeline: 'its own, gzip by itself',
  },
  {
    name: 'openreplay',
    source: `import Tracker from '@openreplay/tracker'
globalThis.benchRecorder = { async start({ origin }) {
  const tracker = new Tracker({ projectKey: 'bench', ingestPoint: origin + '/ingest', __DISABLE_SECURE_MODE: true })
  const started = await tracker.start()
  if (!started.success) throw new Error(String(started.reason))
} }`,
    pipeline: 'its own, from its worker; gzip by itself above 20 kB, else by the server that counts',
  },
  ours('ours', 'its own: signed, gzip by itself every second, actions and structure'),
  ours('ours+text', 'its own: signed, gzip by itself every second, actions, text and structure'),
]
