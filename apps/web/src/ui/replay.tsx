import type { Step } from '@overt/schema'
import { mountViewer, type Mark, type Viewer } from '@overt/viewer'
import { useEffect, useRef } from 'react'

interface ReplayProps {
  readonly steps: readonly Step[]
  readonly index: number
  readonly when?: 'before' | 'after'
  readonly marks?: readonly Mark[]
  readonly extent?: 'page' | 'target'
}

/** The step viewer as a component. */
export function Replay({ steps, index, when = 'before', marks, extent = 'page' }: ReplayProps) {
  const host = useRef<HTMLDivElement>(null)
  const viewer = useRef<Viewer>(null)
  useEffect(() => {
    if (host.current === null) return
    const mounted = mountViewer(host.current, { steps, extent, ...(marks === undefined ? {} : { marks }) })
    viewer.current = mounted
    return () => mounted.dispose()
  }, [steps, marks, extent])
  useEffect(() => viewer.current?.show(index, when), [steps, marks, index, when])
  return <div ref={host} aria-label={`Step ${index + 1} of ${steps.length}`} role="img" />
}
