/** What goes wrong while a browser is driven or a trial is run; `code` is stable. */
export class AgentError extends Error {
  readonly code: AgentErrorCode
  readonly remedy: string
  readonly exitCode: 1 | 3 | 4 | 5 | 6

  constructor(code: AgentErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AgentError'
    this.code = code
    const [exitCode, remedy] = advice[code]
    this.exitCode = exitCode
    this.remedy = remedy
  }
}

/** How a command ends on it, and what to do. */
const advice: Readonly<Record<AgentErrorCode, readonly [1 | 3 | 4 | 5 | 6, string]>> = {
  'OVT-1501': [3, 'See what is missing with `overt doctor`.'],
  'OVT-1502': [3, 'See what is missing with `overt doctor`.'],
  'OVT-1503': [3, 'Build the bundles with `npm run build`.'],
  'OVT-1504': [5, 'Check the path.'],
  'OVT-1505': [3, 'Correct suite.json.'],
  'OVT-1506': [5, 'Check the name.'],
  'OVT-1507': [3, 'Name a page that defines `window.overtTask` (docs/spec/suite.md), or a folder of MiniWoB++ pages as miniwob:DIR.'],
  'OVT-1508': [1, 'Run that task alone with --tasks to see whether it happens again; an evaluation with a hole prints no number.'],
  'OVT-1509': [4, 'Ask the person for a receipt that covers this page.'],
  'OVT-1510': [1, "Correct the page's solve(): docs/spec/suite.md says what it may yield."],
  'OVT-1511': [1, 'Run it again; if it happens again, the page closes or reloads itself.'],
  'OVT-1512': [4, 'Use a model whose people agreed to this purpose.'],
  'OVT-1513': [6, 'Check the address, and that its server runs.'],
  'OVT-1514': [1, 'Run it again.'],
  'OVT-1515': [1, 'Run it again; if it happens again, report it: it is a defect of Overt.'],
}

/**
 * 1501 no browser; 1502 the browser does not start; 1503 a bundle is not built; 1504 the suite is not there; 1505 the suite's description is wrong;
 * 1506 no such task; 1507 the page is not a task page; 1508 a task gave no number; 1509 the recorder refused; 1510 the scripted solution failed;
 * 1511 the page went away; 1512 the model is not for this purpose; 1513 the address cannot be opened; 1514 interrupted; 1515 a touch was not noticed.
 */
export type AgentErrorCode =
  | 'OVT-1501'
  | 'OVT-1502'
  | 'OVT-1503'
  | 'OVT-1504'
  | 'OVT-1505'
  | 'OVT-1506'
  | 'OVT-1507'
  | 'OVT-1508'
  | 'OVT-1509'
  | 'OVT-1510'
  | 'OVT-1511'
  | 'OVT-1512'
  | 'OVT-1513'
  | 'OVT-1514'
  | 'OVT-1515'
