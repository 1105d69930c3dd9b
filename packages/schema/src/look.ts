/** Words for what an element without text looks like. Closed: nothing of the page is copied into the record but a word from here. */
export const iconWords = [
  'add',
  'archive',
  'back',
  'bookmark',
  'calendar',
  'cancel',
  'check',
  'clear',
  'close',
  'collapse',
  'copy',
  'delete',
  'down',
  'download',
  'edit',
  'expand',
  'file',
  'filter',
  'first',
  'folder',
  'forward',
  'help',
  'home',
  'last',
  'left',
  'like',
  'link',
  'lock',
  'mail',
  'menu',
  'minus',
  'more',
  'mute',
  'next',
  'open',
  'pin',
  'play',
  'previous',
  'print',
  'redo',
  'refresh',
  'remove',
  'reply',
  'retweet',
  'right',
  'save',
  'search',
  'send',
  'settings',
  'share',
  'sort',
  'star',
  'stop',
  'trash',
  'undo',
  'up',
  'upload',
  'user',
  'view',
  'zoom',
] as const

const icons: ReadonlySet<string> = new Set(iconWords)
const alias: Readonly<Record<string, string>> = {
  prev: 'previous',
  important: 'star',
  favourite: 'star',
  favorite: 'star',
  plus: 'add',
  x: 'close',
  times: 'close',
  bin: 'trash',
  hamburger: 'menu',
  magnifier: 'search',
  cog: 'settings',
  gear: 'settings',
  pencil: 'edit',
}

/** The first word of `tokens` (class names and ids, in any case style) that the vocabulary knows, as `icon-<word>`; '' for none. */
export function iconLook(tokens: string): string {
  for (const word of tokens
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)) {
    const known = alias[word] ?? word
    if (icons.has(known)) return `icon-${known}`
  }
  return ''
}

/** Degrees of hue where each name begins. */
const hues: readonly (readonly [number, string])[] = [
  [15, 'red'],
  [42, 'orange'],
  [70, 'yellow'],
  [165, 'green'],
  [195, 'cyan'],
  [255, 'blue'],
  [290, 'purple'],
  [345, 'magenta'],
  [361, 'red'],
]

/** Names the colour of a computed style (`rgb(...)`, `rgba(...)`, `#rrggbb`) as `colour-<bucket>`; '' where it is transparent or not a colour. */
export function colourLook(css: string): string {
  const channels = rgbOf(css)
  if (channels === null) return ''
  const [red, green, blue] = channels
  const high = Math.max(red, green, blue)
  const spread = high - Math.min(red, green, blue)
  if (high < 40) return 'colour-black'
  if (spread < 25) return high > 235 ? 'colour-white' : 'colour-grey'
  const sector = high === red ? ((green - blue) / spread + 6) % 6 : high === green ? (blue - red) / spread + 2 : (red - green) / spread + 4
  const name = hues.find(([end]) => sector * 60 < end)?.[1] ?? 'red'
  return name === 'magenta' && high > 230 && red - green < 100 ? 'colour-pink' : `colour-${name}`
}

function rgbOf(css: string): readonly [number, number, number] | null {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(css)
  if (hex !== null) return [parseInt(hex[1] ?? '', 16), parseInt(hex[2] ?? '', 16), parseInt(hex[3] ?? '', 16)]
  const parts = /^rgba?\(([^)]+)\)$/
    .exec(css)?.[1]
    ?.split(/[\s,/]+/)
    .map(Number)
  if (parts === undefined || parts.length < 3 || parts[3] === 0) return null
  return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0]
}

const shapes: Readonly<Record<string, string>> = {
  circle: 'circle',
  ellipse: 'circle',
  rect: 'rectangle',
  polygon: 'polygon',
  line: 'line',
  path: 'path',
  text: 'letter',
  polyline: 'line',
}

/** `shape-<word>` of an SVG element by its tag and, for polygons, its number of points; '' for none. */
export function shapeLook(tag: string, points = 0): string {
  const shape = shapes[tag]
  if (shape === undefined) return ''
  return shape === 'polygon' && points === 3 ? 'shape-triangle' : `shape-${shape}`
}

/** `size-small` or `size-large` of a shape beside the largest of its drawing; '' where there is nothing to compare with. Sides in the same unit. */
export function sizeLook(side: number, largestSide: number): string {
  if (side <= 0 || largestSide <= 0) return ''
  return side <= largestSide * 0.65 ? 'size-small' : 'size-large'
}
