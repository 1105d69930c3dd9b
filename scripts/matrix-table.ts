/** A row of the matrix: what the case is, and what must be recorded of it. */
export interface MatrixCase {
  readonly row: number
  readonly name: string
  readonly must: string
  /** What of it is not recorded, or has no test: a row that lacks something passes in part. */
  readonly lacks?: string
  /** What is not held of things that the case does not ask for: the row is whole all the same. */
  readonly beyond?: string
  /** What of it a page can't know or do: only the extension records it, and its tests of this row show it. */
  readonly byExtension?: string
  /** A test elsewhere that holds the rest of it. */
  readonly also?: string
}

/** Where the tests of the rows are: in a page, and with the extension. A file's name begins with its row. */
export const matrixFolders = ['packages/capture/matrix', 'tests/matrix'] as const

/** One test that ran, or that did not pass. */
export interface MatrixTest {
  /** From the root of the house. */
  readonly file: string
  readonly title: string
  readonly ok: boolean
}

/** The 30 cases that a recording must hold. */
export const matrixCases: readonly MatrixCase[] = [
  {
    row: 1,
    name: 'native select: mouse, keyboard, type-ahead, multiple, optgroup',
    must: 'one select with labels before and after, no phantom clicks',
  },
  { row: 2, name: 'ARIA combobox and listbox, portal-rendered, active-descendant', must: 'the option by name, linked to its combobox' },
  { row: 3, name: 'autocomplete with debounce', must: 'typed text, then the chosen option, separately' },
  {
    row: 4,
    name: 'contenteditable, ProseMirror, Lexical, Quill, EditContext, Monaco, CodeMirror',
    must: 'text change from beforeinput',
    beyond:
      'in an editor that draws its own text (EditContext) the text before is empty: what the context holds is not what the editor does; once half a secret was cut off there, what may go on with it is masked for the rest of that visit: the first and the last word of what is written at once, and all with a digit',
  },
  { row: 5, name: 'IME, dead keys', must: 'one commit at compositionend' },
  {
    row: 6,
    name: 'autofill, password managers',
    must: 'fill with its cause, value redacted',
    beyond:
      "what a page's own script fills in later than half a second after an act is a fill too: its event is the same as a password manager's",
  },
  { row: 7, name: 'cut, copy, paste by keys, menu, drag', must: 'kind, length class; content only after redaction' },
  {
    row: 8,
    name: 'shortcuts: Ctrl, Cmd, Alt, chords, AltGr text, prevented or stopped keydown',
    must: 'code, key, modifiers, once; AltGr is text',
  },
  {
    row: 9,
    name: 'drag and drop: HTML5, pointer-based, between frames, files',
    must: 'source, target, path, effect',
    also: 'packages/capture/matrix/12-upload.browser.test.ts',
  },
  { row: 10, name: 'sliders, colour, native date and time', must: 'final value and how' },
  { row: 11, name: 'custom date pickers re-rendered under the pointer', must: 'the cell with its full date' },
  { row: 12, name: 'file upload: input, hidden input, drop, folder', must: 'count, type and size class; names redacted' },
  {
    row: 13,
    name: 'hover menus, tooltips',
    must: 'a hover only if it revealed what is used next',
    beyond:
      'what a timer opens later than 50 ms and more than 24 px away, where no aria-expanded says so and it is no part of what is hovered, has nothing that tells it from what comes by itself',
  },
  {
    row: 14,
    name: 'double, triple, right, middle click, long press, touch, pen',
    must: 'distinct, once each',
  },
  { row: 15, name: 'Space or Enter on a button, label to input, implicit submit', must: 'one action and its cause' },
  {
    row: 16,
    name: 'scroll: wheel, touchpad, bar, keys, programmatic, nested, snap',
    must: 'one scroll with container, from, to; programmatic apart',
  },
  {
    row: 17,
    name: 'virtualised lists, recycled nodes',
    must: 'the row by content or aria-rowindex',
    beyond:
      'a row that is nothing but a button, in a box without role or place, keeps its number when it is used again; a row that two lists show is new when it goes to another node',
  },
  {
    row: 18,
    name: 're-render under the pointer at 10 Hz, key changes, hydration',
    must: 'stable ids, bounded cost',
    beyond:
      'what is replaced by something with another name and elsewhere in the markup is another thing, and so are two alike that both go elsewhere',
  },
  {
    row: 19,
    name: 'SPA navigation, hash, Navigation API, back-forward cache, prerender, reload',
    must: 'navigate with its cause, one session',
  },
  {
    row: 20,
    name: 'popups, new tabs, about:blank then write, sign-in round trips, downloads',
    must: 'the tab graph',
    byExtension: 'which tab opened which, and a blank window that its opener writes into; in a page, tabs share their session',
  },
  {
    row: 21,
    name: 'frames: same-origin, srcdoc, sandboxed, three deep, cross-origin, moved, removed',
    must: 'global coordinates, frame path; no leak after 1,000 mounts',
    byExtension: 'what is done in a frame of another origin; for a page it is a row with its box',
    beyond:
      'of frames of other origins in shadow roots where two have one size, what is seen before the focus is in one keeps its own coordinates, which is counted',
  },
  {
    row: 22,
    name: 'shadow roots: open, closed, nested, slots, declarative, form-associated',
    must: 'the deepest target, its name across slots',
    also: 'tests/extension.test.ts',
    byExtension: 'what is in a closed root; for a page it is its host',
    beyond:
      "role and state that only ElementInternals knows: the browser tells them neither pages nor extensions (chrome.automation and computedRole are closed to both, which a test shows); a closed root on an element of the browser's own that has children beside it",
  },
  {
    row: 23,
    name: 'canvas, WebGL, video',
    must: 'point, crop by consent, ARIA fallback',
    beyond:
      "photographs, embedded documents and frames of other origins are filled in every picture, whatever was agreed to; a press on the browser's own buttons of a video is told as what became of it (played, sought, volume, speed), in the document that is recorded and not in frames of it, and what a script does to it within the seconds after such a press counts as the press",
    byExtension:
      "pictures, and in them the drawing or film that its person agreed to by name; the browser's own buttons of a video, of which no page hears a press",
    also: 'tests/extension-pixels.test.ts',
  },
  {
    row: 24,
    name: 'alert, confirm, prompt, dialog, popover, fullscreen, beforeunload',
    must: 'the dialog and its answer; covered elements not offered as clickable',
    lacks:
      "the answer to alert, confirm and prompt: nothing that the browser tells a page differs by it, which a test shows; who would know it patches the page's own functions, or has leave to debug it",
  },
  {
    row: 25,
    name: 'pagehide, tab kill, crash, worker death, 10 min offline, extension update',
    must: 'nothing acknowledged lost, at most the last second on a kill, no duplicate',
    also: 'tests/extension-death.test.ts',
  },
  {
    row: 26,
    name: 'secrets: revealed password, one-time codes one box each, card frames, secrets in label, title, URL, alt, placeholder, data-*, hidden input, comment, file name, clipboard',
    must: '0 canary bytes',
  },
  { row: 27, name: 'strict CSP, Trusted Types, sandbox without same-origin, COOP/COEP', must: 'works, 0 reports' },
  {
    row: 28,
    name: 'hostile pages: Zone.js, prototype.js, overridden natives, frozen prototypes, stopImmediatePropagation',
    must: 'natives taken at document start; the page behaves the same with and without us',
  },
  {
    row: 29,
    name: 'zoom, pinch, RTL, transforms, device pixel ratio, two displays',
    must: "boxes within 1 px of the browser's",
    lacks: 'in a frame that is turned: what is turned itself once more; in a frame in perspective all but its middle',
  },
  {
    row: 30,
    name: "10k / 100k / 1M nodes, 50k listeners, an hour's session",
    must: 'p99 within budget, heap slope 0',
    beyond:
      'p99 is held by work done (boxes and styles asked for), not by a clock, and the hour by its 1,400 acts; `bench/soak.ts` runs one by the clock',
  },
]

