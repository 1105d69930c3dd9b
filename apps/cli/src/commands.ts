import type { CommandSpec } from './command.ts'

const person: readonly [string, string] = ['--person <person>', 'whose data']
const grant: NonNullable<CommandSpec['options']> = [
  ['--manifest <file>', 'the signed manifest that is answered'],
  person,
  ['--purposes <list>', 'comma-separated: ground,assist,automate,evaluate,correct,improve,share'],
  ['--modalities <list>', 'comma-separated: actions,text,structure,pixels,drawings,films,paths,desktop'],
  ['--expires <when>', 'a date, or a length such as 90d', '90d'],
  ['--acknowledge', 'the person has read the notices that the manifest names'],
]
const suite: NonNullable<CommandSpec['options']> = [
  ['--suite <suite>', 'own, miniwob:DIR, or a folder with suite.json'],
  ['--tasks <list>', 'comma-separated task names'],
  ['--seed <seed>', 'seed of the episodes', '1'],
]

/** What the first word of a command of two is about. */
export const groups: Readonly<Record<string, string>> = {
  manifest: 'what may be captured: check, sign, diff, show, notice, facts, keys, sample',
  receipt: "people's decisions: grant, withdraw, show, verify",
  ledger: 'the log of all that was done with the data: show, verify, witness, export',
  device: 'what a client needs to send: enrol',
  deploy: 'to the browsers of an organisation: extension',
  sessions: 'recordings: list',
  episodes: 'tasks in them: list, show',
  store: 'the log of what was recorded: compact',
  dataset: 'releases: build, check, export',
}

