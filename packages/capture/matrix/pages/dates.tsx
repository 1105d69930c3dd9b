import flatpickrModule from 'flatpickr'
import { useEffect, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { DayPicker } from 'react-day-picker'

const flatpickr = flatpickrModule as unknown as typeof flatpickrModule.default // as: its types say CommonJS, and what is bundled is its module
const months = 'January February March April May June July August September October November December'.split(' ')
const iso = (day: Date): string =>
  [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-')

function Flat() {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (field.current !== null) flatpickr(field.current, { defaultDate: '2026-11-03' })
  }, [])
  return <input ref={field} id="flat" aria-label="Flat" />
}

function Days() {
  const [day, pick] = useState<Date>()
  return (
    <div>
      <DayPicker mode="single" selected={day} onSelect={pick} defaultMonth={new Date(2026, 10)} />
      <output id="days">{day === undefined ? '' : iso(day)}</output>
    </div>
  )
}

/** A calendar of its own: as soon as a day is pressed all of it is built anew, so that what was pressed is gone before the click. `how`: what its markup tells beside the number. */
function drawn(host: HTMLElement, how: 'grid' | 'table' | 'boxes', month = 10, chosen = 0): void {
  const held = host.nextElementSibling
  const cell = (day: number): string => {
    const picked = day === chosen ? ' class=picked' : ''
    return how === 'grid'
      ? `<div role=gridcell tabindex=-1 data-day=${day}${picked}>${day}</div>`
      : how === 'table'
        ? `<td data-day=${day}${picked}>${day}</td>`
        : `<div data-day=${day}${picked}>${day}</div>`
  }
  const days = Array.from({ length: 28 }, (_, at) => cell(at + 1))
  const weeks = [0, 7, 14, 21].map((from) => days.slice(from, from + 7).join(''))
  const title = `${months[month]} 2026`
  const head = `<div class=head><button data-by=-1 aria-label="Month before">‹</button><b id=${how}-title>${title}</b><button data-by=1 aria-label="Month after">›</button></div>`
  if (how === 'grid')
    host.innerHTML = `${head}<div role=grid aria-labelledby=grid-title>${weeks.map((week) => `<div role=row class=week>${week}</div>`).join('')}</div>`
  else if (how === 'table')
    host.innerHTML = `${head}<table><caption>${title}</caption>${weeks.map((week) => `<tr>${week}</tr>`).join('')}</table>`
  else host.innerHTML = `${head}<div class=week>${days.join('')}</div>`
  host.onpointerdown = ({ target }) => {
    const { day, by } = target instanceof HTMLElement ? target.dataset : {}
    if (day !== undefined && held !== null) held.textContent = iso(new Date(2026, month, Number(day)))
    if (day !== undefined || by !== undefined) drawn(host, how, month + Number(by ?? 0), Number(day ?? 0))
  }
}

function Own({ how }: { readonly how: 'grid' | 'table' | 'boxes' }) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (host.current !== null) drawn(host.current, how)
  }, [how])
  return (
    <div>
      <div ref={host} className="own" data-how={how} />
      <output id={how} />
    </div>
  )
}

function All() {
  return (
    <div style={{ display: 'grid', gridTemplateColumns: '330px 330px 330px', gap: 10 }}>
      <Days />
      <Own how="grid" />
      <Own how="table" />
      <Own how="boxes" />
      <Flat />
    </div>
  )
}

const root = document.querySelector('#root')
if (root !== null) createRoot(root).render(<All />)
