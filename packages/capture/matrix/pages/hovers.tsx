import { Button, Paper, Popper, Tooltip as MuiTooltip } from '@mui/material'
import { DropdownMenu, HoverCard, NavigationMenu, Tooltip } from 'radix-ui'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'

const used = (what: string) => (): void => {
  document.querySelector('#used')?.replaceChildren(what)
}

function CssMenu() {
  return (
    <ul className="bar">
      <li id="file">
        File
        <ul>
          <li>
            <a href="#open" id="open" onClick={used('Open')}>
              Open
            </a>
          </li>
          <li id="export">
            Export
            <ul>
              <li>
                <a href="#pdf" id="pdf" onClick={used('As PDF')}>
                  As PDF
                </a>
              </li>
            </ul>
          </li>
        </ul>
      </li>
      <li id="edit">
        Edit
        <ul>
          <li>
            <a href="#undo">Undo</a>
          </li>
        </ul>
      </li>
      <li id="view">
        View
        <ul>
          <li>
            <a href="#zoom">Zoom</a>
          </li>
        </ul>
      </li>
    </ul>
  )
}

/** Longer than a loaded machine takes between two steps of the pointer: a menu with a gap below its trigger waits for the hand to cross it. */
const PATIENCE_MS = 3_000

/** Opens after a while, elsewhere in the document, and says nothing of it in its markup. */
function OwnMenu() {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const trigger = host.current
    if (trigger === null) return
    const menu = document.createElement('div')
    menu.innerHTML = '<div class=radix style="position:absolute"><button id=own-copy>Copy link</button><button>Mail</button></div>'
    menu.addEventListener('mousedown', (event) => event.preventDefault())
    menu.querySelector('button')?.addEventListener('click', used('Copy link'))
    let timer = 0
    const later = (act: () => void, delayMs: number): void => {
      clearTimeout(timer)
      timer = Number(setTimeout(act, delayMs))
    }
    const open = (): void => {
      const { left, bottom } = trigger.getBoundingClientRect()
      document.body.append(menu)
      Object.assign((menu.firstElementChild as HTMLElement).style, { left: `${left}px`, top: `${bottom + 4}px` }) // as: made above
    }
    for (const part of [trigger, menu]) {
      part.addEventListener('mouseenter', () => later(open, 250))
      part.addEventListener('mouseleave', () => later(() => menu.remove(), PATIENCE_MS))
    }
  }, [])
  return (
    <div ref={host} id="own" style={{ width: 80, padding: 6, background: '#def', cursor: 'pointer' }}>
      Share
    </div>
  )
}

function RadixMenus() {
  return (
    <div style={{ display: 'flex', gap: 20 }}>
      <NavigationMenu.Root>
        <NavigationMenu.List className="bar">
          <NavigationMenu.Item>
            <NavigationMenu.Trigger id="nav">Products</NavigationMenu.Trigger>
            <NavigationMenu.Content className="radix" style={{ position: 'absolute', width: 160 }}>
              <NavigationMenu.Link id="boats" href="#boats" onClick={used('Boats')}>
                Boats
              </NavigationMenu.Link>
            </NavigationMenu.Content>
          </NavigationMenu.Item>
        </NavigationMenu.List>
      </NavigationMenu.Root>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger id="drop">Actions</DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="radix">
            <DropdownMenu.Item id="rename" onSelect={used('Rename')}>
              Rename
            </DropdownMenu.Item>
            <DropdownMenu.Sub>
              <DropdownMenu.SubTrigger id="move">Move to</DropdownMenu.SubTrigger>
              <DropdownMenu.Portal>
                <DropdownMenu.SubContent className="radix">
                  <DropdownMenu.Item id="archive" onSelect={used('Archive')}>
                    Archive
                  </DropdownMenu.Item>
                  <DropdownMenu.Item>Trash</DropdownMenu.Item>
                </DropdownMenu.SubContent>
              </DropdownMenu.Portal>
            </DropdownMenu.Sub>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </div>
  )
}

function RadixTips() {
  return (
    <div style={{ display: 'flex', gap: 20 }}>
      <Tooltip.Provider delayDuration={200}>
        <Tooltip.Root>
          <Tooltip.Trigger id="terms">Terms</Tooltip.Trigger>
          <Tooltip.Portal>
            <Tooltip.Content className="radix">
              Read{' '}
              <a id="why" href="#why" onClick={used('why')}>
                why
              </a>
            </Tooltip.Content>
          </Tooltip.Portal>
        </Tooltip.Root>
      </Tooltip.Provider>
      <HoverCard.Root openDelay={200} closeDelay={PATIENCE_MS}>
        <HoverCard.Trigger id="ada" href="#ada">
          Ada
        </HoverCard.Trigger>
        <HoverCard.Portal>
          <HoverCard.Content className="radix">
            <button id="follow" onClick={used('Follow')}>
              Follow
            </button>
          </HoverCard.Content>
        </HoverCard.Portal>
      </HoverCard.Root>
    </div>
  )
}

