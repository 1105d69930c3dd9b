import type { DemoCommand, DemoEvent } from '@overt/schema'

/** How `overt demo` talks with its page: events out, the buttons' commands in. */
export interface DemoFeed {
  publish(event: DemoEvent): void
  /** Returns its own undo. */
  onCommand(listen: (command: DemoCommand) => void): () => void
}

/** The server's end of a feed. */
export interface FeedRelay {
  readonly feed: DemoFeed
  /** Everything since the last restart, then what comes; a page that is reloaded sees the same story. Returns its own undo. */
  follow(listen: (event: DemoEvent) => void): () => void
  command(command: DemoCommand): void
}

/** The agent decides faster than anyone can look. */
const decisionGapMs = 120

/** Only the last of these is replayed to a page that comes late. */
const keepLast: ReadonlySet<DemoEvent['kind']> = new Set(['decision', 'goal', 'dataset', 'results', 'correction', 'erased'])

/** Makes a feed and its relay. */
export function openFeed(): FeedRelay {
  const followers = new Set<(event: DemoEvent) => void>()
  const listeners = new Set<(command: DemoCommand) => void>()
  let decidedAtMs = -Infinity
  let story: readonly DemoEvent[] = []
  return {
    feed: {
      publish(event) {
        if (event.kind === 'decision') {
          if (performance.now() - decidedAtMs < decisionGapMs) return
          decidedAtMs = performance.now()
        }
        story = event.kind === 'restarted' ? [event] : [...story.filter((old) => !replaces(event, old)), event]
        for (const follower of followers) follower(event)
      },
      onCommand(listen) {
        listeners.add(listen)
        return () => void listeners.delete(listen)
      },
    },
    follow(listen) {
      for (const event of story) listen(event)
      followers.add(listen)
      return () => void followers.delete(listen)
    },
    command(command) {
      for (const listener of listeners) listener(command)
    },
  }
}

function replaces(event: DemoEvent, old: DemoEvent): boolean {
  if (event.kind === 'stage' && old.kind === 'stage') return event.stage === old.stage
  return event.kind === old.kind && keepLast.has(event.kind)
}
