import type { Page } from 'playwright-core'

/** One secret a channel, none of them a part of another. What a detector has to know is of a kind that it must know; what is never to be read is a plain word. */
export const secrets = {
  password: 'Velvet-Hammer-83!',
  code: '749205',
  card: '4539107711121314',
  cvc: 'x-4417-y',
  label: 'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
  title: 'DE89370400440532013000',
  query: 'quiverdune',
  hash: 'thistlemoor',
  alt: 'AKIAZ7Q2LMN4PRST5UVW',
  placeholder: '5425233430109903',
  data: 'copperwren',
  hidden: 'saltmeadow',
  comment: 'brindlefox',
  fileName: 'larkspurtax',
  clipboard: 'windmillkey',
  prefilled: 'Orchid$Tango77',
  frame: 'GB29NWBK60161331926819',
  srcdoc: 'fernhollow',
  shadow: '4000056655665556',
  svg: 'FR1420041010050500013M02606',
  canvas: 'sk-proj-Zk4Jb7Qw2Xr9Tn5Vm8Lc3Hd6Fg1Ps0Ya',
  ariaLabel: '378282246310005',
  ariaDescription: 'pebblebrook',
  option: '6011000990139424',
  meta: 'ivorygate',
  json: 'mapleforge',
  storage: 'cinderpath',
  template: 'hazelmist',
  noscript: 'pinerush',
  windowName: 'duskharbor',
  state: 'amberquill',
} as const

const s = secrets
/** What stands in the page's frame, at `/card-frame`. */
export const cardFrame: string = `<!doctype html><title>Card</title><input autocomplete=cc-csc value="${s.cvc}"><p>Account ${s.frame}</p>`
/** The page with a secret in every channel that a page has. */
export const canaryPage: string = `<!-- ${s.comment} --><meta name=api content="${s.meta}"><script type=application/json>{"key":"${s.json}"}</script>
  <input type=password id=password autocomplete=current-password aria-label=Password><button id=reveal type=button onclick="password.type=password.type==='text'?'password':'text'">Show</button>
  ${[0, 1, 2, 3, 4, 5].map((at) => `<input class=code maxlength=1 autocomplete=one-time-code aria-label="Digit ${at + 1}" style="width:2em">`).join('')}
  <input id=card autocomplete=cc-number aria-label="Card number"><iframe src="/card-frame"></iframe>
  <label>Token ${s.label} <input id=labelled></label><img alt="Key ${s.alt}" width=40 height=20><input id=placed placeholder="Card ${s.placeholder}">
  <div data-token="${s.data}">Data</div><input type=hidden value="${s.hidden}"><input type=file id=file aria-label=File>
  <textarea id=plain aria-label=Elsewhere></textarea><input type=password value="${s.prefilled}" aria-label="New password">
  <iframe sandbox srcdoc="<p>${s.srcdoc}</p>"></iframe><div id=host></div><svg width=200 height=20><text y=15>${s.svg}</text></svg>
  <canvas width=40 height=20>Key ${s.canvas}</canvas><button aria-label="Pay with ${s.ariaLabel}" aria-description="${s.ariaDescription}">Pay</button>
  <select aria-label=Card><option>None<option>${s.option}</select><template><p>${s.template}</p></template><noscript>${s.noscript}</noscript>
  <button id=copy type=button>Copy</button><script>
    document.querySelector('#host').attachShadow({ mode: 'open' }).innerHTML = '<p>Paid by ${s.shadow}</p>'
    document.title = 'Account ${s.title}'; localStorage.setItem('token', '${s.storage}'); sessionStorage.setItem('token', '${s.storage}')
    window.name = '${s.windowName}'; history.replaceState({ secret: '${s.state}' }, '', location.href)
    for (const box of document.querySelectorAll('.code')) box.addEventListener('input', () => box.nextElementSibling?.focus())
  </script>`

/** Uses every channel by trusted input; the page may read and write the clipboard. */
export async function useChannels(page: Page): Promise<void> {
  await page.click('#password')
  await page.keyboard.type(s.password)
  await page.click('#reveal')
  await page.click('#password')
  await page.keyboard.type('z')
  await page.keyboard.press('Backspace')
  await page.click('#reveal')
  await page.click('.code')
  await page.keyboard.type(s.code)
  await page.click('#card')
  await page.keyboard.type(s.card)
  await page.click('#labelled')
  await page.keyboard.type('fine')
  await page.click('#placed')
  await page.setInputFiles('#file', { name: `${s.fileName}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from('%PDF') })
  await page.evaluate((text) => navigator.clipboard.writeText(text), s.clipboard)
  await page.click('#plain')
  await page.keyboard.press('Control+V')
  await page.focus('select')
  await page.keyboard.press('ArrowDown')
  await page.click('[aria-label^=Pay]')
  await page.click('#copy')
  await page.mouse.wheel(0, 300)
  await page.waitForTimeout(1_500)
}

/** Bare of what a page or a recorder may group it with. */
const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** The channels whose secret stands in one of `raw` as it is, or in one of `texts` however it is grouped. */
export function channelsIn(raw: readonly string[], texts: readonly string[]): readonly string[] {
  const plain = texts.map(bare)
  const found = Object.entries(secrets).filter(
    ([, secret]) => raw.some((where) => where.includes(secret)) || plain.some((text) => text.includes(bare(secret))),
  )
  return found.map(([channel]) => channel)
}
