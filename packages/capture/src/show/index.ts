export { consentCard, type ConsentCardOptions } from './card.ts'
export { mountIndicator, type Indicator, type IndicatorOptions, type IndicatorState } from './indicator.ts'
export { mountTaskSign, type TaskSign, type TaskSignOptions } from './task-sign.ts'
