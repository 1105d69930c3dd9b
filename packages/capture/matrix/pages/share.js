// Before the recorder is loaded: counts its listeners, the time that its callbacks take, and what it asks the page about boxes and styles. What the page itself adds is marked by `ofPage`.
globalThis.share = { listeners: 0, ms: 0, longestMs: 0, reads: 0 }
globalThis.ofPage = false
{
  const timed = (react) => (given) => {
    const from = performance.now()
    try {
      react(given)
    } finally {
      const ms = performance.now() - from
      share.ms += ms
      share.longestMs = Math.max(share.longestMs, ms)
    }
  }
  const { addEventListener: add } = EventTarget.prototype // oxlint-disable-line typescript/unbound-method -- called with its target below
  EventTarget.prototype.addEventListener = function (type, react, options) {
    if (ofPage || typeof react !== 'function') return add.call(this, type, react, options)
    share.listeners += 1
    return add.call(this, type, timed(react), options)
  }
  for (const name of ['setTimeout', 'requestIdleCallback']) {
    const own = globalThis[name]
    globalThis[name] = (react, ...rest) => own(ofPage ? react : timed(react), ...rest)
  }
  for (const [holder, name] of [
    [Element.prototype, 'getBoundingClientRect'],
    [Element.prototype, 'checkVisibility'],
    [Range.prototype, 'getBoundingClientRect'],
    [globalThis, 'getComputedStyle'],
  ]) {
    const own = holder[name]
    holder[name] = function (...given) {
      share.reads += ofPage ? 0 : 1
      return own.apply(this, given)
    }
  }
}
