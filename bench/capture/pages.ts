import { probe } from './probe.ts'

/** A document with the probe as its first script. */
export const shell = (title: string, style: string, body: string): string =>
  `<!doctype html><meta charset=utf-8><title>${title}</title><link rel=icon href="data:,"><script>${probe}</script>
<style>body{font:14px sans-serif;margin:12px}${style}</style>${body}`

/** Names of places. */
export const cities: readonly string[] = ['Aarhus', 'Bergen', 'Cadiz', 'Delft', 'Evora', 'Fano', 'Ghent', 'Huesca']

/** The same number of fields, dropdowns and rows on a page that answers an act with one line of status: there a recorder of changes has next to nothing to do. */
export function quietPage(): string {
  const fields = Array.from({ length: 50 }, (_, at) => `<label>Field ${at + 1} <input id=f${at} name=f${at} autocomplete=off></label>`)
  const drops = Array.from(
    { length: 10 },
    (_, at) =>
      `<div class=drop><span id=l${at}>City ${at + 1}</span> <button id=d${at} type=button role=combobox aria-haspopup=listbox aria-expanded=false aria-labelledby=l${at}>choose</button></div>`,
  )
  const rows = Array.from(
    { length: 500 },
    (_, at) =>
      `<tr><td><input type=checkbox aria-label="Row ${at + 1}" id=c${at}></td><td>Order ${1_000 + at}</td><td>${cities[at % 8]}</td><td>${(at * 37) % 990}.50</td><td>open</td><td><button id=b${at}>Edit</button></td></tr>`,
  )
  return shell(
    'Orders',
    'form{display:grid;grid-template-columns:repeat(4,1fr);gap:4px}input{width:90px}.drop{position:relative}[role=listbox]{position:absolute;z-index:9;background:#fff;border:1px solid}td{padding:2px 8px}',
    `<h1>Orders</h1><form onsubmit="return false">${fields.join('')}${drops.join('')}</form><p role=status id=status></p>
<table><thead><tr><th></th><th>Order</th><th>City</th><th>Total</th><th>State</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table>
<script>
const status = document.getElementById('status')
document.addEventListener('input', (event) => { status.textContent = event.target.name + ' changed' })
for (const button of document.querySelectorAll('.drop button')) button.onclick = () => {
  const list = document.createElement('div'); list.setAttribute('role', 'listbox')
  for (const city of ${JSON.stringify(cities)}) { const option = document.createElement('div'); option.setAttribute('role', 'option'); option.textContent = city
    option.onclick = () => { button.textContent = city; button.setAttribute('aria-expanded', 'false'); list.remove() }; list.append(option) }
  button.after(list); button.setAttribute('aria-expanded', 'true') }
document.querySelector('tbody').addEventListener('click', (event) => { const row = event.target.closest('tr')
  if (event.target.localName === 'button') row.cells[4].textContent = row.cells[4].textContent === 'open' ? 'edited' : 'open'
  else if (event.target.type === 'checkbox') row.classList.toggle('picked', event.target.checked) })
</script>`,
  )
}

/** A grid that draws its 200 rows anew ten times a second, under a field. */
export function gridPage(): string {
  return shell(
    'Prices',
    'td{padding:1px 8px}',
    `<label>Note <input id=note autocomplete=off size=60></label><table><tbody id=grid></tbody></table><script>
let tick = 0, seed = 7
const next = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648
const draw = () => { tick += 1; globalThis.benchTicks = tick
  const rows = []
  for (let row = 0; row < 200; row += 1) { const tr = document.createElement('tr')
    for (let cell = 0; cell < 8; cell += 1) { const td = document.createElement('td'); td.textContent = cell === 0 ? 'Paper ' + row : (next() * 1000).toFixed(2); tr.append(td) }
    rows.push(tr) }
  document.getElementById('grid').replaceChildren(...rows) }
draw(); globalThis.benchStart = () => { tick = 0; setInterval(draw, 100) }
</script>`,
  )
}

/** A page of about so many elements, with a button on top. */
export function nodesPage(nodes: number): string {
  return shell(
    `${nodes} nodes`,
    '',
    `<button id=press>Press</button><main></main><script>
const main = document.querySelector('main')
for (let made = 0; made < ${nodes}; made += 10) { const part = document.createElement('section')
  part.innerHTML = '<h3>Part ' + made + '</h3><p>Some <b>text</b> of <i>part</i> ' + made + '</p><ul><li>one</li><li><a href="#' + made + '">two</a></li></ul><button>Open ' + made + '</button>'
  main.append(part) }
</script>`,
  )
}

/** An empty page on which the families of our own suite are drawn, one after the other. */
export function taskPage(): string {
  return shell('Tasks', '', '').replace('<style>', '<link rel=stylesheet href="/own/skin.css"><style>')
}