/** The matrix as Markdown: a row passes where it has tests and all of them passed. `files`: every test file there is; one that did not run counts as failing. */
export function matrixTable(cases: readonly MatrixCase[], tests: readonly MatrixTest[], files: readonly string[]): string {
  const rows = cases.map((one) => ({ ...one, ...resultOf(one, tests, files) }))
  const count = (wanted: string): number => rows.filter(({ result }) => result === wanted).length
  return [
    '# The capture matrix',
    '',
    `${count('pass')} of ${cases.length} rows pass whole and ${count('in part')} in part. Written by \`npm run matrix\` from a run in Chromium, driven by trusted input; a row passes where all its tests do, and in part where something that it names is not held: that stands under its tests.`,
    '',
    '| # | case | must record | result | tests | file |',
    '|---|---|---|---|---|---|',
    ...rows.map(
      ({ row, name, must, result, count, own }) => `| ${row} | ${name} | ${must} | ${result} | ${count} | ${own.map(linked).join(', ')} |`,
    ),
    '',
    ...rows.flatMap(listed),
  ].join('\n')
}

interface Result {
  readonly result: string
  readonly count: number
  readonly own: readonly string[]
  readonly ran: readonly MatrixTest[]
}

function resultOf({ row, lacks = '' }: MatrixCase, tests: readonly MatrixTest[], files: readonly string[]): Result {
  const mine = (file: string): boolean => nameOf(file).startsWith(`${String(row).padStart(2, '0')}-`)
  const own = files.filter(mine).sort()
  const ran = tests.filter(({ file }) => mine(file))
  const failed = ran.filter(({ ok }) => !ok).length
  const silent = own.filter((file) => !ran.some((test) => test.file === file)).length
  const result =
    own.length === 0
      ? 'no test yet'
      : silent > 0
        ? 'did not run'
        : failed > 0
          ? `${failed} of ${ran.length} fail`
          : lacks === ''
            ? 'pass'
            : 'in part'
  return { result, count: ran.length, own, ran }
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1)
}

function linked(file: string): string {
  return `[${nameOf(file)}](../${file})`
}

function listed({ row, name, ran, lacks = '', beyond = '', byExtension = '', also = '' }: Result & MatrixCase): readonly string[] {
  if (ran.length === 0) return []
  const [inPage, withExtension] = matrixFolders.map((folder) => ran.filter(({ file }) => file.startsWith(folder)).map(line))
  return [
    `## ${row} ${name}`,
    '',
    ...(inPage ?? []),
    '',
    ...(withExtension?.length === 0 ? [] : ['With the extension:', '', ...(withExtension ?? []), '']),
    ...(byExtension === '' ? [] : [`By the extension alone: ${byExtension}.`, '']),
    ...(also === '' ? [] : [`And [${also}](../${also}).`, '']),
    ...(lacks === '' ? [] : [`Not held: ${lacks}.`, '']),
    ...(beyond === '' ? [] : [`Beyond the row: ${beyond}.`, '']),
  ]
}

function line({ title, ok }: MatrixTest): string {
  return `- ${ok ? '' : 'FAILS: '}${title}`
}
