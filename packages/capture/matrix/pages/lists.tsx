import { AllCommunityModule, type ICellRendererParams, ModuleRegistry, createGrid } from 'ag-grid-community'
import { useEffect, useRef } from 'react'
import { createRoot } from 'react-dom/client'
import { List, type RowComponentProps } from 'react-window'

ModuleRegistry.registerModules([AllCommunityModule])

const count = 2_000
const towns = ['Kiel', 'Lyon', 'Rome', 'Oslo', 'Bern', 'Graz', 'Turin']
const orderOf = (at: number): string => `Order ${at + 1} ${towns[at % towns.length]}`
const opened = (at: number): void => {
  document.querySelector('#opened')?.replaceChildren(orderOf(at))
}

function Line({ index, style, ariaAttributes }: RowComponentProps) {
  return (
    <div style={style} className="line" {...ariaAttributes}>
      <span>{orderOf(index)}</span>
      <button onClick={() => opened(index)}>Open</button>
    </div>
  )
}

function Grid() {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (host.current === null || host.current.firstChild !== null) return
    createGrid(host.current, {
      rowData: Array.from({ length: count }, (_, at) => ({ order: orderOf(at), at })),
      suppressColumnVirtualisation: true,
      columnDefs: [
        { field: 'order', width: 200 },
        {
          field: 'at',
          headerName: 'Do',
          width: 120,
          cellRenderer: ({ value }: ICellRendererParams<unknown, number>) => {
            const button = document.createElement('button')
            button.textContent = 'Open'
            button.addEventListener('click', () => opened(value ?? -1))
            return button
          },
        },
      ],
    })
  }, [])
  return <div id="grid" ref={host} style={{ height: 300 }} />
}

/** How nodes of a pool tell of themselves: by their place in the list, as items of one, by nothing but where each is put, or by nothing at all in a box that is put there. */
type Kind = 'numbered' | 'plain' | 'bare' | 'boxed'

/** A list of its own: ten nodes take turns in showing what is in sight. */
function Pool({ kind }: { readonly kind: Kind }) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const list = host.current
    if (list === null || list.firstChild !== null) return
    // A row that two lists show can't be told from the other when it goes to another node.
    const from = kind === 'boxed' ? count : 0
    const item = kind === 'bare' || kind === 'boxed' ? 'div' : 'li'
    const space = document.createElement(item)
    space.style.cssText = `height:${count * 28}px;list-style:none`
    const pool = Array.from({ length: 10 }, () => {
      const line = document.createElement(item)
      line.className = 'line'
      line.innerHTML = '<span></span><button>Open</button>'
      return line
    })
    const box = document.createElement('div')
    box.className = 'box'
    box.append(...pool)
    list.append(space, ...(kind === 'boxed' ? [box] : pool))
    const draw = (): void => {
      const first = Math.floor(list.scrollTop / 28)
      box.style.transform = `translateY(${first * 28}px)`
      for (let at = first; at < first + pool.length; at += 1) {
        const line = pool[kind === 'boxed' ? at - first : at % pool.length]
        if (line === undefined) continue
        if (kind !== 'boxed') line.style.top = `${at * 28}px`
        line.firstElementChild?.replaceChildren(orderOf(from + at))
        if (kind === 'numbered') line.setAttribute('aria-posinset', String(at + 1))
        const button = line.querySelector('button')
        if (button !== null) button.onclick = () => opened(from + at)
      }
    }
    list.onscroll = draw
    draw()
  }, [kind])
  return <div id={kind} className="pool" ref={host} />
}

function All() {
  return (
    <div className="lists">
      <List id="window" rowComponent={Line} rowCount={count} rowHeight={28} rowProps={{}} style={{ height: 224 }} />
      <Grid />
      <div>
        <Pool kind="numbered" />
        <Pool kind="plain" />
      </div>
      <div>
        <Pool kind="bare" />
        <Pool kind="boxed" />
      </div>
      <output id="opened" />
    </div>
  )
}

const root = document.querySelector('#root')
if (root !== null) createRoot(root).render(<All />)
