/** What runs in the office page. The row that is worked on is made again as a whole, as templates and table libraries do; in others what changes is changed. */
export function officeScript(cities: readonly string[]): string {
  return `
const cities = ${JSON.stringify(cities)}, carriers = ['Alder', 'Birch', 'Cedar', 'Doum', 'Elm'], states = ['open', 'packed', 'sent', 'late']
const colours = { open: 'primary', packed: 'info', sent: 'success', late: 'danger' }, byId = (id) => document.getElementById(id)
const orders = Array.from({ length: 500 }, (_, at) => ({ id: at, customer: at % 50, city: cities[at % 8], carrier: carriers[at % 5], lines: 1 + (at % 9), total: 99000 - at * 150, state: states[at % 4], day: 1 + (at % 28) }))
const icon = (path) => '<svg class="row-icon mr-1" viewBox="0 0 16 16" aria-hidden=true><path fill=currentColor d="' + path + '"/></svg>'
const pen = icon('M11 1l4 4-9 9H2v-4z'), box = icon('M1 4l7-3 7 3v8l-7 3-7-3z')
const money = (value) => (value / 100).toFixed(2)
const rowHtml = (one, largest) => '<td><div class="custom-control custom-checkbox"><input type=checkbox class="row-check" id=c' + one.id + ' aria-label="Row ' + (one.id + 1) + '"' + (one.picked ? ' checked' : '') + '></div></td>'
  + '<td class="font-weight-bold"><a class="text-primary" href="#o' + one.id + '">Order ' + (1000 + one.id) + '</a></td>'
  + '<td class="text-truncate"><span class="badge badge-pill badge-light mr-1">C' + one.customer + '</span>Customer ' + one.customer + '</td>'
  + '<td>' + one.city + '</td><td>' + box + '<span>' + one.carrier + '</span></td>'
  + '<td class="text-right">' + one.lines + '</td><td class="text-right text-monospace">' + money(one.total) + '</td>'
  + '<td><div class="progress progress-sm"><div class="progress-bar bg-' + colours[one.state] + '" role=progressbar aria-valuenow=' + Math.round((100 * one.total) / largest) + ' aria-label="Share of ' + one.id + '" style="width:' + Math.round((100 * one.total) / largest) + '%"></div></div></td>'
  + '<td class="small text-muted">2026-11-' + String(one.day).padStart(2, '0') + '</td>'
  + '<td><span class="badge badge-' + colours[one.state] + '">' + one.state + '</span></td>'
  + '<td class="text-nowrap"><button type=button class="btn btn-outline-primary btn-sm py-0" id=b' + one.id + '>' + pen + 'Edit</button></td>'
const rows = new Map(), body = byId('rows')
const make = (one) => { const row = document.createElement('tr'); row.dataset.order = one.id; row.className = 'order-row' + (one.picked ? ' table-active' : '') + (one.state === 'late' ? ' table-warning' : ''); row.innerHTML = rowHtml(one, 99000); rows.set(one.id, row); return row }
const redraw = (one) => { const old = rows.get(one.id); old.replaceWith(make(one)) }
const refresh = (some) => { for (const one of some) { const cells = rows.get(one.id).cells, bar = cells[7].firstChild.firstChild, share = Math.round((100 * one.total) / sum(some))
  cells[6].textContent = money(one.total); cells[4].querySelector('span').textContent = one.carrier; bar.style.width = share + '%'; bar.setAttribute('aria-valuenow', share) } }
const sum = (some) => some.reduce((all, one) => all + one.total, 0)
byId('cards').innerHTML = states.map((state) => '<div class="card border-left-' + colours[state] + ' px-2 mr-2"><div class="text-xs font-weight-bold text-' + colours[state] + ' text-uppercase">' + state + '</div><div class="h6 mb-0 text-gray-800" id=n' + state + '></div></div>').join('')
byId('totals').innerHTML = '<tr class="font-weight-bold bg-light"><td colspan=5>All orders</td><td id=lines class="text-right"></td><td id=total class="text-right"></td><td colspan=4 id=chosen></td></tr>'
const put = (id, text) => { if (byId(id).textContent !== text) byId(id).textContent = text }
const summarise = () => { for (const state of states) put('n' + state, String(orders.filter((one) => one.state === state).length))
  put('lines', String(orders.reduce((all, one) => all + one.lines, 0))); put('total', money(sum(orders))); put('chosen', orders.filter((one) => one.picked).length + ' chosen') }
const sorted = () => { const order = orders.toSorted((left, right) => right.total - left.total); for (const [at, one] of order.entries()) { const row = rows.get(one.id); if (body.children[at] !== row) body.insertBefore(row, body.children[at] ?? null) } }
body.append(...orders.map(make)); summarise()
const tell = (field, wrong) => { field.classList.toggle('is-invalid', wrong !== ''); field.setAttribute('aria-invalid', String(wrong !== '')); byId('m' + field.id.slice(1)).textContent = wrong }
const find = (text) => { let found = 0
  for (const one of orders) { const row = rows.get(one.id), words = 'Order ' + (1000 + one.id) + ' Customer ' + one.customer + ' ' + one.city + ' ' + one.carrier + ' ' + one.state, hit = text === '' || words.toLowerCase().includes(text)
    row.classList.toggle('d-none', !hit); if (hit) found += 1 }
  byId('found').textContent = text === '' ? '' : found + ' of 500' }
let edited = orders[12]
document.addEventListener('input', ({ target }) => {
  const kind = target.dataset.kind, same = orders.filter((one) => one.customer === edited.customer)
  if (kind === 'search') { tell(target, ''); find(target.value.toLowerCase()) }
  if (kind === 'number') { tell(target, /^\\d*$/.test(target.value) ? '' : 'Digits only'); edited.total += Number(target.value.slice(-1)) * 25; redraw(edited); refresh(same); sorted(); summarise() }
  if (kind === 'text') { tell(target, target.value.length < 3 ? 'At least 3 letters' : ''); redraw(edited) } })
document.addEventListener('focusout', ({ target }) => { if (target.dataset.kind === 'search') find('') })
document.addEventListener('click', ({ target }) => {
  for (const list of document.querySelectorAll('.menu')) if (!list.contains(target)) list.remove()
  const drop = target.closest('[role=combobox]'); if (drop) open(drop)
  const row = target.closest('tr[data-order]'); if (!row) return
  const one = orders[row.dataset.order]
  if (target.type === 'checkbox') { one.picked = target.checked; row.classList.toggle('table-active', one.picked); summarise() }
  else if (target.closest('button')) { edited = one; one.state = states[(states.indexOf(one.state) + 1) % 4]; redraw(one); refresh(orders.filter(({ customer }) => customer === one.customer)); summarise() } })
const open = (drop) => { const list = document.createElement('div'), at = drop.getBoundingClientRect()
  list.className = 'menu dropdown-menu show shadow animated--fade-in'; list.setAttribute('role', 'listbox'); list.style.cssText = 'left:' + at.left + 'px;top:' + at.bottom + 'px'
  list.innerHTML = Array.from({ length: 60 }, (_, n) => '<div role=option id=' + drop.id + 'o' + n + ' class="dropdown-item d-flex align-items-center py-0" aria-selected=false><span class="flex-grow-1">' + cities[n % 8] + ' ' + (n + 1) + '</span><span class="badge badge-light ml-2">R' + n + '</span></div>').join('')
  list.onclick = ({ target }) => { const option = target.closest('[role=option]'); if (!option) return
    drop.textContent = option.firstChild.textContent; drop.setAttribute('aria-expanded', 'false'); list.remove(); edited.carrier = carriers[drop.id.slice(1) % 5]
    redraw(edited); refresh(orders.filter((one) => one.customer === edited.customer)); summarise() }
  drop.setAttribute('aria-expanded', 'true'); document.body.append(list) }
`
}
