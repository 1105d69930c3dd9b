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

/** A list of its own: ten nodes take turns in showing what is in sight. `numbered`: each says which one it is. */
function Pool({ numbered }: { readonly numbered: boolean }) {
  const host = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const list = host.current
    if (list === null || list.firstChild !== null) return
    const space = document.createElement('li')
    space.style.cssText = `height:${count * 28}px;list-style:none`
    const pool = Array.from({ length: 10 }, () => {
      const line = document.createElement('li')
      line.className = 'line'
      line.innerHTML = '<span></span><button>Open</button>'
      return line
    })
    list.append(space, ...pool)
    const draw = (): void => {
      const first = Math.floor(list.scrollTop / 28)
      for (let at = first; at < first + pool.length; at += 1) {
        const line = pool[at % pool.length]
        if (line === undefined) continue
        line.style.top = `${at * 28}px`
        line.firstElementChild?.replaceChildren(orderOf(at))
        if (numbered) line.setAttribute('aria-posinset', String(at + 1))
        const button = line.querySelector('button')
        if (button !== null) button.onclick = () => opened(at)
      }
    }
    list.onscroll = draw
    draw()
  }, [numbered])
  return <ul id={numbered ? 'numbered' : 'plain'} className="pool" ref={host} />
}

function All() {
  return (
    <div className="lists">
      <List id="window" rowComponent={Line} rowCount={count} rowHeight={28} rowProps={{}} style={{ height: 224 }} />
      <Grid />
      <div>
        <Pool numbered />
        <Pool numbered={false} />
      </div>
      <output id="opened" />
    </div>
  )
}

const root = document.querySelector('#root')
if (root !== null) createRoot(root).render(<All />)
