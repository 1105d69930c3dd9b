export { findChromium, launchBrowser } from './act/browser.ts'
export { AgentError, type AgentErrorCode } from './error.ts'
export { driveSolve, type SolveStep } from './trials/solve.ts'
export { openSuite, tasksOf, type Suite, type SuiteTask, type TaskOutcome } from './trials/suite.ts'
