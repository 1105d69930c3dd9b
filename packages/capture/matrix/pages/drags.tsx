import { DndContext, useDraggable, useDroppable } from '@dnd-kit/core'
import { useEffect, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'
import Sortable from 'sortablejs'

const card = {
  display: 'inline-block',
  width: 120,
  height: 40,
  margin: 10,
  background: '#dde',
  touchAction: 'none',
  userSelect: 'none',
} as const

function Card() {
  const { attributes, listeners, setNodeRef, transform } = useDraggable({ id: 'card' })
  const moved = transform === null ? {} : { transform: `translate(${transform.x}px, ${transform.y}px)` }
  return (
    <div ref={setNodeRef} id="card" style={{ ...card, ...moved }} {...listeners} {...attributes}>
      Kit card
    </div>
  )
}

function Bin({ dropped }: { readonly dropped: boolean }) {
  const { setNodeRef } = useDroppable({ id: 'bin' })
  return (
    <div ref={setNodeRef} id="bin" role="region" aria-label="Kit bin" style={{ ...card, width: 200, height: 80 }}>
      {dropped ? 'Holds the card' : 'Empty'}
    </div>
  )
}

function List({ id, fallback }: { readonly id: string; readonly fallback: boolean }) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    if (list.current !== null) Sortable.create(list.current, { forceFallback: fallback, animation: 0 })
  }, [fallback])
  return (
    <ul ref={list} id={id} style={{ width: 200, padding: 0 }}>
      {['one', 'two', 'three'].map((name) => (
        <li key={name} style={{ height: 30, listStyle: 'none', background: '#eed' }}>
          {`${id} ${name}`}
        </li>
      ))}
    </ul>
  )
}

function All() {
  const [dropped, setDropped] = useState(false)
  return (
    <>
      <DndContext onDragEnd={({ over }) => setDropped(over?.id === 'bin')}>
        <Card />
        <Bin dropped={dropped} />
      </DndContext>
      <List id="pointed" fallback />
      <List id="native" fallback={false} />
    </>
  )
}

const root = document.querySelector('#root')
if (root !== null) createRoot(root).render(<All />)
