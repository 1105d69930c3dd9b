/** The most that a bundle may weigh. Raising one is a line in the same commit, with its reason. */
export interface Ceiling {
  /** A built file, or a built page, which weighs what it loads before it can be used: its scripts, styles and preloads. */
  readonly path: string
  /** Bytes after gzip -9. */
  readonly gzipBytes: number
}

/** From capture.md and experience.md; kB are 1,000 bytes. */
export const ceilings: readonly Ceiling[] = [
  // Over the 16 kB of capture.md until the SDK is pared down: all observers, decide and the sensing stand in it at full length.
  // 3.5 kB of it are a sensing that remembers what it read and names things by the standard, 1 kB uploads, drawn sliders and natives taken early, scroll bars, 0.3 kB the row of what is acted on when all else is late,
  // 2 kB the rest of the matrix: editors, compositions, fills, hovers, frames, canvases, recycled and replaced nodes.
  // 0.4 kB what a manifest may narrow by, and being told when an agreement ends elsewhere, 0.8 kB for half the time and a third of the bytes: only what changed is read, and rows are told as runs and differences.
  // 0.6 kB what keeps its number: replaced by another name or elsewhere (0.2), used again as a row that says nothing of itself (0.1), and where the inside of a turned frame lies (0.25).
  // 0.3 kB for a quarter of the time: what moves is told by its animations, a look that comes too late keeps what it read, and a pointer that was there all the time restyles nothing.
  // 1.1 kB what is in secret fields and known again by digests wherever the page shows it (attack 25): raised from 36.0 for it, since it has to be there before the page's own scripts hear of a key.
  // 0.9 kB secrets that a page shows in several rows (attack 29): raised from 37.3 for it. It is no part of the redactor's file, which is full and whose 60 kB are a target that holds.
  // 0.8 kB batches that are told by what differs from the one before: each saves three times that, a minute's work a hundred times. 0.1 kB of it is paid for by what the minifier may assume.
  // 0.2 kB a window that its own press closes, panels that open far from the pointer and closed roots in empty elements, which the extension is shown.
  // 0.5 kB fields that are secret by what stands before them, how they are drawn and the boxes beside them, and 0.35 kB a field that goes on where the page draws another in its place: raised from 39.5 for them.
  // 0.8 kB what is done in shadow roots, presses that a key comes into, who began first, and a pause that leaves no trace: raised from 39.5 and 99.7 for them.
  // 0.5 kB forms and documents that have the names of what is asked of them, what is lost told as a gap, and a sign that is looked at as it is painted and takes presses under a dialog: raised from 41.2 and 101.4 for them.
  // 0.25 kB forms and documents that have any name that is asked of them, 0.1 kB of which more members without a name pay for: raised from 41.7 and 101.8 for them.
  // 0.1 kB what becomes secret while it is written into, documents that are written anew and say late that they want no capture, and signs in frames: raised from 41.95 and 102.2 for them.
  // 0.07 kB a look that comes too late and takes nothing for what may come yet: raised from 42.05 and 102.3 for it.
  // 0.07 kB what waits is ready to go with its page, and goes by `fetchLater` where there is no room left: raised from 42.13 and 102.36 for it.
  { path: 'packages/capture/dist/overt.js', gzipBytes: 42_200 },
  // With the redactor on board: an injected script has nothing beside it to load one from.
  // 0.01 kB the sign of a task in a document that is written anew: raised from 102.45 for it.
  // Names and addresses took 40 kB of it: a lexicon of 4,000 names (the wide one is not there), ordinary words and contexts in eight languages.
  { path: 'packages/capture/dist/overt.iife.js', gzipBytes: 102_460 },
  { path: 'packages/capture/dist/overt-redact.js', gzipBytes: 60_000 },
  // All that servers know, for sites that would rather have every name masked than 200 kB less.
  // 40 kB rules for how names, births and addresses are written, for what only looks like one, and for what people tell each other: raised from 275 for them, since nothing of it loads but where a site asks for it.
  // 2 kB of it are cells and lines of forms, card codes and numbers of one form, 4 kB numbers, plates and addresses of more countries and what opens in more languages: raised from 523 for them. 24 kB are what was learned from texts, 42 kB which words in Arabic, Hebrew and Devanagari letters are names, 16 kB what forms list to choose from, and 45 kB more names, so that fewer hang on how they are formed.
  { path: 'packages/capture/dist/overt-redact-wide.js', gzipBytes: 529_000 },
  { path: 'packages/capture/dist/sense.iife.js', gzipBytes: 16_000 },
  { path: 'packages/capture/dist/show.js', gzipBytes: 15_000 },
  { path: 'apps/extension/dist/chrome-mv3/popup.html', gzipBytes: 15_000 },
  { path: 'apps/extension/dist/chrome-mv3/options.html', gzipBytes: 15_000 },
  { path: 'apps/extension/dist/chrome-mv3/review.html', gzipBytes: 15_000 },
  { path: 'apps/web/dist/mine.html', gzipBytes: 120_000 },
  { path: 'apps/web/dist/demo.html', gzipBytes: 250_000 },
]
