import type { Action, Observation, ObservationNode, Step } from '@overt/schema'
import { interactiveRoles } from '@overt/schema/words'

type Point = Action['point']

/**
 * Steps without what tells one hand from another: where in a control it lands, how often the recorder looked meanwhile, in how many pieces a text was told.
 * A press on a control is told as one on its middle; one on a drawing, a text or nothing keeps its point, which is what was done. Observations are numbered anew, actions name no events.
 */
export function withoutHand(steps: readonly Step[]): Step[] {
  const ids = new Map<Observation, number>()
  return steps.map((step) => {
    const { observation, action } = step
    if (!ids.has(observation)) ids.set(observation, ids.size)
    return { ...step, observation: { ...observation, id: ids.get(observation) ?? 0 }, action: steadied(action, observation) }
  })
}

function steadied(action: Action, { nodes, viewport }: Observation): Action {
  const bare: Action = { ...action, events: [] }
  const node = nodes.find(({ id }) => id === action.target?.node)
  if (action.point === null || node === undefined || !interactiveRoles.has(node.role)) return bare
  const point = middleOf(node.box, viewport)
  // Where a drag began is told twice; where it ended is what it did.
  return action.kind === 'drag' ? { ...bare, point, before: point.join() } : { ...bare, point }
}

/** Of what can be seen of a box. */
function middleOf([left, top, width, height]: ObservationNode['box'], seen: Observation['viewport']): NonNullable<Point> {
  const middle = (from: number, size: number, end: number): number => Math.round((Math.max(0, from) + Math.min(end, from + size)) / 2)
  return [middle(left, width, seen.width), middle(top, height, seen.height)]
}
