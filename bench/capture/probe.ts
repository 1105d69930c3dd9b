/** Source of the script that stands first in every page: it times how long each trusted event takes from the first listener to the last, and interactions to their next frame. */
export const probe = `(() => {
  const types = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'keydown', 'beforeinput', 'input', 'keyup', 'change', 'focusin', 'focusout', 'wheel', 'scroll']
  const began = new WeakMap(), times = [], interactions = new Map(), now = performance.now.bind(performance)
  const first = (event) => { if (event.isTrusted) began.set(event, now()) }
  const last = (event) => { const from = began.get(event); if (from !== undefined) { began.delete(event); times.push(now() - from) } }
  for (const type of types) addEventListener(type, first, { capture: true, passive: true })
  new PerformanceObserver((list) => { for (const { interactionId, duration } of list.getEntries())
    if (interactionId > 0) interactions.set(interactionId, Math.max(duration, interactions.get(interactionId) ?? 0)) })
    .observe({ type: 'event', durationThreshold: 16, buffered: true })
  globalThis.benchProbe = {
    // After the recorder's listeners: what stands between is its own and the page's, and the page's is the same with every recorder.
    close() { for (const type of types) addEventListener(type, last, { passive: true }) },
    take() { return { times: times.splice(0), interactions: [...interactions.values()] } },
  }
})()`
