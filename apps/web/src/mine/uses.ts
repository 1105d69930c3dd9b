import type { MineAgreement } from '@overt/schema'

/** What recordings may be used for, in plain words. */
export const uses: Readonly<Record<MineAgreement['purposes'][number], string>> = {
  ground: 'teach models to see and act on screens',
  assist: 'help people while they work',
  automate: 'do steps of this work; it may replace steps of your own job',
  evaluate: 'test models, never people',
  correct: 'learn from what you do after taking over',
  improve: 'find what slows this work, over groups of people only',
  share: 'pass on outside the organisation',
}