function Mui() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  return (
    <div style={{ display: 'flex', gap: 20 }} onMouseLeave={() => setAnchor(null)}>
      <Button id="mui" onMouseEnter={(event) => setAnchor(event.currentTarget)}>
        Reports
      </Button>
      <Popper open={anchor !== null} anchorEl={anchor} placement="bottom-start" style={{ zIndex: 9 }}>
        <Paper>
          <Button id="yearly" onClick={used('Yearly')}>
            Yearly
          </Button>
        </Paper>
      </Popper>
      <MuiTooltip title={<button onClick={used('More')}>More</button>}>
        <Button id="mui-tip">Status</Button>
      </MuiTooltip>
    </div>
  )
}

/** Opens under the pointer and gives the focus to what is in it, for the keyboard to go on. */
function Keyed({
  id,
  name,
  top,
  children,
}: {
  readonly id: string
  readonly name: string
  readonly top: number
  readonly children: ReactNode
}) {
  const host = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  useEffect(() => {
    if (open) host.current?.querySelector<HTMLElement>('button, input')?.focus()
  }, [open])
  return (
    <div ref={host} onMouseEnter={() => setOpen(true)} style={{ position: 'absolute', right: 20, top, width: 160, background: '#def' }}>
      <div id={id}>{name}</div>
      {open && children}
    </div>
  )
}

/** Opens far away, and says that it did. */
function Far() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button id="far" aria-expanded={open} onMouseEnter={() => setOpen(true)} style={{ position: 'absolute', right: 250, top: 500 }}>
        Regions
      </button>
      {open && (
        <div style={{ position: 'absolute', right: 20, top: 600 }}>
          <button id="asia" onClick={used('Asia')}>
            Asia
          </button>
        </div>
      )}
    </>
  )
}

/** Opens far away and says nothing of it: put in by the framework, or there all along and shown by a listener on what is around both. */
function Silent() {
  const [open, setOpen] = useState(false)
  const around = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const opener = around.current?.querySelector('#quiet')
    const show = (): void => around.current?.classList.add('open')
    opener?.addEventListener('pointerenter', show)
    return () => opener?.removeEventListener('pointerenter', show)
  }, [])
  return (
    <div ref={around} className="silent">
      <button id="silent" onMouseEnter={() => setOpen(true)} style={{ position: 'absolute', right: 250, top: 20 }}>
        Offices
      </button>
      {open && (
        <button id="oslo" onClick={used('Oslo')} style={{ position: 'absolute', right: 20, top: 100 }}>
          Oslo
        </button>
      )}
      <button id="quiet" style={{ position: 'absolute', right: 250, top: 60 }}>
        Ships
      </button>
      <button id="tug" className="hid" onClick={used('Tug')} style={{ position: 'absolute', right: 20, top: 150 }}>
        Tug
      </button>
    </div>
  )
}

function All() {
  return (
    <div>
      <CssMenu />
      <div style={{ marginTop: 90 }}>
        <OwnMenu />
      </div>
      <div style={{ marginTop: 50 }}>
        <RadixMenus />
        <div style={{ height: 60 }} />
        <RadixTips />
      </div>
      <div style={{ marginTop: 90 }}>
        <Mui />
      </div>
      <div style={{ marginTop: 60 }}>
        {Array.from({ length: 12 }, (_, at) => (
          <div className="tip" key={at}>
            Item {at}
            <span>Hint {at}</span>
          </div>
        ))}
      </div>
      <table className="rows">
        <tbody>
          {['Kiel', 'Lyon', 'Rome'].map((town) => (
            <tr key={town} id={town.toLowerCase()}>
              <td>{town}</td>
              <td>Harbour</td>
              <td>
                <button onClick={used(`Delete ${town}`)} aria-label={`Delete ${town}`}>
                  Delete
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Keyed id="tools" name="Tools" top={300}>
        <button onClick={used('Print')}>Print</button>
      </Keyed>
      <Keyed id="seek" name="Seek" top={400}>
        <input aria-label="Query" />
      </Keyed>
      <Far />
      <Silent />
      <button id="plain" onClick={used('Plain')}>
        Plain
      </button>
      <input id="note" aria-label="Note" />
      <button id="late" onClick={() => setTimeout(() => document.querySelector('#news')?.removeAttribute('hidden'), 400)}>
        Later
      </button>
      <output id="used" />
      <button id="news" hidden onClick={used('News')} style={{ position: 'absolute', right: 20, top: 200 }}>
        News
      </button>
    </div>
  )
}

const root = document.querySelector('#root')
if (root !== null) createRoot(root).render(<All />)
