const patienceMs = 400

/** Resolves when the browser has drawn that many frames; false where it draws none, since the page can't be seen. */
export function framesDrawn(frames: number): Promise<boolean> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(false), frames * patienceMs)
    const next = (left: number): void => {
      if (left > 0) return void requestAnimationFrame(() => next(left - 1))
      clearTimeout(late)
      resolve(true)
    }
    next(frames)
  })
}
