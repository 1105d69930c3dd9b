export { consentCard, type ConsentCardOptions } from './card.ts'
export { mountIndicator, type Indicator, type IndicatorOptions, type IndicatorState } from './indicator.ts'
