/** What can go wrong when the server starts or answers. */
export const serverErrorCodes = {
  portTaken: 'OVT-1601',
  portForbidden: 'OVT-1602',
  listen: 'OVT-1603',
  missingBundle: 'OVT-1604',
  policy: 'OVT-1605',
  provider: 'OVT-1606',
} as const

/** A failure of the server itself; `message` says what and why, `remedy` what to do. */
export class ServerError extends Error {
  readonly code: string
  readonly remedy: string
  readonly exitCode: 1 | 3 | 6

  constructor(kind: keyof typeof serverErrorCodes, message: string, remedy: string, exitCode: 1 | 3 | 6 = 1, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.name = 'ServerError'
    this.code = serverErrorCodes[kind]
    this.remedy = remedy
    this.exitCode = exitCode
  }
}

/** Says in plain words why a port could not be had. */
export function listenFailure(error: unknown, host: string, port: number): ServerError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const remedy = 'Give another one with --port, or stop what holds it.'
  if (code === 'EADDRINUSE')
    return new ServerError('portTaken', `Port ${port} on ${host} is taken: another program listens there.`, remedy, 3, error)
  if (code === 'EACCES')
    return new ServerError('portForbidden', `Port ${port} on ${host} may not be opened: ports below 1024 need root.`, remedy, 3, error)
  const reason = error instanceof Error ? error.message : String(error)
  const what = `The server could not listen on ${host}:${port}: ${reason}.`
  // No port would help: the name or the address is not this machine's.
  if (['ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL'].includes(code))
    return new ServerError('listen', what, 'Give an address of this machine with --host, such as 127.0.0.1.', 3, error)
  return new ServerError('listen', what, remedy, 1, error)
}
