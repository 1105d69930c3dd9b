import type { Step } from '@overt/schema'
import { describeAction } from '@overt/viewer'

import { Chip, HiddenText } from './hidden.tsx'

/** A step as one line: what was done, to what, with what. */
export function StepLine({ step }: { readonly step: Step }) {
  const { action, observation } = step
  const { verb, role, name, argument } = describeAction(action, observation.nodes)
  const secret =
    action.kind === 'type' && observation.nodes.some(({ id, states }) => id === action.target?.node && states.includes('secret'))
  return (
    <span className="line-clamp-2 min-w-0 break-words">
      <span className="font-semibold">{verb}</span> {name === '' ? null : <HiddenText text={name} />}
      {role === '' ? null : <span className="text-faint"> {role}</span>}
      {secret ? (
        <>
          {': '}
          <Chip title="Nothing of what stands in such a field leaves the page, nor where the page shows it again">never kept</Chip>
        </>
      ) : null}
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
