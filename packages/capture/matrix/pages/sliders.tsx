import { Slider } from '@mui/material'
import noUiSlider from 'nouislider'
import { useEffect, useRef } from 'react'
import { createRoot } from 'react-dom/client'

function NoUi() {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (host.current === null || 'noUiSlider' in host.current) return
    noUiSlider.create(host.current, { start: 20, range: { min: 0, max: 100 }, step: 1, handleAttributes: [{ 'aria-label': 'Depth' }] })
  }, [])
  return <div id="noui" ref={host} style={{ width: 300, margin: 30 }} />
}

function All() {
  return (
    <div style={{ width: 320, padding: 20 }}>
      <input type="range" id="native" aria-label="Volume" min="0" max="100" defaultValue="20" style={{ width: 300 }} />
      <NoUi />
      <Slider id="mui" aria-label="Width" defaultValue={20} style={{ width: 300 }} />
      <input type="color" id="colour" aria-label="Colour" defaultValue="#ff0000" />
      <input type="date" id="date" aria-label="Day" />
      <input type="time" id="time" aria-label="Hour" />
    </div>
  )
}

const root = document.querySelector('#root')
if (root !== null) createRoot(root).render(<All />)
