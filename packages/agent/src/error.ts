/** What goes wrong while a browser is driven or a trial is run; `code` is stable. */
export class AgentError extends Error {
  readonly code: AgentErrorCode

  constructor(code: AgentErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AgentError'
    this.code = code
  }
}

/**
 * 5001 no browser; 5002 the browser does not start; 5003 a bundle is not built; 5004 the suite is not there; 5005 the suite's description is wrong;
 * 5006 no such task; 5007 the page is not a task page; 5008 a task gave no number; 5009 the recorder refused; 5010 the scripted solution failed;
 * 5011 the page went away; 5012 the model is not for this purpose; 5013 the address cannot be opened; 5014 interrupted.
 */
export type AgentErrorCode =
  | 'OVT-5001'
  | 'OVT-5002'
  | 'OVT-5003'
  | 'OVT-5004'
  | 'OVT-5005'
  | 'OVT-5006'
  | 'OVT-5007'
  | 'OVT-5008'
  | 'OVT-5009'
  | 'OVT-5010'
  | 'OVT-5011'
  | 'OVT-5012'
  | 'OVT-5013'
  | 'OVT-5014'
