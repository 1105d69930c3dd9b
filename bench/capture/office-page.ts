import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { root } from './bundle.ts'
import { officeScript } from './office-script.ts'
import { cities, shell } from './pages.ts'

/** The style sheet of a real template for internal tools: recorders that keep the page's looks have it to keep. */
const styles = 'node_modules/startbootstrap-sb-admin-2/css/sb-admin-2.min.css'

/** Fields in the order of the page: twenty that look for orders, fifteen of numbers, fifteen of words. */
const labels: readonly (readonly [string, string])[] = [
  ...['Order', 'Customer', 'City', 'Carrier', 'State', 'Mail', 'Depot', 'Agent', 'Lane', 'Zone'].flatMap((name) => [
    [`Find ${name}`, 'search'] as const,
    [`or ${name}`, 'search'] as const,
  ]),
  ...['Quantity', 'Price', 'Rebate', 'Freight', 'Tax'].flatMap((name) => [1, 2, 3].map((line) => [`${name} ${line}`, 'number'] as const)),
  ...['Contact', 'Street', 'Town', 'Code', 'Phone'].flatMap((name) =>
    ['', ' for bills', ' of depot'].map((whose) => [name + whose, 'text'] as const),
  ),
]

/** An internal tool as people have it: 60 inputs, ten of them dropdowns whose lists stand at the end of the page, over a table of 500 rows; what is typed looks for orders, is judged beside its field, and changes rows, their order and totals. */
export function officePage(): string {
  const fields = labels.map(
    ([label, kind], at) =>
      `<div class="form-group mb-1 position-relative" data-field="${kind}"><label class="small font-weight-bold text-gray-800 mb-0" for=f${at}>${label}</label><input id=f${at} name=f${at} class="form-control form-control-sm ${kind === 'number' ? 'text-right' : ''}" autocomplete=off data-kind=${kind} aria-describedby=m${at}><div id=m${at} class="invalid-feedback position-absolute small"></div></div>`,
  )
  const drops = Array.from(
    { length: 10 },
    (_, at) =>
      `<div class="form-group mb-1 dropdown"><label class="small font-weight-bold text-gray-800 mb-0" id=l${at}>Route ${at + 1}</label><button id=d${at} type=button class="btn btn-light btn-sm btn-block dropdown-toggle text-left" role=combobox aria-haspopup=listbox aria-expanded=false aria-labelledby="l${at} d${at}">Choose</button></div>`,
  )
  const heads = ['', 'Order', 'Customer', 'City', 'Carrier', 'Lines', 'Total', 'Share', 'Due', 'State', '']
  return shell(
    'Orders',
    `</style><style>${readFileSync(join(root, styles), 'utf8')}</style><style>body{font-size:12px;margin:8px}form.card{display:grid;grid-template-columns:repeat(8,1fr);gap:0 6px}
.form-control-sm,.btn-sm{font-size:12px;height:22px;padding:0 6px;line-height:20px}.form-group label{font-size:10px}.invalid-feedback{font-size:9px;margin:0;top:100%}
.orders{height:250px;overflow:auto}.orders table{table-layout:fixed;width:960px}.orders td,.orders th{overflow:hidden;padding:2px 6px;white-space:nowrap}.orders thead th{position:sticky;top:0;background:#fff}.menu{position:absolute;max-height:220px;overflow:auto;z-index:99}.row-icon{width:12px;height:12px}`,
    `<div id=wrapper class="d-flex flex-column"><div class="d-flex justify-content-between"><h1 class="h5 mb-1 text-gray-800">Orders</h1><div id=cards class="d-flex"></div><div id=found role=status class="small text-muted"></div></div>
<form class="card shadow-sm px-2 py-1 mb-2" onsubmit="return false">${fields.join('')}${drops.join('')}</form>
<div class="orders border rounded shadow-sm"><table class="table table-sm table-hover mb-0" aria-rowcount=500><thead class="thead-light"><tr>${heads.map((name) => `<th scope=col class="text-xs text-uppercase">${name}</th>`).join('')}</tr></thead><tbody id=rows></tbody><tfoot id=totals></tfoot></table></div></div>
<script>${officeScript(cities)}</script>`,
  )
}