/** Every command of the program, in the order of `--help`. */
export const commands: readonly CommandSpec[] = [
  {
    usage: 'demo',
    summary: 'the whole loop on the bundled internal tool',
    options: [
      ['--headless', 'no window: drive everything, then exit'],
      ['--clean', 'start from an empty demo folder'],
      ['--port <port>', 'port of the server', '0'],
      ['--miniwob-demos <dir>', 'recorded human demonstrations of MiniWoB++ tasks'],
      ['--miniwob <dir>', 'the html folder of a MiniWoB++ checkout, to score the human part live'],
      ['--episodes <n>', 'held-out episodes of each family', '26'],
      ['--demonstrations <n>', 'captured demonstrations of each family', '8'],
    ],
    load: () => import('./demo/demo.ts'),
  },
  {
    usage: 'up',
    summary: 'the server with its web apps',
    options: [
      ['--port <port>', 'port to listen on', '4747'],
      ['--host <host>', 'address to listen on', '127.0.0.1'],
      ['--access <file>', 'accounts of an OpenID Connect provider, and which group is which role'],
      ['--manifest <file>', 'the signed manifest that people are asked about, in place of the sample back office'],
    ],
    load: () => import('./server/up.ts'),
  },
  { usage: 'doctor', summary: 'what this machine has, what is missing, how to get it', load: () => import('./server/doctor.ts') },
  {
    usage: 'manifest check <file>',
    summary: 'is it well-formed, signed by a trusted key and in force',
    options: [['--assessment <file>', 'the impact assessment, whose hash the manifest must name']],
    load: () => import('./trust/manifest-check.ts'),
  },
  { usage: 'manifest sign <file>', summary: "sign with this folder's operator key", load: () => import('./trust/manifest-sign.ts') },
  { usage: 'manifest diff <old> <new>', summary: 'what changed, in plain words', load: () => import('./trust/manifest-diff.ts') },
  { usage: 'manifest show <file>', summary: 'a manifest in plain words', load: () => import('./trust/manifest-show.ts') },
  {
    usage: 'manifest facts',
    summary: 'what was captured beside what was claimed; fails on a difference',
    options: [
      ['--last <length>', 'how far back to look', '30d'],
      ['--from <date>', 'from this date on instead'],
      ['--until <date>', 'until this date; now without it'],
    ],
    load: () => import('./trust/manifest-facts.ts'),
  },
  {
    usage: 'manifest notice <file>',
    summary: 'the notice that the law of a place asks for, its poster and its hash',
    options: [['--jurisdiction <place>', 'EU, US-NY, US-CT, US-DE or US-CA']],
    load: () => import('./trust/manifest-notice.ts'),
  },
  { usage: 'manifest keys', summary: 'the public keys that this folder trusts', load: () => import('./trust/manifest-keys.ts') },
  {
    usage: 'manifest sample',
    summary: 'a signed manifest for trials on this machine',
    options: [
      ['--origin <url>', 'the origin that may be recorded, on loopback'],
      ['--purposes <list>', 'comma-separated purposes', 'ground'],
    ],
    load: () => import('./trust/manifest-sample.ts'),
  },
  {
    usage: 'receipt grant',
    summary: "record a person's yes to a manifest",
    options: grant,
    load: () => import('./trust/receipt-grant.ts'),
  },
  {
    usage: 'receipt withdraw',
    summary: 'take a yes back: everything that rests on it stops',
    options: [person, ['--receipt <id>', 'one receipt; all live ones of the person without it']],
    load: () => import('./trust/receipt-withdraw.ts'),
  },
  {
    usage: 'receipt show',
    summary: 'receipts of a person',
    options: [person, ['--jsonld', 'as consent records in JSON-LD (ISO/IEC TS 27560, DPV)']],
    load: () => import('./trust/receipt-show.ts'),
  },
  {
    usage: 'receipt verify <file>',
    summary: 'is its signature good and is it live',
    options: [['--manifest <file>', 'the manifest it answers']],
    load: () => import('./trust/receipt-verify.ts'),
  },
  { usage: 'ledger show', summary: 'entries of the ledger', load: () => import('./trust/ledger-show.ts') },
  {
    usage: 'ledger verify',
    summary: 'prove inclusion and consistency, or name the first bad entry',
    options: [['--checkpoint <file>', 'an older checkpoint to prove consistency with']],
    load: () => import('./trust/ledger-verify.ts'),
  },
  {
    usage: 'ledger export',
    summary: 'what was done with the data, for a security team; never who takes part',
    options: [
      ['--format <format>', 'ocsf', 'ocsf'],
      ['--to <way>', 'file, webhook or syslog'],
      ['--out <file>', 'file: JSON lines are added to it'],
      ['--url <url>', 'webhook: https://...; syslog: syslog+tls://host:6514. A webhook takes OVERT_SIEM_TOKEN from the environment'],
      ['--allow <networks>', 'webhook: networks of yours that it may reach, as 10.1.0.0/16; public addresses alone without it'],
      ['--from <index>', 'the entry to begin with: `next` of the last time', '0'],
    ],
    load: () => import('./trust/ledger-export.ts'),
  },
  {
    usage: 'ledger witness <log>',
    summary: "sign another's ledger as a witness: a server's address or a folder; refuses one that was rolled back or written anew",
    options: [
      ['--log-key <key>', 'the public key of the log (vkey), at the first time; `ledger show --json` has it as `log`'],
      ['--name <name>', 'the name to sign under, at the first time', 'witness.overt/local'],
      ['--state <dir>', 'folder for what was witnessed, and the key', './.overt-witness'],
      ['--out <file>', 'also write the signed note there, for others to fetch'],
      ['--every <length>', 'go on, and look again after so long: 60s, 5m'],
    ],
    load: () => import('./trust/ledger-witness.ts'),
  },
  { usage: 'redact', summary: 'JSON lines {id, text, field?} on stdin, masked on stdout', load: () => import('./trust/redact.ts') },
  {
    usage: 'device enrol',
    summary: 'a device key and a receipt for posting batches to a local server',
    options: [
      person,
      ['--endpoint <url>', 'where the device will post', 'http://127.0.0.1:4747'],
      ['--origin <url>', 'the page origin that may be recorded, where the person has no receipt yet'],
    ],
    load: () => import('./trust/device-enrol.ts'),
  },
  {
    usage: 'deploy extension',
    summary: 'the policy that installs the browser extension, for your browsers or your device management',
    options: [
      ['--target <target>', 'linux-json, chrome-admx, intune, jamf or firefox'],
      ['--pack <dir>', "pack it there, signed by this folder's own key, to be served at --package; Chromium"],
      ['--id <id>', 'id of an extension that you packed yourself'],
      ['--package <url>', 'where browsers fetch updates.xml, with the package beside it'],
      ['--endpoint <url>', 'the address of your server'],
      ['--manifest <url>', "where the signed manifest lies; the server's /v1/consent without it"],
      ['--busy-percent <n>', "the most of a page's minute that recording may take before it pauses there", '5'],
      ['--out <dir>', 'folder to write the files to; printed without it'],
    ],
    load: () => import('./deploy/deploy.ts'),
  },
  {
    usage: 'erase',
    summary: 'make data unreadable everywhere it went',
    options: [person, ['--session <id>', 'one session'], ['--last <length>', 'the last 10m, 2h, ...']],
    load: () => import('./trust/erase.ts'),
  },
  {
    usage: 'restrict',
    summary: 'keep a person’s recordings and use them for nothing, until they lift it',
    options: [person, ['--lift', 'allow the use again'], ['--status', 'tell whether it holds, and change nothing']],
    load: () => import('./trust/restrict.ts'),
  },
  {
    usage: 'retention',
    summary: 'end what was kept as long as was agreed, and show what is kept until when; a server does it every hour',
    load: () => import('./trust/retention.ts'),
  },
  {
    usage: 'store compact',
    summary: 'free the room of what was erased or has ended; a server does it every hour where half of a file is such',
    load: () => import('./trust/store-compact.ts'),
  },
  {
    usage: 'backup',
    summary: 'what was recorded into one folder, the keys into another, while the server runs',
    options: [
      ['--out <dir>', 'new folder for what was recorded'],
      ['--keys <dir>', 'new folder for the keys, kept apart; good for 7 days'],
    ],
    load: () => import('./server/backup.ts'),
  },
  {
    usage: 'restore',
    summary: 'a backup into the new folder --data; what was erased or withdrawn since stays so',
    options: [
      ['--from <dir>', 'what was recorded'],
      ['--keys <dir>', 'the keys, of the same backup or a later one'],
      ['--erased-in <dir>', 'the old data folder, whose erasures and withdrawals hold too'],
    ],
    load: () => import('./server/restore.ts'),
  },
  {
    usage: 'kill',
    summary: 'stop every recorder and freeze every read; two keys lift it',
    options: [
      ['--why <text>', 'why; stands in the ledger'],
      ['--status', 'tell whether everything is stopped, and change nothing'],
      ['--lift', "turn a key: this folder's operator's, or that of --key"],
      ['--key <file>', 'a key file, such as the council’s'],
      ['--council-key <file>', 'where the council’s key is written, if none is known yet'],
    ],
    load: () => import('./trust/kill.ts'),
  },
  {
    usage: 'takeout',
    summary: 'all that is a person’s, readable, in one zip',
    options: [person, ['--out <file>', 'the zip to write']],
    load: () => import('./trust/takeout.ts'),
  },
  {
    usage: 'import <format> <paths...>',
    summary: 'bring recordings in: miniwob',
    options: [person],
    load: () => import('./dataset/import.ts'),
  },
  {
    usage: 'sessions list',
    summary: 'recorded sessions',
    options: [['--purpose <purpose>', 'why they are read'], person],
    load: () => import('./dataset/sessions.ts'),
  },
  {
    usage: 'episodes list',
    summary: 'recorded episodes',
    options: [['--purpose <purpose>', 'why they are read'], person],
    load: () => import('./dataset/episodes-list.ts'),
  },
  {
    usage: 'episodes show <id>',
    summary: 'one episode, step by step',
    options: [['--purpose <purpose>', 'why it is read'], person],
    load: () => import('./dataset/episodes-show.ts'),
  },
  {
    usage: 'dataset build <spec>',
    summary: 'episodes to a release',
    options: [['--out <dir>', 'folder of the release']],
    load: () => import('./dataset/build.ts'),
  },
  { usage: 'dataset check <dir>', summary: 'hashes, receipts, splits, leakage, canary', load: () => import('./dataset/check.ts') },
  {
    usage: 'dataset export <dir>',
    summary: 'a release in another format',
    options: [
      ['--format <format>', 'hf or jsonl', 'jsonl'],
      ['--out <dir>', 'folder to write'],
    ],
    load: () => import('./dataset/export.ts'),
  },
  {
    usage: 'train',
    summary: 'the built-in model from a dataset',
    options: [
      ['--dataset <dir>', 'folder of the release'],
      ['--out <file>', 'model file to write'],
      ['--seed <n>', 'seed of the training', '1'],
    ],
    load: () => import('./learn/train.ts'),
  },
  {
    usage: 'evaluate',
    summary: 'a model on tasks it has not seen, beside the baselines',
    options: [
      ['--model <file>', 'model file'],
      ...suite,
      ['--episodes <n>', 'episodes of each task', '50'],
      ['--dataset <dir>', "the release the baselines learn from; default: the model's own, where it is still there"],
    ],
    load: () => import('./learn/evaluate.ts'),
  },
  {
    usage: 'record',
    summary: 'demonstrations of solve() by trusted input, through the real recorder',
    options: [...suite, ['--episodes <n>', 'demonstrations of each task', '4'], person],
    load: () => import('./learn/record.ts'),
  },
  {
    usage: 'agent',
    summary: 'do a job on a page in a real browser',
    options: [
      ['--model <file>', 'model file'],
      ['--url <url>', 'page to start at'],
      ['--goal <text>', 'what to do'],
      ['--approve <when>', 'each, risky or never', 'risky'],
      ['--headless', 'no window'],
      ['--max-actions <n>', 'stop after so many', '30'],
    ],
    load: () => import('./learn/agent.ts'),
  },
  {
    usage: 'bench <what>',
    summary: 'benchmarks: capture, ingest, redact, reidentify, dataset, model',
    options: [
      ['--repetitions <n>', 'capture, ingest: times that each of them runs', '5'],
      ['--workloads <list>', 'capture: form,grid,tasks,nodes-1k,nodes-10k,nodes-100k; ingest: demo,full,demo+text,full+text'],
      ['--recorders <list>', 'capture: none,rrweb,posthog,clarity,openreplay,ours,ours+text'],
      ['--stores <list>', 'ingest: overt,sqlite,postgres,nats-jetstream'],
      ['--corpora <dir>', 'redact: labelled texts to measure on, beside the generated ones'],
      ['--keystrokes <file>', 'reidentify: keystrokes of real people, in the CMU benchmark’s form, beside the made ones'],
      ['--write', 'capture, ingest, redact: leave the report in docs/benchmarks'],
    ],
    load: () => import('./server/bench.ts'),
  },
]
