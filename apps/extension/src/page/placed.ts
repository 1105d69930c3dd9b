import { areaOf, boxOf, pointIn } from '@overt/capture/sense'
import type { Batch, Event, Observation, ObservationNode } from '@overt/schema'
import { decodeColumns, encodeColumns } from '@overt/schema/words'

import type { FramePlace } from '../talk/message.ts'

/** A document that has moved is seen anew: what was seen of it before keeps its numbers, and no document makes as many. */
const turnSize = 2 ** 20
/** Rows of the frames around a document; its own are numbered from 0. */
const firstAround = 2 ** 30

/** A batch of a frame in the coordinates of the page around it, with the frames that it stands in as rows around its own. `place` null: nobody around it may tell, so that its coordinates stay its own, which is counted. `turn`: how often it has moved. */
export function placed(batch: Batch, place: FramePlace | null, turn: number, structure: boolean): Batch {
  if (place === null) return { ...batch, counters: { ...batch.counters, 'frame.unplaced': batch.observations.sights.length } }
  const { events, observations } = decodeColumns(batch)
  const renumber = (id: number): number => (id === -1 ? -1 : id + turn * turnSize)
  const columns = encodeColumns(
    events.map((event) => ({ ...moved(event, place), observation: renumber(event.observation) })),
    observations.map((seen) => ({ ...seen, id: renumber(seen.id), nodes: rowsOf(seen, place, structure) })),
  )
  // A batch without events has a place in the sequence all the same.
  return { ...batch, ...columns, firstSeq: batch.firstSeq }
}

function moved(event: Event, place: FramePlace): Event {
  const here = (point: { readonly x: number; readonly y: number }): { x: number; y: number } => {
    const [x, y] = pointIn(place, point.x, point.y)
    return { x: Math.round(x), y: Math.round(y) }
  }
  switch (event.kind) {
    case 'click':
    case 'hover':
      return { ...event, ...here(event) }
    case 'drag': {
      const to = here({ x: event.toX, y: event.toY })
      return { ...event, ...here(event), toX: to.x, toY: to.y }
    }
    default:
      return event
  }
}

function rowsOf({ nodes }: Observation, place: FramePlace, structure: boolean): ObservationNode[] {
  const around = structure ? place.around : []
  const frames = around.map(({ name, role, box }, depth): ObservationNode => {
    const own = { id: firstAround + depth, parent: depth - 1, tag: 'iframe', role, name, box }
    return { ...own, inputType: '', value: '', states: [], options: [], look: '', keys: '' }
  })
  const inside = nodes.map((node) => ({
    ...node,
    parent: node.parent === -1 ? frames.length - 1 : node.parent + frames.length,
    box: boxIn(node.box, place),
  }))
  return [...frames, ...inside]
}

function boxIn([left, top, width, height]: ObservationNode['box'], place: FramePlace): ObservationNode['box'] {
  return boxOf(areaOf(new DOMRect(left, top, width, height), place))
}
