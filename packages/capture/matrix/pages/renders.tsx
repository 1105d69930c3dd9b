import { useEffect, useState } from 'react'
import { createRoot, hydrateRoot } from 'react-dom/client'

const towns = ['Kiel', 'Lyon', 'Rome', 'Oslo', 'Bern', 'Graz']

/** Ten times a second all is drawn anew, with keys that change: no node lives longer than that. */
function Board({ name, keyed }: { readonly name: string; readonly keyed: boolean }) {
  const [turn, setTurn] = useState(0)
  const [ordered, order] = useState('')
  useEffect(() => {
    const timer = setInterval(() => setTurn((one) => one + 1), 100)
    return () => clearInterval(timer)
  }, [])
  useEffect(() => {
    Object.assign(globalThis, { turn })
  }, [turn])
  return (
    <section id={name} aria-label={name} style={{ width: 420 }}>
      <table key={keyed ? turn : 0}>
        <tbody>
          {towns.map((town) => (
            <tr key={keyed ? `${town} ${turn}` : town} style={{ height: 30 }}>
              <td style={{ width: 120 }}>{town}</td>
              <td style={{ width: 120 }}>
                <label key={turn}>
                  <input type="checkbox" defaultChecked={false} /> Watch
                </label>
              </td>
              <td>
                <button key={turn} onPointerDown={() => order(town)} style={{ width: 90 }}>
                  Order
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <output>{ordered}</output>
    </section>
  )
}

function Served() {
  const [pressed, press] = useState(0)
  return (
    <section id="served">
      <button onClick={() => press((one) => one + 1)}>Subscribe</button>
      <p>{pressed === 0 ? 'Not yet' : `${pressed} times`}</p>
    </section>
  )
}

const root = document.querySelector('#root')
if (root !== null) {
  createRoot(root).render(<Board name="board" keyed />)
  const served = document.createElement('div')
  served.innerHTML = '<section id="served"><button>Subscribe</button><p>Not yet</p></section>'
  document.body.append(served)
  // `same`: React keeps the nodes that came with the page; `other`: what came does not fit, and all of it is replaced.
  Object.assign(globalThis, {
    hydrate: (how: 'same' | 'other') => {
      if (how === 'other') served.querySelector('p')?.replaceChildren('Older')
      hydrateRoot(served, <Served />, { onRecoverableError: () => Object.assign(globalThis, { replaced: true }) })
    },
  })
}
