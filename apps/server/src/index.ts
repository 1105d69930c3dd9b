export { ServerError, serverErrorCodes } from './error.ts'
export type { DemoFeed } from './feed.ts'
export type { Door } from './http/sign-in.ts'
export { startServer, type RunningServer, type ServerOptions, type ToolOptions } from './start.ts'
