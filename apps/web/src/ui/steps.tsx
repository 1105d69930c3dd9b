import type { Step } from '@overt/schema'
import { describeAction } from '@overt/viewer'

import { HiddenText } from './hidden.tsx'

/** A step as one line: what was done, to what, with what. */
export function StepLine({ step }: { readonly step: Step }) {
  const { verb, role, name, argument } = describeAction(step.action, step.observation.nodes)
  return (
    <span className="min-w-0 truncate">
      <span className="font-semibold">{verb}</span> {name === '' ? null : <HiddenText text={name} />}
      {role === '' ? null : <span className="text-faint"> {role}</span>}
      {argument === '' ? null : (
        <>
          {': '}
          <span className="rounded bg-sunken px-1 font-medium">
            <HiddenText text={argument} />
          </span>
        </>
      )}
    </span>
  )
}
