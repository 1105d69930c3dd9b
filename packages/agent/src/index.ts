export { act, type Wish } from './act/act.ts'
export { findChromium, launchBrowser } from './act/browser.ts'
export { baselineContender, modelContender, type Contender } from './decide/contender.ts'
export { decideBy, type Decide } from './decide/decide.ts'
export { openEye, type Eye } from './decide/eye.ts'
export { runAgent, type AgentReport, type AgentStep, type RunAgentOptions } from './decide/run-agent.ts'
export { AgentError, type AgentErrorCode } from './error.ts'
export type { Answer, Approve, Proposal, Risk } from './takeover/approval.ts'
export type { Holder, Lease } from './takeover/lease.ts'
export { runEpisode, type EpisodeResult, type TraceStep } from './trials/episode.ts'
export {
  evalSeed,
  evaluateSuite,
  type EvaluatedEpisode,
  type EvaluateOptions,
  type EvaluationReport,
  type TaskScore,
} from './trials/evaluate.ts'
export { demoSeed, recordSuite, type RecordedEpisode, type RecordOptions, type RecordReport } from './trials/record.ts'
export type { Destination } from './trials/recorder.ts'
export { driveSolve, type SolveStep } from './trials/solve.ts'
export { openSuite, tasksOf, type Suite, type SuiteTask, type TaskOutcome } from './trials/suite.ts'
