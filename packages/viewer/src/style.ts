/** System fonts only: nothing is fetched. */
export const viewerTypeface = '-apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif'

/** The viewer's own style; colours follow the page's light or dark scheme. */
export const viewerStyle = `
:host { display: block; --ink: light-dark(#1d2730, #e4e9ee); --faint: light-dark(#7a8794, #8b98a5); --line: light-dark(#d5dce3, #3a4650);
  --ground: light-dark(#fff, #1b2229); --raised: light-dark(#fff, #242d36); --soft: light-dark(#eef2f6, #2a343e); --accent: light-dark(#0f6b6b, #4cc2b8);
  --mark: light-dark(#c2410c, #fb923c); --chip: light-dark(#6d28d9, #c4b5fd); --chip-ground: light-dark(#efe8fd, #372a5c) }
.stage { font: 13px/1.4 ${viewerTypeface}; color: var(--ink);
  border: 1px solid var(--line); border-radius: 10px; overflow: hidden; background: var(--ground) }
.address { padding: 7px 12px; border-bottom: 1px solid var(--line); background: var(--soft); color: var(--faint); font-size: 12px;
  white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
.stale { margin-left: 8px; color: var(--mark) }
.frame { position: relative; overflow: hidden }
.page { position: absolute; left: 0; top: 0; transform-origin: 0 0;
  transform: scale(calc(var(--stage) / var(--width))) translate(calc(var(--left) * -1px), calc(var(--top) * -1px)) }
.node { position: absolute; box-sizing: border-box; display: flex; align-items: center; line-height: 1.2; white-space: nowrap; overflow: hidden }
.words { min-width: 0; overflow: hidden; text-overflow: ellipsis }
.group { border: 1px solid color-mix(in srgb, var(--line) 45%, transparent); border-radius: 4px }
.panel { background: var(--raised); border: 1px solid var(--line); border-radius: 8px; box-shadow: 0 8px 30px rgb(0 0 0 / .18) }
.button { justify-content: center; border: 1px solid var(--line); background: var(--soft); border-radius: 6px; font-weight: 600 }
.field { border: 1px solid var(--faint); border-radius: 5px; padding: 0 8px; background: var(--ground) }
.field .empty { color: var(--faint) }
.check { border: 1.5px solid var(--faint); border-radius: 4px }
.check.checked { background: var(--accent); border-color: var(--accent) }
.link { color: var(--accent) }
.disabled { opacity: .5 }
.covered { opacity: .3 }
.chip { display: inline-block; margin: 0 1px; padding: 0 .45em; border-radius: 99px; background: var(--chip-ground); color: var(--chip); font-weight: 600; font-size: .92em }
.mark { position: absolute; box-sizing: border-box; border-radius: 6px; pointer-events: none }
.mark.target { outline: 3px solid var(--mark); outline-offset: 2px; background: color-mix(in srgb, var(--mark) 12%, transparent) }
.mark.candidate { outline: 2px solid color-mix(in srgb, var(--accent) calc(50% + 50% * var(--strength)), transparent); outline-offset: 1px }
.tag { position: absolute; left: -5px; bottom: calc(100% + 5px); padding: 0 6px; border-radius: 5px; background: var(--mark); color: light-dark(#fff, #1b1206);
  font-size: 13px; font-weight: 600; white-space: nowrap; max-width: 320px; overflow: hidden; text-overflow: ellipsis }
.candidate .tag { background: var(--accent); color: light-dark(#fff, #06201e) }
.pointer { position: absolute; width: 0; height: 0 }
.pointer::after { content: ""; position: absolute; left: -7px; top: -7px; width: 14px; height: 14px; border-radius: 50%; border: 2px solid var(--mark); box-sizing: border-box; opacity: .8 }
.nothing { margin: 0; padding: 48px 16px; text-align: center; color: var(--faint) }
@media (prefers-contrast: more) { :host { --line: CanvasText; --faint: CanvasText } }
`
